import { decideCall, isLive } from './call.ts'
import { isEstablished } from './moves.ts'
import type { Call, Decision, PhoneState } from './state.ts'

/** Moves that concern several calls of the phone. Pure. */

export type PhoneStep = Decision<PhoneState>
type Act = (state: PhoneState) => PhoneStep

export const find = (state: PhoneState, callId: string | undefined): Call | undefined =>
  callId === undefined ? undefined : state.calls.find((call) => call.callId === callId)

/** One after the other, each on what the last one left. */
export function inTurn(state: PhoneState, ...acts: Act[]): PhoneStep {
  return acts.reduce<PhoneStep>(
    (step, act) => {
      const next = act(step.state)
      return { state: next.state, effects: [...step.effects, ...next.effects] }
    },
    { state, effects: [] }
  )
}

export const toCall =
  (callId: string, act: (call: Call) => Decision<Call>): Act =>
  (state) => {
    const call = find(state, callId)
    if (!call) return { state, effects: [] }
    const { state: next, effects } = act(call)
    return {
      state: next === call ? state : { ...state, calls: state.calls.map((one) => (one === call ? next : one)) },
      effects: [...effects]
    }
  }

/** All calls that pass, each on its own. */
export const toAll =
  (which: (call: Call) => boolean, act: (call: Call) => Decision<Call>): Act =>
  (state) =>
    inTurn(state, ...state.calls.filter(which).map((call) => toCall(call.callId, act)))

/** Everybody else waits; who is in a conference with this call is not somebody else. */
export const holdOthers =
  (callId: string, now: number): Act =>
  (state) => {
    const together = find(state, callId)?.conferenced === true
    return toAll(
      (other) => other.callId !== callId && isLive(other) && !(together && other.conferenced),
      (other) => decideCall(other, { type: 'hold', callId: other.callId, on: true }, now)
    )(state)
  }

/** The agent talks to this call now, and with it to its whole conference. */
export const turnTo =
  (callId: string, now: number): Act =>
  (state) => {
    const together = find(state, callId)?.conferenced === true
    return inTurn(
      state,
      holdOthers(callId, now),
      toAll(
        (call) => call.callId === callId || (together && call.conferenced),
        (call) => decideCall(call, { type: 'hold', callId: call.callId, on: false }, now)
      )
    )
  }

/** A held conference is held as a whole. */
export const hold =
  (callId: string, now: number): Act =>
  (state) => {
    const together = find(state, callId)?.conferenced === true
    return toAll(
      (call) => call.callId === callId || (together && call.conferenced),
      (call) => decideCall(call, { type: 'hold', callId: call.callId, on: true }, now)
    )(state)
  }

/** Muting the agent in a conference mutes them for everybody in it. */
export const mute =
  (callId: string, on: boolean, now: number): Act =>
  (state) => {
    const together = find(state, callId)?.conferenced === true
    return toAll(
      (call) => call.callId === callId || (together && call.conferenced),
      (call) => decideCall(call, { type: 'mute', callId: call.callId, on }, now)
    )(state)
  }

export const isOpen = (call: Call): boolean => call.phase !== 'ended'
export const canJoin = (call: Call): boolean => isEstablished(call) && call.link !== 'cut'
