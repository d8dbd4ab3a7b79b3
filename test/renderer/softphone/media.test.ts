import { describe, expect, it } from 'vitest'
import { devicesOf } from '../../../src-renderer/softphone/devices.svelte.ts'
import { barOf, rms } from '../../../src-renderer/softphone/levels.ts'
import { createMicrophone, MicrophoneError } from '../../../src-renderer/softphone/microphone.ts'
import { readQuality } from '../../../src-renderer/softphone/quality.ts'
import { samplesOf } from '../../../src-renderer/softphone/sounds.ts'

describe('call quality', () => {
  const inbound = (packetsReceived: number, packetsLost: number) => ({
    type: 'inbound-rtp',
    kind: 'audio',
    jitter: 0.0123,
    packetsReceived,
    packetsLost
  })

  it('is in ms and ratios, and the loss is that since the last look', () => {
    const first = readQuality([inbound(90, 10), { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 0.042 }], {
      received: 0,
      lost: 0
    })
    expect(first.quality).toEqual({ rttMs: 42, jitterMs: 12.3, lossRatio: 0.1 })
    const second = readQuality([inbound(190, 10)], first.counted)
    expect(second.quality).toEqual({ jitterMs: 12.3, lossRatio: 0 })
  })

  it('takes the round trip of the connectivity checks when RTCP is silent', () => {
    const { quality } = readQuality([{ type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.005 }], { received: 0, lost: 0 })
    expect(quality).toEqual({ rttMs: 5 })
  })

  it('says nothing when nothing was measured', () => {
    expect(readQuality([], { received: 5, lost: 1 })).toEqual({ quality: {}, counted: { received: 5, lost: 1 } })
    expect(readQuality([inbound(5, 1)], { received: 5, lost: 1 }).quality).toEqual({ jitterMs: 12.3 })
  })
})

describe('levels', () => {
  it('are root mean squares, shown on a scale the eye expects', () => {
    expect(rms(new Float32Array([0.5, -0.5]))).toBeCloseTo(0.5)
    expect(rms(new Float32Array())).toBe(0)
    expect([0, 0.001, 0.1, 1, 2].map(barOf)).toEqual([0, 0, expect.closeTo(2 / 3), 1, 1])
  })
})

describe('tones', () => {
  const tone = { seconds: 1, loudness: 0.5, parts: [{ from: 0.2, to: 0.6, hz: [440] }] }

  it('sound in their part of the pattern only and never louder than asked', () => {
    const samples = samplesOf(tone, 8_000)
    expect(samples).toHaveLength(8_000)
    expect(rms(samples.subarray(0, 1_600))).toBe(0)
    expect(rms(samples.subarray(2_000, 4_000))).toBeCloseTo(0.5 / Math.SQRT2, 1)
    expect(Math.max(...samples)).toBeLessThanOrEqual(0.5)
    expect(Math.abs(samples[1_600] ?? 1)).toBeLessThan(0.01)
  })
})

describe('devices', () => {
  it('are listed without the copies a browser adds for its defaults, each once', () => {
    const all = [
      { deviceId: 'default', kind: 'audioinput', label: 'Default - Headset' },
      { deviceId: 'communications', kind: 'audioinput', label: 'Communications - Headset' },
      { deviceId: 'a', kind: 'audioinput', label: 'Headset' },
      { deviceId: 'a', kind: 'audioinput', label: 'Headset' },
      { deviceId: '', kind: 'audioinput', label: '' },
      { deviceId: 'b', kind: 'audiooutput', label: 'Speaker' }
    ] as const
    expect(devicesOf(all, 'audioinput')).toEqual([{ deviceId: 'a', label: 'Headset' }])
    expect(devicesOf(all, 'audiooutput')).toEqual([{ deviceId: 'b', label: 'Speaker' }])
  })
})

describe('the microphone', () => {
  const dom = (name: string) => Object.assign(new Error('said no'), { name })

  it.each([
    ['NotAllowedError', 'microphone-denied'],
    ['NotReadableError', 'microphone-busy'],
    ['NotFoundError', 'microphone-missing']
  ])('%s is told as %s', async (name, problem) => {
    const microphone = createMicrophone({ getUserMedia: () => Promise.reject(dom(name)) })
    await expect(microphone.take(() => {})).rejects.toMatchObject({ name: 'MicrophoneError', problem })
  })

  it('is missing where the page may not ask', async () => {
    await expect(createMicrophone(undefined).take(() => {})).rejects.toBeInstanceOf(MicrophoneError)
  })

  it('falls back to the default one when the remembered one is gone', async () => {
    const asked: (MediaStreamConstraints | undefined)[] = []
    const microphone = createMicrophone({
      getUserMedia: (constraints) => {
        asked.push(constraints)
        return Promise.reject(dom('OverconstrainedError'))
      }
    })
    microphone.choose('gone')
    await expect(microphone.take(() => {})).rejects.toMatchObject({ problem: 'microphone-missing' })
    expect(asked.map((one) => JSON.stringify(one).includes('gone'))).toEqual([true, false])
  })

  it('is asked for again after a failure', async () => {
    let asked = 0
    const microphone = createMicrophone({ getUserMedia: () => Promise.reject(dom(asked++ ? 'NotFoundError' : 'NotAllowedError')) })
    await expect(microphone.take(() => {})).rejects.toMatchObject({ problem: 'microphone-denied' })
    await expect(microphone.take(() => {})).rejects.toMatchObject({ problem: 'microphone-missing' })
  })
})
