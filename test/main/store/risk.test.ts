import { rmSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { appendToLog, rebuild } from '../../../src-main/store/log.ts'
import { openStore } from '../../../src-main/store/open.ts'
import { conversationView } from '../../../src-main/store/queries/conversation.ts'
import { codeOf } from '../../../src-main/store/queries/risk.ts'
import { buildEvents } from '../../build/events.ts'
import { buildOldDesk, buildStore, STORE_KEY } from '../../build/store.ts'

const open: (() => void)[] = []
afterEach(() => {
  for (const done of open.splice(0)) done()
})
const evidence = [{ key: 'login' as const, values: { at: 5, device: 'PC', country: 'RO', home: 'US' } }]

function risky() {
  const events = buildEvents()
  events.chat({ conversationId: 'c1' })
  events.add('alert.raised', { alertId: 'a1', kind: 'remote_login', text: 'A log-in from abroad' }, 'c1')
  events.add('alert.raised', { alertId: 'a1', kind: 'remote_login', text: 'A log-in from abroad', evidence }, 'c1')
  return events
}
function show(events: ReturnType<typeof buildEvents>) {
  const { store, done } = buildStore()
  open.push(done)
  appendToLog(store.desk, 'agent-lin', events.all)
  const reading = { desk: store.desk, own: store.own, personId: 'agent-lin' }
  return { store, view: conversationView(reading, 'c1', () => undefined) }
}
const lines = (store: ReturnType<typeof show>['store']) =>
  store.desk.all<{ text: string }>(`select text from entry where kind = 'system' and text like 'alert%'`).map(({ text }) => text)

test('evidence that comes later belongs to the same alert, and is no second line of the timeline', () => {
  const { store, view } = show(risky())
  expect(view?.alerts).toMatchObject([{ alertId: 'a1', kind: 'remote_login', evidence }])
  expect(view?.alert).toBe('A log-in from abroad')
  expect(lines(store)).toEqual(['alert_raised'])
})

test('an alert that was dealt with is shown no more, and what came of it stands in the timeline', () => {
  const events = risky()
  events.add('alert.resolved', { alertId: 'a1', outcome: 'fraud', personId: 'agent-lin' }, 'c1')
  const { store, view } = show(events)
  expect(view?.alerts).toMatchObject([{ alertId: 'a1', outcome: 'fraud' }])
  expect(view?.alert).toBeUndefined()
  expect(lines(store)).toEqual(['alert_raised', 'alert_fraud'])
})

test('a code on its way is shown without the key it is sealed with, and is over when the customer is verified', () => {
  const events = risky()
  const code = { state: 'sent' as const, wrong: 0, sentTo: '042', until: 9, sealKey: 'KEY', requestId: 'r1' }
  events.add('verification.changed', { state: 'started', how: 'one_time_code', code }, 'c1')
  const { store, view } = show(events)
  expect(view?.code).toEqual({ state: 'sent', wrong: 0, sentTo: '042', until: 9 })
  expect(codeOf(store.desk, 'c1')?.sealKey).toBe('KEY')
  events.add('verification.changed', { state: 'verified', how: 'one_time_code' }, 'c1')
  expect(show(events).view).toMatchObject({ verification: 'verified' })
  expect(show(events).view?.code).toBeUndefined()
})

test('desk.db from 80 with rows to 90: the alert is there with its evidence, and a rebuild gives the same', () => {
  const dir = buildOldDesk(80, risky().all)
  const store = openStore({ dir, key: STORE_KEY, personId: 'agent-lin', now: () => 1 })
  open.push(() => {
    store.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const shown = () => conversationView({ desk: store.desk, own: store.own, personId: 'agent-lin' }, 'c1', () => undefined)?.alerts
  expect(shown()).toMatchObject([{ alertId: 'a1', evidence }])
  const before = shown()
  rebuild(store.desk, 'agent-lin')
  expect(shown()).toEqual(before)
})

test('desk.db from 100 with rows to 110: what was advised is there, and a rebuild gives the same', () => {
  const events = risky()
  const advice = [
    {
      adviceId: 'offer:x',
      kind: 'offer' as const,
      productId: 'x',
      name: { en: 'X', 'zh-CN': 'X', 'zh-TW': 'X' },
      why: [{ key: 'travels' }],
      whyNot: [],
      score: 0.7
    }
  ]
  events.add('advice.given', { advice }, 'c1')
  const dir = buildOldDesk(100, events.all)
  const store = openStore({ dir, key: STORE_KEY, personId: 'agent-lin', now: () => 1 })
  open.push(() => {
    store.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const shown = () => conversationView({ desk: store.desk, own: store.own, personId: 'agent-lin' }, 'c1', () => undefined)?.advice
  expect(shown()).toEqual(advice)
  rebuild(store.desk, 'agent-lin')
  expect(shown()).toEqual(advice)
})
