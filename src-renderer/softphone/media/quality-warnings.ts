import type { QualityWarning } from '../../../src-shared/contract/phone.ts'
import type { QualitySample } from './quality.ts'

/**
 * When a call's media is bad enough to tell the agent, by the thresholds that Twilio publishes for its voice SDKs: "Voice Insights SDK
 * Events", network and audio warnings, twilio.com/docs/voice/voice-insights/api/call/details-sdk-call-quality-events, read 2026-11-22; the
 * rules for clearing are those of twilio-voice.js (statsMonitor.ts). Their samples are a second long, ours two: what they give in seconds
 * is rounded up to our samples.
 *
 * | warning                     | raised                                              | cleared                          |
 * |-----------------------------|-----------------------------------------------------|----------------------------------|
 * | high-rtt                    | round trip > 400 ms in 3 of the last 5 samples      | in none of the last 5            |
 * | high-jitter                 | jitter > 30 ms in 3 of 5                            | in none of 5                     |
 * | high-packet-loss            | loss > 1 % in 3 of 5, or > 3 % on average over 7 s  | in none of 5, and average <= 1 % |
 * | low-mos                     | MOS < 3.5 in 3 of 5                                 | in none of 5                     |
 * | constant-audio-*-level      | level low and varied by < 1 % of its scale for 10 s | it varies by more, or is louder  |
 * | low-bytes-received, -sent   | not one byte for 3 s                                | bytes again                      |
 * | ice-connectivity-lost       | ICE disconnected or failed                          | connected again                  |
 *
 * No warning is cleared within 5 s of being raised, and none about silence is raised where silence is wanted (hold, mute). That a constant
 * level must be low as well is the rule of Twilio's rtc-diagnostics (WarningName.LowAudioLevel): without it everybody who listens to a
 * long sentence in a quiet room would be warned of their microphone.
 */
export interface WarningState {
  /** The last samples, oldest first; never more than {@link WINDOW}. */
  samples: readonly QualitySample[]
  /** Since when each warning stands. */
  raised: Readonly<Partial<Record<QualityWarning, number>>>
}
export const NO_WARNINGS: WarningState = { samples: [], raised: {} }

/** 5 samples: 3 of 5, and the 10 s of a constant level. */
const WINDOW = 5
const RAISE_AT = 3
const LOSS_SAMPLES = 4
const SILENT_SAMPLES = 2
const STANDS_MS = 5_000
/** Twilio's levels run from -100 dB up; one hundredth of that is a decibel. */
const LEAST_DEVIATION_DB = 1
const QUIETEST_DB = -100
/** Less than the smallest step of 16 bits: no converter is so quiet that is listening at all. */
const SILENT_MICROPHONE_DB = -90
/** The smallest step of A-law, which cannot say zero, is -72 dB; a live line rustles louder. */
const SILENT_LINE_DB = -70

type Verdict = 'bad' | 'good' | 'unclear'

/** What one more sample changes. Pure. */
export function decideWarnings(
  state: WarningState,
  sample: QualitySample
): { state: WarningState; raised: QualityWarning[]; cleared: QualityWarning[] } {
  const samples = [...state.samples, sample].slice(-WINDOW)
  const verdicts: Record<QualityWarning, Verdict> = {
    'high-rtt': counted(samples, (one) => over(one.rttMs, 400)),
    'high-jitter': counted(samples, (one) => over(one.jitterMs, 30)),
    'high-packet-loss': loss(samples),
    'low-mos': counted(samples, (one) => (one.mos === undefined ? undefined : one.mos < 3.5)),
    'constant-audio-input-level': constant(samples, SILENT_MICROPHONE_DB, (one) => (one.expectsOut ? one.levelOut : undefined)),
    'constant-audio-output-level': constant(samples, SILENT_LINE_DB, (one) => (one.expectsIn ? one.levelIn : undefined)),
    'low-bytes-received': silent(samples, (one) => (one.expectsIn ? one.bytesReceived : undefined)),
    'low-bytes-sent': silent(samples, (one) => (one.expectsOut ? one.bytesSent : undefined)),
    'ice-connectivity-lost': connectivity(sample)
  }
  // A wish for silence ends what was said about silence: nothing can be known until there should be sound again.
  if (!sample.expectsOut) verdicts['constant-audio-input-level'] = verdicts['low-bytes-sent'] = 'good'
  if (!sample.expectsIn) verdicts['constant-audio-output-level'] = verdicts['low-bytes-received'] = 'good'

  const standing: Partial<Record<QualityWarning, number>> = { ...state.raised }
  const raised: QualityWarning[] = []
  const cleared: QualityWarning[] = []
  // The keys of a literal typed by the union are the union; Object.keys forgets it.
  for (const kind of Object.keys(verdicts) as QualityWarning[]) {
    const since = standing[kind]
    if (since === undefined && verdicts[kind] === 'bad') {
      standing[kind] = sample.at
      raised.push(kind)
    } else if (since !== undefined && verdicts[kind] === 'good' && sample.at - since >= STANDS_MS) {
      delete standing[kind]
      cleared.push(kind)
    }
  }
  return { state: { samples, raised: standing }, raised, cleared }
}

const over = (value: number | undefined, limit: number): boolean | undefined => (value === undefined ? undefined : value > limit)

/** Bad in 3 of the last 5; good again when in none. A sample that measured nothing speaks for neither. */
function counted(samples: readonly QualitySample[], isBad: (sample: QualitySample) => boolean | undefined): Verdict {
  const verdicts = samples.map(isBad)
  const bad = verdicts.filter((verdict) => verdict === true).length
  if (bad >= RAISE_AT) return 'bad'
  return bad === 0 && verdicts.at(-1) === false ? 'good' : 'unclear'
}

function loss(samples: readonly QualitySample[]): Verdict {
  const each = counted(samples, (one) => over(one.lossRatio, 0.01))
  const last = samples.slice(-LOSS_SAMPLES).map((one) => one.lossRatio)
  const known = last.filter((ratio) => ratio !== undefined)
  if (known.length < LOSS_SAMPLES) return each
  const average = mean(known)
  if (average > 0.03) return 'bad'
  return each === 'good' && average > 0.01 ? 'unclear' : each
}

function constant(samples: readonly QualitySample[], lowDb: number, levelOf: (sample: QualitySample) => number | undefined): Verdict {
  const levels = samples.map(levelOf).filter((level) => level !== undefined)
  if (levels.length < WINDOW) return 'unclear'
  const decibels = levels.map((level) => Math.max(QUIETEST_DB, 20 * Math.log10(Math.max(level, 1e-9))))
  const average = mean(decibels)
  const deviation = Math.sqrt(mean(decibels.map((one) => (one - average) ** 2)))
  return average < lowDb && deviation < LEAST_DEVIATION_DB ? 'bad' : 'good'
}

function silent(samples: readonly QualitySample[], bytesOf: (sample: QualitySample) => number | undefined): Verdict {
  const last = samples.slice(-SILENT_SAMPLES).map(bytesOf)
  if ((last.at(-1) ?? 0) > 0) return 'good'
  return last.length === SILENT_SAMPLES && last.every((bytes) => bytes === 0) ? 'bad' : 'unclear'
}

function connectivity({ ice }: QualitySample): Verdict {
  if (ice === 'disconnected' || ice === 'failed') return 'bad'
  return ice === 'connected' || ice === 'completed' ? 'good' : 'unclear'
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
