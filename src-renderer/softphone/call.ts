import { type Call, type Decision, type Effect, IllegalMove, type Input, PhoneInputError, type Report } from './state.ts'

/** A re-INVITE without any answer after this long has failed. */
const HOLD_MS = 8_000
/** RFC 3261 14.1: the side that did not make the Call-ID waits 0 to 2 s after a 491; the INVITE was the PBX's. */
const GLARE_JITTER_MS = 2_000
const MOST_GLARES = 4
/** A BYE without an answer after this long: the far end is told by the centre. */
const ENDING_MS = 4_000
/** How long an ended call stays on the screen. */
const CLEAN_MS = 4_000

export type CallInput = Extract<Input, { callId: string }>
type Step = Decision<Call>

export function newCall(input: Extract<Input, { type: 'invite' }>, now: number): Call {
  const { callId, conversationId, name, number } = input
  return {
    callId,
    direction: 'in',
    conversationId,
    name,
    number,
    phase: 'ringing',
    wantsHold: false,
    muted: false,
    heldByFarEnd: false,
    digits: '',
    glares: 0,
    ringingAt: now,
    turnedToAt: 0,
    earlyMedia: false,
    conferenced: false,
    autoAnswered: false,
    whispering: false,
    link: 'ok',
    linkAt: now
  }
}

/** Talking or about to: another call must wait on hold. */
export const isLive = (call: Call): boolean => call.phase !== 'ringing' && call.phase !== 'ended'
/** Can the two talk, mute aside? Never while on hold or getting there, whatever the far end has confirmed. */
export const canTalk = (call: Call): boolean =>
  !call.wantsHold && (call.phase === 'up' || call.phase === 'answering' || call.phase === 'resuming')

const stay = (call: Call): Step => ({ state: call, effects: [] })
function report(call: Call, what: Report, detail?: string): Effect[] {
  const { callId, conversationId } = call
  return conversationId === undefined ? [] : [{ type: 'report', callId, conversationId, what, detail }]
}

function reinvite(call: Call): Step {
  const { callId, wantsHold } = call
  return {
    state: { ...call, phase: wantsHold ? 'holding' : 'resuming', problem: undefined, detail: undefined },
    effects: [
      { type: 'reinvite', callId, hold: wantsHold, purpose: 'hold', restartIce: false },
      { type: 'timer', name: `hold:${callId}`, ms: HOLD_MS, jitterMs: 0 }
    ]
  }
}

/** The re-INVITE is over one way or another: what is so becomes the phase; a wish made meanwhile starts the next one. */
function settle(call: Call, held: boolean, effects: Effect[]): Step {
  const settled: Call = { ...call, phase: held ? 'held' : 'up', glares: 0 }
  const next = settled.wantsHold === held ? stay(settled) : reinvite(settled)
  return { state: next.state, effects: [{ type: 'timer-off', name: `hold:${call.callId}` }, ...effects, ...next.effects] }
}

function holdRefused(call: Call, status: number, reachable: boolean): Step {
  if (call.phase !== 'holding' && call.phase !== 'resuming') return stay(call)
  const wasHolding = call.phase === 'holding'
  if (status === 481) return ended(call, 'the far end does not know this call any more', 'network')
  if (status === 491 && call.glares < MOST_GLARES && reachable)
    return {
      state: { ...call, glares: call.glares + 1 },
      effects: [
        { type: 'timer-off', name: `hold:${call.callId}` },
        { type: 'timer', name: `glare:${call.callId}`, ms: 0, jitterMs: GLARE_JITTER_MS }
      ]
    }
  // What was wanted did not happen: wanting goes back to what is, or the phone would try for ever.
  const failed: Call = { ...call, wantsHold: !wasHolding, problem: wasHolding ? 'hold-failed' : 'resume-failed', detail: String(status) }
  return settle(failed, !wasHolding, [])
}

function ended(call: Call, detail: string, by: 'far' | 'self' | 'network', at = 0): Step {
  if (call.phase === 'ended') return stay(call)
  const { callId } = call
  const wasUp = call.answeredAt !== undefined
  const said = call.phase === 'ending' // reported when the agent hung up
  // The agent took it and it never came to a call; one that merely stopped ringing is the offer's affair.
  const tried = call.phase === 'answering' || call.problem?.startsWith('microphone') === true
  return {
    state: { ...call, phase: 'ended', endedAt: at || undefined, wantsHold: false, detail: call.detail ?? detail },
    effects: [
      ...(['hold', 'glare', 'ending'] as const).map((name): Effect => ({ type: 'timer-off', name: `${name}:${callId}` })),
      ...(said ? [] : wasUp ? report(call, 'ended', `${by}: ${detail}`) : tried ? report(call, 'failed', call.detail ?? detail) : []),
      { type: 'timer', name: `clean:${callId}`, ms: CLEAN_MS, jitterMs: 0 }
    ]
  }
}

/** One call's part of the phone. Late news about a call that is over is not news: such inputs change nothing. Pure. */
export function decideCall(
  call: Call,
  input: CallInput | { type: 'timer'; callId: string; name: 'hold' | 'glare' | 'ending' },
  now: number
): Step {
  const { callId, phase } = call
  switch (input.type) {
    case 'accept':
      if (phase !== 'ringing') return stay(call)
      return {
        state: { ...call, phase: 'answering', turnedToAt: now, problem: undefined, detail: undefined },
        effects: [{ type: 'accept', callId }]
      }
    case 'established':
      if (phase === 'ended') return stay(call)
      // The agent hung up while the answer was on its way: only now there is something to end.
      if (phase === 'ending') return { state: { ...call, answeredAt: call.answeredAt ?? now }, effects: [{ type: 'bye', callId }] }
      if (phase !== 'answering') throw new IllegalMove('established', phase)
      return afterAnswer({ ...call, phase: 'up', answeredAt: now })
    case 'accept-failed':
      if (phase !== 'answering') return stay(call)
      // Before anything was sent the caller still rings: the agent can mend the microphone and try again.
      if (input.problem.startsWith('microphone')) return stay({ ...call, phase: 'ringing', problem: input.problem, detail: input.detail })
      return withProblem(ended(call, input.detail, 'network', now), input.problem)
    case 'decline':
      if (phase !== 'ringing') return stay(call)
      return then(ended(call, 'declined', 'self', now), { type: 'reject', callId, status: input.busy ? 486 : 603 })
    case 'hang-up':
      if (phase === 'ringing') return then(ended(call, 'declined', 'self', now), { type: 'reject', callId, status: 603 })
      if (phase === 'ending' || phase === 'ended') return stay(call)
      return {
        state: { ...call, phase: 'ending', wantsHold: false },
        effects: [
          { type: 'bye', callId },
          // Said at once: the centre is the second way to tell the PBX when this socket is dead.
          ...report(call, 'ended', 'self'),
          { type: 'timer', name: `ending:${callId}`, ms: ENDING_MS, jitterMs: 0 }
        ]
      }
    case 'hold':
      if (phase !== 'up' && phase !== 'holding' && phase !== 'held' && phase !== 'resuming') return stay(call)
      if (call.wantsHold === input.on) return stay(call)
      if (!input.on) call = { ...call, turnedToAt: now }
      // A re-INVITE under way is waited for; `settle` then sees the new wish.
      if (phase === 'holding' || phase === 'resuming') return stay({ ...call, wantsHold: input.on })
      return reinvite({ ...call, wantsHold: input.on })
    case 'hold-answered': {
      if (phase !== 'holding' && phase !== 'resuming') return stay(call)
      if (phase === 'resuming') return settle({ ...call, heldAt: undefined }, false, report(call, 'resumed'))
      if (!input.confirmed) return settle({ ...call, wantsHold: false, problem: 'hold-not-confirmed' }, false, [])
      return settle({ ...call, heldAt: now }, true, report(call, 'held'))
    }
    case 'hold-refused':
      return atTime(holdRefused(call, input.status, true), now)
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
    case 'media':
      if (phase === 'ended' || phase === 'ending') return stay(call)
      if (input.state === 'lost') return stay({ ...call, problem: 'audio-lost' })
      return stay(call.problem === 'audio-lost' ? { ...call, problem: undefined } : call)
    case 'terminated':
      return ended(call, input.detail, input.by, now)
    case 'invite':
      return stay(call)
    case 'timer':
      if (input.name === 'hold') return atTime(holdRefused(call, 408, false), now)
      if (input.name === 'glare') return phase === 'holding' || phase === 'resuming' ? again(call) : stay(call)
      return phase === 'ending' ? ended(call, 'the far end did not answer our BYE', 'network', now) : stay(call)
    default:
      return stay(call)
  }
}

const then = (step: Step, ...effects: Effect[]): Step => ({ state: step.state, effects: [...effects, ...step.effects] })
const withProblem = (step: Step, problem: Call['problem']): Step => ({ ...step, state: { ...step.state, problem } })
const atTime = (step: Step, now: number): Step =>
  step.state.phase === 'ended' && step.state.endedAt === undefined ? { ...step, state: { ...step.state, endedAt: now } } : step
const again = (call: Call): Step => {
  const retried = reinvite({ ...call, wantsHold: call.phase === 'holding' })
  return { ...retried, state: { ...retried.state, wantsHold: call.wantsHold } }
}
/** A hold wished for while the answer was under way cannot be (the button is not there yet); only the report is due. */
const afterAnswer = (call: Call): Step => ({ state: call, effects: report(call, 'answered') })
