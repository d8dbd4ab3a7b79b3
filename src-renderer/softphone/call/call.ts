import { decideOutbound, dial, isCalling, keyNext, notReached, reached } from './dialling.ts'
import type { CallNews } from './inputs.ts'
import { answered, decideLink, refreshRefused } from './link.ts'
import {
  ended,
  failed,
  firstly,
  isEstablished,
  isHeld,
  reinvite,
  report,
  reportsSoFar,
  type Step,
  settle,
  startTimer,
  stay,
  stopTimer,
  want
} from './moves.ts'
import { type Call, type CallTimer, IllegalMove, type Input, PhoneInputError } from './state.ts'
import { afterHold, decideTransfer, endedInTransfer, isTransferring, startTransfer } from './transfer.ts'

/** RFC 3261 14.1: after a 491 who made the Call-ID waits 2.1 to 4 s, the other side 0 to 2 s. */
const GLARE = { out: { ms: 2_100, jitterMs: 1_900 }, in: { ms: 0, jitterMs: 2_000 } }
const MOST_GLARES = 4
/** A BYE without an answer after this long: the far end is told by the centre. */
const ENDING_MS = 4_000
/** The tone that tells the agent of a call answered by the phone itself. */
const WHISPER_MS = 500

export type CallInput = Extract<Input, { callId: string }>

/** A call in the phase given, with nothing known about it yet. */
export function newCall(
  given: Pick<Call, 'callId' | 'direction' | 'conversationId' | 'name' | 'number' | 'phase'> & Partial<Call>,
  now: number
): Call {
  return {
    wantsHold: false,
    muted: false,
    heldByFarEnd: false,
    digits: '',
    glares: 0,
    ringingAt: now,
    turnedToAt: given.direction === 'out' ? now : 0,
    earlyMedia: false,
    conferenced: false,
    autoAnswered: false,
    whispering: false,
    busyTone: false,
    link: 'ok',
    linkAt: now,
    refreshes: 0,
    mediaLost: false,
    ...given
  }
}

/** Talking or about to: another call must wait on hold. */
export const isLive = (call: Call): boolean => call.phase !== 'ringing' && call.phase !== 'ended'
/** Can the two talk, mute aside? Never while on hold or getting there, whatever the far end has confirmed. */
export const canTalk = (call: Call): boolean =>
  !call.wantsHold && !call.whispering && (call.phase === 'up' || call.phase === 'answering' || call.phase === 'resuming')

function reinviteRefused(call: Call, status: number, now: number, answeredAtAll: boolean): Step {
  const { reinviting, callId } = call
  if (!reinviting || !isEstablished(call)) return stay(call)
  if (status === 481) return failed(call, 'call-lost', 'the far end does not know this call any more', now, status)
  if (status === 491 && call.glares < MOST_GLARES && answeredAtAll) {
    const { ms, jitterMs } = GLARE[(call.dialog?.ours ?? call.direction === 'out') ? 'out' : 'in']
    return {
      state: { ...call, glares: call.glares + 1 },
      effects: [stopTimer('hold', callId), startTimer('glare', callId, ms, jitterMs)]
    }
  }
  if (reinviting.purpose === 'refresh' && reinviting.hold === isHeld(call)) return refreshRefused(call, status, now)
  if (call.link === 'refreshing') return refreshRefused(call, status, now)
  // What was wanted did not happen: wanting goes back to what is, or the phone would try for ever.
  const back: Call = {
    ...call,
    wantsHold: !reinviting.hold,
    problem: reinviting.hold ? 'hold-failed' : 'resume-failed',
    detail: String(status),
    status
  }
  return settle(back, !reinviting.hold)
}

function reinviteAnswered(call: Call, confirmed: boolean, now: number): Step {
  const { reinviting } = call
  if (!reinviting || !isEstablished(call)) return stay(call)
  const [before, held] = [isHeld(call), reinviting.hold && confirmed]
  const news: Call =
    reinviting.hold && !confirmed
      ? { ...call, wantsHold: false, problem: 'hold-not-confirmed' }
      : { ...call, heldAt: held ? (before ? call.heldAt : now) : undefined }
  const proven = answered({ ...news, phase: held ? 'held' : 'up', reinviting: undefined }, now)
  const settled = settle(proven.state, held)
  return {
    state: settled.state,
    effects: [
      ...proven.effects,
      ...(held && !before ? report(call, 'held') : before && !held && !reinviting.hold ? report(call, 'resumed') : []),
      ...settled.effects
    ]
  }
}

type TimerInput = { type: 'timer'; callId: string; name: CallTimer }

/** One call's part of the phone. Late news about a call that is over is not news: such inputs change nothing. Pure. */
export function decideCall(call: Call, input: CallInput | TimerInput, now: number): Step {
  const { callId, phase } = call
  switch (input.type) {
    case 'accept':
      if (phase !== 'ringing') return stay(call)
      return {
        state: { ...call, phase: 'answering', turnedToAt: now, problem: undefined, detail: undefined },
        effects: [stopTimer('answer', callId), { type: 'accept', callId }]
      }
    case 'established':
      return established(call, now)
    case 'accept-failed':
      if (isCalling(call)) return notReached(call, input.problem, input.detail, now)
      if (phase !== 'answering') return stay(call)
      // Before anything was sent the caller still rings: the agent can mend the microphone and try again.
      if (input.problem.startsWith('microphone'))
        return stay({ ...call, phase: 'ringing', whispering: false, autoAnswered: false, problem: input.problem, detail: input.detail })
      return withProblem(ended(call, input.detail, 'network', now), input.problem)
    case 'decline':
      if (phase !== 'ringing') return stay(call)
      return firstly(ended(call, 'declined', 'self', now), { type: 'reject', callId, status: input.busy ? 486 : 603 })
    case 'belongs': {
      if (call.conversationId !== undefined) return stay(call)
      const known: Call = { ...call, conversationId: input.conversationId }
      return { state: known, effects: reportsSoFar(known) }
    }
    case 'hang-up':
      return hangUp(call, now)
    case 'hold':
      if (!isEstablished(call) || isTransferring(call)) return stay(call)
      return want(!input.on && call.wantsHold ? { ...call, turnedToAt: now } : call, input.on)
    case 'reinvite-answered':
      return afterHold(reinviteAnswered(call, input.confirmed, now))
    case 'reinvite-refused':
      return afterHold(reinviteRefused(call, input.status, now, true))
    case 'far-hold':
      return stay({ ...call, heldByFarEnd: input.on })
    case 'mute':
      return phase === 'ended' || phase === 'ending' ? stay(call) : stay({ ...call, muted: input.on })
    case 'digit':
      if (!/^[0-9*#A-D]$/.test(input.digit)) throw new PhoneInputError('digit', `"${input.digit}" is not a key of the keypad`)
      if (phase !== 'up') return stay(call)
      return {
        state: { ...call, digits: call.digits + input.digit, problem: undefined },
        effects: [{ type: 'digit', callId, digit: input.digit }]
      }
    case 'digit-failed':
      return stay({ ...call, problem: 'digit-failed', digits: call.digits.slice(0, -1) })
    case 'terminated':
      return terminated(call, input, now)
    case 'progress':
    case 'redirected':
    case 'refused':
      return decideOutbound(call, input, now)
    case 'dialog':
      return stay({ ...call, dialog: input.dialog })
    case 'proof':
    case 'media':
    case 'session-timer':
      return decideLink(call, input, now)
    case 'transfer':
    case 'park': {
      if (!isEstablished(call)) return stay(call)
      const orbit = input.type === 'park' ? { slot: input.slot, retrieval: input.retrieval } : undefined
      return startTransfer(call, { kind: input.type === 'park' ? 'park' : 'blind', to: input.to, orbit })
    }
    case 'refer-answered':
    case 'refer-progress':
      return decideTransfer(call, input)
    case 'timer':
      return timer(call, input.name, now)
    // What concerns several calls is decided above this one.
    case 'invite':
    case 'dial':
    case 'take-back':
    case 'swap':
    case 'abort-consult':
    case 'complete':
    case 'split':
    case 'referred':
      return stay(call)
    default: {
      const never: never = input
      return never
    }
  }
}

function established(call: Call, now: number): Step {
  const { callId, phase } = call
  if (phase === 'ended') return stay(call)
  // The agent hung up while the answer was on its way: only now there is something to end.
  if (phase === 'ending') return { state: { ...call, answeredAt: call.answeredAt ?? now }, effects: [{ type: 'bye', callId }] }
  const up: Step = isCalling(call)
    ? reached(call, now)
    : phase === 'answering'
      ? { state: { ...call, phase: 'up', answeredAt: now }, effects: report(call, 'answered') }
      : illegal('established', phase)
  // A call that was on hold when it was taken back or replaced stays so.
  return call.wantsHold ? andThen(up, reinvite(up.state, 'hold')) : up
}

function hangUp(call: Call, now: number): Step {
  const { callId, phase } = call
  if (phase === 'ringing') return firstly(ended(call, 'declined', 'self', now), { type: 'reject', callId, status: 603 })
  if (phase === 'ending' || phase === 'ended') return stay(call)
  const calling = isCalling(call)
  return {
    state: { ...call, phase: 'ending', wantsHold: false, whispering: false, endedBy: 'self' },
    effects: [
      { type: calling ? 'cancel' : 'bye', callId },
      // Said at once: the centre is the second way to tell the PBX when this socket is dead.
      ...report(call, 'ended', { detail: 'self' }),
      startTimer('ending', callId, ENDING_MS)
    ]
  }
}

function terminated(call: Call, input: Extract<CallNews, { type: 'terminated' }>, now: number): Step {
  const passedOn = endedInTransfer(call, input.detail, now)
  if (passedOn) return passedOn
  if (isCalling(call)) return notReached(call, call.takeBack ? 'take-back-failed' : 'call-failed', input.detail, now)
  return ended(call, input.detail, input.by, now)
}

function timer(call: Call, name: CallTimer, now: number): Step {
  const { callId, phase } = call
  switch (name) {
    case 'hold':
      return afterHold(reinviteRefused(call, 408, now, false))
    case 'glare':
      return call.reinviting ? repeat(call) : stay(call)
    case 'ending':
      return phase === 'ending' ? ended(call, 'the far end did not answer our BYE', 'network', now) : stay(call)
    case 'calling':
      return isCalling(call) ? firstly(notReached(call, 'unavailable', 'not answered', now, 408), { type: 'cancel', callId }) : stay(call)
    case 'whisper':
      return stay({ ...call, whispering: false })
    case 'tone':
      return stay({ ...call, busyTone: false })
    case 'transfer':
      return decideTransfer(call, { type: 'timer' })
    case 'key':
      return keyNext(call)
    case 'refresh':
    case 'proof':
    case 'session':
      return decideLink(call, { type: 'timer', name }, now)
    case 'replaced':
      return isEstablished(call) ? hangUp(call, now) : stay(call)
    // Of the whole phone.
    case 'answer':
    case 'clean':
      return stay(call)
  }
}

/** Answers by itself: the agent hears a tone first, and nobody hears the agent until it is over. */
export function answerByItself(call: Call, now: number): Step {
  const step = decideCall({ ...call, autoAnswered: true, whispering: true }, { type: 'accept', callId: call.callId }, now)
  return { state: step.state, effects: [...step.effects, startTimer('whisper', call.callId, WHISPER_MS)] }
}

/** Starts the INVITE of a call that is taken back, once there is a line to send it on. */
export const takeBack = (call: Call): Step =>
  call.phase === 'taking-back' && call.takeBack && !call.tried ? dial(call, call.takeBack.remoteTarget) : stay(call)

const andThen = (first: Step, second: Step): Step => ({ state: second.state, effects: [...first.effects, ...second.effects] })
const withProblem = (step: Step, problem: Call['problem']): Step => ({ ...step, state: { ...step.state, problem } })
function illegal(input: string, phase: string): never {
  throw new IllegalMove(input, phase)
}
/** The same wish once more: a change of mind since then is followed when this one is settled. */
function repeat(call: Call): Step {
  const { reinviting } = call
  if (!reinviting) return stay(call)
  const again = reinvite({ ...call, wantsHold: reinviting.hold }, reinviting.purpose, call.mediaLost && reinviting.purpose === 'refresh')
  return { ...again, state: { ...again.state, wantsHold: call.wantsHold } }
}
