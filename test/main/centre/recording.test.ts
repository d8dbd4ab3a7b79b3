import { describe, expect, it } from 'vitest'
import { SETTINGS } from '../../../src-main/centre/port.ts'
import { contact, type Floor, floor, person } from '../../build/centre.ts'

/** A call that is up, with a recorder that confirms when told to. */
async function recorded(f: Floor = floor()) {
  f.centre.setPresence('lin', 'available')
  const conversationId = f.centre.contactArrived(contact({ channel: 'voice' }))
  const ring = f.effects.findLast((one) => one.type === 'ring')
  if (ring?.type !== 'ring') throw new Error('nobody was rung')
  const { callId } = ring
  const of = { callId, conversationId, user: 'lin' }
  f.centre.pbx({ type: 'answered', ...of })
  const recording = () => ({ ...of, recordingId: 'r1', at: f.now(), ms: 0 })
  f.centre.pbx({ type: 'recording-started', ...recording() })
  const asked = () => f.effects.filter((one) => one.type === 'recording').map((one) => (one.pause ? 'pause' : 'resume'))
  const lines = () => f.factsOf('entry.added', conversationId).flatMap(({ data }) => (data.kind === 'system' ? [data.text] : []))
  return {
    f,
    of,
    callId,
    conversationId,
    asked,
    lines,
    pause: (forMs = 30_000) => f.command('lin', 'recording.pause', { conversationId, reason: 'payment', forMs }),
    resume: (endedBy: 'agent' | 'step-closed' = 'agent') => f.command('lin', 'recording.resume', { conversationId, endedBy }),
    paused: () => f.centre.pbx({ type: 'recording-paused', ...recording(), reason: 'payment' }),
    resumed: (gapMs: number) => f.centre.pbx({ type: 'recording-resumed', ...recording(), gapMs }),
    over: (gaps: { atMs: number; ms: number; reason: 'payment' }[] = []) =>
      f.centre.pbx({ type: 'recorded', ...recording(), startedAt: f.now(), gaps, complete: true }),
    ended: () => f.centre.pbx({ type: 'ended', ...of, by: 'customer' }),
    pauses: () => f.factsOf('call.recording-paused', conversationId).map(({ data }) => data),
    resumes: () => f.factsOf('call.recording-resumed', conversationId).map(({ data }) => data)
  }
}

describe('A pause of the recording', () => {
  it('is a fact when the recorder has confirmed it, with its reason, its limit and who asked', async () => {
    const c = await recorded()
    expect(await c.pause(30_000)).toBe('accepted')
    expect(c.asked()).toEqual(['pause'])
    expect(c.pauses()).toEqual([])
    c.f.advance(400)
    c.paused()
    expect(c.pauses()).toEqual([{ callId: c.callId, reason: 'payment', personId: 'lin', until: c.f.now() + 30_000 }])
  })

  it('ends by itself when its time is up, once the recorder says so', async () => {
    const c = await recorded()
    await c.pause(30_000)
    c.paused()
    c.f.advance(29_999)
    expect(c.asked()).toEqual(['pause'])
    c.f.advance(1)
    expect(c.asked()).toEqual(['pause', 'resume'])
    expect(c.resumes()).toEqual([])
    c.resumed(30_010)
    expect(c.resumes()).toEqual([{ callId: c.callId, endedBy: 'timer', gapMs: 30_010 }])
    c.f.advance(120_000)
    expect(c.asked()).toEqual(['pause', 'resume'])
  })

  it.each(['agent', 'step-closed'] as const)('ended by %s says so', async (endedBy) => {
    const c = await recorded()
    await c.pause()
    c.paused()
    await c.resume(endedBy)
    c.resumed(5_000)
    expect(c.resumes()).toEqual([{ callId: c.callId, endedBy, gapMs: 5_000 }])
  })

  it('asked for twice is one gap whose end moves', async () => {
    const c = await recorded()
    await c.pause(30_000)
    c.paused()
    c.f.advance(20_000)
    await c.pause(30_000)
    expect(c.asked()).toEqual(['pause'])
    expect(c.pauses().map(({ until }) => until - c.f.now())).toEqual([10_000, 30_000])
    c.f.advance(29_999)
    expect(c.asked()).toEqual(['pause'])
    c.f.advance(1)
    expect(c.asked()).toEqual(['pause', 'resume'])
  })

  it('can come several times in one call', async () => {
    const c = await recorded()
    for (let i = 0; i < 3; i++) {
      await c.pause()
      c.paused()
      c.f.advance(2_000)
      await c.resume()
      c.resumed(2_000)
    }
    expect(c.pauses()).toHaveLength(3)
    expect(c.resumes()).toHaveLength(3)
  })

  it('may stand on a call on hold', async () => {
    const c = await recorded()
    c.f.centre.pbx({ type: 'held', ...c.of })
    expect(await c.pause()).toBe('accepted')
    c.paused()
    c.f.centre.pbx({ type: 'resumed', ...c.of })
    expect(c.pauses()).toHaveLength(1)
    expect(c.resumes()).toEqual([])
  })

  it('ends with the call, and the recording that follows is told', async () => {
    const c = await recorded()
    await c.pause()
    c.paused()
    c.f.advance(7_000)
    c.over([{ atMs: 0, ms: 7_000, reason: 'payment' }])
    c.ended()
    expect(c.resumes()).toEqual([{ callId: c.callId, endedBy: 'call-ended', gapMs: 7_000 }])
    expect(c.f.factsOf('call.recorded', c.conversationId)).toHaveLength(1)
    c.f.advance(600_000)
    expect(c.asked()).toEqual(['pause'])
  })

  it('that the recorder has not confirmed ends nothing when the call ends', async () => {
    const c = await recorded()
    await c.pause()
    c.ended()
    expect(c.pauses()).toEqual([])
    expect(c.resumes()).toEqual([])
    c.f.advance(60_000)
    expect(c.asked()).toEqual(['pause'])
  })

  it('confirmed after the call has ended is nothing', async () => {
    const c = await recorded()
    await c.pause()
    c.ended()
    c.paused()
    expect(c.pauses()).toEqual([])
  })

  it('is asked for again while the recorder is silent, and then it is said that it is', async () => {
    const c = await recorded()
    await c.pause()
    c.f.advance(60_000)
    expect(c.asked()).toEqual(['pause', 'pause', 'pause'])
    expect(c.lines()).toEqual(['recorder_silent'])
    expect(c.pauses()).toEqual([])
  })

  it('is not left standing by a recorder that is silent at its end', async () => {
    const c = await recorded()
    await c.pause(5_000)
    c.paused()
    c.f.advance(5_000 + SETTINGS.recorderPatienceMs * 60)
    expect(c.asked().length).toBeGreaterThan(5)
    expect(c.lines()).toEqual(['recorder_silent'])
    c.resumed(90_000)
    expect(c.resumes()).toMatchObject([{ endedBy: 'timer' }])
    const sofar = c.asked().length
    c.f.advance(600_000)
    expect(c.asked()).toHaveLength(sofar)
  })

  it('taken back before it was confirmed does not stay', async () => {
    const c = await recorded()
    await c.pause()
    await c.resume()
    expect(c.asked()).toEqual(['pause', 'resume'])
    c.paused()
    c.resumed(10)
    expect(c.resumes()).toMatchObject([{ endedBy: 'agent' }])
  })
})

describe('What cannot be', () => {
  it('a resume without a pause asks nobody', async () => {
    const c = await recorded()
    expect(await c.resume()).toBe('accepted')
    expect(c.asked()).toEqual([])
  })
  it('a pause without a recorder, without a call, or of somebody else', async () => {
    const f = floor({ people: [person('lin'), person('tom')] })
    f.centre.setPresence('lin', 'available')
    const conversationId = f.centre.contactArrived(contact({ channel: 'voice' }))
    const pause = (who: string) => f.command(who, 'recording.pause', { conversationId, reason: 'payment', forMs: 30_000 })
    expect(await pause('lin')).toBe('not_allowed')
    const ring = f.effects.findLast((one) => one.type === 'ring')
    if (ring?.type !== 'ring') throw new Error('nobody was rung')
    f.centre.pbx({ type: 'answered', callId: ring.callId, conversationId, user: 'lin' })
    expect(await pause('lin')).toBe('not_available')
    expect(await pause('tom')).toBe('not_found')
    f.centre.pbx({ type: 'recording-started', callId: ring.callId, conversationId, user: 'lin', recordingId: 'r1', at: 0, ms: 0 })
    f.centre.pbx({ type: 'ended', callId: ring.callId, conversationId, user: 'lin', by: 'customer' })
    expect(await pause('lin')).toBe('not_available')
  })
  it('a recorder that fails is told in the timeline', async () => {
    const c = await recorded()
    c.f.centre.pbx({ type: 'recording-failed', ...c.of, recordingId: 'r1', at: c.f.now(), why: 'full' })
    expect(c.lines()).toEqual(['recording_failed'])
  })
})

describe('A recorder that only the phone hears', () => {
  it('is told by the phone, and no timer of the centre touches it', async () => {
    const f = floor()
    await f.command('lin', 'call.open', { conversationId: 'k1', callId: 'a', direction: 'in', number: '+49301234567' })
    await f.command('lin', 'call.report', { conversationId: 'k1', callId: 'a', what: 'answered' })
    const confirm = (state: 'paused' | 'resumed') =>
      f.command('lin', 'recording.confirmed', {
        conversationId: 'k1',
        callId: 'a',
        state,
        reason: 'payment',
        forMs: 10_000,
        endedBy: 'timer'
      })
    expect(await f.command('lin', 'recording.pause', { conversationId: 'k1', reason: 'payment', forMs: 9_000 })).toBe('not_available')
    expect(await confirm('paused')).toBe('accepted')
    f.advance(12_000)
    expect(f.effects.filter((one) => one.type === 'recording')).toEqual([])
    await confirm('resumed')
    expect(f.factsOf('call.recording-resumed', 'k1').map(({ data }) => data)).toEqual([{ callId: 'a', endedBy: 'timer', gapMs: 12_000 }])
    await confirm('paused')
    await f.command('lin', 'call.report', { conversationId: 'k1', callId: 'a', what: 'ended' })
    expect(f.factsOf('call.recording-resumed', 'k1').at(-1)?.data.endedBy).toBe('call-ended')
  })
})

describe('Who looks at calls again', () => {
  it('gets the conversation when its call has ended, and what comes later', async () => {
    const people = [person('lin'), person('ruth', { role: 'supervisor', queues: [] }), person('rita', { role: 'reviewer', queues: [] })]
    const c = await recorded(floor({ people }))
    c.f.centre.customerSaid(c.conversationId, 'my card is gone')
    const before = await c.f.log('ruth')
    expect(before.filter((event) => event.conversationId === c.conversationId)).toEqual([])
    c.over()
    c.ended()
    await c.f.command('lin', 'wrapup.finish', { conversationId: c.conversationId, disposition: 'resolved', note: '' })
    await c.f.command('lin', 'call.quality', { conversationId: c.conversationId, callId: c.callId, seconds: 9, warnings: [] })
    for (const desk of ['ruth', 'rita']) {
      const types = (await c.f.log(desk)).filter((event) => event.conversationId === c.conversationId).map((event) => event.type)
      expect(types[0], desk).toBe('conversation.opened')
      for (const type of ['entry.added', 'call.recorded', 'call.ended', 'conversation.closed', 'call.quality-recorded'])
        expect(types, `${desk} ${type}`).toContain(type)
      expect(types.filter((type) => type === 'call.ended')).toHaveLength(1)
    }
  })

  it('gets neither calls nobody answered nor those of the background', async () => {
    const people = [person('lin'), person('cat', { colleague: true }), person('ruth', { role: 'supervisor', queues: [] })]
    const f = floor({ people })
    f.centre.setPresence('lin', 'available')
    const missed = f.centre.contactArrived(contact({ channel: 'voice' }))
    f.centre.customerLeft(missed)
    f.centre.setPresence('cat', 'available')
    const background = f.centre.contactArrived(contact({ channel: 'voice', background: true, customerId: 'c2' }))
    f.centre.accept('cat', background)
    f.centre.end('cat', background)
    expect((await f.log('ruth')).filter((event) => event.conversationId !== undefined)).toEqual([])
  })

  it('a recording found after a restart is told once', async () => {
    const people = [person('lin'), person('ruth', { role: 'supervisor', queues: [] })]
    const c = await recorded(floor({ people }))
    c.ended()
    await c.f.command('lin', 'wrapup.finish', { conversationId: c.conversationId, disposition: 'resolved', note: '' })
    c.f.restart()
    c.over()
    c.over()
    const told = (await c.f.log('ruth')).filter((event) => event.type === 'call.recorded')
    expect(told).toHaveLength(1)
  })
})
