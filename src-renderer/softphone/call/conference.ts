import { canTalk, decideCall } from './call.ts'
import { canJoin, find, holdOthers, inTurn, type PhoneStep, toAll, toCall } from './calls.ts'
import { isEstablished } from './moves.ts'
import type { Call, PhoneState } from './state.ts'
import { startTransfer } from './transfer.ts'

/** Several calls in one conversation, mixed in this phone: each hears the agent and all the others. Pure. */

/** Whose voices are mixed now: those who are not on hold, when they are at least two. */
export function mixOf(calls: readonly Call[]): readonly string[] {
  const talking = calls.filter((call) => call.conferenced && canTalk(call) && call.phase === 'up').map((call) => call.callId)
  return talking.length > 1 ? talking : []
}

export function confer(state: PhoneState, callIds: readonly string[], now: number): PhoneStep {
  const joining = callIds.filter((callId, i) => {
    const call = find(state, callId)
    return callIds.indexOf(callId) === i && call !== undefined && canJoin(call)
  })
  const [first] = joining
  if (joining.length < 2 || first === undefined) return { state, effects: [] }
  const muted = joining.some((callId) => find(state, callId)?.muted)
  return inTurn(
    state,
    toAll(
      (call) => joining.includes(call.callId),
      (call) => ({ state: { ...call, conferenced: true, muted }, effects: [] })
    ),
    holdOthers(first, now),
    toAll(
      (call) => joining.includes(call.callId),
      (call) => decideCall(call, { type: 'hold', callId: call.callId, on: false }, now)
    )
  )
}

/** One goes on alone; the others wait. */
export function split(state: PhoneState, callId: string, now: number): PhoneStep {
  if (!find(state, callId)?.conferenced) return { state, effects: [] }
  return inTurn(
    state,
    toAll(
      (call) => call.conferenced,
      (call) => ({ state: { ...call, conferenced: false }, effects: [] })
    ),
    holdOthers(callId, now)
  )
}

/** The two others talk on without this phone. */
export function leave(state: PhoneState, now: number): PhoneStep {
  const [first, second, ...more] = state.calls.filter((call) => call.conferenced && isEstablished(call))
  if (!first || !second || more.length > 0) return { state, effects: [] }
  // The one who was consulted is who the other one is joined with.
  const [call, partner] = first.consultFor === second.callId ? [second, first] : [first, second]
  return inTurn(
    state,
    toAll(
      (one) => one.conferenced,
      (one) => ({ state: { ...one, conferenced: false }, effects: [] })
    ),
    toCall(partner.callId, (one) => decideCall(one, { type: 'hold', callId: one.callId, on: true }, now)),
    toCall(call.callId, (one) => startTransfer(one, { kind: 'consult', to: partner.to ?? partner.number, partner: partner.callId }))
  )
}

/** Alone one does not confer. */
export function tidy(state: PhoneState): PhoneState {
  const conferring = state.calls.filter((call) => call.conferenced)
  if (conferring.length !== 1) return state
  return { ...state, calls: state.calls.map((call) => (call.conferenced ? { ...call, conferenced: false } : call)) }
}
