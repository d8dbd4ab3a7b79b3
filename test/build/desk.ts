import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { Context } from '../../src-main/desk/api/context.ts'
import { router } from '../../src-main/desk/api/router.ts'
import { type Desk, type DeskOptions, openDesk } from '../../src-main/desk/desk.ts'
import type { PersonView } from '../../src-shared/contract/session.ts'
import type { Role } from '../../src-shared/taxonomy.ts'
import { scriptedDeskAi } from '../fakes/ai.ts'
import { createFakeLine, type FakeLine } from '../fakes/hub-line.ts'
import { createFakeTimers, type FakeTimers } from '../fakes/timers.ts'

export const KEY = Buffer.alloc(32, 7)

export const person = (role: Role = 'agent', personId = 'agent-lin'): PersonView => ({
  personId,
  role,
  name: { en: 'Lin Yue', 'zh-CN': '林悦', 'zh-TW': '林悅' },
  initials: '林',
  hue: 190,
  signedIn: true
})

/** A lobby that nobody goes through: the tests below have their seat already. */
export const noLobby: Context['lobby'] = {
  people: () => [],
  signIn: () => {
    throw new Error('not in this test')
  },
  signOut: () => {},
  about: () => ({ host: 'web', version: 'test', practice: true })
}

/** The API as a view uses it, in process. */
export const clientOf = (desk: Desk) => createRouterClient(router, { context: { lobby: noLobby, seat: { desk, person: desk.person } } })

export interface Bench {
  desk: Desk
  line: FakeLine
  timers: FakeTimers
  dir: string
  client: ReturnType<typeof clientOf>
  written: { event: string; detail: Record<string, unknown> | undefined }[]
  /** Closes and opens the same folder again, as a restart does. */
  restart(options?: Partial<DeskOptions>): void
  close(): void
}

/** A desk on a folder of its own, with a fake line and a clock turned by hand. */
export function buildDesk(options: Partial<DeskOptions> & { line?: FakeLine } = {}): Bench {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'desk-'))
  const line = options.line ?? createFakeLine()
  const timers = createFakeTimers()
  const written: Bench['written'] = []
  const open = (more: Partial<DeskOptions> = {}): Desk =>
    openDesk({
      person: person(),
      deskId: 'agent-lin',
      dir,
      key: KEY,
      line,
      ai: scriptedDeskAi(),
      now: timers.now,
      host: 'web',
      timers,
      random: () => 0.5,
      schedule: (flush) => queueMicrotask(flush),
      log: { write: (event, detail) => written.push({ event, detail }) },
      ...options,
      ...more
    })
  const desk = open()
  const bench: Bench = {
    desk,
    line,
    timers,
    dir,
    written,
    client: clientOf(desk),
    restart(more) {
      bench.desk.close()
      bench.desk = open(more)
      bench.client = clientOf(bench.desk)
    },
    close() {
      bench.desk.close()
      rmSync(dir, { recursive: true, force: true })
    }
  }
  return bench
}

/** Lets everything that is due in this turn of the event loop happen. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
