import type { Customer } from '../../src-shared/events.ts'
import type { FrontDeskState } from '../../src-shared/front-desk.ts'
import type { Effect } from '../centre/port.ts'
import { visitorSays } from '../practice/customers/visitor.ts'
import { speakingMs } from '../practice/floor/traffic.ts'
import type { Caller } from './plan.ts'

/** Somebody on the line with the front desk. */
export interface Visit {
  caller: Caller
  customer: Customer
  /** How often they have said what they want. */
  wishes: number
  /** The newest one-time code that came to their phone. */
  code?: string
  /** Where the front desk stands. */
  state?: FrontDeskState
}

/** A caller thinks this long before they speak. */
const THINKING_MS = 1_200
/** Looking for the message with the code. */
const CODE_MS = 8_000

/**
 * The caller's next line, and when it is out: they hear the front desk out, think, and speak. Undefined: they say nothing. The lines are
 * the practice customer's; whether somebody is helped is decided here, because a practice customer believes whatever they are told.
 */
export function replyTo(
  visit: Visit,
  { awaits, text }: Extract<Effect, { type: 'frontDeskSaid' }>
): { text: string; afterMs: number } | undefined {
  const { caller, customer, code, state } = visit
  const { scenario } = caller
  const ask = (what: typeof awaits, toPerson = false) =>
    visitorSays({
      awaits: what,
      scenario: {
        ...scenario,
        opening: { ...scenario.opening, text: caller.wishes[0] ?? scenario.opening.text },
        reason: caller.wishes[1] ?? scenario.reason
      },
      customer,
      code,
      // From the third time on they ask for a person.
      wishes: caller.insists ? 2 : visit.wishes,
      toPerson,
      // The practice customer's own chance to want a person all the same plays no part here.
      random: () => 1
    })
  const next = () => {
    if (awaits !== 'more') return ask(awaits)
    const right = state?.intent === scenario.intent
    if (state?.step === 'helped') return right && caller.articleHelps ? ask('yes') : ask('more', true)
    const articleHelped = state?.flow === undefined && state?.tried.at(-1)?.what === 'article'
    const done = state?.tried.some(({ what, outcome }) => outcome === 'done' && what !== 'verification')
    return ask('more', !right || !done || (!articleHelped && caller.unsettled))
  }
  const said = next()
  if (awaits === 'wish') visit.wishes += 1
  if (said === undefined) return undefined
  return { text: said, afterMs: speakingMs(text) + THINKING_MS + (awaits === 'code' ? CODE_MS : 0) + speakingMs(said) }
}
