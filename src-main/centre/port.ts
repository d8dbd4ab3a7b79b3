import type { PauseReason } from '../../src-shared/contract/phone.ts'
import type { Channel, Intent, Language, Locale, Presence, Queue, Role } from '../../src-shared/taxonomy.ts'
import type { BankRequest } from './bank/port.ts'

/** Somebody the centre can give work to or show figures to. */
export interface CentrePerson {
  /** Also the name of this person's desk. */
  personId: string
  name: Record<Locale, string>
  role: Role
  queues: readonly Queue[]
  languages: readonly Language[]
  /** How many written conversations at once; a call takes the whole person. */
  chatCapacity: number
  /** The short number of their phone, which people of the centre dial; `personId` reaches them too. */
  extension?: string | undefined
  /** Has no desk: works through {@link Centre.accept} and its neighbours. */
  colleague: boolean
}

/** A customer makes contact. */
export interface Contact {
  customerId: string
  channel: Channel
  queue: Queue
  language: Language
  /** Why they come, one line. */
  reason: string
  /** 0 normal .. 9 most urgent. */
  priority: number
  intent?: Intent | undefined
  alert?: 'large_transfer' | 'remote_login' | 'many_small' | 'new_payee' | undefined
  /** Made by the centre when absent. */
  conversationId?: string | undefined
  /** Offered to this person only, until they decline, miss or pass it on. */
  reservedFor?: string | undefined
  /** Traffic that only simulated colleagues serve. */
  background?: boolean | undefined
  /** The front desk, where there is one, answers first. */
  frontDesk?: boolean | undefined
}

/** One call as the telephone system sees it. `dialled` is set when the agent dialled; then the centre is told of calls to customers only. */
interface OfPbxCall {
  callId: string
  conversationId: string
  user: string
  dialled?: { number: string; party: 'customer' | 'colleague' | 'other' }
}
interface OfPbxRecording extends OfPbxCall {
  recordingId: string
  at: number
}

/** What the telephone system tells; equal in shape to the events of a practice PBX. */
export type PbxLike =
  | { type: 'registered' | 'unregistered'; user: string }
  | (OfPbxCall & { type: 'ringing' | 'answered' | 'held' | 'resumed' })
  | (OfPbxCall & { type: 'refused'; status: number })
  | (OfPbxCall & { type: 'digit'; digit: string })
  | (OfPbxCall & { type: 'ended'; by: 'customer' | 'agent' | 'centre' | 'network' })
  | (OfPbxCall & { type: 'heard'; rms: number; packets: number })
  | (OfPbxCall & { type: 'refer'; target: string })
  /** The customer is with `to` now; `answered` follows unless that is a simulated colleague. */
  | (OfPbxCall & { type: 'transferred'; to: string; legCallId?: string })
  | (OfPbxCall & { type: 'parked'; slot: string })
  | (OfPbxCall & { type: 'retrieved'; slot: string; legCallId: string })
  | (OfPbxRecording & { type: 'recording-started'; ms: number })
  | (OfPbxRecording & { type: 'recording-paused'; ms: number; reason: PauseReason })
  | (OfPbxRecording & { type: 'recording-resumed'; ms: number; gapMs: number })
  | (OfPbxRecording & { type: 'recording-failed'; why: string })
  /** Comes before `ended` of its call, or after a restart. `atMs` of a gap is its place in the audio. */
  | (OfPbxRecording & {
      type: 'recorded'
      startedAt: number
      ms: number
      gaps: { atMs: number; ms: number; reason: PauseReason }[]
      complete: boolean
    })

/** What the centre wants done outside; told after the decision was committed. */
export type Effect =
  /** Ring this person's phone. `from` E.164. Never for colleagues. */
  | { type: 'ring'; personId: string; conversationId: string; callId: string; from: string; name: string; ringMs: number }
  /** End a call or its ringing. */
  | { type: 'hangUp'; callId: string; conversationId: string; by: 'customer' | 'centre' }
  /** An offer stands; a simulated colleague may now accept it. */
  | { type: 'offered'; conversationId: string; personId: string; offerId: string; channel: Channel; expiresAt: number }
  /** A person has the conversation now (for a call: it is up). */
  | { type: 'assigned'; conversationId: string; personId: string; channel: Channel }
  /** What the person serving wrote or (typed) said, masked: the customer may react. */
  | { type: 'agentSaid'; conversationId: string; personId: string; text: string }
  /** What the front desk wrote or said, and what it waits for now. */
  | {
      type: 'frontDeskSaid'
      conversationId: string
      text: string
      awaits: 'wish' | 'code' | 'answer' | 'choice' | 'yes' | 'more' | 'nothing'
    }
  /** Ask the bank; the answer comes back through {@link Centre.bankAnswered}. `args` may hold a code: they are for no log. */
  | { type: 'bank'; conversationId: string; request: BankRequest }
  /** Look at what went through the customer's accounts; it comes back through {@link Centre.bankActivity}. Nothing waits for it. */
  | { type: 'bank-activity'; conversationId: string; customerId: string }
  /** The contact went back to a queue: the customer hears or reads that they are passed on. */
  | { type: 'requeued'; conversationId: string; reason: 'declined' | 'timeout' | 'transfer' | 'agent_left' | 'recovered' }
  /** Pause or resume the recording of a call. What the recorder did comes back as `recording-paused` or `recording-resumed`. */
  | RecordingEffect
  | { type: 'conversationEnded'; conversationId: string; by: 'customer' | 'agent' | 'centre'; personId?: string | undefined }

/** `callId`: the call that the recorder told of. The rest is what the facts will say once the recorder has confirmed. */
export interface RecordingEffect {
  type: 'recording'
  callId: string
  conversationId: string
  pause: boolean
  reason: PauseReason
  /** Of a pause: for how long at most. */
  forMs?: number
  /** Of a resume: what ended the pause. */
  endedBy?: 'agent' | 'timer' | 'step-closed'
  /** Who asked. */
  personId?: string
}

/** What the centre tells about itself. Details carry no customer's words. */
export interface CentreLog {
  write(event: string, detail?: Record<string, unknown>): void
}

/** Times of the centre, all ms. */
export interface CentreSettings {
  ringMs: number
  chatOfferMs: number
  /** A call whose leg is gone waits this long to be taken back. */
  recoverMs: number
  /** Who declined or missed a contact is not asked for it again before this, unless it is over. */
  restMs: number
  /** A call that waited this long keeps a person free of further chats, so that chats cannot shut calls out. */
  drainAfterMs: number
  /** One step of priority for each of these waited, so that urgent contacts cannot shut others out. */
  agingMs: number
  /** At most one snapshot of queues and figures in this. */
  publishMs: number
  /** At least one snapshot of figures in this while somebody ticks, so that a screen knows its figures are fresh. */
  heartbeatMs: number
  /** A call-back that one person promised is offered to the others of the queue when they have not been free for so long. */
  callbackReserveMs: number
  /** The front desk takes a customer who says nothing for this long for gone. */
  frontDeskSilenceMs: number
  /** A recorder that has not confirmed is asked again after this. */
  recorderPatienceMs: number
}
export const SETTINGS: CentreSettings = {
  ringMs: 20_000,
  chatOfferMs: 30_000,
  recoverMs: 600_000,
  restMs: 30_000,
  drainAfterMs: 20_000,
  agingMs: 60_000,
  publishMs: 1_000,
  heartbeatMs: 10_000,
  callbackReserveMs: 600_000,
  frontDeskSilenceMs: 300_000,
  recorderPatienceMs: 3_000
}

/** A call-back that did not end is offered again so long after it was tried. Not to be set: what facts mean depends on it. */
export const CALLBACK_AGAIN_MS = 900_000

/** What a person may be told to be from outside (sign-in, sign-out, simulated colleagues). */
export type WantedPresence = Exclude<Presence, 'wrap-up' | 'not-responding'>
