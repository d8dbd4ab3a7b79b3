import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCallQuality, QUALITY_MS } from '../../../src-renderer/softphone/engine/call-quality.ts'
import {
  delayImpairment,
  equipmentImpairment,
  equipmentOf,
  G711_BARE,
  mosOf,
  mosOfRating,
  ratingOf
} from '../../../src-renderer/softphone/media/e-model.ts'
import { type QualitySample, readSample } from '../../../src-renderer/softphone/media/quality.ts'
import { decideWarnings, NO_WARNINGS } from '../../../src-renderer/softphone/media/quality-warnings.ts'

const CODECS = ['PCMU', 'PCMA', 'G722', 'opus', undefined] as const

describe('the E-model', () => {
  it.each([
    [0, 0],
    [100, 0],
    [150, 0.16],
    [200, 3.04],
    [400, 24.07]
  ])('takes %s ms of delay for %s', (ms, points) => {
    expect(delayImpairment(ms)).toBeCloseTo(points, 2)
  })

  it('takes for lost G.711 what G.113 says, with and without concealment', () => {
    // 95 * 2 / (2 + Bpl)
    expect(equipmentImpairment(equipmentOf('PCMA'), 0.02)).toBeCloseTo(190 / 27.1)
    expect(equipmentImpairment(G711_BARE, 0.02)).toBeCloseTo(190 / 6.3)
    expect(equipmentImpairment(equipmentOf('PCMA'), 0.02, 2)).toBeCloseTo(190 / 26.1)
  })

  it('rates a clean G.711 call 93.2 and 4.41, and is blind to the case of a name', () => {
    expect(ratingOf({ codec: 'PCMU' })).toEqual({ r: 93.2, scale: 'narrowband' })
    expect(mosOf({ codec: 'PCMU' }).mos).toBeCloseTo(4.41, 2)
    expect(mosOf({ codec: 'pcmu' })).toEqual(mosOf({ codec: 'PCMU' }))
  })

  it('says which scale it rates on', () => {
    expect(CODECS.map((codec) => mosOf({ codec }).scale)).toEqual(['narrowband', 'narrowband', 'wideband', 'fullband', 'narrowband'])
    for (const codec of CODECS) expect(mosOf({ codec }).mos).toBeGreaterThan(4.2)
  })

  // G.107 Table B.1
  it.each([
    [90, 4.34],
    [80, 4.03],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58]
  ])('gives for R = %s the MOS %s of the recommendation', (r, mos) => {
    expect(mosOfRating(r, 'narrowband')).toBeCloseTo(mos, 1)
  })

  const ratio = fc.double({ min: 0, max: 1, noNaN: true })
  const delay = fc.double({ min: 0, max: 5_000, noNaN: true })
  const codec = fc.constantFrom(...CODECS)

  it('stays within 1 and 4.5 whatever is measured', () => {
    fc.assert(
      fc.property(codec, fc.double({ noNaN: true, min: -1, max: 2 }), delay, delay, (name, lossRatio, rttMs, jitterBufferMs) => {
        const { mos } = mosOf({ codec: name, lossRatio, rttMs, jitterBufferMs })
        expect(mos).toBeGreaterThanOrEqual(1)
        expect(mos).toBeLessThanOrEqual(4.5)
      })
    )
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -500, max: 500 }), (r) => {
        const mos = mosOfRating(r, 'narrowband')
        expect(mos >= 1 && mos <= 4.5).toBe(true)
      })
    )
  })

  it('never rates more loss or more delay higher', () => {
    fc.assert(
      fc.property(codec, ratio, ratio, delay, delay, (name, loss, moreLoss, rttMs, jitterBufferMs) => {
        const [low, high] = [Math.min(loss, moreLoss), Math.max(loss, moreLoss)]
        const at = (lossRatio: number) => mosOf({ codec: name, lossRatio, rttMs, jitterBufferMs }).mos
        expect(at(high)).toBeLessThanOrEqual(at(low) + 1e-9)
      })
    )
    fc.assert(
      fc.property(codec, ratio, delay, delay, (name, lossRatio, one, other) => {
        const at = (rttMs: number) => mosOf({ codec: name, lossRatio, rttMs }).mos
        expect(at(Math.max(one, other))).toBeLessThanOrEqual(at(Math.min(one, other)) + 1e-9)
      })
    )
  })
})

type Row = { type: string } & Record<string, unknown>
/** A report as Chromium writes it, after so many packets. */
function report(over: { received?: number; lost?: number; bytes?: number; sent?: number; energy?: number; seconds?: number } = {}): Row[] {
  const { received = 100, lost = 0, bytes = 16_000, sent = 16_000, energy = 0.01, seconds = 1 } = over
  return [
    { type: 'codec', id: 'C0', mimeType: 'audio/PCMA', clockRate: 8_000 },
    { type: 'codec', id: 'C1', mimeType: 'audio/opus', clockRate: 48_000 },
    {
      type: 'inbound-rtp',
      kind: 'audio',
      codecId: 'C1',
      jitter: 0.0123,
      packetsReceived: received,
      packetsLost: lost,
      bytesReceived: bytes,
      jitterBufferDelay: seconds * 0.06 * 48_000,
      jitterBufferEmittedCount: seconds * 48_000,
      totalAudioEnergy: energy,
      totalSamplesDuration: seconds
    },
    { type: 'inbound-rtp', kind: 'video', jitter: 9 },
    { type: 'outbound-rtp', kind: 'audio', codecId: 'C0', packetsSent: received, bytesSent: sent },
    { type: 'media-source', kind: 'audio', totalAudioEnergy: energy * 4, totalSamplesDuration: seconds },
    { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 0.042 },
    { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.005 },
    { type: 'transport', iceState: 'connected' }
  ]
}
const look = (stats: Row[], at: number) => ({ stats, at, expectsOut: true, expectsIn: true })

describe('one look at a call', () => {
  it('is in ms, ratios and RMS, and names the codec that is received', () => {
    const { sample } = readSample(look(report({ received: 90, lost: 10 }), 2_000))
    expect(sample).toMatchObject({
      rttMs: 42,
      jitterMs: 12.3,
      lossRatio: 0.1,
      totalLossRatio: 0.1,
      jitterBufferMs: 60,
      packetsReceived: 90,
      bytesSent: 16_000,
      codec: { name: 'opus', clockRate: 48_000 },
      scale: 'fullband',
      ice: 'connected'
    })
    expect(sample.levelIn).toBeCloseTo(0.1)
    expect(sample.levelOut).toBeCloseTo(0.2)
    expect(sample.mos).toBeLessThan(3)
  })

  it('tells of the time since the look before', () => {
    const first = readSample(look(report({ received: 90, lost: 10, energy: 0.01, seconds: 1 }), 2_000))
    const second = readSample(look(report({ received: 190, lost: 10, bytes: 20_000, energy: 0.05, seconds: 2 }), 4_000), first.totals)
    expect(second.sample).toMatchObject({
      intervalMs: 2_000,
      lossRatio: 0,
      totalLossRatio: 0.05,
      packetsReceived: 100,
      bytesReceived: 4_000
    })
    expect(second.sample.levelIn).toBeCloseTo(0.2)
  })

  it('takes the round trip of the connectivity checks when RTCP is silent', () => {
    const silent = report().filter((row) => row.type !== 'remote-inbound-rtp')
    expect(readSample(look(silent, 1)).sample.rttMs).toBe(5)
  })

  it('does not count a late packet as a gain, and begins anew when the stream was replaced', () => {
    const first = readSample(look(report({ received: 100, lost: 10 }), 2_000))
    expect(readSample(look(report({ received: 110, lost: 9 }), 4_000), first.totals).sample.lossRatio).toBe(0)
    expect(readSample(look(report({ received: 30, bytes: 300 }), 4_000), first.totals).sample).toMatchObject({
      packetsReceived: 30,
      bytesReceived: 300
    })
  })

  it('says nothing when nothing was measured', () => {
    expect(readSample(look([], 5)).sample).toEqual({ at: 5, intervalMs: 0, expectsIn: true, expectsOut: true })
    expect(readSample(look(report({ received: 0 }), 5)).sample).toMatchObject({ lossRatio: undefined, mos: undefined })
  })
})

const GOOD = { intervalMs: 2_000, rttMs: 40, jitterMs: 5, lossRatio: 0, mos: 4.3, bytesSent: 9, bytesReceived: 9, ice: 'connected' }
/** Feeds samples two seconds apart and says at which of them, from 1, something was raised and cleared. */
function watch(samples: Partial<QualitySample>[]) {
  let state = NO_WARNINGS
  const said: string[] = []
  samples.forEach((sample, i) => {
    const levels = { levelIn: i % 2 ? 0.1 : 0.2, levelOut: i % 2 ? 0.1 : 0.2 }
    const decision = decideWarnings(state, { ...GOOD, ...levels, expectsIn: true, expectsOut: true, at: i * QUALITY_MS, ...sample })
    state = decision.state
    for (const kind of decision.raised) said.push(`${i + 1} +${kind}`)
    for (const kind of decision.cleared) said.push(`${i + 1} -${kind}`)
  })
  return said
}
const times = (n: number, sample: Partial<QualitySample> = {}) => Array.from({ length: n }, () => sample)

describe('warnings', () => {
  it.each<[string, Partial<QualitySample>, Partial<QualitySample>]>([
    ['high-rtt', { rttMs: 401 }, { rttMs: 400 }],
    ['high-jitter', { jitterMs: 30.1 }, { jitterMs: 30 }],
    ['high-packet-loss', { lossRatio: 0.011 }, { lossRatio: 0.01 }],
    ['low-mos', { mos: 3.49 }, { mos: 3.5 }]
  ])('%s: raised by the third bad sample of five, cleared when five in a row are good', (kind, bad, atLimit) => {
    expect(watch(times(8, atLimit))).toEqual([])
    expect(watch([bad, {}, bad, {}, bad, ...times(6)])).toEqual([`5 +${kind}`, `10 -${kind}`])
    expect(watch([bad, {}, {}, bad, {}, {}, bad, {}, {}, bad])).toEqual([])
  })

  it('high-packet-loss: also when seven seconds lost more than 3 % on average, and not over before the average is 1 %', () => {
    expect(watch([{}, {}, {}, { lossRatio: 0.5 }])).toEqual(['4 +high-packet-loss'])
    expect(watch([{}, {}, {}, { lossRatio: 0.11 }])).toEqual([])
  })

  it('silence in the wires: not one byte for three seconds, over with the first byte but not within five seconds', () => {
    expect(watch([{ bytesReceived: 0 }, {}, ...times(2, { bytesReceived: 0 }), ...times(4)])).toEqual([
      '4 +low-bytes-received',
      '7 -low-bytes-received'
    ])
    expect(watch([...times(2, { bytesSent: 0 }), ...times(4)])).toEqual(['2 +low-bytes-sent', '5 -low-bytes-sent'])
  })

  it('silence in the ears: a level that does not vary for ten seconds', () => {
    expect(watch([...times(5, { levelIn: 0 }), { levelIn: 0.1 }, ...times(3)])).toEqual([
      '5 +constant-audio-output-level',
      '8 -constant-audio-output-level'
    ])
    expect(watch(times(6, { levelOut: 1e-6 }))).toEqual(['5 +constant-audio-input-level'])
    expect(watch(times(6, { levelOut: undefined }))).toEqual([])
  })

  it('not of somebody who listens in a quiet room, but of the silence of A-law, which is not zero', () => {
    expect(watch(times(6, { levelOut: 1e-4 }))).toEqual([]) // -80 dB
    expect(watch(times(6, { levelIn: 8 / 32_768 }))).toEqual(['5 +constant-audio-output-level'])
    expect(watch(times(6, { levelIn: 1e-3 }))).toEqual([]) // -60 dB
  })

  it('none about silence that is wanted; one that stands is taken back', () => {
    const quiet = { expectsOut: false, expectsIn: false, levelIn: 0, levelOut: 0, bytesSent: 0, bytesReceived: 0 }
    expect(watch(times(9, quiet))).toEqual([])
    const muted = { expectsOut: false, levelOut: 0 }
    expect(watch([...times(5, { levelOut: 0 }), ...times(4, muted)])).toEqual([
      '5 +constant-audio-input-level',
      '8 -constant-audio-input-level'
    ])
  })

  it('ICE: at once, and cleared when connected again', () => {
    expect(watch([{}, { ice: 'disconnected' }, { ice: 'failed' }, { ice: 'checking' }, ...times(2)])).toEqual([
      '2 +ice-connectivity-lost',
      '5 -ice-connectivity-lost'
    ])
  })

  it('are each raised before they are cleared, in turn, whatever happens', () => {
    const sample = fc.record({
      rttMs: fc.option(fc.nat(900), { nil: undefined }),
      jitterMs: fc.option(fc.nat(60), { nil: undefined }),
      lossRatio: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      mos: fc.option(fc.double({ min: 1, max: 4.5, noNaN: true }), { nil: undefined }),
      levelIn: fc.option(fc.constantFrom(0, 0.1), { nil: undefined }),
      bytesReceived: fc.option(fc.nat(1), { nil: undefined }),
      ice: fc.constantFrom('connected', 'disconnected', undefined),
      expectsIn: fc.boolean(),
      expectsOut: fc.boolean()
    })
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 60 }), (samples) => {
        const up = new Set<string>()
        for (const said of watch(samples)) {
          const kind = said.replace(/^\d+ [+-]/, '')
          expect(up.has(kind)).toBe(said.includes(`-${kind}`))
          if (up.has(kind)) up.delete(kind)
          else up.add(kind)
        }
      })
    )
  })
})

describe("a call's record", () => {
  it('is nothing before the first look', () => {
    expect(createCallQuality().record()).toBeUndefined()
  })

  it('holds averages, extremes, the whole loss and every warning', () => {
    const call = createCallQuality()
    for (let i = 1; i <= 6; i++) {
      // 20 % lost in the second look, nothing in the others.
      const lost = i >= 2 ? 20 : 0
      const received = i * 100 - lost
      call.look(look(report({ received, lost, bytes: i * 100, sent: i * 100, energy: i * 0.01, seconds: i }), i * QUALITY_MS))
    }
    expect(call.warnings()).toEqual([{ kind: 'high-packet-loss', raisedAt: 8_000 }])
    const record = call.record()
    expect(record).toMatchObject({
      codec: 'opus/48000',
      seconds: 10,
      rttMs: { average: 42, highest: 42 },
      jitterMs: { average: 12.3, highest: 12.3 },
      lossRatio: 20 / 600,
      warnings: [{ kind: 'high-packet-loss', raisedAt: 8_000 }]
    })
    expect(record?.mos?.lowest).toBeLessThan(2.5)
    expect(record?.mos?.average).toBeGreaterThan(3.5)
    expect([record?.levelIn, record?.levelOut]).toEqual([expect.closeTo(0.1), expect.closeTo(0.2)])
  })

  it('says when a warning ended, and leaves the silence of a hold out of the levels', () => {
    const call = createCallQuality()
    const at = (i: number, seconds: number, expects = true) =>
      call.look({
        stats: [...report({ received: i * 100, bytes: i, sent: i, energy: i * 0.01 * (i % 2), seconds }), { type: 'x' }].map((row) =>
          row.type === 'transport' ? { ...row, iceState: i === 2 ? 'failed' : 'connected' } : row
        ),
        at: i * QUALITY_MS,
        expectsIn: expects,
        expectsOut: expects
      })
    for (let i = 1; i <= 6; i++) at(i, i)
    expect(call.record()?.warnings).toEqual([{ kind: 'ice-connectivity-lost', raisedAt: 4_000, clearedAt: 10_000 }])
    const before = call.record()?.levelIn
    at(7, 7, false)
    expect(call.record()?.levelIn).toBe(before)
  })
})
