import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../../src-main/sqlite/sqlite.ts'
import { appendToLog, rebuild } from '../../../src-main/store/log.ts'
import { migrate } from '../../../src-main/store/migrate.ts'
import { DESK_MIGRATIONS } from '../../../src-main/store/migrations/desk.ts'
import { storeCommand } from '../../../src-main/store/own/commands.ts'
import { readDraft, saveDraft } from '../../../src-main/store/own/keep.ts'
import { find } from '../../../src-main/store/queries/search.ts'
import { createSweep, EXPIRED_SQL } from '../../../src-main/store/retention.ts'
import { buildDesk, settle } from '../../build/desk.ts'
import { buildEvents } from '../../build/events.ts'
import { buildHandoff } from '../../build/handoff.ts'
import { buildStore, projectionsOf } from '../../build/store.ts'

const DAY_MS = 86_400_000
const NOW = 1_700_000_000_000
let made: ReturnType<typeof buildStore>
beforeEach(() => {
  made = buildStore()
})
afterEach(() => made.done())

/** `count` conversations closed `days` ago, each with a word of its own. */
function past(events: ReturnType<typeof buildEvents>, prefix: string, count: number, daysAgo: number, word: string): void {
  events.at = NOW - daysAgo * DAY_MS
  for (let n = 1; n <= count; n++) {
    const conversationId = `${prefix}${n}`
    events.chat({ conversationId, customerId: 'mei' })
    events.said(conversationId, `about the ${word}`)
    events.add('handoff.prepared', buildHandoff({ wanted: word }), conversationId)
    events.add('conversation.wrapped', { personId: 'agent-lin', disposition: 'resolved', note: 'a note', wrapUpMs: 1 }, conversationId)
    events.add('conversation.closed', {}, conversationId)
  }
}
const sweepAll = (before: number): number => {
  const sweep = createSweep(made.store, before)
  let removed = 0
  for (let more = true; more; ) {
    const done = sweep.step()
    removed += done.removed
    more = done.more
  }
  return removed
}
const count = (table: string): number => made.store.desk.get<{ n: number }>(`select count(*) as n from ${table}`)?.n ?? -1

test('closed conversations leave with their lines, their search words and their places in the log; younger ones stay', () => {
  const events = buildEvents()
  past(events, 'old', 45, 40, 'elephant')
  past(events, 'new', 3, 10, 'giraffe')
  appendToLog(made.store.desk, 'agent-lin', events.all)
  saveDraft(made.store.own, 'old1', 'half a sent', 1)
  expect(sweepAll(NOW - 30 * DAY_MS)).toBe(45)
  expect(count('conversation')).toBe(3)
  expect(count('handoff')).toBe(3)
  expect(made.store.desk.all(`select 1 from entry where kind <> 'system'`)).toHaveLength(3)
  expect(made.store.desk.all(`select 1 from entry where conversationId like 'old%'`)).toEqual([])
  expect(find(made.store.desk, 'elephant', 10)).toEqual([])
  expect(find(made.store.desk, 'giraffe', 10)).toHaveLength(3)
  expect(readDraft(made.store.own, 'old1')).toBe('')
  expect(made.store.desk.get(`select 1 from log where conversationId like 'old%' limit 1`)).toBeUndefined()
  expect(made.store.desk.get(`select 1 from log where json like '%elephant%' limit 1`)).toBeUndefined()
})

test('a rebuild brings nothing back and changes nothing', () => {
  const events = buildEvents()
  past(events, 'old', 5, 40, 'elephant')
  past(events, 'new', 2, 10, 'giraffe')
  appendToLog(made.store.desk, 'agent-lin', events.all)
  sweepAll(NOW - 30 * DAY_MS)
  const before = projectionsOf(made.store.desk)
  rebuild(made.store.desk, 'agent-lin')
  expect(projectionsOf(made.store.desk)).toEqual(before)
})

test('a conversation stays while it is open, or while a command of mine for it is not done', () => {
  const events = buildEvents()
  past(events, 'old', 2, 40, 'elephant')
  events.chat({ conversationId: 'open' })
  appendToLog(made.store.desk, 'agent-lin', events.all)
  storeCommand(made.store.own, { id: 'k', type: 'note.add', at: 1, conversationId: 'old1', data: { text: 'mine' } })
  expect(sweepAll(NOW - 30 * DAY_MS)).toBe(1)
  expect(made.store.desk.all('select conversationId from conversation order by conversationId')).toEqual([
    { conversationId: 'old1' },
    { conversationId: 'open' }
  ])
})

test('a pass that was broken off after the conversations left is finished by the next one', () => {
  const events = buildEvents()
  past(events, 'old', 3, 40, 'elephant')
  appendToLog(made.store.desk, 'agent-lin', events.all)
  createSweep(made.store, NOW - 30 * DAY_MS).step()
  expect(count('conversation')).toBe(0)
  sweepAll(NOW - 30 * DAY_MS)
  expect(made.store.desk.get(`select 1 from log where conversationId like 'old%' limit 1`)).toBeUndefined()
})

test('what is due is found by its place, not by looking at every conversation', () => {
  const db = openDatabase(':memory:', undefined)
  migrate(db, DESK_MIGRATIONS)
  expect(db.plan(EXPIRED_SQL).join()).toMatch(/SEARCH conversation USING INTEGER PRIMARY KEY/)
})

test('a desk does it by itself, as many days back as its setting says', async () => {
  const bench = buildDesk()
  const events = buildEvents(bench.timers.now() - 20 * DAY_MS)
  events.chat({ conversationId: 'c1' })
  events.said('c1', 'about the elephant')
  events.add('conversation.closed', {}, 'c1')
  await settle()
  await bench.line.publish(...events.all)
  bench.timers.advance(61_000)
  expect(await bench.client.search.find({ text: 'elephant' })).toHaveLength(1)
  await bench.client.desk.saveSettings({ keepClosedDays: 14 })
  bench.timers.advance(7 * 3_600_000)
  expect(await bench.client.search.find({ text: 'elephant' })).toEqual([])
  bench.close()
})
