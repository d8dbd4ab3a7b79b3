import type { CommandData } from '../../src-shared/commands.ts'
import { RefusalError } from '../../src-shared/errors.ts'
import { fact } from '../../src-shared/events.ts'
import type { Draft } from './decision.ts'
import type { PbxLike } from './port.ts'
import type { Conversation } from './state.ts'

/**
 * The recording of a conversation's calls. A person asks, the recorder does, and only what it confirmed becomes a fact:
 *
 *   on --(asked to pause)--> recording-paused --> paused --(asked, or time is up)--> recording-resumed --> on
 *                                                    +---- the call ends: so does the gap
 */

/** A pause that nobody limited: somebody asked the recorder by other means. */
const PAUSE_MS = 120_000

type RecorderEvent = Extract<
  PbxLike,
  { type: 'recording-started' | 'recording-paused' | 'recording-resumed' | 'recording-failed' | 'recorded' }
>
export const isOfRecorder = (event: PbxLike): event is RecorderEvent => event.type === 'recorded' || event.type.startsWith('recording-')

/** The recorder of a call of this person's that is up. @throws RefusalError `not_available` and why */
function recorderOf(conversation: Conversation, personId: string) {
  const { call, recording } = conversation
  if (!call || call.state === 'ringing' || call.personId !== personId)
    throw new RefusalError('not_available', 'no call of yours is up in this conversation', 'conversationId')
  if (!recording) throw new RefusalError('not_available', 'no recorder records this call', 'conversationId')
  if (recording.recordingId === undefined)
    throw new RefusalError('not_available', 'the recorder of this call listens to the phone only', 'conversationId')
  return recording
}

/** @throws RefusalError `not_available` */
export function pauseRecording(
  out: Draft,
  conversation: Conversation,
  personId: string,
  { reason, forMs }: CommandData<'recording.pause'>
) {
  const recording = recorderOf(conversation, personId)
  const { conversationId } = conversation
  const { callId } = recording
  if (recording.state === 'on') return out.tell({ type: 'recording', callId, conversationId, pause: true, reason, forMs, personId })
  // It is paused, as the recorder said; only its end moves.
  const until = out.world.now + forMs
  out.add('call.recording-paused', { callId: legOf(conversation), reason: recording.reason ?? reason, personId, until }, conversationId)
}

/** @throws RefusalError `not_available` */
export function resumeRecording(
  out: Draft,
  conversation: Conversation,
  personId: string,
  { endedBy }: Pick<CommandData<'recording.resume'>, 'endedBy'>
) {
  const recording = recorderOf(conversation, personId)
  const { conversationId } = conversation
  // A pause that the recorder has not confirmed yet must not come true after this.
  if (recording.state === 'on' && !out.world.asked.get(conversationId)?.pause) return
  const { callId, reason = 'request' } = recording
  out.tell({ type: 'recording', callId, conversationId, pause: false, reason, endedBy, personId })
}

/** Facts name the leg that is up: the recorder may know the call by an earlier one's name. */
const legOf = ({ call, recording }: Conversation): string => call?.callId ?? recording?.callId ?? ''

export function fromRecorder(out: Draft, event: RecorderEvent) {
  const { conversationId, recordingId } = event
  const conversation = out.world.state.conversations.get(conversationId)
  const asked = out.world.asked.get(conversationId)
  if (event.type === 'recorded') {
    if (conversation) gapEnds(out, conversation)
    const { callId, startedAt, ms, gaps } = event
    // Its id follows from the recording, so that it stands in the books once, however often the recorder tells it.
    out.facts.push(
      fact('call.recorded', { callId, recordingId, startedAt, ms, gaps }, out.world.now, `recorded:${recordingId}`, conversationId)
    )
    return
  }
  if (!conversation?.call) return
  const { recording } = conversation
  const callId = legOf(conversation)
  switch (event.type) {
    case 'recording-started':
      if (recording?.recordingId !== recordingId) out.add('call.recording-started', { callId, recordingId }, conversationId)
      return
    case 'recording-paused': {
      if (recording?.state !== 'on') return
      const told = asked?.pause ? asked : undefined
      const until = out.world.now + (told?.forMs ?? PAUSE_MS)
      const personId = told?.personId
      out.add('call.recording-paused', { callId, reason: event.reason, until, ...(personId && { personId }) }, conversationId)
      return
    }
    case 'recording-resumed':
      if (recording?.state !== 'paused') return
      out.add(
        'call.recording-resumed',
        { callId, endedBy: (asked && !asked.pause && asked.endedBy) || 'agent', gapMs: event.gapMs },
        conversationId
      )
      return
    case 'recording-failed':
      return tellLine(out, conversation, 'recording_failed')
    default:
      return event satisfies never
  }
}

/** What a phone's PBX told it about its recorder, when that is none of ours. */
export function phoneConfirmed(out: Draft, conversation: Conversation, personId: string, told: CommandData<'recording.confirmed'>) {
  const { conversationId, call, recording } = conversation
  if (!call || call.personId !== personId || recording?.recordingId !== undefined) return
  const { callId } = call
  if (told.state === 'paused') {
    const reason = told.reason ?? recording?.reason ?? 'request'
    const until = out.world.now + (told.forMs ?? PAUSE_MS)
    out.add('call.recording-paused', { callId, reason, personId, until }, conversationId)
  } else if (recording?.state === 'paused') {
    const gapMs = Math.max(0, out.world.now - (recording.pausedAt ?? out.world.now))
    out.add('call.recording-resumed', { callId, endedBy: told.endedBy ?? 'agent', gapMs }, conversationId)
  }
}

/** With the call the gap ends too. */
export function gapEnds(out: Draft, conversation: Conversation) {
  const { recording, conversationId } = conversation
  if (recording?.state !== 'paused') return
  const gapMs = Math.max(0, out.world.now - (recording.pausedAt ?? out.world.now))
  out.add('call.recording-resumed', { callId: legOf(conversation), endedBy: 'call-ended', gapMs }, conversationId)
}

/** When a pause ends by itself; `undefined` while none does, or while its end is asked for already. */
export function pauseDueAt({ call, recording }: Conversation, asksResume: boolean): number | undefined {
  if (!call || recording?.state !== 'paused' || recording.recordingId === undefined || asksResume) return undefined
  return recording.until
}

/** Time is up: the recorder is to go on. */
export function resumeByTimer(out: Draft, { conversationId, recording }: Conversation) {
  if (!recording) return
  const { callId, reason = 'request' } = recording
  out.tell({ type: 'recording', callId, conversationId, pause: false, reason, endedBy: 'timer' })
}

/** A line of the timeline about the recorder. */
export function tellLine(out: Draft, { conversationId }: Conversation, key: 'recording_failed' | 'recorder_silent') {
  const { newId, now: at } = out.world
  out.add('entry.added', { entryId: newId(), kind: 'system', speaker: 'system', text: key, at }, conversationId)
}
