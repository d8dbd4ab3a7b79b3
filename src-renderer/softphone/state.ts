/** The words of the phone: what it knows, what it is told, and what it asks of the outside world. All plain data. */

/**
 * Registration (RFC 3261 10) as it is. What is wanted is `wantsOnline`; coming back is a comparison of the two.
 *
 *   off -> connecting -> registering -> registered
 *    ^        |  ^            |             |
 *    |        v  |            v             v
 *    '----- waiting <-- (refused, stuck, socket gone)
 */
export type Registration = 'off' | 'connecting' | 'registering' | 'registered' | 'waiting' | 'refused'

export interface LineState {
  wantsOnline: boolean
  registration: Registration
  since: number
  /** Failures in a row; spaces the next tries out. */
  attempt: number
  /** SIP status of the last refusal, or what the socket said; English, for the log and the tooltip. */
  reason?: string | undefined
}

/**
 * Life of one call. `held` is entered only when the far end's answer confirms it.
 *
 *   ringing --accept--> answering --2xx/ACK--> up --hold--> holding --confirmed--> held
 *      |                    |                  ^ ^             |                     |
 *      |                    |                  | '---failed----'                     |
 *      |                    |                  '-------- resuming <-----resume-------'
 *      '--decline, gone-----'--------- hang up from anywhere --> ending --> ended --> (forgotten)
 */
export type CallPhase = 'ringing' | 'answering' | 'up' | 'holding' | 'held' | 'resuming' | 'ending' | 'ended'

/** Why something the agent wanted did not happen; the catalogue has a sentence for each. */
export type Problem =
  | 'microphone-denied'
  | 'microphone-missing'
  | 'microphone-busy'
  | 'media-failed'
  | 'caller-gone'
  | 'hold-failed'
  | 'hold-not-confirmed'
  | 'resume-failed'
  | 'digit-failed'
  | 'audio-lost'

export interface Call {
  callId: string
  /** Absent when the INVITE named no conversation. */
  conversationId?: string | undefined
  name: string
  number: string
  phase: CallPhase
  /** What the agent wants; what is so is `phase`. */
  wantsHold: boolean
  muted: boolean
  /** The far end holds us (its re-INVITE said sendonly or inactive). */
  heldByFarEnd: boolean
  /** Digits sent, in order. */
  digits: string
  /** Tries of the hold or resume in progress. */
  glares: number
  ringingAt: number
  /** When the agent last turned to this call (took or resumed it). */
  turnedToAt: number
  answeredAt?: number | undefined
  heldAt?: number | undefined
  endedAt?: number | undefined
  problem?: Problem | undefined
  detail?: string | undefined
}

export interface PhoneState {
  line: LineState
  /** In the order they came. */
  calls: readonly Call[]
  /** Conversations accepted before their INVITE arrived: answered as soon as it does, until the time given. */
  expected: Readonly<Record<string, number>>
}

export type EndedBy = 'far' | 'self' | 'network'

/** What the phone is told: by the agent, by the SIP driver, and by its timers. */
export type Input =
  | { type: 'go-online' }
  | { type: 'go-offline' }
  /** The network may be back: do not wait any longer. */
  | { type: 'hurry' }
  | { type: 'connected' }
  | { type: 'disconnected'; reason: string }
  | { type: 'registered' }
  | { type: 'unregistered'; status?: number | undefined; reason: string }
  | { type: 'pong' }
  | { type: 'timer'; name: TimerName }
  | { type: 'invite'; callId: string; conversationId?: string | undefined; name: string; number: string }
  | { type: 'accept'; callId: string }
  | { type: 'expect'; conversationId: string; forMs: number }
  | { type: 'decline'; callId: string; busy?: boolean | undefined }
  | { type: 'hang-up'; callId: string }
  | { type: 'hold'; callId: string; on: boolean }
  | { type: 'mute'; callId: string; on: boolean }
  | { type: 'digit'; callId: string; digit: string }
  | { type: 'established'; callId: string }
  | { type: 'accept-failed'; callId: string; problem: Problem; detail: string }
  /** The answer to our re-INVITE was applied; `confirmed` says whether it agreed to hold. */
  | { type: 'hold-answered'; callId: string; confirmed: boolean }
  | { type: 'hold-refused'; callId: string; status: number }
  | { type: 'far-hold'; callId: string; on: boolean }
  | { type: 'digit-failed'; callId: string }
  | { type: 'media'; callId: string; state: 'flowing' | 'lost' }
  | { type: 'terminated'; callId: string; by: EndedBy; detail: string }

export type TimerName =
  | 'retry'
  | 'stuck'
  | 'ping'
  | 'ping-lost'
  | `hold:${string}`
  | `glare:${string}`
  | `ending:${string}`
  | `clean:${string}`

export type Sound = 'off' | 'ring' | 'beep'
export type Report = 'answered' | 'held' | 'resumed' | 'ended' | 'failed'

/** What the phone asks for. A driver obeys and tells what came of it as an Input. */
export type Effect =
  | { type: 'connect' }
  | { type: 'disconnect' }
  | { type: 'register' }
  | { type: 'unregister' }
  | { type: 'ping' }
  /** Sets (again) one timer; it fires after `ms` plus a random part of `jitterMs`. */
  | { type: 'timer'; name: TimerName; ms: number; jitterMs: number }
  | { type: 'timer-off'; name: TimerName }
  | { type: 'accept'; callId: string }
  | { type: 'reject'; callId: string; status: number }
  | { type: 'bye'; callId: string }
  | { type: 'reinvite'; callId: string; hold: boolean }
  /** Whether the far end may hear the agent. */
  | { type: 'microphone'; callId: string; open: boolean }
  | { type: 'digit'; callId: string; digit: string }
  | { type: 'forget'; callId: string }
  | { type: 'sound'; sound: Sound }
  | { type: 'report'; callId: string; conversationId: string; what: Report; detail?: string | undefined }

export interface Decision<S> {
  state: S
  effects: Effect[]
}

/** A driver told something that cannot be: a fault in the program, not in the world. */
export class IllegalMove extends Error {
  constructor(input: string, phase: string) {
    super(`${input} cannot happen to a call that is ${phase}`)
    this.name = 'IllegalMove'
  }
}

/** What was asked of the phone is not askable, e.g. a digit no keypad has. */
export class PhoneInputError extends Error {
  readonly field: string
  constructor(field: string, detail: string) {
    super(detail)
    this.name = 'PhoneInputError'
    this.field = field
  }
}
