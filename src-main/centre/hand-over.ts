import { RefusalError } from '../../src-shared/errors.ts'
import type { Draft } from './decision.ts'
import { handOn } from './handoff/hand-on.ts'
import { NOTE_LIMIT } from './handoff/prepare.ts'
import { endCall } from './legs.ts'
import { callAnswered } from './routing/offers.ts'
import type { Call, Conversation, PersonState, State } from './state.ts'
import { note } from './work.ts'

/** A customer who goes from one person to another by the phone: transferred, or fetched from where they were parked. */

/** Somebody of the centre by their id or the number of their phone. */
const personCalled = (state: State, to: string): PersonState | undefined =>
  state.people.get(to) ?? [...state.people.values()].find(({ person }) => person.extension !== undefined && person.extension === to)

/**
 * The telephone system (or the phone) has moved the customer. To somebody of the centre the conversation goes with them; anybody else
 * has taken the customer out of the centre, and the contact is over here.
 *
 * @param legCallId by which the other phone knows the call
 */
export function passOn(out: Draft, conversation: Conversation, fromPersonId: string, to: string, reason: string, legCallId?: string) {
  const { conversationId, queue, owner } = conversation
  const { state, ai } = out.world
  const next = personCalled(state, to)
  if (next?.person.personId === fromPersonId) throw new RefusalError('invalid', 'they have the customer already', 'to')
  const { recording, call } = conversation
  const entryId = passedOnId(conversation)
  endCall(out, conversation, 'centre', false)
  if (!next) {
    const values = { to: ai.mask(to), ...(reason === '' ? {} : { reason: ai.mask(reason) }) }
    const { now: at } = out.world
    out.add('entry.added', { entryId, kind: 'system', speaker: 'system', text: 'passed_on_outside', values, at }, conversationId)
    if (conversation.state === 'active') out.add('conversation.ended', { by: 'agent' }, conversationId)
    out.tell({ type: 'conversationEnded', conversationId, by: 'agent', personId: owner })
    return
  }
  const { personId, name, colleague } = next.person
  out.add('conversation.transferred', { fromPersonId, queue, reason: ai.mask(reason) }, conversationId)
  handOn(out, conversation, { because: 'passed_on', queue, fromPersonId, note: reason })
  out.add('conversation.assigned', { personId, name }, conversationId)
  const callId = legCallId ?? out.world.newId()
  // The telephone system has one name for the customer's call, whoever has it.
  const pbxCallId = call?.pbxCallId ?? call?.callId
  out.add('call.started', { callId, personId, ...(pbxCallId === undefined ? {} : { pbxCallId }) }, conversationId)
  if (recording?.recordingId !== undefined) {
    const { recordingId } = recording
    // The same recording goes on with the new leg, and without a gap that somebody else asked for.
    out.add('call.recording-started', { callId, recordingId }, conversationId)
    if (recording.state === 'paused')
      out.tell({ type: 'recording', callId: recording.callId, conversationId, pause: false, reason: recording.reason ?? 'request' })
  }
  if (colleague) callAnswered(out, conversation, { callId, personId, state: 'ringing', holdMs: 0 })
}

/** The line that the customer's last call went out of the centre. */
const passedOnId = ({ conversationId, call, pastCalls }: Conversation): string =>
  `passed-on:${conversationId}:${call?.callId ?? [...pastCalls].at(-1) ?? ''}`

/** Has the last call gone out of the centre? */
export const wasPassedOn = (conversation: Conversation): boolean => conversation.entryIds.has(passedOnId(conversation))

/** The telephone system told of the move before who made it could say why: that stands in the timeline then, for whoever has the customer. */
export function keepReason(
  out: Draft,
  conversation: Conversation,
  personId: string,
  { callId, reason }: { callId: string; reason: string }
) {
  const entryId = `passed-on-why:${callId}`
  if (reason.trim() === '' || conversation.entryIds.has(entryId)) return
  note(out, conversation, personId, entryId, reason, out.world.now)
  const { handoff, conversationId } = conversation
  if (handoff?.fromPersonId === personId)
    out.add('handoff.prepared', { ...handoff, note: out.world.ai.mask(reason).slice(0, NOTE_LIMIT) }, conversationId)
}

/** Whoever fetches a parked caller serves them from then on. */
export function retrieved(out: Draft, conversation: Conversation, call: Call, personId: string, slot: string) {
  const { conversationId, queue, owner } = conversation
  const person = out.world.state.people.get(personId)?.person
  if (!person || call.slot === undefined) return
  if (owner !== personId) {
    if (owner !== undefined) {
      out.add('conversation.transferred', { fromPersonId: owner, queue, reason: '' }, conversationId)
      handOn(out, conversation, { because: 'passed_on', queue, fromPersonId: owner })
    }
    out.add('conversation.assigned', { personId, name: person.name }, conversationId)
  }
  out.add('call.retrieved', { callId: call.callId, personId, slot }, conversationId)
}
