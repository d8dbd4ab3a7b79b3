import type { QueueInterval } from './events.ts'

/**
 * Every metric once: what it is called, how it is computed, in what unit, with which switches, after whom. Code, tile and help text
 * use the same definition. `undefined` input: never supplied, shown "-"; zero denominator: `null`, shown "N/A".
 */
export type Unit = 'count' | 'ratio' | 'ms'

export const SERVICE_LEVEL = {
  /** T: answered within this is in target. */
  targetMs: 20_000,
  /** S: an abandon shorter than this does not count as offered. */
  shortMs: 5_000,
  /** The share to reach. */
  goalRatio: 0.8
} as const

export interface Metric {
  id: MetricId
  unit: Unit
  /** In the words of DESIGN section 6; shown as it is. */
  formula: string
  source: string
  /** From summed intervals; `null` when there is nothing to divide by. */
  compute(sum: QueueInterval): number | null
}
export type MetricId =
  | 'offered'
  | 'answered'
  | 'abandoned'
  | 'service_level'
  | 'answer_rate'
  | 'abandon_rate'
  | 'transfer_rate'
  | 'asa'
  | 'aht'

const ratio = (over: number, under: number): number | null => (under > 0 ? over / under : null)

export const METRICS: Record<MetricId, Metric> = {
  offered: {
    id: 'offered',
    unit: 'count',
    formula: 'contacts that entered the queue',
    source: 'COPC CX Standard',
    compute: (s) => s.offered
  },
  answered: {
    id: 'answered',
    unit: 'count',
    formula: 'contacts a person answered',
    source: 'COPC CX Standard',
    compute: (s) => s.answered
  },
  abandoned: {
    id: 'abandoned',
    unit: 'count',
    formula: 'contacts that left before an answer',
    source: 'COPC CX Standard',
    compute: (s) => s.abandoned
  },
  service_level: {
    id: 'service_level',
    unit: 'ratio',
    formula: 'answered within T / (answered + abandoned - abandoned before S)',
    source: 'ITU-T E.423; T and S by the centre',
    compute: (s) => ratio(s.answeredInTarget, s.answered + s.abandoned - s.shortAbandoned)
  },
  answer_rate: {
    id: 'answer_rate',
    unit: 'ratio',
    formula: 'answered / (answered + abandoned)',
    source: 'ITU-T E.423',
    compute: (s) => ratio(s.answered, s.answered + s.abandoned)
  },
  abandon_rate: {
    id: 'abandon_rate',
    unit: 'ratio',
    formula: 'abandoned / (answered + abandoned)',
    source: 'ITU-T E.423',
    compute: (s) => ratio(s.abandoned, s.answered + s.abandoned)
  },
  transfer_rate: {
    id: 'transfer_rate',
    unit: 'ratio',
    formula: 'transferred / answered',
    source: 'COPC CX Standard',
    compute: (s) => ratio(s.transferred, s.answered)
  },
  asa: {
    id: 'asa',
    unit: 'ms',
    formula: 'sum of waits of answered contacts / answered',
    source: 'ITU-T E.423',
    compute: (s) => ratio(s.waitMs, s.answered)
  },
  aht: {
    id: 'aht',
    unit: 'ms',
    formula: '(talk + hold + wrap-up) / handled',
    source: 'COPC CX Standard',
    compute: (s) => ratio(s.talkMs + s.holdMs + s.wrapUpMs, s.handled)
  }
}

const SUMS = [
  'offered',
  'answered',
  'abandoned',
  'shortAbandoned',
  'answeredInTarget',
  'transferred',
  'waitMs',
  'talkMs',
  'holdMs',
  'wrapUpMs',
  'handled'
] as const

/** An empty interval to count into. */
export function emptyInterval(queue: QueueInterval['queue'], startAt: number): QueueInterval {
  return {
    queue,
    startAt,
    offered: 0,
    answered: 0,
    abandoned: 0,
    shortAbandoned: 0,
    answeredInTarget: 0,
    transferred: 0,
    waitMs: 0,
    talkMs: 0,
    holdMs: 0,
    wrapUpMs: 0,
    handled: 0
  }
}

/** Adds intervals up. The queue and start of the first one stand for the sum; an empty list gives `undefined` (never supplied). */
export function sumIntervals(intervals: readonly QueueInterval[]): QueueInterval | undefined {
  const first = intervals[0]
  if (!first) return undefined
  const sum = emptyInterval(first.queue, first.startAt)
  for (const one of intervals) for (const key of SUMS) sum[key] += one[key]
  return sum
}

export const QUARTER_MS = 15 * 60_000
/** The start of the quarter of an hour that `at` lies in (UTC quarters; every time zone is a multiple of them). */
export const quarterOf = (at: number): number => Math.floor(at / QUARTER_MS) * QUARTER_MS
