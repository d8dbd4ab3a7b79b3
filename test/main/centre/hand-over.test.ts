import { describe, expect, it } from 'vitest'
import { contact, type Floor, floor, person } from '../../build/centre.ts'

const PEOPLE = [
  person('lin', { extension: '101' }),
  person('tom', { extension: '102' }),
  person('cat', { extension: '201', colleague: true }),
  person('ruth', { role: 'supervisor', queues: [] })
]
function up(f: Floor = floor({ people: PEOPLE })) {
  f.centre.setPresence('lin', 'available')
  const conversationId = f.centre.contactArrived(contact({ channel: 'voice' }))
  const ring = f.effects.findLast((one) => one.type === 'ring')
  if (ring?.type !== 'ring') throw new Error('nobody was rung')
  const pbx = { callId: ring.callId, conversationId, user: 'lin' }
  f.centre.pbx({ type: 'answered', ...pbx })
  const done = (to: string, reason = 'knows loans') =>
    f.command('lin', 'transfer.done', { conversationId, callId: ring.callId, to, reason })
  const report = (who: string, callId: string, what: 'answered' | 'ended' | 'held') =>
    f.command(who, 'call.report', { conversationId, callId, what })
  return { f, pbx, conversationId, callId: ring.callId, done, report }
}
const stateOf = (f: Floor, id: string) => f.centre.view().conversations.find((one) => one.conversationId === id)
const presenceOf = (f: Floor, personId: string) => f.centre.view().people.find((one) => one.personId === personId)?.presence
const hangUps = (f: Floor) => f.effects.filter((one) => one.type === 'hangUp')

describe('A customer whom the phone passed on', () => {
  it.each(['102', 'tom'])('to a person by %s is theirs, with the call', async (to) => {
    const { f, conversationId, done, report, callId } = up()
    expect(await done(to)).toBe('accepted')
    expect(stateOf(f, conversationId)).toMatchObject({ owner: 'tom', state: 'active' })
    expect(presenceOf(f, 'tom')).toBe('busy')
    expect(presenceOf(f, 'lin')).toBe('available')
    expect(hangUps(f)).toEqual([])
    expect((await f.log('tom')).map((event) => event.type)).toContain('conversation.opened')
    // Lin's phone says that its leg is over: that is not the customer's call any more.
    expect(await report('lin', callId, 'ended')).toBe('accepted')
    expect(stateOf(f, conversationId)?.state).toBe('active')
    // Tom's phone knows the call by a name of its own.
    await report('tom', 'leg-of-tom', 'answered')
    f.advance(10_000)
    await report('tom', 'leg-of-tom', 'ended')
    expect(stateOf(f, conversationId)).toMatchObject({ owner: 'tom', state: 'wrap-up' })
    expect(f.factsOf('call.ended', conversationId).at(-1)?.data).toMatchObject({ by: 'agent', talkMs: 10_000 })
  })

  it('to a simulated colleague goes on with them at once', async () => {
    const { f, conversationId, done } = up()
    await done('201')
    expect(stateOf(f, conversationId)).toMatchObject({ owner: 'cat', state: 'active' })
    expect(f.effects.findLast((one) => one.type === 'assigned')).toMatchObject({ personId: 'cat' })
    f.centre.end('cat', conversationId)
    expect(stateOf(f, conversationId)).toMatchObject({ owner: 'cat', state: 'wrap-up' })
  })

  it('out of the centre is over here, with the reason in the timeline', async () => {
    const { f, conversationId, done } = up()
    await done('+4930123456', 'the branch has the file')
    expect(stateOf(f, conversationId)).toMatchObject({ owner: 'lin', state: 'wrap-up' })
    expect(hangUps(f)).toEqual([])
    expect(f.factsOf('entry.added', conversationId).at(-1)?.data).toMatchObject({
      kind: 'system',
      text: 'passed_on_outside',
      values: { reason: 'the branch has the file' }
    })
  })

  it('is told by the telephone system or by the phone, in either order, and moves once', async () => {
    for (const first of ['pbx', 'phone'] as const) {
      const { f, pbx, conversationId, done } = up()
      const told = () => f.centre.pbx({ type: 'transferred', ...pbx, to: '102', legCallId: 'leg-2' })
      if (first === 'pbx') told()
      expect(await done('102')).toBe('accepted')
      if (first === 'phone') told()
      expect(f.factsOf('conversation.transferred', conversationId), first).toHaveLength(1)
      // The PBX keeps its name for the customer's call.
      f.centre.pbx({ type: 'answered', ...pbx, user: 'tom' })
      expect(hangUps(f), first).toEqual([])
      f.centre.pbx({ type: 'held', ...pbx, user: 'tom' })
      expect(f.factsOf('call.held', conversationId), first).toHaveLength(1)
      f.centre.pbx({ type: 'ended', ...pbx, user: 'tom', by: 'customer' })
      expect(stateOf(f, conversationId), first).toMatchObject({ owner: 'tom', state: 'wrap-up' })
    }
  })

  it.each(['102', '+4930123456'])(
    'to %s by the telephone system first keeps the reason that the phone tells afterwards, once',
    async (to) => {
      const { f, pbx, conversationId, done } = up()
      f.centre.pbx({ type: 'transferred', ...pbx, to, ...(to === '102' ? { legCallId: 'leg-2' } : {}) })
      const before = f.factsOf('entry.added', conversationId).length
      expect(await done(to, 'the branch has the file')).toBe('accepted')
      expect(await done(to, 'the branch has the file')).toBe('accepted')
      expect(await done(to, '')).toBe('accepted')
      const told = f.factsOf('entry.added', conversationId).slice(before)
      expect(told.map(({ data }) => data)).toMatchObject([{ kind: 'note', personId: 'lin', text: 'the branch has the file' }])
      if (to === '102') expect((await f.log('tom')).map((event) => JSON.stringify(event)).join()).toContain('the branch has the file')
      expect(f.factsOf('conversation.transferred', conversationId)).toHaveLength(to === '102' ? 1 : 0)
      expect(f.factsOf('conversation.ended', conversationId)).toHaveLength(to === '102' ? 0 : 1)
    }
  )

  it('may be told after the phone said that its leg is over', async () => {
    const { f, conversationId, done, report, callId } = up()
    await report('lin', callId, 'ended')
    expect(stateOf(f, conversationId)?.state).toBe('wrap-up')
    expect(await done('102')).toBe('accepted')
    expect(stateOf(f, conversationId)).toMatchObject({ owner: 'tom', state: 'active' })
    await f.command('tom', 'call.report', { conversationId, callId: 'x', what: 'answered' })
    f.advance(5_000)
    await f.command('tom', 'call.report', { conversationId, callId: 'x', what: 'ended' })
    f.advance(3_000)
    await f.command('tom', 'wrapup.finish', { conversationId, disposition: 'resolved', note: '' })
    expect(f.factsOf('conversation.wrapped', conversationId)[0]?.data.wrapUpMs).toBe(3_000)
  })

  it('cannot be passed to oneself, nor by who does not have them', async () => {
    const { f, conversationId, done } = up()
    expect(await done('101')).toBe('invalid')
    expect(await f.command('tom', 'transfer.done', { conversationId, callId: 'x', to: '201', reason: '' })).toBe('not_found')
    expect(stateOf(f, conversationId)?.owner).toBe('lin')
  })

  it('is hung up by the name the PBX knows', async () => {
    const { f, conversationId, callId, done } = up()
    await done('102')
    await f.command('tom', 'call.report', { conversationId, callId: 'leg', what: 'answered' })
    await f.command('tom', 'conversation.end', { conversationId })
    expect(hangUps(f)).toMatchObject([{ callId }])
  })

  it('is recorded on: the new leg knows its recorder, and a pause does not go with them', async () => {
    const { f, pbx, conversationId, done } = up()
    const recording = { ...pbx, recordingId: 'r1', at: f.now(), ms: 0 }
    f.centre.pbx({ type: 'recording-started', ...recording })
    await f.command('lin', 'recording.pause', { conversationId, reason: 'payment', forMs: 60_000 })
    f.centre.pbx({ type: 'recording-paused', ...recording, reason: 'payment' })
    await done('102')
    expect(f.effects.findLast((one) => one.type === 'recording')).toMatchObject({ pause: false, callId: pbx.callId })
    await f.command('tom', 'call.report', { conversationId, callId: 'leg', what: 'answered' })
    f.centre.pbx({ type: 'recording-resumed', ...recording, gapMs: 1 })
    expect(await f.command('tom', 'recording.pause', { conversationId, reason: 'personal', forMs: 60_000 })).toBe('accepted')
    expect(f.effects.findLast((one) => one.type === 'recording')).toMatchObject({ pause: true, callId: pbx.callId, personId: 'tom' })
  })
})

describe('A parked caller', () => {
  it('stays with who parked them, though the phone has no call any more', async () => {
    const { f, pbx, conversationId, callId, report } = up()
    f.centre.pbx({ type: 'parked', ...pbx, slot: '3' })
    await report('lin', callId, 'ended')
    expect(stateOf(f, conversationId)).toMatchObject({ owner: 'lin', state: 'active' })
    f.centre.pbx({ type: 'retrieved', ...pbx, slot: '3', legCallId: 'leg-2' })
    await report('lin', 'leg-2', 'held')
    expect(f.factsOf('call.held', conversationId)).toHaveLength(1)
    await report('lin', 'leg-2', 'ended')
    expect(stateOf(f, conversationId)?.state).toBe('wrap-up')
  })

  it.each(['in', 'out'] as const)('right after the answer (%s) stays, however late the words of the phone come', async (direction) => {
    // The telephone system parks before the phone can know of it; all else may come in any order of the two witnesses.
    for (const late of [0, 1, 2, 3]) {
      const f = floor({ people: PEOPLE })
      f.centre.setPresence('lin', 'available')
      const conversationId = direction === 'in' ? f.centre.contactArrived(contact({ channel: 'voice' })) : 'k1'
      const ring = f.effects.findLast((one) => one.type === 'ring')
      const callId = ring?.type === 'ring' ? ring.callId : 'call-1'
      const dialled = direction === 'in' ? {} : { dialled: { number: '+12025550101', party: 'customer' as const } }
      const pbx = { callId, conversationId, user: 'lin', ...dialled }
      const open = { conversationId, callId, direction, number: '+12025550101' }
      const report = (what: 'answered' | 'held' | 'parked' | 'ended') => () =>
        f.command('lin', 'call.report', {
          conversationId,
          callId,
          what,
          ...(what === 'parked' ? { slot: '' } : { detail: 'self: parked' })
        })
      const words: (() => unknown)[] = [
        ...(direction === 'out' ? [() => f.command('lin', 'call.open', open)] : []),
        report('answered'),
        report('held')
      ]
      const seen = [
        () => f.centre.pbx({ type: 'answered', ...pbx }),
        () => f.centre.pbx({ type: 'held', ...pbx }),
        () => f.centre.pbx({ type: 'parked', ...pbx, slot: '1' })
      ]
      for (const [i, tell] of seen.entries()) {
        for (const word of words.splice(0, Math.max(0, i + 1 - late))) await word()
        tell()
      }
      for (const word of [...words, report('parked'), report('ended')]) await word()
      f.advance(1_000)
      expect(stateOf(f, conversationId), String(late)).toMatchObject({ owner: 'lin', state: 'active' })
      expect(f.factsOf('call.ended', conversationId), String(late)).toEqual([])
      expect(hangUps(f)).toEqual([])
      expect(f.factsOf('call.parked', conversationId).length, String(late)).toBeGreaterThan(0)
    }
  })

  it('belongs to who fetches them', async () => {
    const { f, pbx, conversationId } = up()
    f.centre.pbx({ type: 'parked', ...pbx, slot: '3' })
    f.centre.pbx({ type: 'retrieved', ...pbx, user: 'tom', slot: '3', legCallId: 'leg-2' })
    expect(stateOf(f, conversationId)).toMatchObject({ owner: 'tom', state: 'active' })
    await f.command('tom', 'call.report', { conversationId, callId: 'leg-2', what: 'ended' })
    expect(stateOf(f, conversationId)).toMatchObject({ owner: 'tom', state: 'wrap-up' })
  })

  it('who gives up ends the contact', () => {
    const { f, pbx, conversationId } = up()
    f.centre.pbx({ type: 'parked', ...pbx, slot: '3' })
    f.centre.pbx({ type: 'ended', ...pbx, by: 'customer' })
    expect(stateOf(f, conversationId)?.state).toBe('wrap-up')
  })

  it('is known from the phone alone', async () => {
    const { f, conversationId, callId, report } = up()
    await f.command('lin', 'call.report', { conversationId, callId, what: 'parked', slot: '7' })
    await report('lin', callId, 'ended')
    expect(stateOf(f, conversationId)?.state).toBe('active')
    expect(f.factsOf('call.parked', conversationId)[0]?.data.slot).toBe('7')
  })

  it('stays where the PBX said, though the phone does not know the place', async () => {
    const { f, pbx, conversationId, callId } = up()
    f.centre.pbx({ type: 'parked', ...pbx, slot: '7' })
    await f.command('lin', 'call.report', { conversationId, callId, what: 'parked', slot: '' })
    expect(f.factsOf('call.parked', conversationId).map((one) => one.data.slot)).toEqual(['7'])
  })
})

describe('What the next person is given of a call', () => {
  it('is prepared when the phone passes the customer on, and takes the reason that comes a moment later', async () => {
    const { f, pbx, conversationId, done } = up()
    f.centre.pbx({ type: 'transferred', ...pbx, to: '102', legCallId: 'leg-2' })
    expect(f.factsOf('handoff.prepared', conversationId).at(-1)?.data).toMatchObject({ because: 'passed_on', fromPersonId: 'lin' })
    expect(await done('102', 'knows loans')).toBe('accepted')
    expect(f.factsOf('handoff.prepared', conversationId).at(-1)?.data).toMatchObject({ fromPersonId: 'lin', note: 'knows loans' })
    const types = (await f.log('tom')).map((event) => event.type)
    expect(types.indexOf('handoff.prepared')).toBeLessThan(types.lastIndexOf('conversation.assigned'))
  })
})
