import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bench, buildDesk, settle } from '../../build/desk.ts'
import { buildEvents, type EventBuilder } from '../../build/events.ts'

let bench: Bench
let events: EventBuilder
beforeEach(async () => {
  bench = buildDesk()
  events = buildEvents(bench.timers.now() - 60_000)
  await settle()
})
afterEach(() => bench.close())
const texts = async (): Promise<string[]> =>
  (await bench.client.conversation.timeline({ conversationId: 'c1' })).rows.filter((row) => row.kind !== 'system').map((row) => row.text)

describe('intake', () => {
  test('asks again from the cursor when something is missing', async () => {
    events.chat({ conversationId: 'c1' })
    events.said('c1', 'one')
    events.said('c1', 'two')
    await bench.line.publish(...events.all)
    events.said('c1', 'three')
    const last = events.said('c1', 'four')
    bench.line.log.push(...events.all.slice(-2))
    await bench.line.deliver([last])
    await settle()
    expect(await texts()).toEqual(['one', 'two', 'three', 'four'])
    expect(bench.line.opened).toEqual([0, 8])
  })

  test('puts a delivery in order and drops what it has', async () => {
    events.chat({ conversationId: 'c1' })
    events.said('c1', 'one')
    events.said('c1', 'two')
    await bench.line.deliver([...events.all, ...events.all].reverse())
    expect(await texts()).toEqual(['one', 'two'])
  })

  test('goes on behind a gap that the hub can never fill', async () => {
    const all = [...events.chat({ conversationId: 'c1' }), events.said('c1', 'one')]
    await bench.line.publish(...all.map((event) => ({ ...event, deskSeq: event.deskSeq + 100 })))
    for (let i = 0; i < 12; i++) {
      await settle()
      bench.timers.advance(15_000)
    }
    await settle()
    expect(await texts()).toEqual(['one'])
    expect(bench.written.some((one) => one.event === 'gap')).toBe(true)
  })

  test('is not stopped by rubbish', async () => {
    events.chat({ conversationId: 'c1' })
    await bench.line.deliver([null, 'x', { deskSeq: -1 }, ...events.all])
    expect(await bench.client.conversation.get({ conversationId: 'c1' })).toMatchObject({ state: 'active' })
    expect(bench.written.filter((one) => one.event === 'unreadable event')).toHaveLength(3)
  })

  test('resumes from the cursor after a restart', async () => {
    events.chat({ conversationId: 'c1' })
    await bench.line.publish(...events.all)
    bench.restart()
    await settle()
    expect(bench.line.opened).toEqual([0, 6])
  })

  test('wipes the store when the desk is revoked', async () => {
    const reasons: string[] = []
    bench.restart({ onRevoked: (reason) => reasons.push(reason) })
    events.chat({ conversationId: 'c1' })
    await settle()
    await bench.line.publish(...events.all, events.add('desk.revoked', { reason: 'lost' }))
    expect(reasons).toEqual(['lost'])
    await expect(bench.client.inbox.list({ view: 'mine' })).rejects.toMatchObject({ data: { code: 'not_signed_in' } })
    expect(readdirSync(bench.dir).filter((name) => /^desk(-own)?\.db/.test(name))).toEqual([])
  })
})

describe('a call that was up', () => {
  beforeEach(async () => {
    events.chat({ conversationId: 'c1', channel: 'voice' })
    events.add('call.started', { callId: 'k1', personId: 'agent-lin' }, 'c1')
    events.add('call.answered', { callId: 'k1', personId: 'agent-lin' }, 'c1')
    await bench.line.publish(...events.all)
  })

  test('is offered for recovery after a restart, until the softphone sees it', async () => {
    bench.timers.advance(1_000)
    bench.restart()
    expect(await bench.client.calls.recoverable()).toMatchObject([{ conversationId: 'c1', callId: 'k1', customerName: 'Mei Lindqvist' }])
    await bench.client.calls.report({ conversationId: 'c1', callId: 'k1', what: 'answered' })
    expect(await bench.client.calls.recoverable()).toEqual([])
    await bench.client.calls.account()
    expect(await bench.client.calls.recoverable()).toHaveLength(1)
  })

  test('is given up by ending the contact, whether the centre still has the call or lost it', async () => {
    await bench.client.calls.giveUp({ conversationId: 'c1' })
    await settle()
    await bench.line.publish(events.add('call.ended', { callId: 'k1', by: 'network', talkMs: 1, holdMs: 0 }, 'c1'))
    await bench.client.calls.giveUp({ conversationId: 'c1' })
    await settle()
    const end = { type: 'conversation.end', data: { conversationId: 'c1' } }
    expect(bench.line.sent).toMatchObject([end, end])
  })

  test('is offered when the centre lost it, with the time it was last seen, until the customer is rung through or gone', async () => {
    bench.restart()
    await settle()
    const answeredAt = events.at
    await bench.line.publish(events.add('call.ended', { callId: 'k1', by: 'network', talkMs: 1, holdMs: 0 }, 'c1'))
    expect(await bench.client.calls.recoverable()).toEqual([
      { conversationId: 'c1', callId: 'k1', customerName: 'Mei Lindqvist', lastSeenAt: answeredAt }
    ])
    await bench.line.publish(events.add('call.started', { callId: 'k2', personId: 'agent-lin' }, 'c1'))
    expect(await bench.client.calls.recoverable()).toEqual([])
    await bench.line.publish(events.add('call.ended', { callId: 'k2', by: 'network', talkMs: 0, holdMs: 0 }, 'c1'))
    expect(await bench.client.calls.recoverable()).toMatchObject([{ conversationId: 'c1' }])
    await bench.line.publish(events.add('conversation.ended', { by: 'centre' }, 'c1'))
    expect(await bench.client.calls.recoverable()).toEqual([])
  })

  test('is offered to a phone that starts anew, however many pages are open, until that phone reports it', async () => {
    // Only the page that runs the phone asks for its account.
    await bench.client.calls.account()
    await bench.client.calls.report({ conversationId: 'c1', callId: 'k1', what: 'resumed' })
    expect(await bench.client.calls.recoverable()).toEqual([])
    bench.timers.advance(1_000)
    await bench.client.calls.account()
    expect(await bench.client.calls.recoverable()).toHaveLength(1)
    await bench.client.calls.report({ conversationId: 'c1', callId: 'k1', what: 'resumed' })
    expect(await bench.client.calls.recoverable()).toEqual([])
  })
})
