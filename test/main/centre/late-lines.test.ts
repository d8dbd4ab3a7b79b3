import { describe, expect, it } from 'vitest'
import { LATE_LINE_MS } from '../../../src-main/centre/late-lines.ts'
import { contact, type Floor, floor } from '../../build/centre.ts'

/** A call that was answered; what its recogniser heard comes by {@link heard}. */
function onCall(f: Floor) {
  f.centre.setPresence('lin', 'available')
  const conversationId = f.centre.contactArrived(contact({ channel: 'voice' }))
  const ring = f.effects.findLast((one) => one.type === 'ring')
  if (ring?.type !== 'ring') throw new Error('nobody was rung')
  const pbx = { callId: ring.callId, conversationId, user: 'lin' }
  f.centre.pbx({ type: 'answered', ...pbx })
  f.advance(10_000)
  return { conversationId, pbx }
}
const heard = (f: Floor, conversationId: string, rest: { entryId?: string; speaker?: 'customer' | 'agent'; saidAt?: number } = {}) =>
  f.command('lin', 'transcript.add', {
    conversationId,
    entryId: 'late',
    text: 'thank you',
    speaker: 'customer',
    saidAt: f.now() - 500,
    ...rest
  })
const lines = (f: Floor, conversationId: string) =>
  f.factsOf('entry.added', conversationId).flatMap(({ data }) => (data.kind === 'utterance' ? [data] : []))

describe('What a recogniser heard', () => {
  it('just before the conversation was closed is a line of it, told to the desk that had it', async () => {
    const f = floor()
    const { conversationId, pbx } = onCall(f)
    f.centre.pbx({ type: 'ended', ...pbx, by: 'customer' })
    const closedAt = f.now()
    f.centre.finish('lin', conversationId, 'resolved', '')
    f.advance(LATE_LINE_MS)
    expect(await heard(f, conversationId, { saidAt: closedAt - 500 })).toBe('accepted')
    expect(await heard(f, conversationId, { entryId: 'mine', speaker: 'agent', saidAt: f.now() })).toBe('accepted')
    expect(lines(f, conversationId)).toMatchObject([
      { entryId: 'late', speaker: 'customer', text: 'thank you', at: closedAt - 500 },
      { entryId: 'mine', speaker: 'agent', personId: 'lin', at: closedAt }
    ])
    const told = (await f.log('lin')).filter((event) => event.type === 'entry.added' || event.type === 'entry.analysed')
    expect(told.map((event) => event.conversationId)).toContain(conversationId)
    expect(told.filter((event) => event.type === 'entry.added')).toHaveLength(2)
    // The customer has gone: nobody is to answer them.
    expect(f.effects.filter((one) => one.type === 'agentSaid')).toEqual([])
  })

  it('is left out when it comes later still, and is no conflict for the agent', async () => {
    const f = floor()
    const { conversationId, pbx } = onCall(f)
    f.centre.pbx({ type: 'ended', ...pbx, by: 'customer' })
    f.centre.finish('lin', conversationId, 'resolved', '')
    f.advance(LATE_LINE_MS + 1)
    expect(await heard(f, conversationId)).toBe('accepted')
    expect(lines(f, conversationId)).toEqual([])
    expect(f.logged()).toContainEqual(['centre.line-too-late', expect.objectContaining({ entryId: 'late', lateMs: LATE_LINE_MS + 1 })])
  })

  it('twice is one line', async () => {
    const f = floor()
    const { conversationId, pbx } = onCall(f)
    f.centre.pbx({ type: 'ended', ...pbx, by: 'customer' })
    await heard(f, conversationId)
    f.centre.finish('lin', conversationId, 'resolved', '')
    expect(await heard(f, conversationId)).toBe('accepted')
    expect(lines(f, conversationId)).toHaveLength(1)
  })

  it('before the customer was passed on is a line too', async () => {
    const f = floor()
    const { conversationId } = onCall(f)
    await f.command('lin', 'transfer.blind', { conversationId, queue: 'cards', reason: '' })
    expect(await heard(f, conversationId)).toBe('accepted')
    expect(lines(f, conversationId)).toHaveLength(1)
    f.advance(LATE_LINE_MS + 1)
    expect(await heard(f, conversationId, { entryId: 'later' })).toBe('accepted')
    expect(lines(f, conversationId)).toHaveLength(1)
  })

  it('of a conversation of somebody else is refused, and so is what a person typed too late', async () => {
    const f = floor()
    const { conversationId, pbx } = onCall(f)
    const strange = { conversationId, entryId: 'x', text: 'hello', saidAt: f.now() }
    expect(await f.command('tom', 'transcript.add', strange)).toBe('not_found')
    f.centre.pbx({ type: 'ended', ...pbx, by: 'customer' })
    f.centre.finish('lin', conversationId, 'resolved', '')
    expect(await f.command('tom', 'transcript.add', strange)).toBe('not_found')
    expect(await f.command('lin', 'transcript.add', { conversationId, entryId: 'y', text: 'typed' })).toBe('conversation_closed')
    expect(lines(f, conversationId)).toEqual([])
  })
})
