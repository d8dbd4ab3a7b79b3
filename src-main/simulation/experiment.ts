import type { RunDay } from './crew.ts'
import type { Mix } from './mix.ts'
import { type Demand, type Knobs, planDay } from './plan.ts'
import { type Estimate, estimate } from './statistics.ts'
import type { DayFigures } from './tally.ts'

/** Days run again and again with other chances, with and without the front desk. */

export interface Laboratory {
  run: RunDay
  demand: Demand
  mix: Mix
  /** What stands unless a point says otherwise. */
  knobs: Knobs
  seeds: readonly number[]
  tell(line: string): void
}

export type Summary = Record<keyof DayFigures, Estimate>

/** One setting, with people alone and with the front desk, on the same days with the same callers. */
export interface Point {
  knobs: Knobs
  off: Summary
  on: Summary
  /** 1 - calls to people with the front desk / calls to people without, day by day. */
  fewerToPeople: Estimate
}

const KEYS: readonly (keyof DayFigures)[] = [
  'arrived',
  'contained',
  'leftFrontDesk',
  'toPeople',
  'answered',
  'abandoned',
  'open',
  'wronglyAnswered',
  'asaMs',
  'waitOfHelpedMs',
  'wait95Ms',
  'serviceLevelRatio',
  'abandonRatio',
  'toPeopleRatio',
  'containedRatio',
  'occupancyRatio',
  'frontDeskMs'
]

const summarise = (days: readonly DayFigures[]): Summary =>
  // One entry for every key of the list, which names them all.
  Object.fromEntries(KEYS.map((key) => [key, estimate(days.map((day) => day[key]))])) as Summary

const days = (lab: Laboratory, knobs: Knobs, frontDesk: boolean): Promise<DayFigures[]> =>
  Promise.all(lab.seeds.map((seed) => lab.run(planDay(lab.demand, lab.mix, knobs, seed), frontDesk, knobs.personTime)))

export async function measure(lab: Laboratory, changed: Partial<Knobs>): Promise<Point> {
  const knobs = { ...lab.knobs, ...changed }
  const off = await days(lab, knobs, false)
  const on = await days(lab, knobs, true)
  const fewer = on.map((day, i) => 1 - day.toPeople / (off[i]?.toPeople ?? Number.NaN))
  const point = { knobs, off: summarise(off), on: summarise(on), fewerToPeople: estimate(fewer) }
  lab.tell(
    `${JSON.stringify(changed)}: ASA ${seconds(point.off.asaMs)} without, ${seconds(point.on.asaMs)} with the front desk; ` +
      `${(point.fewerToPeople.mean * 100).toFixed(1)} % fewer to people`
  )
  return point
}

const seconds = ({ mean }: Estimate): string => `${(mean / 1000).toFixed(1)} s`

/** Near enough: a search need not be finer than its figures are sure. */
const NEAR_RATIO = 0.02
const STEPS = 10

/**
 * The load at which callers wait this long on average for people alone, by doubling and halving.
 * @returns undefined when it lies outside `from`..`to`
 */
export async function findLoad(lab: Laboratory, targetMs: number, { from, to }: { from: number; to: number }): Promise<number | undefined> {
  const asa = async (load: number) => {
    const waited = summarise(await days(lab, { ...lab.knobs, load }, false)).asaMs.mean
    lab.tell(`search: load x${load} with people alone: ASA ${(waited / 1000).toFixed(1)} s`)
    return waited
  }
  let low = from
  if ((await asa(low)) > targetMs) return undefined
  let high = low
  do {
    low = high
    if (low >= to) return undefined
    high = Math.min(low * 2, to)
  } while ((await asa(high)) < targetMs)
  for (let step = 0; step < STEPS; step++) {
    const middle = Math.round(((low + high) / 2) * 100) / 100
    if (middle === low || middle === high) return middle
    const waited = await asa(middle)
    if (Math.abs(waited - targetMs) < targetMs * NEAR_RATIO) return middle
    if (waited < targetMs) low = middle
    else high = middle
  }
  return low
}

/** Where the average speed of answer comes to `targetMs`, on a straight line between the loads that were tried; undefined: nowhere there. */
export function crossing(points: readonly Point[], arm: 'off' | 'on', targetMs: number): number | undefined {
  for (const [i, point] of points.entries()) {
    const next = points[i + 1]
    if (!next) return undefined
    const [from, to] = [point[arm].asaMs.mean, next[arm].asaMs.mean]
    if (from <= targetMs && to > targetMs)
      return point.knobs.load + ((targetMs - from) / (to - from)) * (next.knobs.load - point.knobs.load)
  }
  return undefined
}
