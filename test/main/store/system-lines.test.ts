import { rmSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { appendToLog, rebuild } from '../../../src-main/store/log.ts'
import { openStore, type Store } from '../../../src-main/store/open.ts'
import { timeline } from '../../../src-main/store/queries/timeline.ts'
import { buildEvents, type EventBuilder } from '../../build/events.ts'
import { buildOldDesk, buildStore, STORE_KEY } from '../../build/store.ts'

const open: (() => void)[] = []
afterEach(() => {
  for (const done of open.splice(0)) done()
})
const names = (personId: string): string | undefined => (personId === 'agent-lin' ? 'Lin Yue' : undefined)

function linesOf(store: Store): [string, Record<string, string | number> | undefined][] {
  const page = timeline({ desk: store.desk, own: store.own, personId: 'agent-lin' }, 'c1', { limit: 200 }, names)
  return (page?.rows ?? []).filter((row) => row.kind === 'system').map((row) => [row.text, row.values])
}
function storeWith(write: (events: EventBuilder) => void): Store {
  const { store, done } = buildStore()
  open.push(done)
  const events = buildEvents()
  write(events)
  expect(appendToLog(store.desk, 'agent-lin', events.all).kept).toEqual([])
  return store
}
/** Two events of one moment, as the end of a call and of its contact are. */
function together(events: EventBuilder, write: () => void): void {
  const { at } = events
  write()
  events.at = at // the builder goes on by a second each
}

function call(events: EventBuilder): void {
  events.chat({ conversationId: 'c1', channel: 'voice' })
  events.add('call.started', { callId: 'k1', personId: 'agent-lin' }, 'c1')
  events.add('call.answered', { callId: 'k1', personId: 'agent-lin' }, 'c1')
}

describe('the timeline says what happened', () => {
  test('to a chat, with the names this desk knows', () => {
    const store = storeWith((events) => {
      events.chat({ conversationId: 'c1' })
      events.said('c1', 'hello')
      events.add('verification.changed', { state: 'verified', how: 'code' }, 'c1')
      events.add('conversation.transferred', { fromPersonId: 'agent-lin', queue: 'expert', reason: 'wants advice' }, 'c1')
      events.add('conversation.queued', { queue: 'expert', reason: 'transfer' }, 'c1')
      events.add('conversation.offer-ended', { offerId: 'o2', personId: 'somebody', outcome: 'timeout' }, 'c1')
      events.add('conversation.assigned', { personId: 'somebody' }, 'c1')
      events.add('conversation.ended', { by: 'customer' }, 'c1')
      events.add('conversation.wrapped', { personId: 'somebody', disposition: 'resolved', note: '', wrapUpMs: 1 }, 'c1')
      events.add('conversation.closed', {}, 'c1')
    })
    expect(linesOf(store)).toEqual([
      ['conversation_opened', { queue: 'cards' }],
      ['assigned', { person: 'Lin Yue' }],
      ['verification_passed', { how: 'code' }],
      ['transferred', { queue: 'expert', reason: 'wants advice', person: 'Lin Yue' }],
      ['offer_timeout', undefined],
      ['assigned', undefined],
      ['ended_by_customer', undefined],
      ['wrapped', { disposition: 'resolved' }]
    ])
  })

  test('at the front desk: who it handed over to people and why, and what it did alone', () => {
    const store = storeWith((events) => {
      events.chat({ conversationId: 'c1' })
      events.add('front-desk.started', { flowsVersion: '1' }, 'c1')
      events.add('front-desk.ended', { outcome: 'handed_over', because: 'strain' }, 'c1')
      events.add('front-desk.ended', { outcome: 'contained' }, 'c1')
      events.add('front-desk.ended', { outcome: 'left' }, 'c1')
    })
    expect(linesOf(store).slice(2)).toEqual([
      ['front_desk_handed_over', { because: 'strain' }],
      ['front_desk_served', undefined]
    ])
  })

  test('to a call: its answer stands for the assignment, and one line for its end', () => {
    const store = storeWith((events) => {
      call(events)
      events.add('call.held', { callId: 'k1', source: 'pbx' }, 'c1')
      events.add('call.resumed', { callId: 'k1', source: 'pbx' }, 'c1')
      together(events, () => events.add('call.ended', { callId: 'k1', by: 'customer', talkMs: 60_000, holdMs: 5_000 }, 'c1'))
      events.add('conversation.ended', { by: 'customer' }, 'c1')
    })
    expect(linesOf(store)).toEqual([
      ['conversation_opened', { queue: 'cards' }],
      ['call_answered', { person: 'Lin Yue' }],
      ['call_held', undefined],
      ['call_resumed', undefined],
      ['call_ended_by_customer', { durationMs: 65_000 }]
    ])
  })

  test('to a call that broke off and never came back: both ends, for they are two moments', () => {
    const store = storeWith((events) => {
      call(events)
      events.add('call.ended', { callId: 'k1', by: 'network', talkMs: 1_000, holdMs: 0 }, 'c1')
      events.add('conversation.ended', { by: 'centre' }, 'c1')
    })
    expect(linesOf(store).slice(2)).toEqual([
      ['call_failed', { durationMs: 1_000 }],
      ['ended_by_centre', undefined]
    ])
  })

  test('to a caller nobody answered: a ringing that ended is no call', () => {
    const store = storeWith((events) => {
      events.chat({ conversationId: 'c1', channel: 'voice' })
      events.add('call.started', { callId: 'k1', personId: 'agent-lin' }, 'c1')
      events.add('call.ended', { callId: 'k1', by: 'customer', talkMs: 0, holdMs: 0 }, 'c1')
      events.add('conversation.abandoned', { waitedMs: 9_000 }, 'c1')
    })
    expect(linesOf(store).slice(1)).toEqual([['abandoned', undefined]])
  })
})

test('a rebuild gives the same lines, and they are no last words of a row', () => {
  const store = storeWith((events) => {
    events.chat({ conversationId: 'c1' })
    events.said('c1', 'hello')
    events.add('conversation.ended', { by: 'agent' }, 'c1')
  })
  const before = store.desk.all('select * from entry order by rowId')
  expect(before).toHaveLength(4)
  rebuild(store.desk, 'agent-lin')
  expect(store.desk.all('select * from entry order by rowId')).toEqual(before)
})

test('desk.db from 40 with rows to 50: conversations of before get their lines too', () => {
  const events = buildEvents()
  events.chat({ conversationId: 'c1' })
  events.said('c1', 'hello')
  const dir = buildOldDesk(40, events.all)
  open.push(() => rmSync(dir, { recursive: true, force: true }))
  const again = openStore({ dir, key: STORE_KEY, personId: 'agent-lin', now: () => 1_700_000_000_000 })
  open.unshift(() => again.close())
  expect(linesOf(again).map(([key]) => key)).toEqual(['conversation_opened', 'assigned'])
  expect(again.desk.all(`select text from entry where kind <> 'system'`)).toEqual([{ text: 'hello' }])
})
