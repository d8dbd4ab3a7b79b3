import type { DialogRecord } from '../../../src-shared/contract/phone.ts'
import type { Effect } from './effects.ts'

export type { Effect } from './effects.ts'
export type { Input } from './inputs.ts'

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
  /** Which of the account's addresses is used, from 0. */
  server: number
  /** SIP status of the last refusal, or what the socket said; English, for the log and the tooltip. */
  reason?: string | undefined
}

/**
 * Life of one call. `held` is entered only when the far end's answer confirms it.
 *
 *   ringing --accept--> answering --2xx/ACK--> up --hold--> holding --confirmed--> held
 *      |                    |                  ^ ^             |                     |
 *      |                    |                  | '---failed----'                     |
 *      |   calling -180-> alerting --2xx------>| '-------- resuming <-----resume-----'
 *      |   taking-back (INVITE with Replaces)->'
 *      '--decline, gone-----'--------- hang up from anywhere --> ending --> ended --> (forgotten)
 */
export type CallPhase =
  | 'ringing'
  | 'answering'
  | 'calling'
  | 'alerting'
  | 'taking-back'
  | 'up'
  | 'holding'
  | 'held'
  | 'resuming'
  | 'ending'
  | 'ended'

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
  /** The phone is not registered, so nothing can be dialled. */
  | 'not-connected'
  | 'no-line-free'
  /** 486, 600 */
  | 'busy'
  /** 404, 410, 484, 604 */
  | 'not-found'
  /** 480, 408, 487 and a ring that nobody answered */
  | 'unavailable'
  /** 603 */
  | 'declined'
  /** 401, 403, 407 */
  | 'forbidden'
  /** 415, 488, 606: no codec in common. */
  | 'not-acceptable'
  /** 5xx */
  | 'server-failed'
  /** 3xx that leads nowhere or in a circle. */
  | 'redirected-in-circles'
  /** Any other refusal. */
  | 'call-failed'
  | 'transfer-refused'
  | 'transfer-failed'
  /** The far end took the order and never said what came of it. */
  | 'transfer-unanswered'
  | 'park-failed'
  /** Signalling could not be proven after the line came back. */
  | 'not-recovered'
  /** The far end no longer knows the call (481, 408). */
  | 'call-lost'
  /** The session timer ran out (RFC 4028). */
  | 'session-expired'
  | 'take-back-failed'

/**
 * Whether the far end can still be told anything (the sound goes its own way):
 *
 *   ok --socket gone--> cut --registered--> refreshing --re-INVITE answered--> proving --audio both ways--> ok
 *                        ^---- socket gone, or no answer: tried again ----------'
 */
export type CallLink = 'ok' | 'cut' | 'refreshing' | 'proving'

/** An order to the far end to call somebody else (RFC 3515). `asking`: it has not agreed; `trying`: it has and reports. */
export interface Transfer {
  kind: 'blind' | 'consult' | 'park'
  to: string
  stage: 'holding' | 'asking' | 'trying' | 'done'
  /** The last progress reported: a SIP status. */
  status?: number | undefined
  /** Consult: the call with the person who takes over. */
  partner?: string | undefined
  /** Park: where the call will wait. */
  orbit?: Call['parked']
}

/** The identity of an established dialog (RFC 3261 12), as this side sees it. */
export type DialogIds = Pick<
  DialogRecord,
  'localTag' | 'remoteTag' | 'localUri' | 'remoteUri' | 'remoteTarget' | 'routeSet' | 'localSeq'
> & {
  sipCallId: string
  /** We made the Call-ID (RFC 3261 14.1). */
  ours: boolean
}

export interface Call {
  callId: string
  direction: 'in' | 'out'
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
  /** The re-INVITE under way: what it asks for, and why. */
  reinviting?: { hold: boolean; purpose: 'hold' | 'refresh' } | undefined
  /** Tries of the re-INVITE in progress. */
  glares: number
  ringingAt: number
  /** When the agent last turned to this call (took, dialled or resumed it). */
  turnedToAt: number
  answeredAt?: number | undefined
  heldAt?: number | undefined
  /** Since when the agent is to be heard on it, while that is so: after the answer, a mute or a hold. */
  openSince?: number | undefined
  endedAt?: number | undefined
  endedBy?: EndedBy | undefined
  problem?: Problem | undefined
  /** English, for the log and the tooltip. */
  detail?: string | undefined
  /** The SIP status that refused what the agent wanted. */
  status?: number | undefined
  /** Outbound: what was dialled, and every address tried (3xx). */
  to?: string | undefined
  tried?: readonly string[] | undefined
  /** Outbound: the far end sends sound before it answers (183 with SDP). */
  earlyMedia: boolean
  /** What is still to be keyed once the far end has answered; a comma is a pause. */
  postDial?: string | undefined
  /** The call that this one was dialled to consult about. */
  consultFor?: string | undefined
  transfer?: Transfer | undefined
  /** Where the far end waits, once the transfer to the orbit is done. */
  parked?: { slot: string; retrieval: string } | undefined
  /** Mixed with the other calls that say so: each hears all others. */
  conferenced: boolean
  /** Answered by the phone itself: the agent hears a tone before the audio opens. */
  autoAnswered: boolean
  whispering: boolean
  /** The tone that tells the agent that nobody was reached. */
  busyTone: boolean
  link: CallLink
  linkAt: number
  /** Tries to prove it since the cut. */
  refreshes: number
  /** No sound comes or goes, whatever signalling says. */
  mediaLost: boolean
  /** When audio both ways and signalling were last proven after a cut. */
  recoveredAt?: number | undefined
  /** Inbound: this INVITE replaces one of our calls (RFC 3891). Outbound: it takes this dialog back. */
  replaces?: string | undefined
  takeBack?: DialogRecord | undefined
  /** Outbound because the far end of this call asked for it (REFER). */
  referredBy?: string | undefined
  dialog?: DialogIds | undefined
  /** Session timer (RFC 4028): who keeps the dialog alive. */
  session?: { expiresS: number; refresher: 'us' | 'them' } | undefined
}

/** An INVITE that the phone refused by itself; the newest last. */
export interface Refused {
  callId: string
  conversationId?: string | undefined
  name: string
  number: string
  why: 'do-not-disturb' | 'no-line-free'
  at: number
}

/** A call that waits in an orbit until somebody dials `retrieval`. */
export interface Parked {
  callId: string
  conversationId?: string | undefined
  name: string
  number: string
  slot: string
  retrieval: string
  at: number
}

/** How this phone behaves; from the account. */
export interface Rules {
  /** Addresses of the PBX that can be tried. */
  servers: number
  /** Calls at once; more get 486. */
  lines: number
  /** Obey `Call-Info: ;answer-after=` and `Alert-Info` auto answer. */
  autoAnswer: boolean
  /** Call whom the far end of an established call asks us to (RFC 3515). */
  obeysRefer: boolean
}

export interface PhoneState {
  line: LineState
  /** In the order they came. */
  calls: readonly Call[]
  /** Conversations accepted before their INVITE arrived: answered as soon as it does, until the time given. */
  expected: Readonly<Record<string, Expected>>
  doNotDisturb: boolean
  refused: readonly Refused[]
  parked: readonly Parked[]
  rules: Rules
}

/** `auto`: the queue's rule, not the agent's hand; then a tone goes before the audio, and never into a live call. */
export interface Expected {
  until: number
  auto: boolean
}

export type EndedBy = 'far' | 'self' | 'network'

export type CallTimer =
  | 'answer'
  | 'hold'
  | 'glare'
  | 'ending'
  | 'clean'
  | 'calling'
  | 'transfer'
  | 'whisper'
  | 'tone'
  | 'key'
  | 'refresh'
  | 'proof'
  | 'session'
  | 'replaced'
export type TimerName = 'return' | 'retry' | 'stuck' | 'ping' | 'ping-lost' | `${CallTimer}:${string}`

/** `ring` belongs to the ringer; the others to the agent's ear. */
export type Sound = 'off' | 'ring' | 'beep' | 'ringback' | 'busy' | 'whisper'
export type Report = 'answered' | 'held' | 'resumed' | 'ended' | 'failed' | 'parked'

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
