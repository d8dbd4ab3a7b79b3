import { describe, expect, it } from 'vitest'
import { contact, floor } from '../../build/centre.ts'
import { scriptedAi } from '../../fakes/ai-scripted.ts'

describe('A customer who writes', () => {
  it('is offered, accepted, answered and wrapped up, and every step is in the desk’s log in order', async () => {
    const f = floor()
    expect(await f.command('lin', 'presence.set', { presence: 'available' })).toBe('accepted')
    const id = f.centre.contactArrived(contact())
    f.centre.customerSaid(id, 'My card 6222020200112233445 ?balance #worried', 'e1')
    const offer = f.factsOf('conversation.offered', id)[0]
    expect(offer?.data.personId).toBe('lin')
    expect(await f.command('lin', 'offer.accept', { conversationId: id, offerId: offer?.data.offerId ?? '' })).toBe('accepted')
    expect(await f.command('lin', 'message.send', { conversationId: id, entryId: 'e2', text: 'Profit is guaranteed' })).toBe('accepted')
    expect(f.effects.at(-1)).toMatchObject({ type: 'agentSaid', conversationId: id, text: 'Profit is guaranteed' })
    expect(await f.command('lin', 'conversation.end', { conversationId: id })).toBe('accepted')
    expect(await f.command('lin', 'message.send', { conversationId: id, entryId: 'e3', text: 'One more thing' })).toBe(
      'conversation_closed'
    )
    expect(await f.command('lin', 'wrapup.finish', { conversationId: id, disposition: 'resolved', note: 'done' })).toBe('accepted')
    expect(await f.command('lin', 'message.send', { conversationId: id, entryId: 'e4', text: 'Hello?' })).toBe('conversation_closed')
    const log = await f.log('lin')
    expect(log.filter((event) => event.conversationId === id).map((event) => event.type)).toEqual([
      'conversation.opened',
      'conversation.queued',
      'conversation.offered',
      'entry.added',
      'entry.analysed',
      'conversation.offer-ended',
      'conversation.assigned',
      'entry.added',
      'entry.analysed',
      'conversation.ended',
      'conversation.wrapped',
      'conversation.closed'
    ])
    expect(JSON.stringify(log)).not.toContain('6222020200112233445')
    expect(log.filter((event) => event.type === 'presence.changed').map((event) => event.data.presence)).toEqual([
      'available',
      'busy',
      'wrap-up',
      'available'
    ])
    expect((await f.log('tom')).some((event) => event.conversationId === id)).toBe(false)
  })

  it('is heard even when the reading of their words fails', () => {
    const f = floor({ ai: scriptedAi({ failNext: 1 }) })
    const id = f.centre.contactArrived(contact())
    f.centre.customerSaid(id, 'hello', 'e1')
    f.centre.customerSaid(id, 'hello?', 'e2')
    expect(f.factsOf('entry.added', id)).toHaveLength(2)
    expect(f.factsOf('entry.analysed', id).map((one) => one.data.entryId)).toEqual(['e2'])
  })

  it('is not heard twice under one id, nor after they have left, nor when they say nothing', () => {
    const f = floor()
    const id = f.centre.contactArrived(contact())
    for (const text of ['hello', 'hello', '  ']) f.centre.customerSaid(id, text, 'e1')
    f.centre.customerLeft(id)
    f.centre.customerSaid(id, 'and another thing', 'e2')
    expect(f.factsOf('entry.added', id)).toHaveLength(1)
  })

  it('who is not known is refused', () => {
    expect(() => floor().centre.contactArrived(contact({ customerId: 'nobody' }))).toThrow('no customer nobody')
  })
})
