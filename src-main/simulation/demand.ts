import type { CallLog, LoggedCall, SetAside } from './call-log.ts'
import { type Draw, drawPatience, empirical, exponential, type Survival, survivalOf } from './patience.ts'
import type { Demand, DemandDay } from './plan.ts'

/** What a log, or a table, says about a day's calls, people, service times and patience. */

/** Words of a table that cannot be read. */
export class DemandError extends Error {}

/** What happened on the days that are run again. */
export interface Observed {
  days: string[]
  calls: number
  asaSeconds: number
  abandonRatio: number
  serviceSeconds: number
  /** Share of each type among the calls. */
  types: Record<string, number>
}

export interface LogDemand {
  demand: Demand
  observed: Observed
  patience: Survival
  /** What the reader set aside, and what is of no use here. */
  setAside: SetAside[]
}

/** A day counts when people were there in so many of its hours. */
const FULL_DAY_HOURS = 15
/** An hour in which so many hang up at once is a fault of the line, not of the callers. */
const OUTAGE_RATIO = 0.5
const AT_ONCE_SECONDS = 5
/** Fewer service times of a type than this say nothing about it. */
const ENOUGH = 30
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

const hourOf = (second: number): number => Math.floor(second / 3600)

/** @param kind how patience is drawn: from the steps of the estimate, or exponential with its mean */
export function demandFromLog(log: CallLog, kind: 'empirical' | 'exponential'): LogDemand {
  const byDate = Map.groupBy(log.calls, ({ date }) => date)
  const closed: LoggedCall[] = []
  const outage: LoggedCall[] = []
  const used: LoggedCall[] = []
  const days: DemandDay[] = []
  let short = 0
  for (const [date, calls] of [...byDate].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const staff = HOURS.map((hour) => new Set(calls.flatMap((one) => (hourOf(one.second) === hour && one.server ? [one.server] : []))).size)
    const failing = new Set(HOURS.filter((hour) => isOutage(calls.filter(({ second }) => hourOf(second) === hour))))
    const open = calls.filter((call) => {
      if ((staff[hourOf(call.second)] ?? 0) === 0) return void closed.push(call)
      if (failing.has(hourOf(call.second)) && isAtOnce(call)) return void outage.push(call)
      return true
    })
    used.push(...open)
    if (staff.filter((people) => people > 0).length < FULL_DAY_HOURS) short += open.length
    else days.push({ label: date, calls: open, staff })
  }
  if (days.length === 0) throw new DemandError(`the log has no day with people at work in ${FULL_DAY_HOURS} hours`)
  const patience = survivalOf(used.map(({ waitSeconds, answered }) => ({ seconds: waitSeconds, gaveUp: !answered })))
  const aside = (reason: string, rows: number): SetAside[] => (rows === 0 ? [] : [{ reason, rows, firstLine: 0 }])
  return {
    demand: {
      days,
      patience: kind === 'empirical' ? drawPatience(patience) : exponential(patience.meanSeconds * 1000),
      service: serviceOf(used)
    },
    observed: observe(days),
    patience,
    setAside: [
      ...log.setAside,
      ...aside('came when nobody was at work', closed.length),
      ...aside(`hung up within ${AT_ONCE_SECONDS} s in an hour in which most did: taken for a fault of the line`, outage.length),
      ...aside('on a day that was open for some hours only: counts for patience and service times, not for arrivals', short)
    ]
  }
}

const isAtOnce = ({ answered, waitSeconds }: LoggedCall): boolean => !answered && waitSeconds < AT_ONCE_SECONDS
const isOutage = (calls: readonly LoggedCall[]): boolean => calls.length > 0 && calls.filter(isAtOnce).length / calls.length > OUTAGE_RATIO

function serviceOf(calls: readonly LoggedCall[]): (type: string) => Draw {
  const timesOf = (some: readonly LoggedCall[]) =>
    some.flatMap(({ serviceSeconds }) => (serviceSeconds === undefined ? [] : [serviceSeconds * 1000]))
  const all = empirical(timesOf(calls))
  const byType = new Map<string, Draw>()
  for (const [type, some] of Map.groupBy(calls, (call) => call.type)) {
    const times = timesOf(some)
    if (times.length >= ENOUGH) byType.set(type, empirical(times))
  }
  return (type) => byType.get(type) ?? all
}

function observe(days: readonly DemandDay[]): Observed {
  // The calls of these days are whole rows of the log; a plan needs less of them.
  const calls = days.flatMap((day) => (day.calls ?? []) as readonly LoggedCall[])
  const answered = calls.filter((call) => call.answered)
  const served = answered.flatMap(({ serviceSeconds }) => (serviceSeconds === undefined ? [] : [serviceSeconds]))
  const types = [...Map.groupBy(calls, ({ type }) => type)].sort((a, b) => b[1].length - a[1].length)
  return {
    days: days.map(({ label }) => label),
    calls: calls.length,
    asaSeconds: answered.reduce((sum, { waitSeconds }) => sum + waitSeconds, 0) / answered.length,
    abandonRatio: (calls.length - answered.length) / calls.length,
    serviceSeconds: served.reduce((sum, one) => sum + one, 0) / served.length,
    types: Object.fromEntries(types.map(([type, some]) => [type, some.length / calls.length]))
  }
}

/**
 * A table of a day: a header `hour`, `calls`, `agents` (tab-separated), one row an hour. Service times and patience are exponential.
 * @throws DemandError with the line that cannot be read
 */
export function demandFromProfile(text: string, serviceMs: number, patienceMs: number): Demand {
  const rows = readHours(text, ['calls', 'agents'])
  const column = (place: number) => HOURS.map((hour) => rows.get(hour)?.[place] ?? 0)
  const day: DemandDay = { label: 'profile', perHour: column(0), staff: column(1) }
  return { days: [day], patience: exponential(patienceMs), service: () => exponential(serviceMs) }
}

/** The same days with the people of a table (`hour`, `agents`). @throws DemandError */
export function staffedBy(demand: Demand, text: string): Demand {
  const rows = readHours(text, ['agents'])
  const staff = HOURS.map((hour) => rows.get(hour)?.[0] ?? 0)
  return {
    ...demand,
    days: demand.days.map((day) => ({
      ...day,
      staff,
      ...(day.calls ? { calls: day.calls.filter(({ second }) => (staff[hourOf(second)] ?? 0) > 0) } : {})
    }))
  }
}

function readHours(text: string, columns: readonly string[]): Map<number, number[]> {
  const [header = '', ...lines] = text.trim().split(/\r?\n/u)
  const names = header.split('\t').map((name) => name.trim())
  for (const name of ['hour', ...columns])
    if (!names.includes(name)) throw new DemandError(`the table has no column ${name}: hour, ${columns.join(', ')} are needed`)
  const rows = new Map<number, number[]>()
  lines.forEach((line, i) => {
    const cells = line.split('\t').map(Number)
    const hour = cells[names.indexOf('hour')] ?? Number.NaN
    const values = columns.map((name) => cells[names.indexOf(name)] ?? Number.NaN)
    const whole = Number.isInteger(hour) && hour >= 0 && hour < 24 && !rows.has(hour)
    if (!whole || values.some((value) => !Number.isFinite(value) || value < 0))
      throw new DemandError(`line ${i + 2} of the table cannot be read`)
    rows.set(hour, values)
  })
  if (![...rows.values()].some((values) => (values.at(-1) ?? 0) >= 1)) throw new DemandError('nobody is at work in this table')
  return new Map([...rows].map(([hour, values]) => [hour, values.map((value, i) => (columns[i] === 'agents' ? Math.round(value) : value))]))
}
