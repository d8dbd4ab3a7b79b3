import { isCalling, notReached } from './dialling.ts'
import type { CallNews } from './inputs.ts'
import { ended, failed, firstly, isEstablished, isHeld, reinvite, type Step, startTimer, stay, stopTimer } from './moves.ts'
import type { Call } from './state.ts'

/**
 * A dialog outlives its socket. What the phone says about a call is only what was proven: signalling by an answered re-INVITE, sound by
 * packets in both directions after it. Pure.
 */

/** Sound must be proven within this, or ICE is started anew. */
const PROOF_MS = 6_000
const RETRY_MS = 2_000
/** More tries than this and the agent is told; they go on all the same, further apart. */
const MOST_REFRESHES = 4
const LATE_RETRY_MS = 15_000
/** ICE may mend itself within this (RFC 7675: consent is lost after 30 s; "disconnected" comes after about 5). */
const MEND_MS = 1_500

/** The socket is gone. A call that nobody answered is lost with it: the answer would go to the old one. */
export function cut(call: Call, now: number): Step {
  if (isCalling(call) && call.phase !== 'taking-back') {
    const lost = notReached(call, 'not-connected', 'the connection was lost', now)
    return firstly(lost, { type: 'cancel', callId: call.callId })
  }
  if (!isEstablished(call)) return stay(call)
  const { callId } = call
  return {
    state: {
      ...call,
      phase: isHeld(call) ? 'held' : 'up',
      reinviting: undefined,
      glares: 0,
      refreshes: 0,
      link: 'cut',
      linkAt: call.link === 'cut' ? call.linkAt : now
    },
    effects: (['hold', 'glare', 'refresh', 'proof'] as const).map((name) => stopTimer(name, callId))
  }
}

/** The phone is registered again: is the far end still there? The re-INVITE tells it our new address too. */
export function refresh(call: Call, now: number): Step {
  if (!isEstablished(call) || call.link !== 'cut') return stay(call)
  return refreshAgain({ ...call, linkAt: now, refreshes: 0 }, now)
}

function refreshAgain(call: Call, now: number): Step {
  const asked = reinvite({ ...call, refreshes: call.refreshes + 1 }, 'refresh', call.mediaLost)
  // Until it is answered the phase is what it was: the wish travels with the re-INVITE.
  return { ...asked, state: { ...asked.state, phase: isHeld(call) ? 'held' : 'up', link: 'refreshing', linkAt: now } }
}

/** The far end answered: signalling is proven. Is sound to be expected? */
export function answered(call: Call, now: number): Step {
  if (call.link !== 'refreshing' && call.link !== 'proving') return stay(call)
  if (isHeld(call) || call.heldByFarEnd) return { state: recovered(call, now), effects: [stopTimer('proof', call.callId)] }
  if (call.link === 'proving') return stay(call)
  return {
    state: { ...call, link: 'proving', linkAt: now },
    effects: [{ type: 'prove', callId: call.callId }, startTimer('proof', call.callId, PROOF_MS)]
  }
}

const recovered = (call: Call, now: number): Call => ({
  ...call,
  link: 'ok',
  linkAt: now,
  recoveredAt: now,
  refreshes: 0,
  problem: call.problem === 'audio-lost' || call.problem === 'not-recovered' ? undefined : call.problem
})

/** A refresh got no. What only says "not now" is tried again. */
export function refreshRefused(call: Call, status: number, now: number): Step {
  const { callId } = call
  if (status === 481 || status === 408) return failed(call, 'call-lost', String(status), now, status)
  const off = stopTimer('hold', callId)
  const idle: Call = { ...call, reinviting: undefined }
  // A session refresh that was refused tries again before the timer runs out; the call itself is as it was.
  if (call.link !== 'refreshing') return { state: idle, effects: [off, startTimer('refresh', callId, RETRY_MS, RETRY_MS)] }
  const many = call.refreshes >= MOST_REFRESHES
  return {
    state: many ? { ...idle, problem: 'not-recovered', detail: String(status), status } : idle,
    effects: [off, startTimer('refresh', callId, many ? LATE_RETRY_MS : RETRY_MS, RETRY_MS)]
  }
}

/** Timers and news about the link of a call. */
export function decideLink(
  call: Call,
  input: Extract<CallNews, { type: 'proof' | 'media' | 'session-timer' }> | { type: 'timer'; name: 'refresh' | 'proof' | 'session' },
  now: number
): Step {
  if (!isEstablished(call) && !(input.type === 'session-timer' && call.phase === 'answering')) return stay(call)
  const { callId } = call
  switch (input.type) {
    case 'media':
      if (input.state === 'flowing') {
        const back: Call = { ...call, mediaLost: false, problem: call.problem === 'audio-lost' ? undefined : call.problem }
        return { state: back, effects: call.mediaLost && call.link === 'ok' ? [stopTimer('refresh', callId)] : [] }
      }
      return {
        state: { ...call, mediaLost: true, problem: 'audio-lost' },
        effects: call.link === 'ok' ? [startTimer('refresh', callId, MEND_MS)] : []
      }
    case 'proof':
      if (call.link !== 'proving' || !input.received || !input.sent) return stay(call)
      return { state: { ...recovered(call, now), mediaLost: false }, effects: [stopTimer('proof', callId)] }
    case 'session-timer':
      return session(call, input)
    case 'timer':
      if (input.name === 'session') return sessionTimer(call, now)
      if (call.link === 'cut') return stay(call)
      // A hold under way asks the far end as well; what comes of it is waited for.
      if (call.reinviting) return { state: call, effects: [startTimer(input.name, callId, RETRY_MS)] }
      if (input.name === 'refresh') {
        if (call.link === 'ok' && call.mediaLost) return refreshAgain({ ...call, refreshes: 0 }, now)
        return call.link === 'ok' ? reinvite(call, 'refresh') : refreshAgain(call, now)
      }
      if (call.link !== 'proving') return stay(call)
      if (call.heldByFarEnd) return stay(recovered(call, now))
      if (call.refreshes >= MOST_REFRESHES)
        return {
          state: { ...call, problem: 'audio-lost', mediaLost: true },
          effects: [startTimer('refresh', callId, LATE_RETRY_MS, RETRY_MS)]
        }
      return refreshAgain({ ...call, problem: 'audio-lost', mediaLost: true }, now)
    default: {
      const never: never = input
      return never
    }
  }
}

/** RFC 4028 10: half the time when we refresh; when the far end does, a third of it, at most 32 s, before the end. */
function session(call: Call, { expiresS, refresher }: Extract<CallNews, { type: 'session-timer' }>): Step {
  const { callId } = call
  if (expiresS <= 0) return { state: { ...call, session: undefined }, effects: [stopTimer('session', callId)] }
  const ms = refresher === 'us' ? expiresS * 500 : (expiresS - Math.min(32, expiresS / 3)) * 1_000
  return { state: { ...call, session: { expiresS, refresher } }, effects: [startTimer('session', callId, ms)] }
}

function sessionTimer(call: Call, now: number): Step {
  const { callId } = call
  if (!call.session) return stay(call)
  // While the line is cut the far end cannot refresh; the re-INVITE that follows its return starts the timer anew.
  if (call.link !== 'ok' || call.reinviting) return { state: call, effects: [startTimer('session', callId, 5_000)] }
  if (call.session.refresher === 'us') return reinvite(call, 'refresh')
  const over = ended(call, 'the session timer ran out', 'network', now)
  return firstly({ ...over, state: { ...over.state, problem: 'session-expired' } }, { type: 'bye', callId })
}
