import type { CallNews } from './inputs.ts'
import { ended, isEstablished, report, type Step, startTimer, stay, stopTimer } from './moves.ts'
import { type Call, type Effect, PhoneInputError, type Problem } from './state.ts'

/** Calls that this phone makes: what may be dialled, what the answers mean, and where 3xx leads. Pure. */

/** A phone that rings longer than this is not answered (RFC 3261 16.6, Timer C: more than three minutes). */
const CALLING_MS = 180_000
/** The last word of a redirected call; then it is a circle. */
const MOST_TARGETS = 6
const BUSY_TONE_MS = 2_400
/** Who answers a switchboard's number needs a moment before it listens to keys. */
const FIRST_KEY_MS = 1_000
/** A tone and the silence after it. */
const KEY_MS = 180
/** What a comma means to the dialling string of a modem (ITU-T V.250, S8). */
const PAUSE_MS = 2_000
const MOST_KEYS = 40

/**
 * The address to call: a number loses what people write into it, an address must be sip: or sips:.
 * @throws PhoneInputError
 */
export function targetOf(to: string): string {
  const text = to.trim()
  if (/^sips?:/i.test(text)) {
    if (/^sips?:([^\s@<>"?;,]+@)?(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?(;[^\s?<>",]*)?$/i.test(text)) return text
    throw new PhoneInputError('to', `"${text}" is not a SIP address`)
  }
  const number = text
    .replace(/^tel:/i, '')
    .replace(/;.*$/, '')
    .replace(/[\s().\-/]/g, '')
  if (/^\+?[0-9*#]{1,40}$/.test(number)) return number
  // An extension may have letters: alice, or alice@bank.example.
  if (/^(?=[^@]*[a-z0-9*#])[a-z0-9*#_.!~'+-]{1,64}(@[a-z0-9.-]+(:\d{1,5})?)?$/i.test(text)) return text
  throw new PhoneInputError('to', `"${text}" is neither a number nor a SIP address`)
}

/** What a final answer to our INVITE means for the agent (RFC 3261 21). */
export function problemOf(status: number): Problem {
  switch (status) {
    case 486:
    case 600:
      return 'busy'
    case 404:
    case 410:
    case 484:
    case 485:
    case 604:
      return 'not-found'
    case 408:
    case 480:
    case 487:
      return 'unavailable'
    case 603:
    case 607:
    case 608:
      return 'declined'
    case 401:
    case 403:
    case 407:
      return 'forbidden'
    case 415:
    case 488:
    case 606:
      return 'not-acceptable'
    case 482:
    case 483:
      return 'redirected-in-circles'
    default:
      return status >= 500 && status < 600 ? 'server-failed' : 'call-failed'
  }
}

/** Is the call still on its way to the far end? */
export const isCalling = (call: Call): boolean => call.phase === 'calling' || call.phase === 'alerting' || call.phase === 'taking-back'

/** Sends the INVITE; one that takes a dialog back carries its record. */
export function dial(call: Call, to: string): Step {
  const { callId, conversationId, takeBack: record, replaces } = call
  const attempt = call.tried?.length ?? 0
  return {
    state: { ...call, tried: [...(call.tried ?? []), to] },
    effects: [
      record
        ? { type: 'take-back', callId, to, record, hold: call.wantsHold }
        : { type: 'dial', callId, to, attempt, conversationId, replaces },
      startTimer('calling', callId, CALLING_MS)
    ]
  }
}

/** News about a call that this phone makes. */
export function decideOutbound(call: Call, input: Extract<CallNews, { type: 'progress' | 'redirected' | 'refused' }>, now: number): Step {
  if (input.type === 'progress') {
    if (call.phase !== 'calling' && call.phase !== 'alerting') return stay(call)
    return stay({ ...call, phase: 'alerting', earlyMedia: input.early, status: input.status })
  }
  if (input.type === 'redirected') {
    if (call.phase !== 'calling' && call.phase !== 'alerting') return stay(call)
    const next = input.targets.find((target) => !call.tried?.includes(target))
    if (next === undefined || (call.tried?.length ?? 0) >= MOST_TARGETS)
      return notReached(call, 'redirected-in-circles', `${input.status} to ${input.targets.join(', ') || 'nowhere'}`, now, input.status)
    return dial({ ...call, phase: 'calling', earlyMedia: false }, next)
  }
  if (isEstablished(call) || call.phase === 'ended') return stay(call)
  // The agent hung up and the INVITE was ended by it (487), or crossed by another refusal: it is over as wanted.
  if (call.phase === 'ending') return ended(call, `${input.status} ${input.reason}`, 'self', now)
  const known = call.takeBack?.remoteUri
  // Not every telephone system lets a Contact be called from outside the dialog; 481 says that the far end is there and knows nothing.
  if (known !== undefined && input.status !== 481 && !call.tried?.includes(known)) return dial(call, known)
  const problem = call.phase === 'taking-back' ? 'take-back-failed' : problemOf(input.status)
  return notReached(call, problem, `${input.status} ${input.reason}`, now, input.status)
}

/** Nobody was reached: the agent hears it and reads why. */
export function notReached(call: Call, problem: Problem, detail: string, now: number, status?: number): Step {
  const over = ended(call, detail, status === undefined ? 'network' : 'far', now)
  const tone: Effect[] = call.takeBack ? [] : [startTimer('tone', call.callId, BUSY_TONE_MS)]
  return {
    state: { ...over.state, problem, detail, status, busyTone: call.takeBack === undefined },
    effects: [...over.effects, ...tone]
  }
}

/** The far end answered a call of ours. */
export function reached(call: Call, now: number): Step {
  const record = call.takeBack
  const up: Call = { ...call, phase: 'up', earlyMedia: false, answeredAt: record?.answeredAt ?? now, status: undefined }
  return {
    state: record ? { ...up, muted: record.muted, takeBack: undefined } : up,
    effects: [
      stopTimer('calling', call.callId),
      ...report(up, 'answered'),
      ...(call.postDial === undefined ? [] : [startTimer('key', call.callId, FIRST_KEY_MS)])
    ]
  }
}

/** What may be keyed of it; undefined for nothing. */
export function postDialOf(text: string | undefined): string | undefined {
  const keys = text?.toUpperCase().replace(/[^0-9*#A-D,]/g, '')
  return keys && /[^,]/.test(keys) ? keys.slice(0, MOST_KEYS) : undefined
}

/** Keys what is to be keyed up to the next pause; a call on hold is waited for. */
export function keyNext(call: Call): Step {
  const { callId, postDial } = call
  if (postDial === undefined || !isEstablished(call)) return stay(call)
  if (call.phase !== 'up') return { state: call, effects: [startTimer('key', callId, FIRST_KEY_MS)] }
  const [, digits = '', commas = '', rest = ''] = /^([^,]*)(,*)(.*)$/.exec(postDial) ?? []
  const left = rest === '' ? undefined : rest
  return {
    state: { ...call, digits: call.digits + digits, postDial: left },
    effects: [
      ...[...digits].map((digit): Effect => ({ type: 'digit', callId, digit })),
      ...(left === undefined ? [] : [startTimer('key', callId, digits.length * KEY_MS + commas.length * PAUSE_MS)])
    ]
  }
}
