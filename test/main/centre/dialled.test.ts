import { describe, expect, it } from 'vitest'
import { customerCalled } from '../../../src-main/centre/caller.ts'
import { emptyState } from '../../../src-main/centre/state.ts'
import { fact } from '../../../src-shared/events.ts'
import { customer, type Floor, floor, person } from '../../build/centre.ts'

const CUSTOMERS = [customer('c1', { phone: '+12025550101', name: 'Ada' }), customer('c2', { phone: '+442079460103', name: 'Ben' })]
const stateOf = (f: Floor, id: string) => f.centre.view().conversations.find((one) => one.conversationId === id)
const presenceOf = (f: Floor, personId: string) => f.centre.view().people.find((one) => one.personId === personId)?.presence
const dial = { conversationId: 'k1', callId: 'call-1', direction: 'out', number: '+12025550101' } as const

describe('A call that a person dials', () => {
  it('is a contact of theirs with the customer of that number, and keeps them busy', async () => {
    const f = floor({ customers: CUSTOMERS })
    f.centre.setPresence('lin', 'available')
    expect(await f.command('lin', 'call.open', dial)).toBe('accepted')
    expect(stateOf(f, 'k1')).toMatchObject({ customerId: 'c1', state: 'active', owner: 'lin', callId: 'call-1' })
    expect(presenceOf(f, 'lin')).toBe('busy')
    expect(f.factsOf('conversation.opened', 'k1')[0]?.data).toMatchObject({ direction: 'out', channel: 'voice' })
    expect(f.effects.filter((one) => one.type === 'ring')).toEqual([])
    const types = (await f.log('lin')).map((event) => event.type)
    for (const type of ['conversation.opened', 'conversation.assigned', 'call.started']) expect(types, type).toContain(type)
  })

  it('makes a card for somebody without a file', async () => {
    const f = floor({ customers: CUSTOMERS })
    await f.command('lin', 'call.open', { ...dial, number: '+493012345678', name: '王小明' })
    const card = (await f.log('lin')).find((event) => event.type === 'customer.updated' && event.data.casual)
    expect(card?.data).toMatchObject({ name: '王小明', phone: '+493012345678', language: 'zh', casual: true })
    expect((await f.log('tom')).some((event) => event.type === 'customer.updated' && event.data.casual)).toBe(false)
  })

  it('said twice is one contact and one call', async () => {
    const f = floor({ customers: CUSTOMERS })
    await f.command('lin', 'call.open', dial)
    const before = f.facts().length
    expect(await f.command('lin', 'call.open', dial)).toBe('accepted')
    expect(f.facts()).toHaveLength(before)
  })

  it('is followed from answer to wrap-up, by the phone alone or the PBX alone', async () => {
    for (const witness of ['phone', 'pbx'] as const) {
      const f = floor({ customers: CUSTOMERS })
      await f.command('lin', 'call.open', dial)
      const pbx = { callId: 'call-1', conversationId: 'k1', user: 'lin', dialled: { number: dial.number, party: 'customer' as const } }
      const tell = async (what: 'answered' | 'held' | 'resumed' | 'ended') => {
        if (witness === 'phone') await f.command('lin', 'call.report', { conversationId: 'k1', callId: 'call-1', what })
        else if (what === 'ended') f.centre.pbx({ type: 'ended', ...pbx, by: 'agent' })
        else f.centre.pbx({ type: what, ...pbx })
      }
      for (const what of ['answered', 'held', 'resumed', 'ended'] as const) {
        f.advance(10_000)
        await tell(what)
      }
      expect(f.factsOf('call.ended', 'k1')[0]?.data, witness).toMatchObject({ talkMs: 20_000, holdMs: 10_000 })
      expect(stateOf(f, 'k1')?.state, witness).toBe('wrap-up')
      expect(presenceOf(f, 'lin')).toBe('wrap-up')
    }
  })

  it.each([
    ['the phone says it failed', 'failed'],
    ['the phone says it ended', 'ended'],
    ['the PBX says it was refused', 'refused'],
    ['the PBX says it ended', 'pbx-ended'],
    ['the person ends it', 'end']
  ])('that reaches nobody closes without a wrap-up: %s', async (_, how) => {
    const f = floor({ customers: CUSTOMERS })
    f.centre.setPresence('lin', 'available')
    await f.command('lin', 'call.open', dial)
    const pbx = { callId: 'call-1', conversationId: 'k1', user: 'lin', dialled: { number: dial.number, party: 'customer' as const } }
    if (how === 'failed' || how === 'ended') await f.command('lin', 'call.report', { conversationId: 'k1', callId: 'call-1', what: how })
    else if (how === 'refused') f.centre.pbx({ type: 'refused', ...pbx, status: 486 })
    else if (how === 'end') await f.command('lin', 'conversation.end', { conversationId: 'k1' })
    else f.centre.pbx({ type: 'ended', ...pbx, by: 'customer' })
    expect(stateOf(f, 'k1')).toBeUndefined()
    expect(f.factsOf('conversation.closed', 'k1')).toHaveLength(1)
    expect(presenceOf(f, 'lin')).toBe('available')
  })

  it('answered before the word of its dialling came is not hung up', () => {
    const f = floor({ customers: CUSTOMERS })
    const pbx = { callId: 'call-1', conversationId: 'k1', user: 'lin' }
    f.centre.pbx({ type: 'answered', ...pbx, dialled: { number: dial.number, party: 'customer' } })
    expect(f.effects).toEqual([])
    f.centre.pbx({ type: 'answered', ...pbx })
    expect(f.effects).toMatchObject([{ type: 'hangUp', callId: 'call-1' }])
  })

  it('counts for no queue: nobody came', async () => {
    const f = floor({ customers: CUSTOMERS, people: [person('lin'), person('ruth', { role: 'supervisor', queues: [] })] })
    await f.command('lin', 'call.open', dial)
    for (const what of ['answered', 'ended'] as const)
      await f.command('lin', 'call.report', { conversationId: 'k1', callId: 'call-1', what })
    f.advance(60_000)
    const told = (await f.log('ruth')).flatMap((event) => (event.type === 'stats.published' ? event.data.intervals : []))
    expect(told).toEqual([])
  })

  it('is not for those who serve nobody, nor in the conversation of somebody else', async () => {
    const f = floor({ customers: CUSTOMERS, people: [person('lin'), person('tom'), person('ruth', { role: 'supervisor' })] })
    expect(await f.command('ruth', 'call.open', dial)).toBe('not_allowed')
    await f.command('lin', 'call.open', dial)
    expect(await f.command('tom', 'call.open', { ...dial, callId: 'call-2' })).toBe('not_found')
    expect(await f.command('lin', 'call.open', { ...dial, callId: 'call-2' })).toBe('already_done')
  })

  it('that the restart of the centre found ringing is over', async () => {
    const f = floor({ customers: CUSTOMERS })
    await f.command('lin', 'call.open', dial)
    f.restart()
    expect(stateOf(f, 'k1')).toBeUndefined()
  })

  it('outlives the practice customers, who never came by it', async () => {
    const f = floor({ customers: CUSTOMERS })
    await f.command('lin', 'call.open', dial)
    f.centre.customerLeft('k1')
    expect(stateOf(f, 'k1')?.state).toBe('active')
  })
})

describe('The customer of a number', () => {
  const known = (...phones: string[]) => {
    const state = emptyState([])
    phones.forEach((phone, i) => {
      state.cards.set(`c${i}`, fact('customer.updated', customer(`c${i}`, { phone }), 0, `f${i}`))
    })
    return state
  }
  it.each([
    ['the same in E.164', '+12025550101', '+12025550101', true],
    ['with punctuation', '+1 (202) 555-0101', '+12025550101', true],
    ['with the international prefix', '0012025550101', '+12025550101', true],
    ['national, with the trunk zero', '02079460103', '+442079460103', true],
    ['national, without it', '2025550101', '+12025550101', true],
    ['in full-width digits', '＋１２０２５５５０１０１', '+12025550101', true],
    ['local, seven digits', '5550101', '+12025550101', true],
    ['too short to tell', '550101', '+12025550101', false],
    ['another country with the same end', '+862025550101', '+12025550101', false],
    ['a longer number that ends the same', '+4412025550101', '+12025550101', false],
    ['an extension', '201', '+12025550101', false],
    ['a name', 'sip:ada@bank.example', '+12025550101', false],
    ['a masked number', '+1 *** 0101', '+12025550101', false],
    ['nothing', '', '+12025550101', false]
  ])('%s', (_, number, phone, found) => {
    expect(customerCalled(known(phone), number)?.customerId).toBe(found ? 'c0' : undefined)
  })
  it('is nobody where two might be meant, or the card is of a passer-by', () => {
    expect(customerCalled(known('+12025550101', '+442025550101'), '2025550101')).toBeUndefined()
    expect(customerCalled(known('+12025550101', '+442025550101'), '+12025550101')?.customerId).toBe('c0')
    const state = emptyState([])
    state.cards.set('c0', fact('customer.updated', customer('c0', { phone: '+12025550101', casual: true }), 0, 'f'))
    expect(customerCalled(state, '+12025550101')).toBeUndefined()
  })
})
