/** Whose voice: `agent` is what this phone sends, `customer` what it receives. */
export type Speaker = 'agent' | 'customer'

/** What every recogniser is given: 16-bit little-endian linear PCM, one channel, in frames of 100 ms. */
export const SAMPLE_RATE = 16_000
export const FRAME_MS = 100

/** A piece of one side's audio. */
export interface Frame {
  /** When its first sample was heard, epoch ms. */
  startAt: number
  pcm: Int16Array<ArrayBuffer>
}

/** What was understood. A partial result replaces the one before of the same speaker; an empty one takes it back. */
export interface Result {
  speaker: Speaker
  text: string
  final: boolean
  /** Epoch ms. */
  startAt: number
  endAt: number
  /** 0..1, where the recogniser says it. */
  confidence?: number
}

/** Speech that is not in the transcript, epoch ms: the recogniser was away or too slow for longer than audio is kept, or listening was paused. */
export interface Gap {
  speaker: Speaker
  startAt: number
  endAt: number
  reason: 'recogniser-lost' | 'paused'
}

/**
 * Why there is no transcript now. `bad-address`: it cannot be an address or the page may not speak to it, nothing is tried again.
 * `unreachable`: no connection came about. `dropped`: it ended. `silent`: it is open and nothing comes back. `nonsense`: what comes back
 * is not the protocol. `no-audio`: the page gives no samples.
 */
export type LostReason = 'bad-address' | 'unreachable' | 'dropped' | 'silent' | 'nonsense' | 'no-audio'

/**
 * `off`: nobody listens to this side.
 * ```
 * connecting -> listening <-> lost -> (ended by close)
 *      `-----------------------^
 * ```
 */
export type ListenState =
  | { state: 'off' }
  | { state: 'connecting' }
  | { state: 'listening' }
  | { state: 'lost'; reason: LostReason; detail: string }

/** Who wants to know. */
export interface Listener {
  result(result: Result): void
  gap(gap: Gap): void
  state(state: ListenState): void
}

/** One side of one call being listened to. Nothing here throws: what fails is a state. */
export interface Session {
  push(frame: Frame): void
  /** From now on nothing that is said leaves this machine, until {@link resume}. */
  pause(): void
  resume(): void
  /** Ends the audio and waits a few seconds at most for what is still being understood. */
  close(): Promise<void>
}

/** A streaming recogniser. */
export interface Transcriber {
  open(speaker: Speaker, listener: Listener): Session
}
