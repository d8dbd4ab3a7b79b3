import type { MoodCell, QueueInterval } from '../../src-shared/events.ts'
import { METRICS, type MetricId, QUARTER_MS, quarterOf, SERVICE_LEVEL, sumIntervals } from '../../src-shared/metrics.ts'
import { QUEUES, type Queue } from '../../src-shared/taxonomy.ts'

/** A metric's value: a number, `null` (nothing to divide by: "N/A"), or `undefined` (never supplied: "-"). */
export type Figure = number | null | undefined

export const figure = (metric: MetricId, intervals: readonly QueueInterval[]): Figure => {
  const sum = sumIntervals(intervals)
  return sum ? METRICS[metric].compute(sum) : undefined
}

/** Intervals of the local day `now` lies in. */
export function today(intervals: readonly QueueInterval[], now: number): QueueInterval[] {
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  return intervals.filter((one) => one.startAt >= midnight && one.startAt <= now)
}

/** The starts of the quarter hours from the first one with data to now, at most `most` of them, oldest first. */
export function quarters(intervals: readonly { startAt: number }[], now: number, most = 20): number[] {
  const last = quarterOf(now)
  const first = Math.max(last - (most - 1) * QUARTER_MS, Math.min(last, ...intervals.map((one) => one.startAt)))
  return Array.from({ length: Math.floor((last - first) / QUARTER_MS) + 1 }, (_, i) => first + i * QUARTER_MS)
}

/** Intervals by their start. */
export function byQuarter(intervals: readonly QueueInterval[], starts: readonly number[]): QueueInterval[][] {
  return starts.map((startAt) => intervals.filter((one) => one.startAt === startAt))
}

/** Queues that had traffic or somebody waiting, in the taxonomy's order. */
export function queuesWithWork(intervals: readonly { queue: Queue }[], now: readonly { queue: Queue; waiting: number }[]): Queue[] {
  const busy = new Set([...intervals.map((one) => one.queue), ...now.filter((one) => one.waiting > 0).map((one) => one.queue)])
  return QUEUES.filter((queue) => busy.has(queue))
}

export type Level = 'normal' | 'warn' | 'alert'

/** Under this many contacts a ratio says nothing yet. */
export const MIN_SAMPLE = 5
/** How far past a threshold a ratio must come back before the level falls again. */
const HYSTERESIS = 0.03

/**
 * How bad a service level is. Warn under the goal, alert more than 15 points under it; a level is left only when the ratio has come
 * back past its threshold by the hysteresis.
 */
export function serviceLevelState(ratio: Figure, sample: number, before: Level): Level {
  if (ratio === null || ratio === undefined || sample < MIN_SAMPLE) return 'normal'
  const warn = SERVICE_LEVEL.goalRatio
  const alert = warn - 0.15
  if (ratio < alert || (before === 'alert' && ratio < alert + HYSTERESIS)) return 'alert'
  if (ratio < warn || (before !== 'normal' && ratio < warn + HYSTERESIS)) return 'warn'
  return 'normal'
}

/** How bad the longest wait is: warn over twice the target time, alert over six times. */
export function waitState(waitMs: number | undefined): Level {
  if (waitMs === undefined) return 'normal'
  return waitMs > SERVICE_LEVEL.targetMs * 6 ? 'alert' : waitMs > SERVICE_LEVEL.targetMs * 2 ? 'warn' : 'normal'
}

/** Under this many utterances a cell of the heat map is hatched. */
export const MIN_UTTERANCES = 4

export interface HeatCell {
  queue: Queue
  startAt: number
  utterances: number
  /** Share of strained utterances; `null` for none at all. */
  strainedRatio: number | null
  enough: boolean
  phrases: readonly string[]
}

/** The heat map's cells: every queue by every quarter hour, also where nothing was said. */
export function heatCells(cells: readonly MoodCell[], queues: readonly Queue[], starts: readonly number[]): HeatCell[] {
  const known = new Map(cells.map((cell) => [`${cell.queue} ${cell.startAt}`, cell]))
  return queues.flatMap((queue) =>
    starts.map((startAt) => {
      const cell = known.get(`${queue} ${startAt}`)
      const utterances = cell?.utterances ?? 0
      return {
        queue,
        startAt,
        utterances,
        strainedRatio: cell && utterances > 0 ? cell.strained / utterances : null,
        enough: utterances >= MIN_UTTERANCES,
        phrases: cell?.phrases ?? []
      }
    })
  )
}

/** Figures are stale when the line is down or the centre has been silent for longer than this. */
export const STALE_MS = 30_000
export const isStale = (live: boolean, at: number | undefined, now: number): boolean => !live || at === undefined || now - at > STALE_MS

export interface CellPlace {
  queue: number
  start: number
}

/** Where an arrow, Home or End leads in a heat map of this size; `undefined` for other keys. The edges hold. */
export function nextCell(from: CellPlace, key: string, queues: number, starts: number): CellPlace | undefined {
  const within = (n: number, size: number) => Math.max(0, Math.min(size - 1, n))
  const at = (queue: number, start: number) => ({ queue: within(queue, queues), start: within(start, starts) })
  switch (key) {
    case 'ArrowLeft':
      return at(from.queue, from.start - 1)
    case 'ArrowRight':
      return at(from.queue, from.start + 1)
    case 'ArrowUp':
      return at(from.queue - 1, from.start)
    case 'ArrowDown':
      return at(from.queue + 1, from.start)
    case 'Home':
      return at(from.queue, 0)
    case 'End':
      return at(from.queue, starts - 1)
    default:
      return undefined
  }
}
