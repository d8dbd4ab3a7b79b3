import { recordsOf, sameRecords } from '../engine/journal.ts'
import { answerByItself, canTalk, decideCall, isLive, newCall, takeBack } from './call.ts'
import { find, hold, holdOthers, inTurn, isOpen, mute, type PhoneStep, toAll, toCall, turnTo } from './calls.ts'
import { confer, leave, mixOf, split, tidy } from './conference.ts'
import { consequences } from './consequences.ts'
import { abortConsult, complete, swap } from './consult.ts'
import { dial, notReached, postDialOf, targetOf } from './dialling.ts'
import { cut, refresh } from './link.ts'
import { startTimer } from './moves.ts'
import { decideLine, NEW_LINE } from './registration.ts'
import { type Call, type Decision, type Effect, type Expected, type Input, PhoneInputError, type PhoneState, type Sound } from './state.ts'

export const NEW_PHONE: PhoneState = {
  line: NEW_LINE,
  calls: [],
  expected: {},
  doNotDisturb: false,
  refused: [],
  parked: [],
  rules: { servers: 1, lines: 3, autoAnswer: true, obeysRefer: true }
}

/** Refused INVITEs that are remembered for the screen. */
const MOST_REFUSED = 20

/** What the agent hears besides the calls: one thing at a time, the most urgent. */
export function soundOf(calls: readonly Call[]): Sound {
  if (calls.some((call) => call.whispering)) return 'whisper'
  if (calls.some((call) => call.phase === 'ringing')) return calls.some(isLive) ? 'beep' : 'ring'
  // With early media the far end is heard itself.
  if (calls.some((call) => call.phase === 'alerting' && !call.earlyMedia) && heardOn(calls).length === 0) return 'ringback'
  return calls.some((call) => call.busyTone) && !calls.some(isLive) ? 'busy' : 'off'
}

/**
 * The calls that the agent is heard on: of those that could be, the one turned to last, and its conference. Two customers who do not
 * confer never share the agent.
 */
export function heardOn(calls: readonly Call[]): readonly Call[] {
  const able = calls.filter(canTalk)
  const front = able.reduce<Call | undefined>((best, call) => (best && best.turnedToAt > call.turnedToAt ? best : call), undefined)
  if (!front || front.muted) return []
  return front.conferenced ? able.filter((call) => call.conferenced && !call.muted) : [front]
}

/**
 * The whole phone: `decide` says what it becomes and what is to be done, and touches nothing. The line's diagram and the call's are in
 * state.ts. Inputs about unknown calls are late ones and change nothing.
 * @throws IllegalMove when a driver tells the impossible; PhoneInputError when the agent asks for it.
 */
export function decide(state: PhoneState, input: Input, now: number): Decision<PhoneState> {
  const asked = step(state, input, now)
  const followed = consequences(state, asked.state, now)
  const tidied = tidy(followed.state)
  const effects = [...asked.effects, ...followed.effects]

  const [before, after] = [heardOn(state.calls), heardOn(tidied.calls)]
  const next = withOpenSince(tidied, after, now)
  const opened = after.filter((call) => !before.some((one) => one.callId === call.callId))
  const closed = before.filter((call) => find(next, call.callId) && !after.some((one) => one.callId === call.callId))
  // Closing comes first.
  effects.unshift(...closed.map(({ callId }): Effect => ({ type: 'microphone', callId, open: false })))
  effects.push(...opened.map(({ callId }): Effect => ({ type: 'microphone', callId, open: true })))

  const mix = mixOf(next.calls)
  if (mix.join() !== mixOf(state.calls).join()) effects.push({ type: 'mix', callIds: mix })
  const sound = soundOf(next.calls)
  if (sound !== soundOf(state.calls)) effects.push({ type: 'sound', sound })
  if (!sameRecords(state.calls, next.calls)) effects.push({ type: 'journal', records: recordsOf(next.calls, now) })
  return { state: next, effects }
}

/** Notes since when the calls that the agent is heard on are so. */
function withOpenSince(state: PhoneState, heard: readonly Call[], now: number): PhoneState {
  const isHeard = (call: Call) => call.phase === 'up' && !call.heldByFarEnd && heard.some((one) => one.callId === call.callId)
  if (state.calls.every((call) => isHeard(call) === (call.openSince !== undefined))) return state
  const noted = (call: Call): Call => {
    if (isHeard(call)) return call.openSince === undefined ? { ...call, openSince: now } : call
    const { openSince: _, ...rest } = call
    return rest
  }
  return { ...state, calls: state.calls.map(noted) }
}

function step(state: PhoneState, input: Input, now: number): PhoneStep {
  switch (input.type) {
    case 'configure':
      return { state: { ...state, rules: { ...state.rules, ...input.rules } }, effects: [] }
    case 'do-not-disturb':
      return { state: input.on === state.doNotDisturb ? state : { ...state, doNotDisturb: input.on }, effects: [] }
    case 'invite':
      return ring(state, input, now)
    case 'expect':
      return expect(state, input.conversationId, { until: now + input.forMs, auto: input.auto === true }, now)
    case 'accept':
      return accept(state, input.callId, now)
    case 'dial':
      return startDial(state, input, now)
    case 'referred':
      return referred(state, input, now)
    case 'hold':
      return input.on ? hold(input.callId, now)(state) : turnTo(input.callId, now)(state)
    case 'mute':
      return mute(input.callId, input.on, now)(state)
    case 'transfer':
    case 'park': {
      const to = targetOf(input.to)
      return toCall(input.callId, (call) => decideCall({ ...call, conferenced: false }, { ...input, to }, now))(state)
    }
    case 'swap':
      return swap(state, input.callId, now)
    case 'abort-consult':
      return abortConsult(state, input.callId, now)
    case 'complete':
      return complete(state, input.callId, now)
    case 'conference':
      return confer(state, input.callIds, now)
    case 'split':
      return split(state, input.callId, now)
    case 'leave-conference':
      return leave(state, now)
    case 'belongs': {
      const known = toCall(input.callId, (call) => decideCall(call, input, now))(state)
      const expected = state.expected[input.conversationId]
      const ringing = find(known.state, input.callId)?.phase === 'ringing' && expected !== undefined && expected.until > now
      return ringing && !expected.auto
        ? inTurn(
            state,
            () => known,
            (next) => accept(next, input.callId, now)
          )
        : known
    }
    case 'take-back':
      return fetch(state, input, now)
    case 'timer':
      return timer(state, input, now)
    default:
      if ('callId' in input) return toCall(input.callId, (call) => decideCall(call, input, now))(state)
      return toLine(state, input, now)
  }
}

function toLine(state: PhoneState, input: Input, now: number): PhoneStep {
  const busy = state.calls.some(isLive)
  const { state: line, effects } = decideLine(state.line, input, { now, servers: state.rules.servers, busy })
  const told: PhoneStep = { state: line === state.line ? state : { ...state, line }, effects: [...effects] }
  if (line.registration === state.line.registration) return told
  const then =
    line.registration === 'waiting'
      ? toAll(isOpen, (call) => cut(call, now))
      : line.registration === 'registered'
        ? toAll(isOpen, (call) => (call.phase === 'taking-back' ? takeBack(call) : refresh(call, now)))
        : undefined
  return then ? inTurn(state, () => told, then) : told
}

function timer(state: PhoneState, input: Extract<Input, { type: 'timer' }>, now: number): PhoneStep {
  const [name, callId] = splitName(input.name)
  switch (name) {
    case 'retry':
    case 'stuck':
    case 'ping':
    case 'ping-lost':
    case 'return':
      return toLine(state, input, now)
    case 'clean':
      return { state: { ...state, calls: state.calls.filter((call) => call.callId !== callId) }, effects: [{ type: 'forget', callId }] }
    case 'answer':
      return find(state, callId)?.phase === 'ringing' && !state.calls.some(isLive)
        ? toCall(callId, (call) => answerByItself(call, now))(state)
        : { state, effects: [] }
    default:
      return toCall(callId, (call) => decideCall(call, { type: 'timer', callId, name }, now))(state)
  }
}

type NameOf<T extends string> = T extends `${infer Name}:${string}` ? Name : T
function splitName(name: Extract<Input, { type: 'timer' }>['name']): [NameOf<typeof name>, string] {
  const at = name.indexOf(':')
  // A name is either whole or "kind:call"; the type says which kinds there are.
  return at < 0 ? [name as NameOf<typeof name>, ''] : [name.slice(0, at) as NameOf<typeof name>, name.slice(at + 1)]
}

const isFull = (state: PhoneState): boolean => state.calls.filter(isOpen).length >= state.rules.lines

function ring(state: PhoneState, input: Extract<Input, { type: 'invite' }>, now: number): PhoneStep {
  const { callId, conversationId, name, number } = input
  if (find(state, callId)) return { state, effects: [] }
  const replaced = find(state, input.replaces)
  if (replaced && isLive(replaced)) return replace(state, input, replaced, now)

  const expected = conversationId === undefined ? undefined : state.expected[conversationId]
  const wanted = expected !== undefined && expected.until > now ? expected : undefined
  const why = state.doNotDisturb && (!wanted || wanted.auto) ? 'do-not-disturb' : isFull(state) ? 'no-line-free' : undefined
  if (why) {
    const reason = why === 'do-not-disturb' ? 'SIP;cause=486;text="Do not disturb"' : 'SIP;cause=486;text="All lines busy"'
    return {
      state: {
        ...state,
        refused: [...state.refused, { callId, conversationId, name, number, why, at: now } as const].slice(-MOST_REFUSED)
      },
      effects: [
        { type: 'reject', callId, status: 486, reason },
        { type: 'forget', callId }
      ]
    }
  }

  const call = newCall({ callId, direction: 'in', conversationId, name, number, phase: 'ringing' }, now)
  const rung: PhoneState = { ...state, calls: [...state.calls, call] }
  const free = !state.calls.some(isLive)
  if (wanted && !wanted.auto) return accept(rung, callId, now)
  if (wanted && free) return byItself(rung, callId, now)
  if (input.answerAfterMs === undefined || !state.rules.autoAnswer || !free) return { state: rung, effects: [] }
  if (input.answerAfterMs <= 0) return byItself(rung, callId, now)
  return { state: rung, effects: [startTimer('answer', callId, input.answerAfterMs)] }
}

function byItself(state: PhoneState, callId: string, now: number): PhoneStep {
  const answered = toCall(callId, (call) => answerByItself(call, now))(state)
  return { state: forgetExpected(answered.state, find(state, callId)?.conversationId), effects: answered.effects }
}

/** RFC 3891 3: the new call takes the place of the old one, without ringing; the old one is ended when the new one is up. */
function replace(state: PhoneState, input: Extract<Input, { type: 'invite' }>, old: Call, now: number): PhoneStep {
  const { callId, name, number } = input
  const { conversationId, wantsHold, muted, consultFor, conferenced, turnedToAt } = old
  const call = newCall(
    {
      callId,
      direction: old.direction,
      conversationId: input.conversationId ?? conversationId,
      name: name || old.name,
      number: number || old.number,
      phase: 'ringing',
      wantsHold,
      muted,
      consultFor,
      conferenced,
      replaces: old.callId
    },
    now
  )
  return inTurn(
    { ...state, calls: [...state.calls, call] },
    toCall(callId, (one) => decideCall(one, { type: 'accept', callId }, wantsHold ? turnedToAt : now))
  )
}

/** The agent took a conversation: its call is answered now, or when it comes. */
function expect(state: PhoneState, conversationId: string, expected: Expected, now: number): PhoneStep {
  const ringing = state.calls.find((call) => call.conversationId === conversationId && call.phase === 'ringing')
  if (ringing && !expected.auto) return accept(state, ringing.callId, now)
  if (ringing) return state.calls.some(isLive) ? { state, effects: [] } : byItself(state, ringing.callId, now)
  if (state.calls.some((call) => call.conversationId === conversationId && isLive(call))) return { state, effects: [] }
  const fresh = Object.entries(state.expected).filter(([, one]) => one.until > now)
  return { state: { ...state, expected: { ...Object.fromEntries(fresh), [conversationId]: expected } }, effects: [] }
}

const forgetExpected = (state: PhoneState, conversationId: string | undefined): PhoneState =>
  conversationId === undefined || !(conversationId in state.expected)
    ? state
    : { ...state, expected: Object.fromEntries(Object.entries(state.expected).filter(([id]) => id !== conversationId)) }

/** Answers one call and puts the one that is up on hold. */
function accept(state: PhoneState, callId: string, now: number): PhoneStep {
  const answered = inTurn(
    state,
    holdOthers(callId, now),
    toCall(callId, (call) => decideCall(call, { type: 'accept', callId }, now))
  )
  return { state: forgetExpected(answered.state, find(state, callId)?.conversationId), effects: answered.effects }
}

function startDial(
  state: PhoneState,
  input: Omit<Extract<Input, { type: 'dial' }>, 'type'> & Pick<Partial<Call>, 'referredBy' | 'replaces'>,
  now: number
): PhoneStep {
  const { callId, name = '', conversationId, consultFor, referredBy, replaces } = input
  const to = targetOf(input.to)
  if (find(state, callId)) return { state, effects: [] }
  const about = find(state, consultFor)
  if (consultFor !== undefined && !(about && isLive(about)))
    throw new PhoneInputError('consultFor', 'there is no such call to consult about')
  const waiting = state.parked.find((one) => one.retrieval === to)
  const call = newCall(
    {
      callId,
      direction: 'out',
      conversationId: conversationId ?? waiting?.conversationId,
      name: name || (waiting?.name ?? ''),
      number: to,
      to,
      phase: 'calling',
      consultFor,
      referredBy,
      replaces,
      postDial: postDialOf(input.postDial)
    },
    now
  )
  const added: PhoneState = { ...state, calls: [...state.calls, call] }
  const problem = state.line.registration !== 'registered' ? 'not-connected' : isFull(state) ? 'no-line-free' : undefined
  if (problem) return toCall(callId, (one) => notReached(one, problem, problem, now))(added)
  return inTurn(
    added,
    holdOthers(callId, now),
    toCall(callId, (one) => dial(one, to))
  )
}

/** The far end of a call asks us to call somebody else (RFC 3515); it hears from us how that goes. */
function referred(state: PhoneState, input: Extract<Input, { type: 'referred' }>, now: number): PhoneStep {
  const { callId, newCallId, replaces } = input
  const call = find(state, callId)
  const no: PhoneStep = { state, effects: [{ type: 'answer-refer', callId, accept: false }] }
  if (!call || !state.rules.obeysRefer || !isLive(call) || isFull(state)) return no
  try {
    const dialled = startDial(state, { callId: newCallId, to: input.to, replaces, referredBy: callId }, now)
    return { state: dialled.state, effects: [{ type: 'answer-refer', callId, accept: true }, ...dialled.effects] }
  } catch (error) {
    if (error instanceof PhoneInputError) return no
    throw error
  }
}

/** Another page's dialog becomes a call of this phone, as soon as there is a line. */
function fetch(state: PhoneState, input: Extract<Input, { type: 'take-back' }>, now: number): PhoneStep {
  const { callId, record } = input
  if (find(state, callId)) return { state, effects: [] }
  const { direction, conversationId, name, number, consultFor } = record
  const call = newCall(
    {
      callId,
      direction,
      conversationId,
      name,
      number,
      consultFor,
      to: direction === 'out' ? number : undefined,
      phase: 'taking-back',
      wantsHold: record.state === 'held',
      muted: record.muted,
      turnedToAt: record.state === 'held' ? 0 : now,
      takeBack: record
    },
    now
  )
  const added: PhoneState = { ...state, calls: [...state.calls, call] }
  return state.line.registration === 'registered' ? toCall(callId, takeBack)(added) : { state: added, effects: [] }
}
