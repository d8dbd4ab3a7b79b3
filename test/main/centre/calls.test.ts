import { describe, expect, it } from 'vitest'
import { SETTINGS } from '../../../src-main/centre/port.ts'
import { ANSWER_GRACE_MS } from '../../../src-main/centre/routing/offers.ts'
import { contact, type Floor, floor } from '../../build/centre.ts'

function rung(f: Floor) {
  f.centre.setPresence('lin', 'available')
  const conversationId = f.centre.contactArrived(contact({ channel: 'voice' }))
  const ring = f.effects.findLast((one) => one.type === 'ring')
  if (ring?.type !== 'ring') throw new Error('nobody was rung')
  const offerId = f.factsOf('conversation.offered', conversationId)[0]?.data.offerId ?? ''
  const pbx = { callId: ring.callId, conversationId, user: 'lin' }
  return { ...pbx, offerId, pbx }
}
function up(f: Floor) {
  const call = rung(f)
  f.centre.pbx({ type: 'answered', ...call.pbx })
  return call
}
const stateOf = (f: Floor, id: string) => f.centre.view().conversations.find((one) => one.conversationId === id)
const presenceOf = (f: Floor, personId: string) => f.centre.view().people.find((one) => one.personId === personId)?.presence

describe('A call', () => {
  it('rings the person it is offered to, with the number and the name', () => {
    const f = floor()
    const { callId, conversationId } = rung(f)
    expect(f.effects.find((one) => one.type === 'ring')).toEqual({
      type: 'ring',
      personId: 'lin',
      conversationId,
      callId,
      from: '+8613900000000',
      name: 'Customer c1',
      ringMs: SETTINGS.ringMs
    })
  })

  it('is theirs when the PBX says it is up, not when they say they want it', async () => {
    const f = floor()
    const { conversationId, offerId, pbx } = rung(f)
    expect(await f.command('lin', 'offer.accept', { conversationId, offerId })).toBe('accepted')
    expect(stateOf(f, conversationId)?.state).toBe('offered')
    f.centre.pbx({ type: 'answered', ...pbx })
    expect(stateOf(f, conversationId)).toMatchObject({ state: 'active', owner: 'lin' })
    expect(f.factsOf('conversation.assigned', conversationId)).toHaveLength(1)
  })

  it('is told by two witnesses and counted once', async () => {
    const f = floor()
    const { conversationId, callId, pbx } = rung(f)
    for (const what of ['answered', 'held', 'resumed', 'ended'] as const) {
      expect(await f.command('lin', 'call.report', { conversationId, callId, what })).toBe('accepted')
      if (what === 'ended') f.centre.pbx({ type: 'ended', ...pbx, by: 'agent' })
      else f.centre.pbx({ type: what, ...pbx })
    }
    for (const type of ['call.answered', 'call.held', 'call.resumed', 'call.ended', 'conversation.ended'] as const)
      expect(f.factsOf(type, conversationId), type).toHaveLength(1)
    expect(stateOf(f, conversationId)?.state).toBe('wrap-up')
  })

  it('is timed without the time on hold', () => {
    const f = floor()
    const { conversationId, pbx } = up(f)
    f.advance(30_000)
    f.centre.pbx({ type: 'held', ...pbx })
    f.advance(10_000)
    f.centre.pbx({ type: 'resumed', ...pbx })
    f.advance(5_000)
    f.centre.pbx({ type: 'held', ...pbx })
    f.advance(2_000)
    f.centre.pbx({ type: 'ended', ...pbx, by: 'customer' })
    expect(f.factsOf('call.ended', conversationId)[0]?.data).toMatchObject({ by: 'customer', talkMs: 35_000, holdMs: 12_000 })
  })

  it('that rings out makes the person not responding, hangs up their phone and goes on', () => {
    const f = floor()
    const { callId, conversationId } = rung(f)
    f.advance(SETTINGS.ringMs + ANSWER_GRACE_MS)
    expect(presenceOf(f, 'lin')).toBe('not-responding')
    expect(f.effects).toContainEqual({ type: 'hangUp', callId, conversationId, by: 'centre' })
    f.centre.setPresence('tom', 'available')
    expect(stateOf(f, conversationId)?.offeredTo).toBe('tom')
  })

  it('that the phone declines goes back to the queue without blame; one that cannot be reached says so', () => {
    const f = floor()
    const declined = rung(f)
    f.centre.pbx({ type: 'refused', ...declined.pbx, status: 486 })
    expect(presenceOf(f, 'lin')).toBe('available')
    expect(stateOf(f, declined.conversationId)?.state).toBe('waiting')
    f.centre.customerLeft(declined.conversationId)
    const unreachable = rung(f)
    f.centre.pbx({ type: 'refused', ...unreachable.pbx, status: 480 })
    expect(f.centre.view().people[0]).toMatchObject({ presence: 'not-responding', reason: 'phone_unreachable' })
  })

  it('answered after it went to somebody else is hung up', () => {
    const f = floor()
    const { pbx, callId, conversationId } = rung(f)
    f.centre.setPresence('lin', 'break')
    f.effects.length = 0
    f.centre.pbx({ type: 'answered', ...pbx })
    expect(f.effects).toEqual([{ type: 'hangUp', callId, conversationId, by: 'centre' }])
    expect(f.factsOf('conversation.assigned', conversationId)).toEqual([])
  })

  it('whose caller hangs up while it rings is abandoned', () => {
    const f = floor()
    const { pbx, conversationId } = rung(f)
    f.advance(3_000)
    f.centre.pbx({ type: 'ended', ...pbx, by: 'customer' })
    expect(f.factsOf('conversation.abandoned', conversationId)[0]?.data.waitedMs).toBe(3_000)
    expect(stateOf(f, conversationId)).toBeUndefined()
    expect(f.centre.view().people[0]).toMatchObject({ presence: 'available' })
  })

  it('transferred leaves the first phone and rings the next', async () => {
    const f = floor()
    const { callId, conversationId, pbx } = up(f)
    f.centre.setPresence('tom', 'available')
    f.centre.pbx({ type: 'refer', ...pbx, target: 'cards' })
    expect(f.effects).toContainEqual({ type: 'hangUp', callId, conversationId, by: 'centre' })
    expect(f.effects.findLast((one) => one.type === 'ring')).toMatchObject({ personId: 'tom', conversationId })
    f.centre.pbx({ type: 'ended', ...pbx, by: 'centre' })
    expect(stateOf(f, conversationId)).toMatchObject({ state: 'offered', queue: 'cards', offeredTo: 'tom' })
  })

  it('cannot be wrapped up while it is up', async () => {
    const f = floor()
    const { conversationId } = up(f)
    expect(await f.command('lin', 'wrapup.finish', { conversationId, disposition: 'resolved', note: '' })).toBe('invalid')
    expect(stateOf(f, conversationId)?.state).toBe('active')
  })

  it('keeps the keys pressed, and drops what is no key', () => {
    const f = floor()
    const { conversationId, pbx } = up(f)
    for (const digit of ['1', '#', 'x', '12']) f.centre.pbx({ type: 'digit', ...pbx, digit })
    expect(f.factsOf('call.digit', conversationId).map((one) => one.data.digit)).toEqual(['1', '#'])
  })

  it('shows its person how loud they are at the far end, at most once a second, and keeps no fact of it', async () => {
    const f = floor()
    const { conversationId, pbx } = up(f)
    for (const rms of [0.1, 0.2, 0.3]) f.centre.pbx({ type: 'heard', ...pbx, rms, packets: 50 })
    f.advance(1_000)
    f.centre.pbx({ type: 'heard', ...pbx, rms: 0.4, packets: 50 })
    const seen = (await f.log('lin')).flatMap((event) => (event.type === 'call.quality' ? [event.data.heardRms] : []))
    expect(seen).toEqual([0.1, 0.4])
    expect(f.factsOf('call.quality', conversationId)).toEqual([])
  })
})

describe('A call whose leg is gone', () => {
  it('waits for its person, is rung again past the queue, and goes on', async () => {
    const f = floor()
    const { conversationId, pbx } = up(f)
    f.centre.pbx({ type: 'ended', ...pbx, by: 'network' })
    expect(stateOf(f, conversationId)).toMatchObject({ state: 'active', owner: 'lin', callId: undefined })
    f.effects.length = 0
    expect(await f.command('lin', 'call.recover', { conversationId })).toBe('accepted')
    const ring = f.effects.find((one) => one.type === 'ring')
    expect(ring).toMatchObject({ personId: 'lin', conversationId })
    expect(await f.command('lin', 'call.recover', { conversationId })).toBe('accepted')
    expect(f.effects.filter((one) => one.type === 'ring')).toHaveLength(1)
    f.centre.pbx({ type: 'answered', conversationId, callId: ring?.type === 'ring' ? ring.callId : '', user: 'lin' })
    f.advance(SETTINGS.recoverMs * 2)
    expect(stateOf(f, conversationId)?.state).toBe('active')
    expect(f.factsOf('conversation.assigned', conversationId)).toHaveLength(1)
  })

  it('ends after ten minutes, or at once when its person gives it up', async () => {
    const f = floor()
    const { conversationId, pbx } = up(f)
    f.centre.pbx({ type: 'ended', ...pbx, by: 'network' })
    f.advance(SETTINGS.recoverMs - 1)
    expect(stateOf(f, conversationId)?.state).toBe('active')
    f.advance(1)
    expect(f.factsOf('conversation.ended', conversationId)[0]?.data.by).toBe('centre')
    await f.command('lin', 'wrapup.finish', { conversationId, disposition: 'resolved', note: '' })
    const other = up(f)
    f.centre.pbx({ type: 'ended', ...other.pbx, by: 'network' })
    expect(await f.command('lin', 'conversation.end', { conversationId: other.conversationId })).toBe('accepted')
    expect(stateOf(f, other.conversationId)?.state).toBe('wrap-up')
    expect(await f.command('lin', 'call.recover', { conversationId: other.conversationId })).toBe('conversation_closed')
  })

  it('is what a restart of the centre leaves of every call; one that only rang goes back to the queue', async () => {
    const f = floor()
    const talking = up(f)
    f.advance(60_000)
    f.centre.setPresence('tom', 'available')
    const ringing = f.centre.contactArrived(contact({ channel: 'voice', customerId: 'c2' }))
    expect(stateOf(f, ringing)?.offeredTo).toBe('tom')
    f.restart()
    expect(f.factsOf('call.ended', talking.conversationId)[0]?.data).toMatchObject({ by: 'network', talkMs: 60_000 })
    expect(stateOf(f, talking.conversationId)).toMatchObject({ state: 'active', owner: 'lin', callId: undefined })
    expect(f.factsOf('conversation.offer-ended', ringing)[0]?.data.outcome).toBe('withdrawn')
    expect(stateOf(f, ringing)).toMatchObject({ state: 'offered', offeredTo: 'tom' })
    expect(await f.command('lin', 'call.recover', { conversationId: talking.conversationId })).toBe('accepted')
  })
})
