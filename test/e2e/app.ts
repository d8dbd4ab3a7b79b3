import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type BrowserContext, test as base, type Page } from '@playwright/test'
import { readOrMakeKey } from '../../src-main/host/key-file.ts'
import { openDatabase, type ReadDb } from '../../src-main/sqlite/sqlite.ts'
import type { Fact, FactOf } from '../../src-shared/events.ts'
import { watchAudio } from './audio.ts'

/** Where the built app is: the checkout, or a copy of it that another build cannot pull away under a running test. */
const APP = resolve(process.env['SIDETONE_APP'] ?? join(import.meta.dirname, '../..'))
const READY_MS = 60_000
const STOP_MS = 20_000

/** A web host on a data folder of its own, which a test may stop, kill and start again. */
export interface App {
  readonly dir: string
  /** `http://127.0.0.1:PORT`, the same across restarts, so that an open page finds it again. */
  readonly origin: string
  /** The address with a one-time token; a new one after each start. */
  readonly address: string
  readonly running: boolean
  start(): Promise<void>
  /** SIGTERM, and waits for the end. Resolves with the exit code. */
  stop(): Promise<number | null>
  /** SIGKILL: nothing of the host gets to run any more. */
  kill(): Promise<void>
  /** Reads the centre's facts from the hub's file, as they were committed. */
  facts(): Fact[]
  factsOf(conversationId: string): Fact[]
  /** One desk's log as the hub holds it. */
  deskLog(deskId: string): Fact[]
  /** What is in a database of the data folder. */
  read<T>(file: string, ask: (db: ReadDb) => T): T
  /** The host's own log, for a failed test. */
  log(): Promise<string>
}

export async function createApp(): Promise<App> {
  const dir = await mkdtemp(join(tmpdir(), 'sidetone-e2e-'))
  let child: ChildProcess | undefined
  let address = ''
  let port = 0
  let complaints = ''

  const ended = (one: ChildProcess): Promise<number | null> =>
    one.exitCode !== null || one.signalCode !== null
      ? Promise.resolve(one.exitCode)
      : new Promise((done) => one.once('exit', (code) => done(code)))

  // A connection that outlives a killed host would spare the next one its recovery, so each look opens and closes the file.
  const read = <T>(file: string, ask: (db: ReadDb) => T): T => {
    const db = openDatabase(join(dir, file), readOrMakeKey(dir), { mustExist: true, readonly: true })
    try {
      return ask(db)
    } finally {
      db.close()
    }
  }
  // What the hub wrote is read as it lies there: asking through this checkout's own code could bring the file up to a newer shape.
  const bodies = (sql: string, ...params: string[]): Fact[] =>
    read('hub.db', (db) => db.all<{ body: string }>(sql, ...params).map(({ body }) => JSON.parse(body) as Fact)) // written by the hub

  return {
    dir,
    get origin() {
      return new URL(address).origin
    },
    get address() {
      return address
    },
    get running() {
      return child !== undefined && child.exitCode === null && child.signalCode === null
    },
    async start() {
      const started = spawn(
        process.execPath, // the pinned Node: nothing else could have read the hub's file
        [join(APP, 'out/main/web.js'), '--port', String(port), '--data', dir, '--no-open', '--json'],
        { stdio: ['ignore', 'pipe', 'pipe'] }
      )
      child = started
      started.stderr.on('data', (chunk: Buffer) => {
        complaints += chunk.toString()
      })
      const lines = createInterface(started.stdout)
      address = await new Promise<string>((done, fail) => {
        const late = setTimeout(() => fail(new Error(`the host was not ready within ${READY_MS} ms: ${complaints}`)), READY_MS)
        started.once('exit', (code, signal) => fail(new Error(`the host ended with ${code ?? signal}: ${complaints}`)))
        lines.on('line', (line) => {
          if (!line.startsWith('{')) return
          clearTimeout(late)
          done((JSON.parse(line) as { url: string }).url) // the documented shape of the ready line
        })
      })
      port = Number(new URL(address).port)
    },
    async stop() {
      if (!child) return null
      const one = child
      if (one.exitCode === null && one.signalCode === null) one.kill('SIGTERM')
      const late = setTimeout(() => one.kill('SIGKILL'), STOP_MS)
      const code = await ended(one)
      clearTimeout(late)
      return code
    },
    async kill() {
      if (!child) return
      child.kill('SIGKILL')
      await ended(child)
    },
    facts: () => bodies('select body from fact order by seq'),
    deskLog: (deskId) => bodies('select body from desk_log where deskId = ? order by deskSeq', deskId),
    factsOf: (conversationId) => bodies('select body from fact where conversationId = ? order by seq', conversationId),
    read,
    log: async () => `${complaints}\n${await readFile(join(dir, 'log/sidetone.log'), 'utf8').catch(() => '')}`
  }
}

/** Facts of one type, typed. */
export const ofType = <T extends Fact['type']>(facts: readonly Fact[], type: T): FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> => fact.type === type)

/** The words of a conversation as the centre has them, in order. */
export const said = (facts: readonly Fact[], speaker: 'agent' | 'customer', kind: 'message' | 'utterance' | 'note' = 'message'): string[] =>
  ofType(facts, 'entry.added').flatMap((fact) => (fact.data.speaker === speaker && fact.data.kind === kind ? [fact.data.text] : []))

interface Fixtures {
  app: App
  /** Opens another tab of the same browser; each tab has a seat of its own. */
  tab: () => Promise<Page>
}

/** A test with an app of its own. `page` is not used: tabs are opened through `tab`, because an address is good for one browser. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  app: async ({}, use, info) => {
    const app = await createApp()
    await app.start()
    await use(app)
    if (info.status !== info.expectedStatus) await info.attach('host log', { body: await app.log(), contentType: 'text/plain' })
    await app.stop()
    await rm(app.dir, { recursive: true, force: true })
  },
  tab: async ({ app, context }, use, info) => {
    const heard: string[] = []
    await use(() => openTab(app, context, heard))
    if (info.status !== info.expectedStatus) await info.attach('console', { body: heard.join('\n'), contentType: 'text/plain' })
  }
})

async function openTab(app: App, context: BrowserContext, heard: string[]): Promise<Page> {
  const page = await context.newPage()
  await watchAudio(page)
  page.on('console', (message) => heard.push(`${message.type()} ${message.text()}`))
  page.on('pageerror', (error) => heard.push(`page error ${error.stack ?? error.message}`))
  // The first tab spends the token; the others have the cookie.
  const known = (await context.cookies(app.origin)).length > 0
  await page.goto(known ? app.origin : app.address)
  return page
}

/** A file of the checkout, for what a test compares with. */
export const resource = (path: string): string => readFileSync(join(import.meta.dirname, '../../resources', path), 'utf8')
