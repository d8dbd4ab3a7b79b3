import { canTalk, decideCall, isLive, newCall } from './call.ts'
import { decideLine, NEW_LINE } from './registration.ts'
import type { Call, Decision, Effect, Expected, Input, PhoneState, Sound } from './state.ts'

export const NEW_PHONE: PhoneState = {
  line: NEW_LINE,
  calls: [],
  expected: {},
  doNotDisturb: false,
  refused: [],
  parked: [],
  rules: { servers: 1, lines: 3, autoAnswer: true, obeysRefer: true }
}

/** More calls at once than this are told 486: nobody can serve them, and the centre finds somebody who can. */
const MOST_CALLS = 3

/** What the ringer plays: a ring, a soft beep while the agent already talks, or nothing. */
export function soundOf(calls: readonly Call[]): Sound {
  if (!calls.some((call) => call.phase === 'ringing')) return 'off'
  return calls.some(isLive) ? 'beep' : 'ring'
}

/** The one call that the agent is heard on, if any: of those that could be, the one turned to last. Two customers never share the agent. */
export function heardOn(calls: readonly Call[]): Call | undefined {
  const front = calls
    .filter(canTalk)
    .reduce<Call | undefined>((best, call) => (best && best.turnedToAt > call.turnedToAt ? best : call), undefined)
  return front?.muted ? undefined : front
}

/**
 * The whole phone: `decide` says what it becomes and what is to be done, and touches nothing. The line's diagram and the call's are in
 * state.ts. Inputs about unknown calls are late ones and change nothing.
 * @throws IllegalMove when a driver tells the impossible; PhoneInputError when the agent asks for it.
 */
export function decide(state: PhoneState, input: Input, now: number): Decision<PhoneState> {
  const { state: next, effects } = step(state, input, now)
  const sound = soundOf(next.calls)
  if (sound !== soundOf(state.calls)) effects.push({ type: 'sound', sound })
  const [before, after] = [heardOn(state.calls)?.callId, heardOn(next.calls)?.callId]
  if (before !== after) {
    // Closing comes first.
    if (before !== undefined && next.calls.some((call) => call.callId === before))
      effects.unshift({ type: 'microphone', callId: before, open: false })
    if (after !== undefined) effects.push({ type: 'microphone', callId: after, open: true })
  }
  return { state: next, effects }
}

function step(state: PhoneState, input: Input, now: number): Decision<PhoneState> {
  if (input.type === 'invite') return ring(state, input, now)
  if (input.type === 'expect') return expect(state, input.conversationId, { until: now + input.forMs, auto: input.auto === true }, now)
  if (input.type === 'accept') return accept(state, input.callId, now)
  if (input.type === 'hold' && !input.on) {
    const others = holdOthers(state, input.callId, now)
    const resumed = toCall(others.state, input.callId, (call) => decideCall(call, input, now))
    return { state: resumed.state, effects: [...others.effects, ...resumed.effects] }
  }
  if ('callId' in input) return toCall(state, input.callId, (call) => decideCall(call, input, now))
  if (input.type === 'timer' && input.name.includes(':')) {
    const [name, callId] = [input.name.slice(0, input.name.indexOf(':')), input.name.slice(input.name.indexOf(':') + 1)]
    if (name === 'clean')
      return { state: { ...state, calls: state.calls.filter((call) => call.callId !== callId) }, effects: [{ type: 'forget', callId }] }
    if (name === 'hold' || name === 'glare' || name === 'ending')
      return toCall(state, callId, (call) => decideCall(call, { type: 'timer', callId, name }, now))
    return { state, effects: [] }
  }
  const { state: line, effects } = decideLine(state.line, input, now)
  return { state: line === state.line ? state : { ...state, line }, effects: [...effects] }
}

function toCall(state: PhoneState, callId: string, act: (call: Call) => Decision<Call>): Decision<PhoneState> {
  const call = state.calls.find((one) => one.callId === callId)
  if (!call) return { state, effects: [] }
  const { state: next, effects } = act(call)
  return {
    state: next === call ? state : { ...state, calls: state.calls.map((one) => (one === call ? next : one)) },
    effects: [...effects]
  }
}

function ring(state: PhoneState, input: Extract<Input, { type: 'invite' }>, now: number): Decision<PhoneState> {
  if (state.calls.some((call) => call.callId === input.callId)) return { state, effects: [] }
  if (state.calls.filter((call) => call.phase !== 'ended').length >= MOST_CALLS)
    return {
      state,
      effects: [
        { type: 'reject', callId: input.callId, status: 486 },
        { type: 'forget', callId: input.callId }
      ]
    }
  const rung: PhoneState = { ...state, calls: [...state.calls, newCall(input, now)] }
  const expected = input.conversationId === undefined ? undefined : state.expected[input.conversationId]
  return expected !== undefined && expected.until > now ? accept(rung, input.callId, now) : { state: rung, effects: [] }
}

/** The agent took a conversation: its call is answered now, or when it comes. */
function expect(state: PhoneState, conversationId: string, until: Expected, now: number): Decision<PhoneState> {
  const ringing = state.calls.find((call) => call.conversationId === conversationId && call.phase === 'ringing')
  if (ringing) return accept(state, ringing.callId, now)
  if (state.calls.some((call) => call.conversationId === conversationId && isLive(call))) return { state, effects: [] }
  const fresh = Object.entries(state.expected).filter(([, one]) => one.until > now)
  return { state: { ...state, expected: { ...Object.fromEntries(fresh), [conversationId]: until } }, effects: [] }
}

function holdOthers(state: PhoneState, callId: string, now: number): Decision<PhoneState> {
  const effects: Effect[] = []
  let next = state
  for (const other of state.calls) {
    if (other.callId === callId || !isLive(other)) continue
    const held = toCall(next, other.callId, (call) => decideCall(call, { type: 'hold', callId: call.callId, on: true }, now))
    next = held.state
    effects.push(...held.effects)
  }
  return { state: next, effects }
}

/** Answers one call and puts the one that is up on hold. */
function accept(state: PhoneState, callId: string, now: number): Decision<PhoneState> {
  const { state: next, effects } = holdOthers(state, callId, now)
  const answered = toCall(next, callId, (call) => decideCall(call, { type: 'accept', callId }, now))
  const conversationId = answered.state.calls.find((call) => call.callId === callId)?.conversationId
  const expected = Object.fromEntries(Object.entries(answered.state.expected).filter(([id]) => id !== conversationId))
  return { state: { ...answered.state, expected }, effects: [...effects, ...answered.effects] }
}
