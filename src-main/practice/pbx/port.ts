import type { PauseReason } from '../../../src-shared/contract/phone.ts'
import type { RecordingErrorKind } from '../recordings/errors.ts'
import type { Gap } from '../recordings/recording.ts'
import type { OpenedRecording } from '../recordings/recordings.ts'
import type { Dialplan } from './dialplan.ts'

/**
 * What the practice centre needs of its PBX. The PBX is real SIP (RFC 3261 over WebSocket, RFC 7118) with real WebRTC media;
 * a test may stand in for it.
 */
export interface PbxAccount {
  /** ws://127.0.0.1:PORT */
  server: string
  domain: string
  user: string
  secret: string
}

export interface RingOptions {
  /** The agent's SIP user. */
  user: string
  conversationId: string
  callId: string
  /** The caller's number, E.164. */
  from: string
  name: string
  ringMs: number
}

/** `none`: the call is not recorded (not up, not a customer's, no recorder, or the disk refused). */
export type RecorderState = 'recording' | 'paused' | 'none'

/** The PBX records every customer's call; these say and change what it does. */
export interface RecorderPort {
  /**
   * From here on nothing that is said reaches the disk. Confirmed by the event `recording-paused`, also when it was paused before;
   * a call that is not recorded gives `none` and no event.
   */
  pause(callId: string, why: { reason: PauseReason }): RecorderState
  /** Confirmed by the event `recording-resumed`, likewise. */
  resume(callId: string): RecorderState
  state(callId: string): RecorderState
  /** @throws RecordingError `missing`, `wrong_key`, `damaged`, `io` */
  open(recordingId: string): OpenedRecording
  /** Tells `recorded` for every recording that ended while nobody listened: an earlier run was closed or killed. */
  tellUntold(): void
  /** Deletes finished recordings that began before (epoch ms); how many. */
  forget(before: number): number
}

interface OfRecording extends OfCall {
  recordingId: string
  /** Epoch ms. */
  at: number
}

export type RecordingEvent =
  /** `ms`: how much audio there is so far. */
  | (OfRecording & { type: 'recording-started'; ms: number })
  | (OfRecording & { type: 'recording-paused'; ms: number; reason: PauseReason })
  | (OfRecording & { type: 'recording-resumed'; ms: number; gapMs: number })
  /** It goes on no more (or never began: `recordingId` is ''); the call does. `recorded` follows for what there is. */
  | (OfRecording & { type: 'recording-failed'; why: RecordingErrorKind })
  /** It is over and can be opened. Gaps by their place in the audio. Not `complete`: its end is missing. */
  | (OfRecording & { type: 'recorded'; startedAt: number; ms: number; gaps: Gap[]; complete: boolean })

/** Set for a call that the agent dialled. `colleague`: somebody of the centre; `other`: an echo, a test number. */
export interface Dialled {
  number: string
  party: 'customer' | 'colleague' | 'other'
}

/** Which call an event is about. */
export interface OfCall {
  callId: string
  conversationId: string
  /** The agent. */
  user: string
  /** Present in every event of a call that the agent dialled. */
  dialled?: Dialled
}

export type CallEvent =
  /** `answered` comes again when the call goes to another leg: transferred, taken back, retrieved. */
  | (OfCall & { type: 'ringing' | 'answered' | 'held' | 'resumed' })
  /** The agent's phone said no (`status` 4xx-6xx), did not answer in time (408), or could not be reached (480); or who was dialled did. */
  | (OfCall & { type: 'refused'; status: number })
  | (OfCall & { type: 'digit'; digit: string })
  | (OfCall & { type: 'ended'; by: 'customer' | 'agent' | 'centre' | 'network' })
  /** How loud the agent is at the customer's end: RMS 0..1 of the last second, sent about once a second while up. */
  | (OfCall & { type: 'heard'; rms: number; packets: number })
  /** The agent asks by REFER to move the call to `target` (user part of Refer-To). */
  | (OfCall & { type: 'refer'; target: string })
  /**
   * The customer is with `to` now: a person's id or a number. For a simulated colleague the call is over in the PBX and no `ended` follows;
   * for somebody with a phone `answered` follows. `legCallId`: the SIP Call-ID that their phone knows the call by.
   */
  | (OfCall & { type: 'transferred'; to: string; legCallId?: string })
  /** The customer waits without an agent; `user` parked them. */
  | (OfCall & { type: 'parked'; slot: string })
  /** `user` has the parked customer now; `answered` follows. */
  | (OfCall & { type: 'retrieved'; slot: string; legCallId: string })

export type PbxEvent = { type: 'registered' | 'unregistered'; user: string } | CallEvent | RecordingEvent

export interface Pbx {
  readonly port: number
  readonly recorder: RecorderPort
  /** Makes or returns the account of a user; the secret is made at random at start. */
  account(user: string): PbxAccount
  isRegistered(user: string): boolean
  /** Rings the agent; what becomes of it arrives as events. */
  ring(options: RingOptions): void
  /** Ends a call or its ringing. Unknown calls are ignored. */
  hangUp(callId: string, by: 'customer' | 'centre'): void
  /** Plays G.711 mu-law (8 kHz mono, raw) to the agent; resolves when played, or at once when the call is not up. A held call waits. */
  play(callId: string, ulaw: Uint8Array): Promise<void>
  /** What becomes of numbers that agents dial or send customers to, from now on. */
  dialTo(dialplan: Dialplan): void
  on(listener: (event: PbxEvent) => void): { close(): void }
  close(): Promise<void>
}
