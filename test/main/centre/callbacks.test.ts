import { describe, expect, it } from 'vitest'
import { CALLBACK_AGAIN_MS, SETTINGS } from '../../../src-main/centre/port.ts'
import { contact, customer, type Floor, floor, MORNING, person } from '../../build/centre.ts'

const HOUR = 3_600_000
const CUSTOMERS = [customer('c1', { phone: '+12025550101', name: 'Ada' })]
const wish = {
  callbackId: 'b1',
  name: 'Ada',
  phone: '+12025550101',
  queue: 'accounts',
  at: MORNING + HOUR,
  note: 'the new card',
  mine: true
} as const

async function promised(
  change: Partial<typeof wish | { mine: false; phone: string; name: string }> = {},
  f = floor({ customers: CUSTOMERS })
) {
  for (const who of ['lin', 'tom']) f.centre.setPresence(who, 'available')
  const schedule = () => f.command('lin', 'callback.schedule', { ...wish, ...change })
  expect(await schedule()).toBe('accepted')
  const offers = () =>
    f.factsOf('conversation.offered').map(({ data, conversationId }) => ({ ...data, conversationId: conversationId ?? '' }))
  const accept = async () => {
    const offer = offers().at(-1)
    if (!offer) throw new Error('nothing is offered')
    const { conversationId, offerId, personId } = offer
    expect(await f.command(personId, 'offer.accept', { conversationId, offerId })).toBe('accepted')
    return { conversationId, personId }
  }
  return { f, schedule, offers, accept }
}
const dial = (f: Floor, who: string, conversationId: string, callId = 'a') =>
  f.command(who, 'call.open', { conversationId, callId, direction: 'out', number: wish.phone, callbackId: 'b1' })

describe('A promised call-back', () => {
  it('is offered at its time to who promised it, and rings nobody', async () => {
    const { f, offers } = await promised()
    f.advance(HOUR - 1)
    expect(offers()).toEqual([])
    f.advance(1)
    expect(offers()).toMatchObject([{ personId: 'lin' }])
    expect(f.factsOf('conversation.opened')[0]?.data).toMatchObject({
      callbackId: 'b1',
      customerId: 'c1',
      direction: 'out',
      reason: 'the new card'
    })
    expect(f.effects.filter((one) => one.type === 'ring')).toEqual([])
  })

  it('is kept by dialling in the conversation it opened', async () => {
    const { f, accept } = await promised()
    f.advance(HOUR)
    const { conversationId, personId } = await accept()
    expect(personId).toBe('lin')
    expect(await dial(f, 'lin', conversationId)).toBe('accepted')
    await f.command('lin', 'call.report', { conversationId, callId: 'a', what: 'answered' })
    expect(f.factsOf('callback.ended').map(({ data }) => data)).toEqual([{ callbackId: 'b1', outcome: 'reached' }])
    // The screen may say so too.
    expect(await f.command('lin', 'callback.end', { callbackId: 'b1', outcome: 'reached' })).toBe('accepted')
    await f.command('lin', 'call.report', { conversationId, callId: 'a', what: 'ended' })
    await f.command('lin', 'wrapup.finish', { conversationId, disposition: 'resolved', note: '' })
    f.advance(2 * CALLBACK_AGAIN_MS)
    expect(f.factsOf('conversation.opened')).toHaveLength(1)
  })

  it('that reached nobody is offered again later, until somebody ends it', async () => {
    const { f, accept, offers } = await promised()
    f.advance(HOUR)
    const { conversationId } = await accept()
    await dial(f, 'lin', conversationId)
    await f.command('lin', 'call.report', { conversationId, callId: 'a', what: 'failed' })
    f.advance(CALLBACK_AGAIN_MS - 1)
    expect(offers()).toHaveLength(1)
    f.advance(1)
    expect(offers()).toHaveLength(2)
    const again = await accept()
    await dial(f, 'lin', again.conversationId, 'a2')
    await f.command('lin', 'call.report', { conversationId: again.conversationId, callId: 'a2', what: 'failed' })
    expect(await f.command('lin', 'callback.end', { callbackId: 'b1', outcome: 'not-reached' })).toBe('accepted')
    f.advance(10 * CALLBACK_AGAIN_MS)
    expect(offers()).toHaveLength(2)
  })

  it('goes to whoever of the queue is free when nobody promised it alone', async () => {
    const { f, offers } = await promised({ mine: false })
    f.centre.setPresence('lin', 'break')
    f.advance(HOUR)
    expect(offers()).toMatchObject([{ personId: 'tom' }])
    expect((await f.log('tom')).map((event) => event.type)).toContain('callback.scheduled')
  })

  it('that its person misses goes to the others, who are told what was promised', async () => {
    const { f, offers } = await promised()
    f.advance(HOUR + SETTINGS.chatOfferMs)
    expect(offers().map((one) => one.personId)).toEqual(['lin', 'tom'])
    const types = (await f.log('tom')).map((event) => event.type)
    expect(types.indexOf('callback.scheduled')).toBeLessThan(types.indexOf('conversation.offered'))
    expect(types).toContain('callback.scheduled')
  })

  it('whose person is not there does not wait for ever', async () => {
    const { f, offers } = await promised()
    f.centre.setPresence('lin', 'offline')
    f.advance(HOUR + SETTINGS.callbackReserveMs - 1)
    expect(offers()).toEqual([])
    f.advance(1)
    expect(offers()).toMatchObject([{ personId: 'tom' }])
  })

  it('is not for who takes written channels only, nor for simulated colleagues', async () => {
    const people = [person('lin'), person('cat', { colleague: true })]
    const { f, offers } = await promised(
      { mine: false },
      floor({ customers: CUSTOMERS, people: [...people, person('tom', { queues: [] })] })
    )
    f.centre.setPresence('cat', 'available')
    await f.command('lin', 'presence.set', { presence: 'available', writtenOnly: true })
    f.advance(2 * HOUR)
    expect(offers()).toEqual([])
    await f.command('lin', 'presence.set', { presence: 'available' })
    expect(offers()).toMatchObject([{ personId: 'lin' }])
  })

  it('survives a restart of the centre before, at and after its time', async () => {
    const { f, offers, accept } = await promised()
    f.restart()
    f.advance(HOUR)
    f.restart()
    f.advance(60_000)
    for (const who of ['lin', 'tom']) f.centre.setPresence(who, 'available')
    expect(offers().length).toBeGreaterThan(0)
    expect(f.factsOf('conversation.opened')).toHaveLength(1)
    const { conversationId, personId } = await accept()
    f.restart()
    expect(await dial(f, personId, conversationId)).toBe('accepted')
    expect(f.factsOf('conversation.opened')).toHaveLength(1)
  })

  it('can be called off while it is offered, and counts for no queue', async () => {
    const people = [person('lin'), person('tom'), person('ruth', { role: 'supervisor', queues: [] })]
    const { f, offers } = await promised({}, floor({ customers: CUSTOMERS, people }))
    f.advance(HOUR)
    expect(await f.command('lin', 'callback.end', { callbackId: 'b1', outcome: 'cancelled' })).toBe('accepted')
    expect(f.centre.view().conversations).toEqual([])
    f.advance(10 * CALLBACK_AGAIN_MS)
    expect(offers()).toHaveLength(1)
    const intervals = (await f.log('ruth')).flatMap((event) => (event.type === 'stats.published' ? event.data.intervals : []))
    expect(intervals).toEqual([])
  })

  it('said twice is one, and what was never promised cannot be ended', async () => {
    const { f, schedule } = await promised()
    expect(await schedule()).toBe('accepted')
    expect(f.factsOf('callback.scheduled')).toHaveLength(1)
    expect(await f.command('lin', 'callback.end', { callbackId: 'nothing', outcome: 'cancelled' })).toBe('not_found')
  })

  it('to somebody without a file makes a card for them', async () => {
    const { f, accept } = await promised({ phone: '+4930999999', name: 'Somebody' })
    f.advance(HOUR)
    const { conversationId } = await accept()
    expect(f.factsOf('customer.updated').at(-1)?.data).toMatchObject({ name: 'Somebody', phone: '+4930999999', casual: true })
    expect(f.centre.view().conversations.find((one) => one.conversationId === conversationId)?.owner).toBe('lin')
  })
})

describe('Who may end a call-back', () => {
  const team = [
    person('lin'),
    person('tom'),
    person('mia'),
    person('ina', { queues: ['cards'] }),
    person('ruth', { role: 'supervisor', queues: [] })
  ]
  const endBy = (f: Floor, who: string) => f.command(who, 'callback.end', { callbackId: 'b1', outcome: 'cancelled' })

  it('is who promised it, and nobody else, until it is taken', async () => {
    const { f } = await promised({}, floor({ customers: CUSTOMERS, people: team }))
    expect(await endBy(f, 'tom')).toBe('not_allowed')
    expect(f.factsOf('callback.ended')).toEqual([])
    expect(await endBy(f, 'lin')).toBe('accepted')
    // Said again by somebody else it is no news, and no fault.
    expect(await endBy(f, 'tom')).toBe('accepted')
    expect(f.factsOf('callback.ended')).toHaveLength(1)
  })

  it('is who took it: while they keep it, and after they have tried, across a restart', async () => {
    const { f, accept } = await promised({ mine: false }, floor({ customers: CUSTOMERS, people: team }))
    f.advance(HOUR)
    const { conversationId, personId } = await accept()
    const other = personId === 'lin' ? 'tom' : 'lin'
    expect(await endBy(f, other)).toBe('taken_by_another')
    await dial(f, personId, conversationId)
    await f.command(personId, 'call.report', { conversationId, callId: 'a', what: 'failed' })
    f.restart()
    expect(await endBy(f, other)).toBe('not_allowed')
    expect(await endBy(f, personId)).toBe('accepted')
  })

  it('is anybody of the queue while nobody has taken it, and nobody of another queue', async () => {
    const { f } = await promised({ mine: false }, floor({ customers: CUSTOMERS, people: team }))
    expect(await endBy(f, 'ina')).toBe('not_allowed')
    expect(await endBy(f, 'mia')).toBe('accepted')
  })

  it('is a supervisor, always', async () => {
    const { f, accept } = await promised({}, floor({ customers: CUSTOMERS, people: team }))
    f.advance(HOUR)
    await accept()
    expect(await endBy(f, 'ruth')).toBe('accepted')
    expect(f.factsOf('callback.ended').map(({ data }) => data.outcome)).toEqual(['cancelled'])
  })
})

describe('The timeline says of a call-back', () => {
  const lines = (f: Floor, conversationId?: string) =>
    f.factsOf('entry.added', conversationId).flatMap(({ data }) => (data.kind === 'system' ? [data] : []))
  async function agreed(f = floor({ customers: CUSTOMERS })) {
    const conversationId = f.centre.contactArrived(contact())
    f.centre.setPresence('lin', 'available')
    f.centre.accept('lin', conversationId)
    const wished = { ...wish, conversationId, note: 'the new card' }
    expect(await f.command('lin', 'callback.schedule', wished)).toBe('accepted')
    return { f, conversationId }
  }

  it('that it was agreed, for when and by whom, once', async () => {
    const { f, conversationId } = await agreed()
    expect(await f.command('lin', 'callback.schedule', { ...wish, conversationId })).toBe('accepted')
    expect(lines(f, conversationId)).toMatchObject([
      { text: 'callback_agreed', personId: 'lin', values: { at: wish.at, note: 'the new card' } }
    ])
    expect((await f.log('lin')).some((event) => event.type === 'entry.added' && event.data.text === 'callback_agreed')).toBe(true)
  })

  it('that it was agreed after the contact was closed, but only in a conversation that its person knew', async () => {
    const f = floor({ customers: CUSTOMERS })
    const conversationId = f.centre.contactArrived(contact())
    f.centre.setPresence('lin', 'available')
    f.centre.accept('lin', conversationId)
    f.centre.finish('lin', conversationId, 'callback_agreed', '')
    await f.command('tom', 'callback.schedule', { ...wish, callbackId: 'b2', conversationId })
    expect(lines(f, conversationId)).toEqual([])
    await f.command('lin', 'callback.schedule', { ...wish, conversationId })
    expect(lines(f, conversationId).map(({ text }) => text)).toEqual(['callback_agreed'])
    expect((await f.log('lin')).filter((event) => event.type === 'entry.added')).toHaveLength(1)
  })

  it.each([
    ['cancelled', 'callback_cancelled'],
    ['not-reached', 'callback_missed']
  ] as const)('that it was %s, where it was agreed', async (outcome, text) => {
    const { f, conversationId } = await agreed()
    await f.command('lin', 'callback.end', { callbackId: 'b1', outcome })
    expect(lines(f, conversationId).map((line) => line.text)).toEqual(['callback_agreed', text])
  })

  it('that it was done, in the conversation in which it was', async () => {
    const { f, accept } = await promised()
    f.advance(HOUR)
    const { conversationId } = await accept()
    await dial(f, 'lin', conversationId)
    await f.command('lin', 'call.report', { conversationId, callId: 'a', what: 'answered' })
    expect(lines(f, conversationId).map((line) => line.text)).toEqual(['callback_done'])
  })
})

describe('Who takes written channels only', () => {
  it('is offered no call, and gives one back that rings', async () => {
    const f = floor({ people: [person('lin')] })
    await f.command('lin', 'presence.set', { presence: 'available' })
    f.centre.contactArrived({ customerId: 'c1', channel: 'voice', queue: 'accounts', language: 'en', reason: '', priority: 0 })
    expect(f.factsOf('conversation.offered')).toHaveLength(1)
    await f.command('lin', 'presence.set', { presence: 'available', writtenOnly: true })
    expect(f.factsOf('conversation.offer-ended').map(({ data }) => data.outcome)).toEqual(['withdrawn'])
    f.advance(60_000)
    expect(f.factsOf('conversation.offered')).toHaveLength(1)
    f.centre.contactArrived({ customerId: 'c2', channel: 'chat', queue: 'accounts', language: 'en', reason: '', priority: 0 })
    expect(f.factsOf('conversation.offered')).toHaveLength(2)
    expect(f.centre.view().people[0]?.presence).toBe('available')
  })
  it('is so after a restart too', async () => {
    const f = floor({ people: [person('lin')] })
    await f.command('lin', 'presence.set', { presence: 'available', writtenOnly: true })
    f.restart()
    f.centre.contactArrived({ customerId: 'c1', channel: 'voice', queue: 'accounts', language: 'en', reason: '', priority: 0 })
    expect(f.factsOf('conversation.offered')).toEqual([])
  })
})
