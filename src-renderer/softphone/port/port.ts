import type { RecoverableCall } from '../../../src-shared/contract/conversation.ts'
import type { PauseReason, PhoneAccount, QualityWarning, ReadinessCause } from '../../../src-shared/contract/phone.ts'
import type { AgentInput } from '../call/inputs.ts'
import { NEW_PHONE } from '../call/phone.ts'
import type { PhoneState, Problem } from '../call/state.ts'
import type { HeadsetStatus } from '../headset/port.ts'
import type { LiveTranscript } from '../transcriber/live-transcript.ts'
import type { Gap } from '../transcriber/port.ts'

/**
 * The phone as whoever shows it reaches it, in this page or in another one. All that crosses is plain data: a view out, actions in.
 *
 *   screens -> Softphone -> PhonePort -> engine (here, or over a BroadcastChannel in the page that is the phone)
 */
export interface PhonePort {
  readonly view: PhoneView
  /** Where the phone runs, as seen from here. */
  readonly place: PhonePlace
  /** Calls back after every change of view or place. Returns what ends it. */
  subscribe(listener: () => void): () => void
  /** Levels ten times a second for as long as somebody looks; the returned function says that nobody does any more. */
  watch(what: Watched, listener: (levels: Levels) => void): () => void
  /** Rejects with PhoneInputError, a refusal of the host, or PhoneGoneError when no phone took it. */
  act(action: Action): Promise<void>
  close(): Promise<void>
}

/**
 * `starting`: nobody has answered yet. `here`: this page is the phone. `elsewhere`: another page is. `silent`: another page was, and has
 * not been heard for a while.
 */
export type PhonePlace = 'starting' | 'here' | 'elsewhere' | 'silent'

export type Watched = 'call' | 'microphone'
/** RMS 0..1. */
export interface Levels {
  /** What the far end gets of me, and what I get of it, of the call in front. */
  out: number
  in: number
  /** The microphone, while it is tried out. */
  microphone: number
}
export const SILENCE: Levels = { out: 0, in: 0, microphone: 0 }

/** What of the account screens may know: no addresses, no secrets. */
export type PhoneSetup = Pick<
  PhoneAccount,
  'source' | 'lines' | 'park' | 'echoNumber' | 'recorder' | 'country' | 'outsidePrefix' | 'displayName' | 'user'
> & { transcribes: boolean }

/** How one call sounds, from the last look at it. Absent: not measured. */
export interface CallLook {
  at: number
  /** 1..4.5, E-model. */
  mos?: number | undefined
  rttMs?: number | undefined
  jitterMs?: number | undefined
  lossRatio?: number | undefined
  /** `opus`, `PCMA` ... */
  codec?: string | undefined
  /** What stands now, oldest first. */
  warnings: readonly { kind: QualityWarning; raisedAt: number }[]
}

/** Whether calls can be taken, and if not the first reason why. */
export type Readiness = { ready: true } | { ready: false; cause: ReadinessCause }

export interface DeviceRow {
  deviceId: string
  /** Empty until the microphone was allowed: browsers hide names until then. */
  label: string
}
export interface DevicesView {
  microphones: readonly DeviceRow[]
  outputs: readonly DeviceRow[]
  /** Why the microphone cannot be used. */
  problem?: Problem | undefined
  canChooseOutput: boolean
  /** The microphone is open to be tried out. */
  metering: boolean
  testing?: 'speaker' | 'ringer' | undefined
  /** Something was plugged in or pulled out and the sound moved. */
  moved?: { what: 'microphone' | 'speaker' | 'ringer'; to: string; at: number } | undefined
}

/** The headset whose buttons work, or why they do not. */
export type HeadsetView = HeadsetStatus

/** One call being transcribed: what is being said now, and whether anybody listens. What was said for good is in the conversation. */
export type TranscriptView = Pick<LiveTranscript, 'partials'> & {
  /** Of the sides that are listened to. */
  states: Partial<LiveTranscript['states']>
  /** Stretches that were not heard, oldest first. */
  gaps: readonly Gap[]
}

/** A call that was up when the page went away and could not be had back. */
export interface LostCall {
  callId: string
  conversationId?: string | undefined
  name: string
  number: string
  answeredAt: number
  lostAt: number
  /** What the telephone system said; English, for the tooltip. */
  detail: string
}

/** What the PBX's own recorder said about one call (only with `recorder: 'info'`). */
export interface RecordingView {
  state: 'on' | 'paused'
  asked?: 'pause' | 'resume' | undefined
  reason?: PauseReason | undefined
  /** When the pause ends by itself. */
  until?: number | undefined
  /** The last order was refused, with this SIP status. */
  failed?: number | undefined
}

export interface PhoneView {
  /** `none`: this role has no phone. */
  account: 'loading' | 'ready' | 'none' | 'failed'
  setup?: PhoneSetup | undefined
  state: PhoneState
  /** By call id, as the following. */
  quality: Readonly<Record<string, CallLook>>
  transcripts: Readonly<Record<string, TranscriptView>>
  recordings: Readonly<Record<string, RecordingView>>
  readiness: Readiness
  devices: DevicesView
  headset: HeadsetView
  /** Calls that were cut off and can be rung through again. */
  recoverable: readonly RecoverableCall[]
  /** Calls that are gone; the agent has not been told, or has not said so yet. */
  lost: readonly LostCall[]
}

export const NEW_VIEW: PhoneView = {
  account: 'loading',
  state: NEW_PHONE,
  quality: {},
  transcripts: {},
  recordings: {},
  readiness: { ready: false, cause: 'checking' },
  devices: { microphones: [], outputs: [], canChooseOutput: false, metering: false },
  headset: { state: 'none' },
  recoverable: [],
  lost: []
}

/** What a person does with the phone. */
export type Action =
  | { type: 'phone'; input: Exclude<AgentInput, { type: 'configure' | 'timer' | 'take-back' | 'go-online' | 'go-offline' | 'dial' }> }
  /** Makes a contact of it first, where the desk can be asked, then rings. `to` as the PBX wants it (see numbers.ts). */
  | {
      type: 'dial'
      callId: string
      to: string
      /** E.164 where known: how the number is kept. */
      number: string
      name?: string | undefined
      conversationId?: string | undefined
      customerId?: string | undefined
      callbackId?: string | undefined
      consultFor?: string | undefined
      /** Keyed after the answer: digits, and commas for pauses. */
      postDial?: string | undefined
      /** A call inside the centre is nobody's contact. */
      inside?: boolean | undefined
    }
  /** Takes a call that the centre did not offer: it becomes a contact. */
  | { type: 'answer'; callId: string }
  | { type: 'recover'; conversationId: string }
  | { type: 'give-up'; conversationId: string }
  | { type: 'dismiss-lost'; callId: string }
  /** Asks the PBX's own recorder (`recorder: 'info'`). */
  | { type: 'pause-recording'; callId: string; reason: PauseReason; forMs: number }
  | { type: 'resume-recording'; callId: string; endedBy: 'agent' | 'step-closed' }
  | { type: 'test-sound'; what: 'speaker' | 'ringer'; deviceId: string; volume: number }
  | { type: 'refresh-devices' }
  /** Takes hold of the chosen microphone's headset, or lets go of it. `asks: false`: not from a click in the page that is the phone. */
  | { type: 'headset'; connect: boolean; asks?: boolean | undefined }
  /** Look at microphone, output and line now. */
  | { type: 'probe' }

/** No page is the phone, or the one that is did not answer. What was asked may not have happened. */
export class PhoneGoneError extends Error {
  constructor() {
    super('no page of this desk that is the phone answered')
    this.name = 'PhoneGoneError'
  }
}
