import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { build } from 'vite'
import { createLocalHub } from '../src-main/hub/local-hub.ts'
import { type EventData, type EventType, type Fact, fact } from '../src-shared/events.ts'
import { openBrowser } from './browser.ts'
import { createCorpus, percentile } from './corpus.ts'
import type { BenchRow } from './row.ts'
import { appServing, ROOT, startWebHost, type WebHost } from './web-host.ts'

/**
 * From the start of the web host's process to the first usable paint of an agent's desk with 100,000 timeline entries in its store,
 * beside the same for an empty Svelte page from the same host; and what both cost in memory.
 */

const ENTRIES = Number(process.env['BENCH_START_ENTRIES'] ?? 100_000)
const RUNS = Number(process.env['BENCH_START_RUNS'] ?? 7)
const DESK = 'agent-lin'

/** An agent's log: conversations of 40 lines, all wrapped up. */
function fill(dir: string): void {
  const key = Buffer.from(readFileSync(join(dir, 'key'), 'utf8'), 'hex')
  const hub = createLocalHub({ path: join(dir, 'hub.db'), key })
  const line = hub.centre()
  const corpus = createCorpus()
  const start = Date.now() - 30 * 86_400_000
  let made = 0
  let batch: { deskId: string; event: Fact }[] = []
  const add = <T extends EventType>(type: T, data: EventData<T>, conversationId: string) => {
    made++
    batch.push({ deskId: DESK, event: fact(type, data, start + made * 2_000, `bench-${made}`, conversationId) })
    if (batch.length < 5_000) return
    line.commit({ facts: [], deskEvents: batch })
    batch = []
  }
  for (let entries = 0, n = 0; entries < ENTRIES; n++) {
    const conversationId = `bench-conversation-${n}`
    const customerId = `bench-customer-${n % 500}`
    if (n < 500) {
      const name = `Customer ${n}`
      add(
        'customer.updated',
        { customerId, name, language: 'en', phone: '+1 202-555-0100', segment: 'standard', since: start, products: [], remarks: [] },
        conversationId
      )
    }
    add(
      'conversation.opened',
      { customerId, channel: 'chat', queue: 'cards', language: 'en', reason: corpus.message(), priority: 0 },
      conversationId
    )
    add('conversation.assigned', { personId: DESK }, conversationId)
    for (let i = 0; i < 40 && entries < ENTRIES; i++, entries++) {
      const speaker = i % 2 === 0 ? 'customer' : 'agent'
      add(
        'entry.added',
        { entryId: `bench-entry-${entries}`, kind: 'message', speaker, text: corpus.message(), at: start + made * 2_000 },
        conversationId
      )
    }
    add('conversation.ended', { by: 'customer' }, conversationId)
    add('conversation.wrapped', { personId: DESK, disposition: 'resolved', note: corpus.message(), wrapUpMs: 5_000 }, conversationId)
    add('conversation.closed', {}, conversationId)
  }
  line.commit({ facts: [], deskEvents: batch })
  hub.close()
}

/** Builds the empty page and puts it behind the same host. */
async function emptyApp(folder: string): Promise<string> {
  const page = join(folder, 'page')
  await build({
    configFile: false,
    root: join(ROOT, 'bench/empty-page'),
    base: './',
    logLevel: 'error',
    plugins: [svelte({ configFile: join(ROOT, 'svelte.config.js') })],
    build: { outDir: page, emptyOutDir: true, minify: true }
  })
  return appServing(page, join(folder, 'app'))
}

const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024

const heapMb = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 1024 / 1024
}

/** Process start to the page's `usable` mark, ms. */
async function startAndPaint(
  app: string,
  data: string,
  port: number,
  context: BrowserContext
): Promise<{ ms: number; host: WebHost; page: Page }> {
  const host = await startWebHost(app, data, port)
  const page = await context.newPage()
  await page.goto(host.origin)
  const at = await page
    .waitForFunction(() => {
      const mark = performance.getEntriesByName('usable')[0]
      return mark ? performance.timeOrigin + mark.startTime : undefined
    })
    .then((handle) => handle.jsonValue())
  if (at === undefined) throw new Error('the page was never usable')
  return { ms: at - host.startedAt, host, page }
}

/** Signs in once; what the browser keeps from it is good for the later starts, since a seat outlives the host. */
async function seated(browser: Browser, data: string): Promise<{ context: BrowserContext; port: number }> {
  const first = await startWebHost(ROOT, data)
  await first.stop()
  fill(data)
  const host = await startWebHost(ROOT, data)
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ['microphone'] })
  const page = await context.newPage()
  await page.goto(host.url)
  await page.getByText('Lin Yue').first().click()
  await page.getByRole('button', { name: /skip/i }).click()
  // The desk has taken its whole log in when its newest conversation can be found.
  await page
    .getByRole('tab', { name: /Closed/ })
    .filter({ hasText: String(Math.ceil(ENTRIES / 40)) })
    .waitFor({ timeout: 240_000 })
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }))
  await context.addInitScript((text) => {
    for (const [name, value] of Object.entries(JSON.parse(text) as Record<string, string>)) sessionStorage.setItem(name, value)
  }, kept)
  await page.close()
  await host.stop()
  return { context, port: Number(new URL(host.origin).port) }
}

export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sidetone-bench-'))
  const browser = await openBrowser()
  try {
    const data = join(folder, 'data')
    const empty = await emptyApp(folder)
    const { context, port } = await seated(browser, data)
    const desk: number[] = []
    const bare: number[] = []
    let memory: { host: number; page: number; bareHost: number; barePage: number } | undefined
    for (let i = 0; i < RUNS; i++) {
      const ours = await startAndPaint(ROOT, data, port, context)
      desk.push(ours.ms)
      // What was painted must be the desk, not the sign-in list.
      await ours.page.getByRole('tab', { name: /Closed/ }).waitFor({ timeout: 5_000 })
      const last = i === RUNS - 1
      // Settled: the centre has opened and the first garbage is gone.
      if (last) await ours.page.waitForTimeout(5_000)
      const host = residentMb(ours.host.pid)
      const page = last ? await heapMb(ours.page) : 0
      await ours.page.close()
      await ours.host.stop()
      const theirs = await startAndPaint(empty, join(folder, 'empty-data'), port, context)
      bare.push(theirs.ms)
      if (last) memory = { host, page, bareHost: nodeMb(), barePage: await heapMb(theirs.page) }
      await theirs.page.close()
      await theirs.host.stop()
    }
    if (!memory) throw new Error('BENCH_START_RUNS must be at least 1')
    const value = percentile(desk, 0.5)
    const baseline = percentile(bare, 0.5)
    return [
      { name: 'start-paint', value, unit: 'ms', baseline, ratio: value / baseline, goal: 'ratio <= 2', ok: value / baseline <= 2 },
      {
        name: 'memory-host',
        value: memory.host,
        unit: 'MB',
        baseline: memory.bareHost,
        ratio: memory.host / memory.bareHost,
        goal: 'value <= 400',
        ok: memory.host <= 400
      },
      {
        name: 'memory-page',
        value: memory.page,
        unit: 'MB',
        baseline: memory.barePage,
        ratio: memory.page / memory.barePage,
        goal: 'value <= 60',
        ok: memory.page <= 60
      }
    ]
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a Node process that does nothing holds. */
function nodeMb(): number {
  const text = execFileSync(process.execPath, ['-e', 'console.log(process.memoryUsage().rss)'], { encoding: 'utf8' })
  return Number(text) / 1024 / 1024
}
