import { expect, test } from 'vitest'
import { openDatabase } from '../../../src-main/sqlite/sqlite.ts'
import { migrate } from '../../../src-main/store/migrate.ts'
import { DESK_MIGRATIONS } from '../../../src-main/store/migrations/desk.ts'
import { OWN_MIGRATIONS } from '../../../src-main/store/migrations/own.ts'
import { CONVERSATION_SQL } from '../../../src-main/store/queries/conversation.ts'
import { LIST_SQL, OFFERS_SQL } from '../../../src-main/store/queries/inbox.ts'
import { CONVERSATIONS_OF_SQL } from '../../../src-main/store/queries/records.ts'
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
  ["a customer's conversations", CONVERSATIONS_OF_SQL],
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

test('the next command to send is found without a scan', () => {
  expect(own.plan(`select * from command where state = 'waiting' and seq > ? order by seq limit 1`).join()).toMatch(
    /SEARCH command USING INDEX/
  )
})
