import type { PauseReason } from '../../../src-shared/contract/phone.ts'
import { RecordingError } from '../recordings/errors.ts'
import type { Recording, RecordingSubject } from '../recordings/recording.ts'
import type { OpenedRecording, Recordings } from '../recordings/recordings.ts'
import type { PbxEvent, RecorderPort, RecorderState } from './port.ts'

/** The recording of one call, from its first answer to its end. A new agent gets a recording of their own. */
export interface CallRecorder {
  /** `user` talks to the customer now; the same user again (a reloaded page) goes on, paused or not. */
  answered(user: string): void
  heard(ulaw: Uint8Array): void
  tick(customer: Uint8Array): void
  /** The agent's phone asks by INFO; true when the state is what was asked. */
  set(on: boolean): boolean
  over(): void
}

export interface Recorder {
  readonly port: RecorderPort
  ofCall(call: { callId: string; conversationId: string }): CallRecorder
}

/**
 * Records the customers' calls. Every event tells what is so: it is sent after the file has it. A disk that cannot take the recording
 * costs the recording, never the call.
 */
export function createRecorder(
  recordings: Recordings | undefined,
  now: () => number,
  /** False when nobody listens. */
  emit: (event: PbxEvent) => boolean,
  log: (line: string) => void
): Recorder {
  const running = new Map<string, { subject: RecordingSubject; recording: Recording }>()

  const tellEnd = (
    subject: RecordingSubject,
    { recordingId, startedAt, ms, gaps }: Recording | OpenedRecording,
    complete: boolean
  ): void => {
    const told = emit({
      type: 'recorded',
      ...subject,
      recordingId,
      at: now(),
      startedAt,
      ms,
      gaps: gaps.map((gap) => ({ ...gap })),
      complete
    })
    if (told) recordings?.told(recordingId)
  }
  /** Does something to a recording; what the disk refuses ends it. */
  const attempt = (
    callId: string,
    work: (recording: Recording, about: RecordingSubject & { recordingId: string; at: number; ms: number }) => void
  ): void => {
    const one = running.get(callId)
    if (!one) return
    const { subject, recording } = one
    try {
      work(recording, { ...subject, recordingId: recording.recordingId, at: now(), ms: recording.ms })
      if (recording.state !== 'ended') return
      running.delete(callId)
      tellEnd(subject, recording, true)
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error
      running.delete(callId)
      log(`recording ${recording.recordingId}: ${error.kind}: ${error.message}`)
      emit({ type: 'recording-failed', ...subject, recordingId: recording.recordingId, at: now(), why: error.kind })
      tellEnd(subject, recording, false)
    }
  }
  const stateOf = (callId: string): RecorderState => {
    const state = running.get(callId)?.recording.state
    return state === 'recording' || state === 'paused' ? state : 'none'
  }
  const pause = (callId: string, { reason }: { reason: PauseReason }): RecorderState => {
    attempt(callId, (recording, about) => {
      recording.pause(reason)
      emit({ type: 'recording-paused', ...about, ms: recording.ms, reason: recording.gaps.at(-1)?.reason ?? reason })
    })
    return stateOf(callId)
  }
  const resume = (callId: string): RecorderState => {
    attempt(callId, (recording, about) => {
      recording.resume()
      emit({ type: 'recording-resumed', ...about, gapMs: recording.gaps.at(-1)?.ms ?? 0 })
    })
    return stateOf(callId)
  }
  const begin = (subject: RecordingSubject): void => {
    if (!recordings) return
    try {
      const recording = recordings.begin(subject)
      running.set(subject.callId, { subject, recording })
      emit({ type: 'recording-started', ...subject, recordingId: recording.recordingId, at: recording.startedAt, ms: 0 })
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error
      log(`recording of ${subject.callId}: ${error.kind}: ${error.message}`)
      emit({ type: 'recording-failed', ...subject, recordingId: '', at: now(), why: error.kind })
    }
  }

  return {
    port: {
      pause,
      resume,
      state: stateOf,
      open(recordingId) {
        if (!recordings) throw new RecordingError('missing', 'nothing is recorded here')
        return recordings.open(recordingId)
      },
      tellUntold() {
        for (const recording of recordings?.untold() ?? []) {
          const { callId, conversationId, user } = recording
          tellEnd({ callId, conversationId, user }, recording, recording.complete)
        }
      },
      forget: (before) => recordings?.forget(before) ?? 0
    },
    ofCall({ callId, conversationId }) {
      const end = (): void => attempt(callId, (recording) => recording.end())
      return {
        answered(user) {
          if (running.get(callId)?.subject.user === user) return
          end()
          begin({ callId, conversationId, user })
        },
        heard: (ulaw) => running.get(callId)?.recording.heard(ulaw),
        tick(customer) {
          if (running.has(callId)) attempt(callId, (recording) => recording.tick(customer))
        },
        set(on) {
          return (on ? resume(callId) : pause(callId, { reason: 'request' })) === (on ? 'recording' : 'paused')
        },
        over: end
      }
    }
  }
}
