import { chanceOf } from '../practice/bank/chance.ts'
import type { Scenario } from '../practice/scenarios/format.ts'
import type { Mix } from './mix.ts'
import type { Draw } from './patience.ts'

/** A day as it is asked for: who calls when, and how many people are there in each hour. */
export interface DemandDay {
  label: string
  /** Calls that came; or `perHour`, from which they are drawn. */
  calls?: readonly { second: number; type: string }[]
  /** Calls an hour, 24 numbers. */
  perHour?: readonly number[]
  /** People at work in each hour, 24 numbers. */
  staff: readonly number[]
}

export interface Demand {
  days: readonly DemandDay[]
  patience: Draw
  /** How long a person is busy with a call of this type. */
  service: (type: string) => Draw
}

/** What a run may be told to be different. */
export interface Knobs {
  /** Calls are so many times as many. */
  load: number
  /** People are so many times as many. */
  staff: number
  /** So many callers come for what there is a flow for; undefined: as the mix says. */
  routineRatio?: number | undefined
  /** So many callers ask for a person before anything else. */
  insistsRatio: number
  /** So many callers whose flow ran to its end, rightly, want a person all the same. */
  unsettledRatio: number
  /** So many callers whom an article answers need no person. */
  articleHelpsRatio: number
  /** A person needs so many times as long for who comes from the front desk. */
  personTime: number
}

/** One caller, with everything that chance decides about them, so that every variant of a day meets the same people. */
export interface Caller {
  /** Seconds of the day. */
  second: number
  type: string
  scenario: Scenario
  /** What they say first, and in other words when not understood. */
  wishes: readonly string[]
  serviceMs: number
  patienceMs: number
  insists: boolean
  unsettled: boolean
  articleHelps: boolean
}

export interface DayPlan {
  label: string
  callers: Caller[]
  staff: number[]
}

const HOUR = 3600
/** A copied call comes up to so many seconds sooner or later than the one it copies. */
const SHIFT_SECONDS = 600

/** The same seed and knobs give the same day; other knobs give the same callers as far as they go. */
export function planDay(demand: Demand, mix: Mix, knobs: Knobs, seed: number): DayPlan {
  const day = demand.days[(seed - 1) % demand.days.length]
  if (!day) throw new Error('there is no day to run')
  const callers: Caller[] = []
  const add = (second: number, type: string, chance: () => number) => {
    const { scenario, wishes } = mix.draw(type, type === 'PE' ? 'en' : chance() < 0.5 ? 'en' : 'zh', knobs.routineRatio, chance)
    callers.push({
      second,
      type,
      scenario,
      wishes,
      serviceMs: demand.service(type)(chance),
      patienceMs: demand.patience(chance),
      insists: chance() < knobs.insistsRatio,
      unsettled: chance() < knobs.unsettledRatio,
      articleHelps: chance() < knobs.articleHelpsRatio
    })
  }
  day.calls?.forEach((call, i) => {
    const often = Math.floor(knobs.load) + (chanceOf(seed, i)() < knobs.load % 1 ? 1 : 0)
    for (let copy = 0; copy < often; copy++) {
      const chance = chanceOf(seed, i, copy)
      const shift = copy === 0 ? 0 : Math.round((chance() * 2 - 1) * SHIFT_SECONDS)
      const second = call.second + shift
      add(isStaffed(day, second) ? second : call.second, call.type, chance)
    }
  })
  day.perHour?.forEach((calls, hour) => {
    const chance = chanceOf(seed, 'hour', hour)
    const rate = (calls * knobs.load) / HOUR
    if (rate <= 0) return
    // The nth caller of an hour is the same person at any load, and comes sooner at a higher one.
    let at = -Math.log(1 - chance()) / rate
    for (let n = 0; at < HOUR; n++, at += -Math.log(1 - chance()) / rate) add(hour * HOUR + at, 'PS', chanceOf(seed, hour, n))
  })
  const staff = day.staff.map((people) => (people === 0 ? 0 : Math.max(1, Math.round(people * knobs.staff))))
  return { label: day.label, callers: callers.sort((a, b) => a.second - b.second), staff }
}

const isStaffed = (day: DemandDay, second: number): boolean => (day.staff[Math.floor(second / HOUR)] ?? 0) > 0
