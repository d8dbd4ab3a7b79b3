import { canTalk, isLive } from '../call/call.ts'
import type { Call } from '../call/state.ts'

/**
 * What the strip is about: one call, a customer and whom the agent consults about them, or several who hear each other. `others` are
 * further calls, which wait on hold.
 */
export type Situation =
  | { kind: 'none' }
  | { kind: 'one'; call: Call; others: readonly Call[] }
  | { kind: 'consult'; customer: Call; partner: Call; talkingTo: 'customer' | 'partner' | 'nobody'; others: readonly Call[] }
  | { kind: 'conference'; parties: readonly Call[]; others: readonly Call[] }

/** Reads the situation off the calls; `front` is the one that the agent turned to. Pure. */
export function situationOf(calls: readonly Call[], front: Call | undefined): Situation {
  const live = calls.filter(isLive)
  const without = (...those: readonly Call[]) => live.filter((call) => !those.includes(call))

  const parties = live.filter((call) => call.conferenced)
  if (parties.length > 1) return { kind: 'conference', parties, others: without(...parties) }

  // Of several consultations the one turned to last; it may have been dialled about a call that has ended since.
  for (const partner of live.toSorted((a, b) => b.turnedToAt - a.turnedToAt)) {
    const customer = live.find((call) => call.callId === partner.consultFor)
    if (!customer || customer === partner) continue
    const talkingTo = front === partner && canTalk(partner) ? 'partner' : front === customer && canTalk(customer) ? 'customer' : 'nobody'
    return { kind: 'consult', customer, partner, talkingTo, others: without(customer, partner) }
  }
  return front ? { kind: 'one', call: front, others: without(front) } : { kind: 'none' }
}

/** Whom a call is with, in words: a name, else the number, else `unknown`. */
export const nameOf = (call: Pick<Call, 'name' | 'number'>, unknown: string): string => call.name || call.number || unknown

/** Can audio be told what to do: the call stands, and nothing is moving it. */
export const isUp = (call: Call): boolean =>
  call.phase === 'up' || call.phase === 'held' || call.phase === 'holding' || call.phase === 'resuming'
