import type { LogDemand } from './demand.ts'
import { crossing, findLoad, type Laboratory, measure, type Point } from './experiment.ts'
import type { Understanding } from './understanding.ts'

/** What is asked: people alone let callers wait this long; with the front desk no longer than this, and so many fewer to people. */
export const GOAL = { waitMs: 180_000, asaMs: 20_000, fewerRatio: 0.42 } as const

/** Everything a report tells. */
export interface Study {
  source: string
  model: string
  log?: LogDemand | undefined
  understanding: Understanding
  seeds: number
  pickUpMs: number
  /** As the days were. */
  base: Point
  /** Where people alone let callers wait `GOAL.waitMs`; undefined when no load tried does. */
  goal?: Point | undefined
  /** Up to which load the average speed of answer is `GOAL.asaMs`, between the loads tried. */
  reach: { off?: number | undefined; on?: number | undefined }
  loads: Point[]
  /** At the goal's load. */
  staff: Point[]
  routine: Point[]
  otherwise: { what: string; point: Point }[]
}

export interface StudyOptions {
  source: string
  model: string
  log?: LogDemand | undefined
  understanding: Understanding
  pickUpMs: number
  loads: readonly number[]
}

/** The load is looked for between these. */
const LOADS = { from: 0.5, to: 8 } as const

export async function study(lab: Laboratory, options: StudyOptions): Promise<Study> {
  const base = await measure(lab, { load: 1 })
  const load = await findLoad(lab, GOAL.waitMs, LOADS)
  const goal = load === undefined ? undefined : await measure(lab, { load })
  const loads: Point[] = [...(goal ? [goal] : []), base]
  for (const one of options.loads) if (one !== 1 && one !== load) loads.push(await measure(lab, { load: one }))
  loads.sort((a, b) => a.knobs.load - b.knobs.load)
  const staff: Point[] = []
  const routine: Point[] = []
  const otherwise: Study['otherwise'] = []
  if (load !== undefined) {
    for (const one of [0.75, 1.5]) staff.push(await measure(lab, { load, staff: one }))
    for (const routineRatio of [0.4, 0.7, 1]) routine.push(await measure(lab, { load, routineRatio }))
    const variants: readonly [string, Parameters<typeof measure>[1]][] = [
      ['whom the front desk passes on needs 30 % more of a person’s time', { load, personTime: 1.3 }],
      ['whom the front desk passes on needs 15 % less of a person’s time', { load, personTime: 0.85 }],
      ['30 % of callers ask for a person before anything else', { load, insistsRatio: 0.3 }]
    ]
    for (const [what, changed] of variants) otherwise.push({ what, point: await measure(lab, changed) })
  }
  if (goal) staff.push(goal)
  staff.sort((a, b) => a.knobs.staff - b.knobs.staff)
  const reach = { off: crossing(loads, 'off', GOAL.asaMs), on: crossing(loads, 'on', GOAL.asaMs) }
  return { ...options, seeds: lab.seeds.length, base, goal, reach, loads, staff, routine, otherwise }
}

export interface Verdict {
  /** Of those whom people answer. */
  asa: boolean
  /** Of everybody who is helped; who is answered by the front desk did not wait. */
  waitOfHelped: boolean
  fewer: boolean
}

/** Whether the whole interval is on the right side. */
export const verdictOf = ({ on, fewerToPeople }: Point): Verdict => ({
  asa: on.asaMs.high <= GOAL.asaMs,
  waitOfHelped: on.waitOfHelpedMs.high <= GOAL.asaMs,
  fewer: fewerToPeople.low >= GOAL.fewerRatio
})
