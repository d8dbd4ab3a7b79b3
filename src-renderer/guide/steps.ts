import type { PracticeView, Settings } from '../../src-shared/contract/desk.ts'
import type { Locale, Role } from '../../src-shared/taxonomy.ts'
import { serves } from '../frame/places.ts'

export type Step = Exclude<Settings['guide'], 'done'>

/** Who serves nobody has no headset to check and takes no call. */
export const stepsOf = (role: Role): readonly Step[] => (serves(role) ? ['who', 'headset', 'call'] : ['who'])

/** The step after (or before) this one; `done` after the last. */
export function stepFrom(step: Step, by: 1 | -1, role: Role): Settings['guide'] {
  const steps = stepsOf(role)
  return steps[Math.max(0, steps.indexOf(step) + by)] ?? 'done'
}

type Scenario = PracticeView['scenarios'][number]

/** A first customer who is easy: a call about a balance in the user's language; else any call in it, else any call at all. */
export function firstCall(scenarios: readonly Scenario[], locale: Locale): Scenario | undefined {
  const language = locale === 'en' ? 'en' : 'zh'
  const calls = scenarios.filter((one) => one.channels.includes('voice'))
  const mine = calls.filter((one) => one.language === language)
  return mine.find((one) => one.intent === 'balance') ?? mine[0] ?? calls[0]
}
