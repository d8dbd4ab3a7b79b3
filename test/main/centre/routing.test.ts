import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SETTINGS } from '../../../src-main/centre/port.ts'
import { contact, customer, type Floor, floor, MORNING, person } from '../../build/centre.ts'

const offeredTo = (f: Floor, id: string) => f.factsOf('conversation.offered', id).map((one) => one.data.personId)
const presenceOf = (f: Floor, personId: string) => {
  const found = f.centre.view().people.find((one) => one.personId === personId)
  return found && [found.presence, found.reason]
}
const stateOf = (f: Floor, id: string) => f.centre.view().conversations.find((one) => one.conversationId === id)
const available = (f: Floor, ...people: string[]) => {
  for (const personId of people) f.centre.setPresence(personId, 'available')
}

describe('A contact goes', () => {
  it('to somebody with the skill and the language only', () => {
    const people = [person('cards', { queues: ['cards'] }), person('english', { languages: ['en'] }), person('both')]
    const f = floor({ people })
    available(f, 'cards', 'english', 'both')
    expect(offeredTo(f, f.centre.contactArrived(contact({ language: 'zh', queue: 'accounts' })))).toEqual(['both'])
  })

  it('to who has been idle longest', () => {
    const f = floor()
    available(f, 'tom')
    f.advance(1_000)
    available(f, 'lin')
    expect(offeredTo(f, f.centre.contactArrived(contact()))).toEqual(['tom'])
  })

  it('to the customer’s last agent rather than to who is idle longer', () => {
    const f = floor()
    available(f, 'lin')
    const first = f.centre.contactArrived(contact())
    f.centre.accept('lin', first)
    f.centre.finish('lin', first, 'resolved', '')
    f.centre.setPresence('lin', 'break')
    available(f, 'tom')
    f.advance(60_000)
    available(f, 'lin')
    expect(offeredTo(f, f.centre.contactArrived(contact()))).toEqual(['lin'])
  })

  it('to the one it is reserved for, however long that takes', () => {
    const f = floor()
    available(f, 'lin')
    const id = f.centre.contactArrived(contact({ reservedFor: 'tom' }))
    f.advance(120_000)
    expect(offeredTo(f, id)).toEqual([])
    available(f, 'tom')
    expect(offeredTo(f, id)).toEqual(['tom'])
  })

  it('to simulated colleagues only when it belongs to the background, and to own staff before them otherwise', () => {
    const f = floor({ people: [person('sim', { colleague: true }), person('lin')] })
    available(f, 'sim', 'lin')
    expect(offeredTo(f, f.centre.contactArrived(contact({ background: true })))).toEqual(['sim'])
    expect(offeredTo(f, f.centre.contactArrived(contact()))).toEqual(['lin'])
  })

  it('to nobody who is asked about another already', () => {
    const f = floor()
    available(f, 'lin')
    f.centre.contactArrived(contact())
    const second = f.centre.contactArrived(contact({ customerId: 'c2' }))
    expect(stateOf(f, second)?.state).toBe('waiting')
  })

  it('in the order of priority, then of arrival', () => {
    const f = floor()
    const [a, b, c] = [0, 5, 5].map((priority) => f.centre.contactArrived(contact({ priority, channel: 'voice' })))
    available(f, 'lin', 'tom')
    expect([a, b, c].map((id) => stateOf(f, id ?? '')?.state)).toEqual(['waiting', 'offered', 'offered'])
  })

  it('before more urgent ones that came much later', () => {
    const f = floor()
    const old = f.centre.contactArrived(contact({ priority: 0 }))
    f.advance(SETTINGS.agingMs * 4)
    const urgent = f.centre.contactArrived(contact({ priority: 3 }))
    available(f, 'lin')
    expect([stateOf(f, old)?.state, stateOf(f, urgent)?.state]).toEqual(['offered', 'waiting'])
  })
})

describe('A person’s room', () => {
  it('is as many chats as their capacity, those to be wrapped up included', () => {
    const f = floor({ people: [person('lin', { chatCapacity: 2 })] })
    available(f, 'lin')
    const ids = [1, 2, 3].map(() => f.centre.contactArrived(contact()))
    for (const id of ids.slice(0, 2)) f.centre.accept('lin', id)
    expect(ids.map((id) => stateOf(f, id)?.state)).toEqual(['active', 'active', 'waiting'])
    f.centre.end('lin', ids[0] ?? '')
    expect(stateOf(f, ids[2] ?? '')?.state).toBe('waiting')
    f.centre.finish('lin', ids[0] ?? '', 'resolved', '')
    expect(stateOf(f, ids[2] ?? '')?.state).toBe('offered')
  })

  it('holds no call beside a chat, and no chat beside a call', () => {
    const f = floor({ people: [person('sim', { colleague: true })] })
    available(f, 'sim')
    const chat = f.centre.contactArrived(contact())
    f.centre.accept('sim', chat)
    const call = f.centre.contactArrived(contact({ channel: 'voice' }))
    expect(stateOf(f, call)?.state).toBe('waiting')
    f.centre.finish('sim', chat, 'resolved', '')
    f.centre.accept('sim', call)
    expect(stateOf(f, f.centre.contactArrived(contact()))?.state).toBe('waiting')
  })

  it('is kept free of chats for a call that has waited, so that chats cannot shut it out', () => {
    const f = floor({ people: [person('sim', { colleague: true })] })
    available(f, 'sim')
    const first = f.centre.contactArrived(contact())
    f.centre.accept('sim', first)
    const call = f.centre.contactArrived(contact({ channel: 'voice' }))
    f.advance(SETTINGS.drainAfterMs)
    const late = f.centre.contactArrived(contact())
    expect(stateOf(f, late)?.state).toBe('waiting')
    f.centre.finish('sim', first, 'resolved', '')
    expect(stateOf(f, call)?.state).toBe('offered')
  })
})

describe('An offer', () => {
  it('that nobody answers makes the person not responding and goes to the next, keeping its place', () => {
    const f = floor()
    available(f, 'lin', 'tom')
    const id = f.centre.contactArrived(contact())
    const [first] = offeredTo(f, id)
    f.advance(SETTINGS.chatOfferMs - 1)
    expect(offeredTo(f, id)).toHaveLength(1)
    f.advance(1)
    expect(presenceOf(f, first ?? '')).toEqual(['not-responding', 'missed_offer'])
    expect(offeredTo(f, id)).toEqual([first, first === 'lin' ? 'tom' : 'lin'])
    expect(f.factsOf('conversation.offer-ended', id)[0]?.data.outcome).toBe('timeout')
  })

  it('that is declined goes back to the queue, and to the same person only after a rest', () => {
    const f = floor({ people: [person('lin')] })
    available(f, 'lin')
    const id = f.centre.contactArrived(contact({ reservedFor: 'lin' }))
    f.centre.decline('lin', id)
    expect(stateOf(f, id)?.state).toBe('waiting')
    expect(presenceOf(f, 'lin')).toEqual(['available', undefined])
    f.advance(SETTINGS.restMs - 1)
    expect(offeredTo(f, id)).toHaveLength(1)
    f.advance(1)
    expect(offeredTo(f, id)).toEqual(['lin', 'lin'])
  })

  it('cannot be accepted when it is over, and says whether somebody else has it', async () => {
    const f = floor()
    available(f, 'lin')
    const id = f.centre.contactArrived(contact())
    const offerId = f.factsOf('conversation.offered', id)[0]?.data.offerId ?? ''
    f.advance(SETTINGS.chatOfferMs)
    expect(await f.command('lin', 'offer.accept', { conversationId: id, offerId })).toBe('offer_gone')
    available(f, 'tom')
    f.centre.accept('tom', id)
    expect(await f.command('lin', 'offer.accept', { conversationId: id, offerId })).toBe('taken_by_another')
    f.centre.finish('tom', id, 'resolved', '')
    expect(await f.command('lin', 'offer.accept', { conversationId: id, offerId })).toBe('offer_gone')
  })

  it('is withdrawn when the person takes a break, and the contact goes on to the next', async () => {
    const f = floor()
    available(f, 'lin')
    const id = f.centre.contactArrived(contact())
    available(f, 'tom')
    expect(await f.command('lin', 'presence.set', { presence: 'break', reason: 'lunch' })).toBe('accepted')
    expect(presenceOf(f, 'lin')).toEqual(['break', 'lunch'])
    expect(offeredTo(f, id)).toEqual(['lin', 'tom'])
  })
})

describe('A break chosen while serving somebody', () => {
  it('takes effect after the last contact is wrapped up, and the reason says so until then', () => {
    const f = floor()
    available(f, 'lin')
    const id = f.centre.contactArrived(contact())
    f.centre.accept('lin', id)
    f.centre.setPresence('lin', 'break', 'lunch')
    expect(presenceOf(f, 'lin')).toEqual(['busy', 'then_break:lunch'])
    const next = f.centre.contactArrived(contact({ customerId: 'c2' }))
    expect(stateOf(f, next)?.state).toBe('waiting')
    f.restart()
    f.centre.end('lin', id)
    expect(presenceOf(f, 'lin')).toEqual(['wrap-up', 'then_break:lunch'])
    f.centre.finish('lin', id, 'resolved', '')
    expect(presenceOf(f, 'lin')).toEqual(['break', 'lunch'])
  })

  it('can be taken back', () => {
    const f = floor()
    available(f, 'lin')
    const id = f.centre.contactArrived(contact())
    f.centre.accept('lin', id)
    f.centre.setPresence('lin', 'break')
    f.centre.setPresence('lin', 'available')
    expect(presenceOf(f, 'lin')).toEqual(['busy', undefined])
    f.centre.finish('lin', id, 'resolved', '')
    expect(presenceOf(f, 'lin')).toEqual(['available', undefined])
  })
})

describe('A transfer', () => {
  it('takes the conversation from its person to the other queue with a summary, and frees them at once', async () => {
    const people = [person('lin', { queues: ['accounts'] }), person('grace', { queues: ['expert'], role: 'expert' })]
    const f = floor({ people })
    available(f, 'lin', 'grace')
    const id = f.centre.contactArrived(contact())
    f.centre.accept('lin', id)
    f.centre.customerSaid(id, 'It is about a will', 'e1')
    expect(await f.command('lin', 'transfer.blind', { conversationId: id, queue: 'expert', reason: 'needs an expert' })).toBe('accepted')
    const offer = f.factsOf('conversation.offered', id).at(-1)
    expect(offer?.data).toMatchObject({
      personId: 'grace',
      summary: expect.stringMatching(/^needs an expert\n.+ is passed on by a colleague\.\nSo far: It is about a will$/)
    })
    expect(presenceOf(f, 'lin')).toEqual(['available', undefined])
    const log = (await f.log('grace')).filter((event) => event.conversationId === id)
    expect(log.map((event) => event.type).slice(0, 5)).toEqual([
      'conversation.opened',
      'conversation.queued',
      'conversation.offered',
      'conversation.offer-ended',
      'conversation.assigned'
    ])
    expect(await f.command('lin', 'message.send', { conversationId: id, entryId: 'late', text: 'too late' })).toBe('not_allowed')
  })
})

const event = fc.record({
  what: fc.constantFrom('arrive', 'arrive', 'accept', 'decline', 'finish', 'away', 'back', 'transfer', 'leave', 'restart'),
  who: fc.integer({ min: 0, max: 2 }),
  which: fc.nat(30),
  channel: fc.constantFrom('voice' as const, 'chat' as const),
  queue: fc.constantFrom('accounts' as const, 'cards' as const, 'loans' as const),
  priority: fc.integer({ min: 0, max: 9 }),
  ms: fc.integer({ min: 0, max: 50_000 })
})

describe('Whatever happens on the floor', () => {
  const names = ['a', 'b', 'c']
  const people = names.map((name) => person(name, { queues: ['accounts', 'cards', 'loans'], chatCapacity: 2, colleague: true }))

  it('nobody has more than they can carry, nobody waits for ever, and the state can be built again from the facts', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 50, size: 'max' }), (events) => {
        const f = floor({ people, customers: [customer('c1')] })
        const check = () => {
          const { conversations } = f.centre.view()
          for (const name of names) {
            const mine = conversations.filter((one) => one.owner === name)
            const calls = mine.filter((one) => one.channel === 'voice').length
            expect(calls === 0 ? mine.length <= 2 : mine.length === 1).toBe(true)
            expect(conversations.filter((one) => one.offeredTo === name).length).toBeLessThanOrEqual(1)
          }
        }
        for (const one of events) {
          const name = names[one.who] ?? 'a'
          const open = f.centre.view().conversations
          const some = open[one.which % Math.max(1, open.length)]
          if (one.what === 'arrive') f.centre.contactArrived(contact({ channel: one.channel, queue: one.queue, priority: one.priority }))
          else if (one.what === 'away') f.centre.setPresence(name, 'break')
          else if (one.what === 'back') f.centre.setPresence(name, 'available')
          else if (one.what === 'restart') f.restart()
          else if (some?.offeredTo && one.what === 'accept') f.centre.accept(some.offeredTo, some.conversationId)
          else if (some?.offeredTo && one.what === 'decline') f.centre.decline(some.offeredTo, some.conversationId)
          else if (some?.owner && one.what === 'finish') {
            f.centre.end(some.owner, some.conversationId)
            f.centre.finish(some.owner, some.conversationId, 'resolved', '')
          } else if (some?.owner && some.state === 'active' && one.what === 'transfer')
            f.centre.transfer(some.owner, some.conversationId, one.queue, 'elsewhere')
          else if (some && one.what === 'leave') f.centre.customerLeft(some.conversationId)
          check()
          f.advance(one.ms)
          check()
        }
        const before = f.centre.view()
        f.restart()
        expect(f.centre.view()).toEqual(before)
        // From here on people only work, while others keep coming: each contact that waits now gets its turn.
        const waiting = new Set(f.centre.view().conversations.map((one) => one.conversationId))
        for (let round = 0; round < 300 && waiting.size > 0; round += 1) {
          if (round % 3 === 0) f.centre.contactArrived(contact({ channel: 'chat', priority: 9 }))
          for (const name of names) f.centre.setPresence(name, 'available')
          for (const one of f.centre.view().conversations) {
            if (one.offeredTo) f.centre.accept(one.offeredTo, one.conversationId)
            else if (one.owner) {
              f.centre.end(one.owner, one.conversationId)
              f.centre.finish(one.owner, one.conversationId, 'resolved', '')
              waiting.delete(one.conversationId)
            }
          }
          check()
          f.advance(5_000)
        }
        expect([...waiting]).toEqual([])
        expect(f.now()).toBeGreaterThan(MORNING - 1)
        f.hub.close()
      }),
      { numRuns: 40 }
    )
  })
})
