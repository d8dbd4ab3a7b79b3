/** What the softphone measures of a call's media, in the report's units. Absent: nothing was measured. */
export interface Quality {
  rttMs?: number
  jitterMs?: number
  lossRatio?: number
}

/** Sums at the last look, so that the loss is that of the time in between and not of the whole call. */
export interface Counted {
  received: number
  lost: number
}

type Stat = { type: string; kind?: string } & Record<string, unknown>
const number = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)

/** Reads a WebRTC statistics report (webrtc-stats: seconds there, ms and ratios here). */
export function readQuality(stats: Iterable<Stat>, before: Counted): { quality: Quality; counted: Counted } {
  let rttMs: number | undefined
  let jitterMs: number | undefined
  let counted = before
  for (const stat of stats) {
    if (stat.type === 'inbound-rtp' && stat.kind === 'audio') {
      jitterMs = scale(number(stat['jitter']))
      counted = { received: number(stat['packetsReceived']) ?? 0, lost: number(stat['packetsLost']) ?? 0 }
    }
    if (stat.type === 'remote-inbound-rtp' && stat.kind === 'audio') rttMs = scale(number(stat['roundTripTime'])) ?? rttMs
    // RTCP may be silent; the ICE checks measure the way there and back too.
    if (stat.type === 'candidate-pair' && stat['nominated'] === true) rttMs ??= scale(number(stat['currentRoundTripTime']))
  }
  const received = counted.received - before.received
  const lost = Math.max(0, counted.lost - before.lost)
  const quality: Quality = {
    ...(rttMs === undefined ? {} : { rttMs }),
    ...(jitterMs === undefined ? {} : { jitterMs }),
    ...(received + lost > 0 ? { lossRatio: lost / (received + lost) } : {})
  }
  return { quality, counted }
}

const scale = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : Math.round(seconds * 10_000) / 10)
