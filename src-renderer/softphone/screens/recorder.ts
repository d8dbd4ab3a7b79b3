import type { ConversationView } from '../../../src-shared/contract/conversation.ts'
import type { PauseReason, RECORDERS } from '../../../src-shared/contract/phone.ts'
import type { RecordingView } from '../port/port.ts'

/** How long each kind of pause lasts at most; then the recorder resumes by itself. */
export const PAUSE_MS: Record<PauseReason, number> = { payment: 180_000, personal: 60_000, request: 120_000 }
/** A pause that is not confirmed after this long must be taken as not happening. */
export const CONFIRM_MS = 3_000

/**
 * What is recorded of a call, as the recorder confirmed it: never what a button wished. `asked` is a wish that it has not confirmed yet.
 */
export type RecordingLook =
  | { state: 'none' }
  | {
      state: 'on' | 'paused' | 'ended'
      /** Paused: when it ends by itself, and since when. */
      until?: number | undefined
      since?: number | undefined
      reason?: PauseReason | undefined
      asked?: 'pause' | 'resume' | undefined
      /** The last order was refused with this SIP status. */
      failed?: number | undefined
    }

/**
 * The one truth about the recording: the centre's word, or with a recorder that obeys the phone itself, what it answered there. Pure.
 */
export function recordingOf(
  recorder: (typeof RECORDERS)[number] | undefined,
  call: ConversationView['call'],
  atPhone: RecordingView | undefined
): RecordingLook {
  const since = call?.gaps.findLast((gap) => gap.to === undefined)?.from
  if (recorder === 'info' && atPhone) return { ...atPhone, since }
  if (!call?.recording) return { state: 'none' }
  return { ...call.recording, since }
}
