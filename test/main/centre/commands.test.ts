import { describe, expect, it } from 'vitest'
import { createLocalHub } from '../../../src-main/hub/local-hub.ts'
import { contact, type Floor, floor, person } from '../../build/centre.ts'
import { scriptedAi } from '../../fakes/ai-scripted.ts'

function serving(f: Floor) {
  f.centre.setPresence('lin', 'available')
  const conversationId = f.centre.contactArrived(contact())
  f.centre.accept('lin', conversationId)
  return conversationId
}

describe('A command', () => {
  it('that is sent twice is done once', async () => {
    const f = floor()
    const conversationId = serving(f)
    const data = { conversationId, entryId: 'e1', text: 'Good morning' }
    expect(await f.command('lin', 'message.send', data, 'same')).toBe('accepted')
    expect(await f.command('lin', 'message.send', data, 'same')).toBe('accepted')
    f.restart()
    expect(await f.command('lin', 'message.send', data, 'same')).toBe('accepted')
    expect(f.factsOf('entry.added', conversationId)).toHaveLength(1)
    expect((await f.log('lin')).filter((event) => event.type === 'command.accepted')).toHaveLength(1)
    expect(await f.command('lin', 'message.send', data, 'other')).toBe('already_done')
  })

  it.each(['agent', 'customer'] as const)('that tells a line of the %s again is about the line that is there', async (speaker) => {
    const f = floor()
    const call = { conversationId: 'k1', callId: 'call-1', direction: 'out', number: '+12025550101' } as const
    f.centre.setPresence('lin', 'available')
    await f.command('lin', 'call.open', call)
    const data = { conversationId: 'k1', entryId: 'e1', text: 'Good morning', speaker }
    expect(await f.command('lin', 'transcript.add', data, 'one')).toBe('accepted')
    expect(await f.command('lin', 'transcript.add', data, 'other')).toBe('accepted')
    expect(f.factsOf('entry.added', 'k1').filter((one) => one.data.entryId === 'e1')).toHaveLength(1)
  })

  it('stands in the log after what it led to', async () => {
    const f = floor()
    const conversationId = serving(f)
    await f.command('lin', 'note.add', { conversationId, entryId: 'n1', text: 'calls back at noon' })
    expect((await f.log('lin')).slice(-2).map((event) => event.type)).toEqual(['entry.added', 'command.accepted'])
  })

  it('that nobody knows or that lacks something is refused with the field that is wrong', async () => {
    const f = floor()
    const desk = f.hub.desk('lin')
    await desk.send({ id: 'k1', at: f.now(), type: 'coffee.make', data: {} })
    await desk.send({ id: 'k2', at: f.now(), type: 'message.send', data: { conversationId: 'x', entryId: 'e', text: '   ' } })
    await desk.send({ id: 'k3', at: f.now(), type: 'message.send', data: null })
    await desk.send({ id: 'k4', at: Number.NaN, type: 'presence.set', data: { presence: 'asleep' } })
    expect(await f.command('lin', 'presence.set', { presence: 'break' })).toBe('accepted')
    const rejected = (await f.log('lin')).flatMap((event) => (event.type === 'command.rejected' ? [event.data] : []))
    expect(rejected.map(({ commandId, code, field }) => [commandId, code, field])).toEqual([
      ['k1', 'unknown_command', 'type'],
      ['k2', 'invalid', 'text'],
      ['k3', 'invalid', ''],
      ['k4', 'invalid', 'presence']
    ])
  })

  it('about a conversation of somebody else is refused without a word about it', async () => {
    const f = floor()
    const conversationId = serving(f)
    for (const id of [conversationId, 'no-such']) {
      expect(await f.command('tom', 'message.send', { conversationId: id, entryId: 'e', text: 'hi' })).toBe('not_found')
      expect(await f.command('tom', 'wrapup.finish', { conversationId: id, disposition: 'resolved', note: '' })).toBe('not_found')
    }
    f.centre.finish('lin', conversationId, 'resolved', '')
    expect(await f.command('tom', 'note.add', { conversationId, entryId: 'e', text: 'hi' })).toBe('not_found')
  })

  it('is for those who serve: supervisors and screens cannot, and an unknown desk can nothing', async () => {
    const people = [person('lin'), person('ruth', { role: 'supervisor', queues: [] }), person('wall', { role: 'screen', queues: [] })]
    const f = floor({ people })
    const conversationId = serving(f)
    expect(await f.command('ruth', 'presence.set', { presence: 'meeting' })).toBe('accepted')
    expect(await f.command('ruth', 'note.add', { conversationId, entryId: 'e', text: 'hi' })).toBe('not_allowed')
    expect(await f.command('wall', 'presence.set', { presence: 'available' })).toBe('not_allowed')
    expect(await f.command('stranger', 'presence.set', { presence: 'available' })).toBe('not_allowed')
  })

  it('that comes too late for a closed conversation says so; a word on a suggestion is still heard', async () => {
    const f = floor()
    const conversationId = serving(f)
    const wrap = { conversationId, disposition: 'resolved', note: 'card 6222020200112233445' } as const
    expect(await f.command('lin', 'wrapup.finish', wrap)).toBe('accepted')
    expect(f.factsOf('conversation.wrapped')[0]?.data.note).toBe('card •••• 3445')
    expect(await f.command('lin', 'wrapup.finish', wrap)).toBe('already_done')
    expect(await f.command('lin', 'transfer.blind', { conversationId, queue: 'cards', reason: '' })).toBe('conversation_closed')
    expect(await f.command('lin', 'suggestion.rate', { conversationId, articleId: 'a1', outcome: 'accepted' })).toBe('accepted')
  })

  it('that fits the channel only is refused on another', async () => {
    const f = floor()
    const conversationId = serving(f)
    expect(await f.command('lin', 'transcript.add', { conversationId, entryId: 'e', text: 'hi' })).toBe('invalid')
    expect(await f.command('lin', 'call.recover', { conversationId })).toBe('invalid')
  })

  it('on which the centre itself fails ends refused, and those behind it are dealt with', async () => {
    const ai = scriptedAi()
    const mask = ai.mask
    ai.mask = (text) => {
      if (text === 'poison') throw new Error('a fault')
      return mask(text)
    }
    const f = floor({ ai })
    const conversationId = serving(f)
    expect(await f.command('lin', 'message.send', { conversationId, entryId: 'e1', text: 'poison' })).toBe('not_available')
    expect(await f.command('lin', 'message.send', { conversationId, entryId: 'e2', text: 'fine' })).toBe('accepted')
    expect(f.factsOf('entry.added').map((one) => one.data.entryId)).toEqual(['e2'])
  })

  it('whose commit fails leaves no trace in what the centre decides on', () => {
    const hub = createLocalHub({ path: ':memory:' })
    const line = hub.centre()
    const commit = line.commit.bind(line)
    let fail = false
    line.commit = (one) => {
      if (fail) throw new Error('disk full')
      commit(one)
    }
    const f = floor({ hub })
    f.centre.setPresence('lin', 'available')
    fail = true
    expect(() => f.centre.contactArrived(contact())).toThrow('disk full')
    fail = false
    expect(f.centre.view().conversations).toEqual([])
    expect(f.effects).toEqual([])
    f.centre.accept('lin', f.centre.contactArrived(contact()))
    expect(f.centre.view().conversations).toHaveLength(1)
  })
})
