import { mosOf, type Scale } from './e-model.ts'

/** The codec that is received, as it was negotiated. */
export interface Codec {
  /** SDP name, e.g. `opus`. */
  name: string
  clockRate?: number | undefined
}

/** One look at a call's media: what happened since the look before. Absent: nothing was measured. */
export interface QualitySample {
  /** Epoch ms. */
  at: number
  intervalMs: number
  rttMs?: number | undefined
  jitterMs?: number | undefined
  /** Of the packets expected in the interval, and since the call began. */
  lossRatio?: number | undefined
  totalLossRatio?: number | undefined
  /** How long packets waited before they were played. */
  jitterBufferMs?: number | undefined
  /** RMS 0..1 over the interval: what is sent of me and what is heard of the far end. */
  levelOut?: number | undefined
  levelIn?: number | undefined
  packetsSent?: number | undefined
  packetsReceived?: number | undefined
  bytesSent?: number | undefined
  bytesReceived?: number | undefined
  codec?: Codec | undefined
  /** 1..4.5 by the E-model (e-model.ts), and on which scale. */
  mos?: number | undefined
  scale?: Scale | undefined
  /** As the browser says it: `connected`, `disconnected`, `failed` ... */
  ice?: string | undefined
  /** Should there be sound at all? False on hold, and outwards while muted. */
  expectsOut: boolean
  expectsIn: boolean
}

/** Sums since the call began, kept from one look to the next. */
export interface Totals {
  at: number
  values: Readonly<Record<string, number>>
}

type Stat = { type: string; kind?: string } & Record<string, unknown>
export interface Look {
  stats: Iterable<Stat>
  at: number
  expectsOut: boolean
  expectsIn: boolean
}

const number = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)
const ms = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : Math.round(seconds * 10_000) / 10)

/**
 * Reads a WebRTC statistics report (W3C webrtc-stats: seconds and sums there; ms, ratios and what is new since `before` here). Without
 * `before` the sums since the call began are taken for the interval.
 */
export function readSample(look: Look, before?: Totals): { sample: QualitySample; totals: Totals } {
  const rows = [...look.stats]
  const find = (type: string) => rows.find((row) => row.type === type && (row.kind === undefined || row.kind === 'audio'))
  const [inbound, outbound, remote, source] = ['inbound-rtp', 'outbound-rtp', 'remote-inbound-rtp', 'media-source'].map(find)
  const pair = rows.find((row) => row.type === 'candidate-pair' && row['nominated'] === true)
  const codec = rows.find((row) => row.type === 'codec' && row['id'] === inbound?.['codecId'])

  const values: Record<string, number> = {}
  const keep = (name: string, row: Stat | undefined, field: string) => {
    const value = number(row?.[field])
    if (value !== undefined) values[name] = value
  }
  keep('received', inbound, 'packetsReceived')
  keep('lost', inbound, 'packetsLost')
  keep('bytesReceived', inbound, 'bytesReceived')
  keep('buffered', inbound, 'jitterBufferDelay')
  keep('emitted', inbound, 'jitterBufferEmittedCount')
  keep('energyIn', inbound, 'totalAudioEnergy')
  keep('secondsIn', inbound, 'totalSamplesDuration')
  keep('sent', outbound, 'packetsSent')
  keep('bytesSent', outbound, 'bytesSent')
  keep('energyOut', source, 'totalAudioEnergy')
  keep('secondsOut', source, 'totalSamplesDuration')

  /** Sums begin anew when a re-INVITE replaced the stream: then all of them are new. Loss alone may shrink: a late packet was not lost. */
  const grown = (name: string): number | undefined => {
    const now = values[name]
    const then = before?.values[name] ?? 0
    if (now === undefined) return undefined
    return now >= then || name === 'lost' ? now - then : now
  }
  const lost = Math.max(0, grown('lost') ?? 0)
  // RTCP may be silent; the ICE checks measure the way there and back too.
  const rttMs = ms(number(remote?.['roundTripTime']) ?? number(pair?.['currentRoundTripTime']))
  const jitterBufferMs = ms(quotient(grown('buffered'), grown('emitted')))
  const lossRatio = inbound ? quotient(lost, (grown('received') ?? 0) + lost) : undefined
  const name = mimeName(codec?.['mimeType'])
  const clockRate = number(codec?.['clockRate'])
  const heard = (grown('received') ?? 0) > 0 ? mosOf({ codec: name, rttMs, jitterBufferMs, lossRatio }) : undefined
  const ice = rows.find((row) => row.type === 'transport')?.['iceState']

  const sample: QualitySample = {
    at: look.at,
    intervalMs: before ? look.at - before.at : 0,
    rttMs,
    jitterMs: ms(number(inbound?.['jitter'])),
    lossRatio,
    totalLossRatio: inbound
      ? quotient(Math.max(0, values['lost'] ?? 0), (values['received'] ?? 0) + Math.max(0, values['lost'] ?? 0))
      : undefined,
    jitterBufferMs,
    levelOut: rmsOf(grown('energyOut'), grown('secondsOut')),
    levelIn: rmsOf(grown('energyIn'), grown('secondsIn')),
    packetsSent: grown('sent'),
    packetsReceived: grown('received'),
    bytesSent: grown('bytesSent'),
    bytesReceived: grown('bytesReceived'),
    codec: name === undefined ? undefined : { name, clockRate },
    mos: heard?.mos,
    scale: heard?.scale,
    ice: typeof ice === 'string' ? ice : undefined,
    expectsOut: look.expectsOut,
    expectsIn: look.expectsIn
  }
  return { sample, totals: { at: look.at, values } }
}

const quotient = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined || other <= 0 ? undefined : one / other

/** webrtc-stats: energy is the integral of the squared level, so this is the RMS over the interval. */
function rmsOf(energy: number | undefined, seconds: number | undefined): number | undefined {
  const mean = quotient(energy, seconds)
  return mean === undefined ? undefined : Math.min(1, Math.sqrt(Math.max(0, mean)))
}

/** `audio/opus` is opus. */
const mimeName = (mime: unknown): string | undefined => (typeof mime === 'string' ? mime.replace(/^audio\//i, '') : undefined)
