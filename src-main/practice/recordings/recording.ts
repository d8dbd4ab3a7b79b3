import type { PauseReason } from '../../../src-shared/contract/phone.ts'
import { FRAME_SAMPLES, SAMPLE_RATE, SILENCE } from '../pbx/ulaw.ts'
import type { ChunkWriter } from './chunks.ts'

/** What a recording is of. */
export interface RecordingSubject {
  callId: string
  conversationId: string
  /** The agent on the right channel. */
  user: string
}

/** A stretch that was not recorded. Nothing stands for it in the audio: `atMs` is the place of the cut, `ms` what is missing there. */
export interface Gap {
  atMs: number
  ms: number
  reason: PauseReason
}

/** Kinds of pieces in a recording's file. A gap is written in two: its beginning before it lasts, its end when it is over. */
export const PIECE = { subject: 1, audio: 2, gapBegan: 3, gapEnded: 4, end: 5 } as const

/** Two samples, left and right, of one octet each. */
const OCTETS_PER_MS = (SAMPLE_RATE * 2) / 1_000
const PIECE_OCTETS = OCTETS_PER_MS * 1_000
/** The agent's packets come unevenly; more than this in store would be an echo of long ago. */
const MAX_BEHIND_OCTETS = SAMPLE_RATE / 4

/**
 * One recording under way:  recording <--> paused, then ended. Every method that throws {@link RecordingError} has ended it: what was
 * written before stays readable.
 */
export interface Recording {
  readonly recordingId: string
  readonly startedAt: number
  readonly state: 'recording' | 'paused' | 'ended'
  /** How much audio there is. */
  readonly ms: number
  readonly gaps: readonly Gap[]
  /** What the agent said, as it comes. */
  heard(ulaw: Uint8Array): void
  /** 20 ms are over, in which the customer said this. */
  tick(customer: Uint8Array): void
  pause(reason: PauseReason): void
  /** How long the gap is. */
  resume(): number
  end(): void
}

export const toMs = (octets: number): number => Math.round(octets / OCTETS_PER_MS)

export function beginRecording(
  file: ChunkWriter,
  recordingId: string,
  subject: RecordingSubject,
  now: () => number,
  onClosed: () => void
): Recording {
  const startedAt = now()
  const gaps: Gap[] = []
  let state: Recording['state'] = 'recording'
  let written = 0
  let filled = 0
  let behind: number[] = []
  let pausedAt = 0
  const piece = Buffer.alloc(PIECE_OCTETS)

  const close = (): void => {
    state = 'ended'
    file.close()
    onClosed()
  }
  const append = (kind: number, data: Uint8Array): void => {
    try {
      file.append(kind, data)
    } catch (error) {
      close()
      throw error
    }
  }
  const write = (kind: number, told: object): void => append(kind, Buffer.from(JSON.stringify(told), 'utf8'))
  const flush = (): void => {
    if (filled === 0) return
    append(PIECE.audio, piece.subarray(0, filled))
    written += filled
    filled = 0
  }
  write(PIECE.subject, { ...subject, startedAt })

  const recording: Recording = {
    recordingId,
    startedAt,
    get state() {
      return state
    },
    get ms() {
      return toMs(written + filled)
    },
    gaps,
    heard(ulaw) {
      if (state !== 'recording') return
      behind.push(...ulaw)
      if (behind.length > MAX_BEHIND_OCTETS) behind = behind.slice(-MAX_BEHIND_OCTETS)
    },
    tick(customer) {
      if (state !== 'recording') return
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        piece[filled++] = customer[i] ?? SILENCE
        piece[filled++] = behind[i] ?? SILENCE
      }
      behind.splice(0, FRAME_SAMPLES)
      if (filled >= PIECE_OCTETS) flush()
    },
    pause(reason) {
      if (state !== 'recording') return
      flush()
      write(PIECE.gapBegan, { at: now(), reason })
      state = 'paused'
      pausedAt = now()
      behind = []
      // What is left over of the last piece must not be found in memory either.
      piece.fill(SILENCE)
      gaps.push({ atMs: toMs(written), ms: 0, reason })
    },
    resume() {
      const gap = gaps.at(-1)
      if (state !== 'paused' || !gap) return 0
      const ms = Math.max(0, now() - pausedAt)
      write(PIECE.gapEnded, { ms })
      gap.ms = ms
      state = 'recording'
      return ms
    },
    end() {
      if (state === 'ended') return
      if (state === 'paused') recording.resume()
      flush()
      write(PIECE.end, { at: now() })
      close()
    }
  }
  return recording
}
