import { rmSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { tone } from '../../../../src-main/practice/pbx/ulaw.ts'
import { amplitudeAt, channel, folder } from '../recordings/folder.ts'
import { answeredCall, CALL, openHouse } from './house.ts'
import { until } from './until.ts'

const kept = () => folder({ now: Date.now })
const loudest = (hz: number, samples: readonly number[], window = 800): number => {
  let most = 0
  for (let at = 0; at + window <= samples.length; at += window) most = Math.max(most, amplitudeAt(hz, samples.slice(at, at + window)))
  return most
}

describe('a call', () => {
  test('is recorded from its answer to its end, customer left and agent right, over real media', async () => {
    const { recordings } = kept()
    const house = await openHouse({ recordings })
    const lin = await house.phone('agent-lin')
    const { media } = await answeredCall(house, lin)
    const started = await house.event('recording-started')
    expect(started).toMatchObject({ callId: 'call-7', conversationId: 'conversation-7', user: 'agent-lin', ms: 0 })
    expect(house.pbx.recorder.state('call-7')).toBe('recording')
    media.speak(tone(1_000, 400, 0.5))
    await house.pbx.play('call-7', tone(400, 1_500, 0.5))
    house.pbx.hangUp('call-7', 'customer')
    const recorded = await house.event('recorded')
    expect(recorded).toMatchObject({ recordingId: started.recordingId, gaps: [], complete: true, startedAt: started.at })
    expect(house.events.map(({ type }) => type).filter((type) => type === 'recorded' || type === 'ended')).toEqual(['recorded', 'ended'])
    const opened = house.pbx.recorder.open(started.recordingId)
    expect(opened.ms).toBe(recorded.ms)
    expect(opened.ms).toBeGreaterThan(1_400)
    const [left, right] = [channel(opened.wav(), 'left'), channel(opened.wav(), 'right')]
    expect(loudest(400, left)).toBeGreaterThan(0.45)
    expect(loudest(1_000, left)).toBeLessThan(0.01)
    expect(loudest(1_000, right)).toBeGreaterThan(0.4)
    expect(loudest(400, right)).toBeLessThan(0.05)
    expect(house.pbx.recorder.state('call-7')).toBe('none')
  })

  test('that was only ringing is not', async () => {
    const { recordings } = kept()
    const house = await openHouse({ recordings })
    const lin = await house.phone('agent-lin')
    house.pbx.ring({ ...CALL, user: 'agent-lin' })
    lin.respond(await lin.request('INVITE'), 486, { tag: 'x' })
    await house.event('refused')
    expect(house.pbx.recorder.pause('call-7', { reason: 'payment' })).toBe('none')
    expect(house.events.map(({ type }) => type).filter((type) => type.startsWith('record'))).toEqual([])
  })

  test('goes on when there is nowhere to record it, and says so', async () => {
    const { recordings, dir } = kept()
    rmSync(dir, { recursive: true })
    const house = await openHouse({ recordings })
    const lin = await house.phone('agent-lin')
    const { media } = await answeredCall(house, lin)
    expect(await house.event('recording-failed')).toMatchObject({ callId: 'call-7', recordingId: '', why: 'missing' })
    const before = media.packets
    await until('the call goes on', () => media.packets > before + 10)
  })
})

describe('a pause', () => {
  test('keeps what is said in it off the disk, and is told with its reason, place and length', async () => {
    const { recordings } = kept()
    const house = await openHouse({ recordings })
    const lin = await house.phone('agent-lin')
    const { media } = await answeredCall(house, lin)
    media.speak(tone(1_000, 400, 0.5))
    await house.pbx.play('call-7', tone(400, 600, 0.5))
    expect(house.pbx.recorder.pause('call-7', { reason: 'payment' })).toBe('paused')
    const paused = await house.event('recording-paused')
    expect(paused).toMatchObject({ callId: 'call-7', reason: 'payment' })
    media.speak(tone(1_500, 400, 0.6))
    await house.pbx.play('call-7', tone(1_800, 1_000, 0.6))
    media.speak(tone(1_000, 400, 0.5))
    await house.pbx.play('call-7', tone(400, 200, 0.5))
    expect(house.pbx.recorder.resume('call-7')).toBe('recording')
    const resumed = await house.event('recording-resumed')
    expect(resumed.gapMs).toBeGreaterThan(900)
    expect(resumed.ms).toBe(paused.ms)
    await house.pbx.play('call-7', tone(400, 600, 0.5))
    house.pbx.hangUp('call-7', 'customer')
    const recorded = await house.event('recorded')
    expect(recorded.gaps).toEqual([{ atMs: paused.ms, ms: resumed.gapMs, reason: 'payment' }])
    const wav = house.pbx.recorder.open(recorded.recordingId).wav()
    for (const side of ['left', 'right'] as const) {
      for (const hz of [1_500, 1_800]) expect([side, hz, loudest(hz, channel(wav, side), 160) < 0.08]).toEqual([side, hz, true])
    }
    expect(loudest(400, channel(wav, 'left'))).toBeGreaterThan(0.45)
    expect(loudest(1_000, channel(wav, 'right'))).toBeGreaterThan(0.4)
  })

  test("asked for twice is one gap, told twice; a call that is not there has no recorder's word", async () => {
    const { recordings } = kept()
    const house = await openHouse({ recordings })
    await answeredCall(house, await house.phone('agent-lin'))
    house.pbx.recorder.pause('call-7', { reason: 'personal' })
    house.pbx.recorder.pause('call-7', { reason: 'payment' })
    expect([await house.event('recording-paused'), await house.event('recording-paused')].map(({ reason }) => reason)).toEqual([
      'personal',
      'personal'
    ])
    house.pbx.hangUp('call-7', 'centre')
    expect((await house.event('recorded')).gaps).toHaveLength(1)
    expect(house.pbx.recorder.pause('call-7', { reason: 'personal' })).toBe('none')
    expect(house.pbx.recorder.resume('never-was')).toBe('none')
  })

  test('is understood from a phone that sends Record: off and on, and answered when it is so', async () => {
    const { recordings } = kept()
    const house = await openHouse({ recordings })
    const lin = await house.phone('agent-lin')
    const { dialog } = await answeredCall(house, lin)
    const ask = async (value: string): Promise<number> => (await lin.ask(dialog, 'INFO', { lines: [`Record: ${value}`] })).status
    expect(await ask('off')).toBe(200)
    expect(house.pbx.recorder.state('call-7')).toBe('paused')
    expect(await house.event('recording-paused')).toMatchObject({ reason: 'request' })
    expect(await ask('On')).toBe(200)
    expect(await house.event('recording-resumed')).toMatchObject({ callId: 'call-7' })
    expect(await ask('perhaps')).toBe(400)
    expect(house.pbx.recorder.state('call-7')).toBe('recording')
  })

  test('cannot be had of a call that nobody records: the phone is told no', async () => {
    const house = await openHouse()
    const lin = await house.phone('agent-lin')
    const { dialog } = await answeredCall(house, lin)
    expect((await lin.ask(dialog, 'INFO', { lines: ['Record: off'] })).status).toBe(403)
  })
})

describe('the end of the program', () => {
  test('leaves recordings that are told of at the next start', async () => {
    const { recordings, dir } = kept()
    const house = await openHouse({ recordings })
    await answeredCall(house, await house.phone('agent-lin'))
    const { recordingId } = await house.event('recording-started')
    await house.pbx.close()
    expect(house.events.some(({ type }) => type === 'recorded')).toBe(false)
    const next = await openHouse({ recordings: folder({ dir }).recordings })
    next.pbx.recorder.tellUntold()
    expect(await next.event('recorded')).toMatchObject({ recordingId, callId: 'call-7', conversationId: 'conversation-7', complete: true })
    next.pbx.recorder.tellUntold()
    expect(next.events.filter(({ type }) => type === 'recorded')).toHaveLength(1)
  })
})
