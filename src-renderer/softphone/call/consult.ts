import { decideCall, isLive } from './call.ts'
import { find, inTurn, type PhoneStep, toCall, turnTo } from './calls.ts'
import { isEstablished } from './moves.ts'
import type { Call, PhoneState } from './state.ts'
import { startTransfer } from './transfer.ts'

/**
 * A call and its consultation: the customer waits while the agent asks a colleague, then one of them is talked to, the question is
 * dropped, or the two are joined (REFER with Replaces, RFC 5589 7). Pure.
 */

interface Pair {
  /** The one that was consulted about. */
  call: Call
  /** The one with the colleague. */
  consultation: Call
}

/** Either of the two names the pair. */
export function pairOf(state: PhoneState, callId: string): Pair | undefined {
  const one = find(state, callId)
  const consultation = one?.consultFor ? one : state.calls.find((call) => call.consultFor === callId && isLive(call))
  const call = find(state, consultation?.consultFor)
  return call && consultation && isLive(call) && isLive(consultation) ? { call, consultation } : undefined
}

const nothing = (state: PhoneState): PhoneStep => ({ state, effects: [] })

export function swap(state: PhoneState, callId: string, now: number): PhoneStep {
  const pair = pairOf(state, callId)
  if (!pair) return nothing(state)
  const { call, consultation } = pair
  const behind = call.wantsHold ? call : consultation
  return turnTo(behind.callId, now)(state)
}

export function abortConsult(state: PhoneState, callId: string, now: number): PhoneStep {
  const pair = pairOf(state, callId)
  if (!pair) return nothing(state)
  const { call, consultation } = pair
  return inTurn(
    state,
    toCall(consultation.callId, (one) => decideCall(one, { type: 'hang-up', callId: one.callId }, now)),
    turnTo(call.callId, now)
  )
}

export function complete(state: PhoneState, callId: string, now: number): PhoneStep {
  const pair = pairOf(state, callId)
  if (!pair || !isEstablished(pair.call)) return nothing(state)
  const { call, consultation } = pair
  const to = consultation.to ?? consultation.number
  if (isEstablished(consultation))
    return toCall(call.callId, (one) => startTransfer(one, { kind: 'consult', to, partner: consultation.callId }))(state)
  // There is no dialog yet that could be replaced: the customer is sent the same way instead.
  return inTurn(
    state,
    toCall(consultation.callId, (one) => decideCall(one, { type: 'hang-up', callId: one.callId }, now)),
    toCall(call.callId, (one) => startTransfer(one, { kind: 'blind', to }))
  )
}
