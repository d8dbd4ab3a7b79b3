import { expect, test } from 'vitest'
import { foundIn, withLaw } from '../../../src-main/desk/copilot/found.ts'
import { appendToLog } from '../../../src-main/store/log.ts'
import { buildEvents } from '../../build/events.ts'
import { buildStore } from '../../build/store.ts'

test('what the rules found is listed with its words, who said them and when, and the law behind it', () => {
  const { store, done } = buildStore()
  const events = buildEvents()
  events.chat({ conversationId: 'c1' })
  events.add('entry.added', { entryId: 'e1', kind: 'message', speaker: 'agent', text: 'It is guaranteed', at: 77 }, 'c1')
  const findings = [{ rule: 'forbidden_promise', severity: 'bad' as const, span: { start: 6, end: 16, text: 'guaranteed' } }]
  events.add('entry.analysed', { entryId: 'e1', findings }, 'c1')
  appendToLog(store.desk, 'agent-lin', events.all)
  const [found, ...more] = foundIn(store.desk, 'c1', 'en')
  expect(more).toEqual([])
  expect(found).toMatchObject({ rule: 'forbidden_promise', severity: 'bad', quote: 'guaranteed', speaker: 'agent', entryId: 'e1', at: 77 })
  expect(found?.law?.source).toContain('MiFID II')
  expect(foundIn(store.desk, 'c1', 'zh')[0]?.law?.source).toContain('CBIRC')
  expect(foundIn(store.desk, 'other', 'en')).toEqual([])
  done()
})

test('a check tells its law, and who said what ticked it', () => {
  const rows = withLaw(
    [
      { check: 'greeting', state: 'done', entryId: 'e1', at: 1 },
      { check: 'identity', state: 'open' }
    ],
    'en',
    () => 'agent'
  )
  expect(rows).toMatchObject([
    { check: 'greeting', speaker: 'agent', law: { version: 1 } },
    { check: 'identity', law: { version: 1 } }
  ])
  expect(rows[1]?.speaker).toBeUndefined()
})
