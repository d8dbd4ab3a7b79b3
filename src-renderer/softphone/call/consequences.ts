import { decideCall, isLive } from './call.ts'
import { find, holdOthers, inTurn, type PhoneStep, toCall } from './calls.ts'
import { isCalling } from './dialling.ts'
import { isEstablished, report, startTimer } from './moves.ts'
import type { Call, Effect, PhoneState } from './state.ts'

/** What follows for other calls from what happened to one. Pure. */

/** An old call whose place was taken should be ended by then. */
const REPLACED_MS = 8_000
const MOST_PARKED = 20

export function consequences(before: PhoneState, after: PhoneState, now: number): PhoneStep {
  if (before.calls === after.calls) return { state: after, effects: [] }
  return inTurn(
    after,
    ...after.calls.flatMap((call) => {
      const was = find(before, call.callId)
      if (was === call) return []
      const arrived = isEstablished(call) && !(was && isEstablished(was))
      return [
        ...(passedOn(was, call) ? [afterTransfer(call, now)] : []),
        ...(arrived ? [afterArrival(call, now)] : []),
        ...(call.referredBy ? [tellReferrer(was, call, now)] : [])
      ]
    })
  )
}

const passedOn = (was: Call | undefined, call: Call): boolean => call.transfer?.stage === 'done' && was?.transfer?.stage !== 'done'

/** Whom we consulted talks to the customer now; a parked call is remembered. */
const afterTransfer =
  ({ callId, conversationId, name, number, transfer, parked }: Call, now: number) =>
  (state: PhoneState): PhoneStep => {
    const noted: PhoneState = parked
      ? { ...state, parked: [...state.parked, { callId, conversationId, name, number, ...parked, at: now }].slice(-MOST_PARKED) }
      : state
    const partner = find(noted, transfer?.partner)
    if (!partner || !isLive(partner)) return { state: noted, effects: [] }
    return toCall(partner.callId, (one) => decideCall(one, { type: 'hang-up', callId: one.callId }, now))(noted)
  }

/** Was this dialled to fetch that one? The PBX may have chosen the place: the agent's code is then only the beginning of what was dialled. */
const fetches = ({ to, conversationId }: Call, { retrieval, conversationId: parked }: PhoneState['parked'][number]): boolean =>
  to === retrieval || (parked !== undefined && parked === conversationId && to?.startsWith(retrieval) === true)

/** A call came about: it may be one that was parked, one that replaces another, or one that the agent has turned away from meanwhile. */
const afterArrival =
  (call: Call, now: number) =>
  (state: PhoneState): PhoneStep => {
    const fetched = state.parked.filter((one) => !fetches(call, one))
    const kept: PhoneState = fetched.length === state.parked.length ? state : { ...state, parked: fetched }
    const old = call.direction === 'out' && call.referredBy ? find(kept, call.referredBy) : find(kept, call.replaces)
    const replaced: PhoneStep = old && isLive(old) ? takePlace(kept, old, call) : { state: kept, effects: [] }
    const front = replaced.state.calls.find(
      (other) => other.callId !== call.callId && isEstablished(other) && !other.wantsHold && other.turnedToAt > call.turnedToAt
    )
    if (!front || front.conferenced || call.wantsHold) return replaced
    return inTurn(replaced.state, () => replaced, holdOthers(front.callId, now))
  }

/** The conversation goes on with the new call; the old one ends without ending it. */
function takePlace(state: PhoneState, old: Call, call: Call): PhoneStep {
  return inTurn(
    state,
    toCall(call.callId, (one) => {
      const moved: Call = { ...one, conversationId: one.conversationId ?? old.conversationId }
      return { state: moved, effects: one.conversationId === undefined ? report(moved, 'answered') : [] }
    }),
    toCall(old.callId, (one) => ({
      state: { ...one, conversationId: undefined, conferenced: false, wantsHold: true, endedBy: 'self', detail: 'replaced' },
      // SIP.js ends the dialog that an INVITE replaces; who referred us ends its own.
      effects: [startTimer('replaced', old.callId, REPLACED_MS)]
    }))
  )
}

/** NOTIFY with what became of the call that the far end asked for; a failure gives that far end back to the agent. */
const tellReferrer =
  (was: Call | undefined, call: Call, now: number) =>
  (state: PhoneState): PhoneStep => {
    const referrer = call.referredBy
    if (referrer === undefined || !find(state, referrer)) return { state, effects: [] }
    const tell = (status: number): Effect => ({ type: 'refer-progress', callId: referrer, status })
    if (!was) return { state, effects: isCalling(call) ? [tell(100)] : [] }
    if (call.phase === 'alerting' && was.phase !== 'alerting') return { state, effects: [tell(call.status ?? 180)] }
    if (isEstablished(call) && !isEstablished(was)) return { state, effects: [tell(200)] }
    if (call.phase !== 'ended' || !isCalling(was)) return { state, effects: [] }
    const back = toCall(referrer, (one) => decideCall(one, { type: 'hold', callId: referrer, on: false }, now))(state)
    return { state: back.state, effects: [tell(call.status ?? 503), ...back.effects] }
  }
