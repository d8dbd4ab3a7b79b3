import type { CallQuality, QualityWarning } from '../../../src-shared/contract/phone.ts'
import { type Look, type QualitySample, readSample, type Totals } from '../media/quality.ts'
import { decideWarnings, NO_WARNINGS, type WarningState } from '../media/quality-warnings.ts'

/** How often a call's media is looked at; the warnings' windows are made for it. */
export const QUALITY_MS = 2_000
/** The contract takes so many warnings of one call; what comes after them is the same trouble again. */
const MOST_WARNINGS = 100

/** One call's media from its first look to its last. */
export interface CallQualityMeter {
  /** One look; every {@link QUALITY_MS}. Says what it saw and which warnings it changed. */
  look(look: Look): { sample: QualitySample; raised: QualityWarning[]; cleared: QualityWarning[] }
  /** Warnings that stand now, oldest first. */
  warnings(): { kind: QualityWarning; raisedAt: number }[]
  /** The record so far; `undefined` while nothing was measured. */
  record(): CallQualityRecord | undefined
}

/** The call's record as the contract has it, with the mean levels of both sides for whoever looks closer. */
export type CallQualityRecord = CallQuality & { levelIn?: number | undefined; levelOut?: number | undefined }

interface Sum {
  sum: number
  count: number
  highest: number
  lowest: number
}
const NOTHING: Sum = { sum: 0, count: 0, highest: Number.NEGATIVE_INFINITY, lowest: Number.POSITIVE_INFINITY }
const add = (to: Sum, value: number | undefined): Sum =>
  value === undefined
    ? to
    : { sum: to.sum + value, count: to.count + 1, highest: Math.max(to.highest, value), lowest: Math.min(to.lowest, value) }
const averageOf = ({ sum, count }: Sum): number => sum / count

export function createCallQuality(): CallQualityMeter {
  let totals: Totals | undefined
  let firstAt: number | undefined
  let last: QualitySample | undefined
  let state: WarningState = NO_WARNINGS
  let codec: string | undefined
  let [mos, rtt, jitter, levelIn, levelOut] = [NOTHING, NOTHING, NOTHING, NOTHING, NOTHING]
  const warnings: { kind: QualityWarning; raisedAt: number; clearedAt?: number }[] = []

  return {
    look(look) {
      const { sample, totals: now } = readSample(look, totals)
      totals = now
      firstAt ??= sample.at
      last = sample
      codec = sample.codec ? nameOf(sample.codec) : codec
      mos = add(mos, sample.mos)
      rtt = add(rtt, sample.rttMs)
      jitter = add(jitter, sample.jitterMs)
      levelIn = add(levelIn, sample.expectsIn ? sample.levelIn : undefined)
      levelOut = add(levelOut, sample.expectsOut ? sample.levelOut : undefined)
      const decision = decideWarnings(state, sample)
      state = decision.state
      for (const kind of decision.raised) if (warnings.length < MOST_WARNINGS) warnings.push({ kind, raisedAt: sample.at })
      for (const kind of decision.cleared) {
        const open = warnings.findLast((one) => one.kind === kind && one.clearedAt === undefined)
        if (open) open.clearedAt = sample.at
      }
      return { sample, raised: decision.raised, cleared: decision.cleared }
    },
    warnings: () =>
      Object.entries(state.raised)
        .map(([kind, raisedAt]) => ({ kind: kind as QualityWarning, raisedAt })) // the record's keys are its warnings
        .toSorted((one, other) => one.raisedAt - other.raisedAt),
    record() {
      if (firstAt === undefined || !last) return undefined
      return {
        ...(codec === undefined ? {} : { codec }),
        seconds: Math.round((last.at - firstAt) / 100) / 10,
        ...(mos.count === 0 ? {} : { mos: { average: round(averageOf(mos)), lowest: round(mos.lowest) } }),
        ...(rtt.count === 0 ? {} : { rttMs: { average: round(averageOf(rtt)), highest: rtt.highest } }),
        ...(jitter.count === 0 ? {} : { jitterMs: { average: round(averageOf(jitter)), highest: jitter.highest } }),
        ...(last.totalLossRatio === undefined ? {} : { lossRatio: last.totalLossRatio }),
        ...(levelIn.count === 0 ? {} : { levelIn: averageOf(levelIn) }),
        ...(levelOut.count === 0 ? {} : { levelOut: averageOf(levelOut) }),
        warnings: warnings.map((one) => ({ ...one }))
      }
    }
  }
}

const round = (value: number): number => Math.round(value * 100) / 100
/** `opus/48000`, as SDP writes it. */
const nameOf = ({ name, clockRate }: { name: string; clockRate?: number | undefined }): string =>
  clockRate === undefined ? name : `${name}/${clockRate}`
