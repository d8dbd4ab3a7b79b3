import type { Call, CallTimer, Decision, Effect, EndedBy, Problem, Report } from './state.ts'

/** The moves that all parts of a call's life share. Pure. */

/** A re-INVITE without any answer after this long has failed. */
const HOLD_MS = 8_000
/** SIP.js itself says 408 after Timer B (RFC 3261 17.1.1.2, 32 s); this is for when not even that comes. */
const REFRESH_MS = 34_000
/** How long an ended call stays on the screen. */
const CLEAN_MS = 4_000

export type Step = Decision<Call>

export const stay = (call: Call): Step => ({ state: call, effects: [] })
export const firstly = (step: Step, ...effects: Effect[]): Step => ({ state: step.state, effects: [...effects, ...step.effects] })
export const startTimer = (name: CallTimer, callId: string, ms: number, jitterMs = 0): Effect => ({
  type: 'timer',
  name: `${name}:${callId}`,
  ms,
  jitterMs
})
export const stopTimer = (name: CallTimer, callId: string): Effect => ({ type: 'timer-off', name: `${name}:${callId}` })

export function report(call: Call, what: Report, more: { detail?: string; slot?: string } = {}): Effect[] {
  const { callId, conversationId } = call
  return conversationId === undefined ? [] : [{ type: 'report', callId, conversationId, what, ...more }]
}

/** What is to be told of a call whose conversation is known only now, however far it has come meanwhile. */
export function reportsSoFar(call: Call): Effect[] {
  const over = call.phase === 'ending' || call.phase === 'ended'
  if (call.answeredAt === undefined) {
    if (call.phase === 'ending') return report(call, 'ended', { detail: 'self' })
    return call.phase === 'ended' ? report(call, 'failed', { detail: call.detail ?? '' }) : []
  }
  const end = { detail: `${call.endedBy ?? 'self'}${call.detail ? `: ${call.detail}` : ''}` }
  return [...report(call, 'answered'), ...(over ? report(call, 'ended', end) : [])]
}

/** Is there a confirmed dialog? */
export const isEstablished = (call: Call): boolean =>
  call.phase === 'up' || call.phase === 'holding' || call.phase === 'held' || call.phase === 'resuming'
/** Nothing can be asked of the far end now. */
export const isCut = (call: Call): boolean => call.link === 'cut' || call.link === 'refreshing'
/** Has the far end agreed to be on hold, as far as is known now? */
export const isHeld = (call: Call): boolean => call.phase === 'held' || call.phase === 'resuming'

/** Asks the far end for what the agent wants now; also proves that it is there. */
export function reinvite(call: Call, purpose: 'hold' | 'refresh', restartIce = false): Step {
  const { callId, wantsHold } = call
  const phase = wantsHold === isHeld(call) ? (wantsHold ? 'held' : 'up') : wantsHold ? 'holding' : 'resuming'
  return {
    state: {
      ...call,
      phase,
      reinviting: { hold: wantsHold, purpose },
      ...(purpose === 'hold' ? { problem: undefined, detail: undefined, status: undefined } : {})
    },
    effects: [
      { type: 'reinvite', callId, hold: wantsHold, purpose, restartIce },
      startTimer('hold', callId, purpose === 'hold' ? HOLD_MS : REFRESH_MS)
    ]
  }
}

/** The re-INVITE is over one way or another: what is so becomes the phase; a wish made meanwhile starts the next one. */
export function settle(call: Call, held: boolean): Step {
  const settled: Call = { ...call, phase: held ? 'held' : 'up', glares: 0, reinviting: undefined }
  const next = settled.wantsHold === held || isCut(settled) ? stay(settled) : reinvite(settled, 'hold')
  return firstly(next, stopTimer('hold', call.callId))
}

/** Wants hold or not; a re-INVITE under way is waited for, and a line that is cut asks when it is back. */
export function want(call: Call, hold: boolean): Step {
  if (call.wantsHold === hold) return stay(call)
  const wished: Call = { ...call, wantsHold: hold }
  if (call.reinviting || isCut(call)) return stay(wished)
  return reinvite(wished, 'hold')
}

const PHASE_TIMERS: readonly CallTimer[] = [
  'answer',
  'hold',
  'glare',
  'ending',
  'calling',
  'transfer',
  'whisper',
  'refresh',
  'proof',
  'session',
  'key'
]

export function ended(call: Call, detail: string, by: EndedBy, now: number): Step {
  if (call.phase === 'ended') return stay(call)
  const { callId } = call
  const said = call.phase === 'ending' // reported when the agent hung up
  // It was tried and never came to a call; one that merely stopped ringing is the offer's affair.
  const tried = call.direction === 'out' || call.phase === 'answering' || call.problem?.startsWith('microphone') === true
  return {
    state: {
      ...call,
      phase: 'ended',
      endedAt: now,
      endedBy: call.endedBy ?? by,
      wantsHold: false,
      whispering: false,
      conferenced: false,
      reinviting: undefined,
      link: 'ok',
      detail: call.detail ?? detail
    },
    effects: [
      ...PHASE_TIMERS.map((name) => stopTimer(name, callId)),
      ...(said
        ? []
        : call.answeredAt !== undefined || isEstablished(call)
          ? report(call, 'ended', { detail: `${by}: ${detail}` })
          : tried
            ? report(call, 'failed', { detail: call.detail ?? detail })
            : []),
      startTimer('clean', callId, CLEAN_MS)
    ]
  }
}

/** The same, with what the agent is told. */
export function failed(call: Call, problem: Problem, detail: string, now: number, status?: number): Step {
  const step = ended(call, detail, 'network', now)
  return { ...step, state: { ...step.state, problem, detail, status: status ?? call.status } }
}
