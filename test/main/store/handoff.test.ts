import { rmSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { appendToLog, rebuild } from '../../../src-main/store/log.ts'
import { openStore } from '../../../src-main/store/open.ts'
import { conversationView } from '../../../src-main/store/queries/conversation.ts'
import { openOffers } from '../../../src-main/store/queries/inbox.ts'
import { buildEvents } from '../../build/events.ts'
import { buildHandoff } from '../../build/handoff.ts'
import { buildOldDesk, buildStore, STORE_KEY } from '../../build/store.ts'

const open: (() => void)[] = []
afterEach(() => {
  for (const done of open.splice(0)) done()
})
const names = (personId: string): string | undefined => (personId === 'agent-tom' ? 'Tom Becker' : undefined)

function storeWith(events = buildEvents()) {
  const { store, done } = buildStore()
  open.push(done)
  const { topics } = appendToLog(store.desk, 'agent-lin', events.all)
  const reading = { desk: store.desk, own: store.own, personId: 'agent-lin' }
  return { store, topics, reading, view: (id: string) => conversationView(reading, id, names) }
}

test('the newest package of a conversation is shown, with the name of who gave it', () => {
  const events = buildEvents()
  events.chat({ conversationId: 'c1' })
  events.chat({ conversationId: 'c2' })
  const first = buildHandoff()
  events.add('handoff.prepared', first, 'c1')
  const { store, view, topics } = storeWith(events)
  expect(view('c1')?.handoff).toEqual(first)
  expect(view('c2')?.handoff).toBeUndefined()
  expect(topics).toContain('conversation:c1')
  const { deskSeq } = events.add('handoff.prepared', buildHandoff({ because: 'passed_on', fromPersonId: 'agent-tom' }), 'c1')
  appendToLog(store.desk, 'agent-lin', events.all.slice(deskSeq - 1))
  expect(view('c1')?.handoff).toMatchObject({ because: 'passed_on', fromPersonId: 'agent-tom', fromName: 'Tom Becker' })
})

test('an offer says in short who comes and why, and one that nobody had before says nothing', () => {
  const events = buildEvents()
  for (const conversationId of ['c1', 'c2']) {
    events.add(
      'conversation.opened',
      { customerId: 'x', channel: 'chat', queue: 'cards', language: 'zh', reason: 'card', priority: 0 },
      conversationId
    )
    if (conversationId === 'c1') events.add('handoff.prepared', buildHandoff(), conversationId)
    events.add(
      'conversation.offered',
      { offerId: `o-${conversationId}`, personId: 'agent-lin', expiresAt: 9e12, summary: '' },
      conversationId
    )
  }
  const { reading } = storeWith(events)
  const [mine, plain] = openOffers(reading, events.at)
  expect(mine?.handoff).toEqual({
    because: 'requested',
    verified: true,
    intent: 'card_lost',
    mood: 'worried',
    spoken: buildHandoff().spoken,
    language: 'zh'
  })
  expect(plain).toMatchObject({ conversationId: 'c2' })
  expect(plain && 'handoff' in plain).toBe(false)
})

test('desk.db from 70 with rows to 80: what was handed over before is there, and a rebuild gives the same', () => {
  const events = buildEvents()
  events.chat({ conversationId: 'c1' })
  events.add('handoff.prepared', buildHandoff(), 'c1')
  const dir = buildOldDesk(70, events.all)
  const store = openStore({ dir, key: STORE_KEY, personId: 'agent-lin', now: () => 1 })
  open.push(() => {
    store.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const shown = () => conversationView({ desk: store.desk, own: store.own, personId: 'agent-lin' }, 'c1', names)?.handoff
  expect(shown()).toEqual(buildHandoff())
  rebuild(store.desk, 'agent-lin')
  expect(shown()).toEqual(buildHandoff())
})
