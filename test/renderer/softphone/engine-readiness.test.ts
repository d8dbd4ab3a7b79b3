import { describe, expect, it } from 'vitest'
import { decideReadiness, PROBE_STALE_MS, type ReadinessInputs } from '../../../src-renderer/softphone/engine/readiness.ts'
import { bench } from './engine-bench.ts'

const NOW = 1_000_000
const WELL: ReadinessInputs = {
  account: 'ready',
  registration: 'registered',
  since: 0,
  doNotDisturb: false,
  probe: { at: NOW - 1_000, result: { live: true } }
}

describe('whether calls can be taken', () => {
  it('is proven by a registration, a live microphone and an output', () => expect(decideReadiness(WELL, NOW)).toEqual({ ready: true }))

  it.each<[string, Partial<ReadinessInputs>]>([
    ['checking', { account: 'loading' }],
    ['not-registered', { account: 'failed' }],
    ['not-registered', { account: 'none' }],
    ['do-not-disturb', { doNotDisturb: true }],
    ['checking', { registration: 'registering', since: NOW - 4_000 }],
    ['checking', { registration: 'connecting', since: NOW - 4_000 }],
    ['not-registered', { registration: 'connecting', since: NOW - 6_000 }],
    ['not-registered', { registration: 'waiting', since: NOW }],
    ['not-registered', { registration: 'refused', since: NOW }],
    ['not-registered', { registration: 'off', since: NOW }],
    ['checking', { probe: undefined }],
    ['checking', { probe: { at: NOW - PROBE_STALE_MS - 1, result: { live: true } } }],
    ['microphone-denied', { probe: { at: NOW, result: { live: false, problem: 'microphone-denied' } } }],
    ['no-output', { probe: { at: NOW, result: { live: false, problem: 'no-output' } } }],
    ['microphone-silent', { speaking: { live: false } }]
  ])('%s: %j', (cause, change) => expect(decideReadiness({ ...WELL, ...change }, NOW)).toEqual({ ready: false, cause }))

  it('in a call is proven by the call’s own microphone, whatever was seen before', () => {
    const probe = { at: 0, result: { live: false, problem: 'microphone-busy' } } as const
    expect(decideReadiness({ ...WELL, probe, speaking: { live: true } }, NOW)).toEqual({ ready: true })
  })
})

describe('readiness at work', () => {
  it('looks at the microphone once there is an account, tells the desk every change, and again every 15 s', async () => {
    const phone = bench()
    await phone.register()
    await phone.pass(1_000)
    expect(phone.engine.view.readiness).toEqual({ ready: true })
    const told = phone.toldTo('readiness')
    expect(told.at(-1)).toEqual({ ready: true })
    await phone.pass(10_000)
    expect(phone.toldTo('readiness')).toHaveLength(told.length)
    for (let second = 0; second < 6; second++) await phone.pass(1_000)
    expect(phone.toldTo('readiness')).toHaveLength(told.length + 1)
    phone.emit({ type: 'disconnected', reason: 'cut' })
    await phone.pass()
    expect(phone.toldTo('readiness').at(-1)).toEqual({ ready: false, cause: 'not-registered' })
  })

  it('looks every minute while all is well and every five seconds while it is not; what is mended is told', async () => {
    const phone = bench()
    await phone.register()
    await phone.pass(1_000)
    const looks = () => phone.toldTo('probe').length
    expect(looks()).toBe(1)
    for (let second = 0; second < 58; second++) await phone.pass(1_000)
    expect(looks()).toBe(1)
    phone.levers.probe = { live: false, problem: 'microphone-silent' }
    await phone.pass(1_000)
    await phone.pass(1_000)
    expect([looks(), phone.engine.view.readiness]).toEqual([2, { ready: false, cause: 'microphone-silent' }])
    for (let second = 0; second < 5; second++) await phone.pass(1_000)
    expect(looks()).toBe(3)
    phone.levers.probe = { live: true }
    await phone.engine.act({ type: 'probe' })
    expect([looks(), phone.engine.view.readiness]).toEqual([4, { ready: true }])
  })

  it('tells screens why the microphone cannot be used, and that it can again', async () => {
    const phone = bench((levers) => (levers.probe = { live: false, problem: 'microphone-denied' }))
    await phone.register()
    await phone.pass(1_000)
    phone.levers.probe = { live: true }
    await phone.engine.act({ type: 'probe' })
    expect(phone.toldTo('devices.tell')).toEqual(['microphone-denied', undefined])
  })

  it('opens no second microphone in a call, and sees there when the call’s own one dies', async () => {
    const phone = bench()
    await phone.register()
    await phone.pass(1_000)
    await phone.up('a', 'k1')
    const track = { readyState: 'live', muted: false }
    phone.streams.set('a', { local: { getAudioTracks: () => [track] } as unknown as MediaStream }) // what is read of it
    const looks = phone.toldTo('probe').length
    for (let second = 0; second < 120; second++) await phone.pass(1_000)
    expect(phone.toldTo('probe').length).toBe(looks)
    expect(phone.engine.view.readiness).toEqual({ ready: true })
    track.readyState = 'ended'
    await phone.pass(1_000)
    expect(phone.engine.view.readiness).toEqual({ ready: false, cause: 'microphone-silent' })
  })

  it('leaves microphone and line alone while only written channels are served', async () => {
    const phone = bench((levers) => (levers.settings = { ...levers.settings, writtenOnly: true }))
    await phone.pass(5_000)
    expect([phone.effects('connect').length, phone.toldTo('probe').length]).toEqual([0, 0])
    phone.levers.settings = { ...phone.levers.settings, writtenOnly: false }
    phone.change('settings')
    await phone.pass(1_000)
    expect([phone.effects('connect').length, phone.toldTo('probe').length]).toEqual([1, 1])
  })

  it('tells the newest state when the desk was away', async () => {
    const phone = bench((levers) => levers.failing.set('readiness', new Error('no host')))
    await phone.register()
    await phone.pass(1_000)
    phone.levers.probe = { live: false, problem: 'no-output' }
    await phone.engine.act({ type: 'probe' })
    phone.levers.failing.delete('readiness')
    const before = phone.toldTo('readiness').length
    await phone.pass(1_000)
    expect(phone.toldTo('readiness').slice(before)).toEqual([{ ready: false, cause: 'no-output' }])
  })
})
