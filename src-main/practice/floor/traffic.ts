import type { Scenario } from '../scenarios/format.ts'

/** How many contacts an hour the practice floor has, over the day: two humps, as call centres see them. */
export function arrivalsPerHour(at: number): number {
  const date = new Date(at)
  const hour = date.getHours() + date.getMinutes() / 60
  const hump = (centre: number, width: number) => Math.exp(-(((hour - centre) / width) ** 2))
  return 70 + 75 * hump(10.5, 2) + 60 * hump(15, 2.5)
}

/** Waiting time to the next arrival of a Poisson process, ms. */
export const nextArrivalMs = (at: number, random: () => number): number => (-Math.log(1 - random()) * 3_600_000) / arrivalsPerHour(at)

/** How long a customer waits before giving up: exponential, mean 100 s, never under a second. */
export const patienceMs = (random: () => number): number => Math.max(1_000, -Math.log(1 - random()) * 100_000)

/** A pause of `ms`, half to one and a half times. */
export const about = (ms: number, random: () => number): number => ms * (0.5 + random())

/** How long saying a line takes: about 14 Latin or 4.5 Han characters a second. */
export function speakingMs(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0
  return 500 + ((text.length - han) / 14) * 1000 + (han / 4.5) * 1000
}

/** A list's element at random; throws on an empty list, which would be a fault of content. */
export function pick<T>(list: readonly T[], random: () => number): T {
  const one = list[Math.floor(random() * list.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

/** Ordinary questions come more often than complaints. */
export function pickScenario(scenarios: readonly Scenario[], random: () => number): Scenario {
  const weight = (scenario: Scenario) =>
    scenario.priority > 2 || scenario.intent === 'complaint' || scenario.intent === 'contract_dispute' ? 1 : 3
  let at = random() * scenarios.reduce((sum, scenario) => sum + weight(scenario), 0)
  return scenarios.find((scenario) => (at -= weight(scenario)) < 0) ?? pick(scenarios, random)
}
