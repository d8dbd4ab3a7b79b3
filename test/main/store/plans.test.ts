import { expect, test } from 'vitest'
import { openDatabase } from '../../../src-main/sqlite/sqlite.ts'
import { migrate } from '../../../src-main/store/migrate.ts'
import { DESK_MIGRATIONS } from '../../../src-main/store/migrations/desk.ts'
import { OWN_MIGRATIONS } from '../../../src-main/store/migrations/own.ts'
import { INSIDE_CALLS_SQL } from '../../../src-main/store/own/inside-calls.ts'
import { CALLBACKS_SQL, HISTORY_SQL } from '../../../src-main/store/queries/calls.ts'
import { CONVERSATION_SQL } from '../../../src-main/store/queries/conversation.ts'
import { GAPS_SQL } from '../../../src-main/store/queries/gaps.ts'
import { HANDOFF_SQL } from '../../../src-main/store/queries/handoff.ts'
import { LIST_SQL, OFFERS_SQL } from '../../../src-main/store/queries/inbox.ts'
import { CONVERSATIONS_OF_SQL } from '../../../src-main/store/queries/records.ts'
import { REVIEW_SQL } from '../../../src-main/store/queries/review.ts'
import { SEARCH_SQL } from '../../../src-main/store/queries/search.ts'
import { TIMELINE_SQL } from '../../../src-main/store/queries/timeline.ts'

const desk = openDatabase(':memory:', undefined)
migrate(desk, DESK_MIGRATIONS)
const own = openDatabase(':memory:', undefined)
migrate(own, OWN_MIGRATIONS)

test.each([
  ['my conversations', LIST_SQL.mine],
  ['closed conversations', LIST_SQL.closed],
  ['open offers', OFFERS_SQL],
  ['one conversation', CONVERSATION_SQL],
  ['what was handed over', HANDOFF_SQL],
  ["a customer's conversations", CONVERSATIONS_OF_SQL],
  ['the history of my calls', HISTORY_SQL],
  ['knowledge gaps', GAPS_SQL],
  ['call-backs to come', CALLBACKS_SQL],
  ['calls to look at again', REVIEW_SQL.list],
  ['one call to look at again', REVIEW_SQL.one],
  ['the call of a recording', REVIEW_SQL.recording],
  ['the lines of one conversation', TIMELINE_SQL.conversation],
  ['the timeline', TIMELINE_SQL.customer],
  ['one moment of the timeline', TIMELINE_SQL.sameMoment],
  ['search: customers', SEARCH_SQL.customer],
  ['search: a customer by name', SEARCH_SQL.namesake],
  ['search: articles', SEARCH_SQL.article],
  ['search: conversations', SEARCH_SQL.conversation],
  ['search: entries', SEARCH_SQL.entry]
])('%s: no table is scanned', (_name, sql) => {
  const steps = desk.plan(sql)
  // A virtual table's "scan" is the full-text index itself; "CONSTANT ROW" is no table.
  expect(steps.filter((step) => /^SCAN (?!CONSTANT)/.test(step) && !step.includes('VIRTUAL TABLE'))).toEqual([])
})

test('the timeline and the newest messages of a search come out of their index in order', () => {
  expect(desk.plan(TIMELINE_SQL.customer).join()).not.toContain('TEMP B-TREE')
  expect(desk.plan(SEARCH_SQL.entry).join()).not.toContain('TEMP B-TREE')
})

test('calls come out of their index in order, the newest first', () => {
  expect(desk.plan(HISTORY_SQL)[0]).toMatch(/SEARCH k USING INDEX call_person/)
  expect(desk.plan(REVIEW_SQL.list)[0]).toMatch(/SEARCH k USING INDEX call_talked/)
  expect(desk.plan(REVIEW_SQL.list).join()).not.toContain('TEMP B-TREE')
  // Only the offers of one call's conversation are sorted, one or two.
  expect(desk.plan(HISTORY_SQL).filter((step) => step.includes('TEMP B-TREE'))).toHaveLength(1)
})

test('the next command to send is found without a scan', () => {
  expect(own.plan(`select * from command where state = 'waiting' and seq > ? order by seq limit 1`).join()).toMatch(
    /SEARCH command USING INDEX/
  )
})

test('talks with colleagues come out of their table in order, without a scan', () => {
  const steps = own.plan(INSIDE_CALLS_SQL).join()
  expect(steps).toMatch(/SEARCH inside_call USING PRIMARY KEY/)
  expect(steps).not.toContain('TEMP B-TREE')
})
