import { expect, test } from 'vitest'
import { recompute } from '../../../src-main/centre/metrics/recompute.ts'
import { runDay } from '../../../src-main/simulation/day.ts'
import { type Demand, type Knobs, planDay } from '../../../src-main/simulation/plan.ts'
import { estimate } from '../../../src-main/simulation/statistics.ts'
import type { DayFigures } from '../../../src-main/simulation/tally.ts'
import type { Fact } from '../../../src-shared/events.ts'
import { KNOBS, stageForTests, steady } from './stage.ts'

const MORNING = steady([9, 12], 40, 2, 150_000, 120_000)

function runnerFor(demand: Demand) {
  const { stage, mix } = stageForTests()
  return (seed: number, frontDesk: boolean, knobs: Partial<Knobs> = {}) => {
    const all = { ...KNOBS, ...knobs }
    return runDay(stage, planDay(demand, mix, all, seed), frontDesk, all.personTime)
  }
}

test('the same seed gives the same day, another seed another one', { timeout: 60_000 }, async () => {
  const run = runnerFor(MORNING)
  const first = await run(3, true)
  expect(await run(3, true)).toEqual(first)
  expect(await run(4, true)).not.toEqual(first)
  expect(first.contained).toBeGreaterThan(0)
})

test('nobody gets lost: who arrived was contained, answered, gave up, left, or is still there', { timeout: 120_000 }, async () => {
  const run = runnerFor(MORNING)
  for (const load of [0.5, 1, 3])
    for (const frontDesk of [false, true])
      for (const seed of [1, 2]) {
        const day = await run(seed, frontDesk, { load })
        expect(day.arrived).toBeGreaterThan(0)
        expect(day.contained + day.leftFrontDesk + day.answered + day.abandoned + day.open).toBe(day.arrived)
        expect(day.answered + day.abandoned).toBeLessThanOrEqual(day.toPeople)
        if (!frontDesk) expect([day.contained, day.toPeople]).toEqual([0, day.arrived])
      }
})

test('with and without the front desk the same people call', () => {
  const { mix } = stageForTests()
  const plan = (knobs: Partial<Knobs>) => planDay(MORNING, mix, { ...KNOBS, ...knobs }, 5)
  expect(plan({})).toEqual(plan({}))
  const [some, all] = [plan({ insistsRatio: 0.1 }), plan({ insistsRatio: 1 })]
  expect(all.callers.every(({ insists }) => insists)).toBe(true)
  expect(all.callers.map((one) => [one.second, one.wishes, one.serviceMs, one.patienceMs])).toEqual(
    some.callers.map((one) => [one.second, one.wishes, one.serviceMs, one.patienceMs])
  )
})

test('who insists on a person is contained by nobody, and the front desk passes everybody on', async () => {
  const day = await runnerFor(MORNING)(1, true, { insistsRatio: 1 })
  expect(day.contained).toBe(0)
  expect(day.toPeople).toBe(day.arrived)
})

test('the figures are those of the boards', { timeout: 60_000 }, async () => {
  const facts: Fact[] = []
  const { stage, mix } = stageForTests({ watch: (fact) => facts.push(fact) })
  const day = await runDay(stage, planDay(MORNING, mix, { ...KNOBS, load: 2 }, 1), true)
  const { intervals } = recompute(facts)
  const total = (key: 'offered' | 'answered' | 'abandoned' | 'shortAbandoned' | 'answeredInTarget' | 'waitMs') =>
    intervals.reduce((sum, one) => sum + one[key], 0)
  expect(total('offered')).toBe(day.toPeople)
  expect(total('answered')).toBe(day.answered)
  expect(total('abandoned')).toBe(day.abandoned)
  expect(total('waitMs') / total('answered')).toBeCloseTo(day.asaMs, 6)
  expect(total('answeredInTarget') / (total('answered') + total('abandoned') - total('shortAbandoned'))).toBeCloseTo(
    day.serviceLevelRatio,
    9
  )
})

/** Probability that a caller waits, Erlang C, by the recursion of Erlang B. */
function erlangC(servers: number, load: number): number {
  let blocked = 1
  for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked)
  return blocked / (1 - (load / servers) * (1 - blocked))
}

/** Share who give up in M/M/c+M (Erlang A, Palm 1946), by the chain's own balance. Rates a second. */
function erlangA(servers: number, arrivals: number, service: number, giveUp: number): number {
  let weight = 1
  let total = 1
  let queued = 0
  for (let n = 1; n < 2_000; n++) {
    weight *= arrivals / (Math.min(n, servers) * service + Math.max(0, n - servers) * giveUp)
    total += weight
    queued += Math.max(0, n - servers) * weight
  }
  return (giveUp * (queued / total)) / arrivals
}

const SEEDS = 10
async function many(demand: Demand, of: (day: DayFigures) => number) {
  const { stage, mix } = stageForTests({ pickUpMs: 0 })
  const values: number[] = []
  for (let seed = 1; seed <= SEEDS; seed++) values.push(of(await runDay(stage, planDay(demand, mix, KNOBS, seed), false)))
  return estimate(values)
}

/** Waits of a queue with one line and `servers` people, each caller by caller (Kiefer and Wolfowitz 1955), seconds. */
function waitsOf(callers: readonly { second: number; serviceMs: number }[], servers: number): number[] {
  const freeAt = new Array<number>(servers).fill(0)
  return callers.map(({ second, serviceMs }) => {
    freeAt.sort((a, b) => a - b)
    const begins = Math.max(second, freeAt[0] ?? 0)
    freeAt[0] = begins + serviceMs / 1000
    return begins - second
  })
}

test('people alone with endless patience let the same callers wait as the recursion of a queue does', async () => {
  const { stage, mix } = stageForTests({ pickUpMs: 0 })
  const plan = planDay(steady([8, 14], 60, 4, 180_000, Number.POSITIVE_INFINITY), mix, KNOBS, 1)
  const waits = waitsOf(plan.callers, 4)
  const day = await runDay(stage, plan, false)
  expect(day.answered).toBe(plan.callers.length)
  expect(day.asaMs / 1000).toBeCloseTo(waits.reduce((sum, one) => sum + one, 0) / waits.length, 2)
})

test('people alone with endless patience are a queue M/M/c: the wait is that of Erlang C', { timeout: 120_000 }, async () => {
  const [servers, perHour, seconds] = [9, 135, 180]
  const waited = await many(steady([1, 22], perHour, servers, seconds * 1000, Number.POSITIVE_INFINITY), (day) => day.asaMs / 1000)
  const load = (perHour / 3600) * seconds
  const expected = (erlangC(servers, load) * seconds) / (servers - load)
  // Ten days of some 2 800 calls leave the mean itself uncertain by about a tenth.
  expect(Math.abs(waited.mean / expected - 1)).toBeLessThan(0.15)
})

test('with impatient callers as many give up as Erlang A says', { timeout: 120_000 }, async () => {
  const [servers, perHour, service, patience] = [5, 110, 180, 120]
  const gaveUp = await many(steady([1, 22], perHour, servers, service * 1000, patience * 1000), (day) => day.abandonRatio)
  const expected = erlangA(servers, perHour / 3600, 1 / service, 1 / patience)
  expect(Math.abs(gaveUp.mean - expected)).toBeLessThan(0.015)
})
