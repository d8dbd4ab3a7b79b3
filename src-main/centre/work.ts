import type { CommandData } from '../../src-shared/commands.ts'
import { RefusalError } from '../../src-shared/errors.ts'
import type { Disposition, Queue } from '../../src-shared/taxonomy.ts'
import { adviceAgain } from './advice/give.ts'
import { isCodeDue } from './code-due.ts'
import type { Draft } from './decision.ts'
import { addEntry, analyseAgent, analyseCustomer, type InClear } from './entries.ts'
import { hideCode } from './front-desk/slots.ts'
import { handOn } from './handoff/hand-on.ts'
import { keepAnswers } from './knowledge/gaps.ts'
import { endCall } from './legs.ts'
import type { WantedPresence } from './port.ts'
import { choose } from './presence.ts'
import { heardRisk } from './risk/alerts.ts'
import { assign, callAnswered, endOffer } from './routing/offers.ts'
import type { Conversation, PersonState } from './state.ts'

/** What people do with conversations, whether by a command of their desk or as simulated colleagues. */

/** @throws RefusalError `offer_gone`, `taken_by_another` */
export function accept(out: Draft, personId: string, conversationId: string, offerId?: string) {
  const conversation = out.world.state.conversations.get(conversationId)
  if (conversation?.owner === personId && conversation.state === 'active') return // a second yes is no other
  const offer = conversation?.offer
  if (!conversation || offer?.personId !== personId || (offerId !== undefined && offer.offerId !== offerId)) {
    const taken = conversation?.owner !== undefined && conversation.owner !== personId
    throw new RefusalError(taken ? 'taken_by_another' : 'offer_gone', 'the offer is over', 'offerId')
  }
  // A promised call-back rings nobody's phone: who accepts it dials.
  if (conversation.channel !== 'voice' || conversation.callbackId !== undefined) return assign(out, conversation, personId)
  // The phone's answer makes a call theirs; a colleague has no phone, and is on the line at once.
  if (!out.world.state.people.get(personId)?.person.colleague) return
  const callId = out.world.newId()
  out.add('call.started', { callId, personId }, conversationId)
  callAnswered(out, conversation, { callId, personId, state: 'ringing', holdMs: 0 })
}

/** @throws RefusalError `offer_gone` */
export function decline(out: Draft, personId: string, conversationId: string, offerId?: string) {
  const conversation = out.world.state.conversations.get(conversationId)
  const offer = conversation?.offer
  if (!conversation || offer?.personId !== personId || (offerId !== undefined && offer.offerId !== offerId))
    throw new RefusalError('offer_gone', 'the offer is over', 'offerId')
  endOffer(out, conversation, 'declined', 'declined')
}

/** A line of the person serving: written, or said and typed. The customer may react to it. `seen`: what a desk masked before. */
export function say(
  out: Draft,
  conversation: Conversation,
  personId: string,
  entryId: string,
  raw: string,
  at: number,
  seen: InClear = []
) {
  if (conversation.entryIds.has(entryId)) throw new RefusalError('already_done', 'an entry of this id is there already', 'entryId')
  const kind = conversation.channel === 'voice' ? 'utterance' : 'message'
  const text = addEntry(out, conversation, { entryId, kind, speaker: 'agent', personId, at }, raw)
  analyseAgent(out, conversation, entryId, text, raw, seen)
  if (conversation.state === 'active') out.tell({ type: 'agentSaid', conversationId: conversation.conversationId, personId, text })
}

/**
 * What was said on a call, typed by the agent or heard by a recogniser. A time that lies outside the conversation is moved into it. The
 * same line told again is the same line.
 */
export function transcribe(
  out: Draft,
  conversation: Conversation,
  personId: string,
  data: CommandData<'transcript.add'>,
  enteredAt: number
) {
  const { entryId, text: told, inClear = [], speaker = 'agent' } = data
  if (conversation.entryIds.has(entryId)) return
  const at = Math.min(Math.max(data.saidAt ?? enteredAt, conversation.openedAt), out.world.now)
  if (speaker === 'agent') return say(out, conversation, personId, entryId, told, at, inClear)
  const raw = isCodeDue(conversation, out.world.now) ? hideCode(told) : told
  const text = addEntry(out, conversation, { entryId, kind: 'utterance', speaker, at }, raw)
  heardRisk(out, conversation, entryId, analyseCustomer(out, conversation, entryId, text, raw, inClear))
  adviceAgain(out, conversation, text)
}

export function note(out: Draft, conversation: Conversation, personId: string, entryId: string, raw: string, at: number) {
  if (conversation.entryIds.has(entryId)) throw new RefusalError('already_done', 'an entry of this id is there already', 'entryId')
  addEntry(out, conversation, { entryId, kind: 'note', speaker: 'agent', personId, at }, raw)
}

/** Passes the contact to a queue; the person who passes it on is done with it. */
export function transfer(out: Draft, conversation: Conversation, personId: string, queue: Queue, reason: string) {
  const { conversationId } = conversation
  endCall(out, conversation, 'centre', true)
  out.add('conversation.transferred', { fromPersonId: personId, queue, reason: out.world.ai.mask(reason) }, conversationId)
  handOn(out, conversation, { because: 'passed_on', queue, fromPersonId: personId, note: reason })
  out.add('conversation.queued', { queue, reason: 'transfer' }, conversationId)
  out.tell({ type: 'requeued', conversationId, reason: 'transfer' })
}

/** The contact is over. With nobody serving it there is nothing to wrap up, and it closes. */
export function endContact(out: Draft, conversation: Conversation, by: 'customer' | 'agent' | 'centre') {
  const { conversationId, state, offer, owner } = conversation
  if (state === 'wrap-up') return
  endCall(out, conversation, by, true)
  if (state === 'active') {
    out.add('conversation.ended', { by }, conversationId)
  } else {
    if (offer)
      out.add('conversation.offer-ended', { offerId: offer.offerId, personId: offer.personId, outcome: 'withdrawn' }, conversationId)
    out.add('conversation.abandoned', { waitedMs: Math.max(0, out.world.now - conversation.queuedAt) }, conversationId)
    out.add('conversation.closed', {}, conversationId)
  }
  out.tell({ type: 'conversationEnded', conversationId, by, personId: owner })
}

/** Ends the wrap-up, and the contact when it is not over yet. */
export function finish(out: Draft, conversation: Conversation, personId: string, disposition: Disposition, text: string) {
  const { conversationId } = conversation
  if (conversation.state === 'active') endContact(out, conversation, 'agent')
  const wrapUpMs = Math.max(0, out.world.now - (conversation.endedAt ?? out.world.now))
  out.add('conversation.wrapped', { personId, disposition, note: out.world.ai.mask(text), wrapUpMs }, conversationId)
  keepAnswers(out, conversation, personId, disposition)
  out.add('conversation.closed', {}, conversationId)
}

/** Sets what a person wants to be. Whoever stops being available (for calls: `writtenOnly`) gives an outstanding offer back. */
export function setPresence(out: Draft, person: PersonState, wanted: WantedPresence, reason: string | undefined, writtenOnly = false) {
  const conversation = person.offer && out.world.state.conversations.get(person.offer.conversationId)
  if (conversation && (wanted !== 'available' || (writtenOnly && conversation.channel === 'voice')))
    endOffer(out, conversation, 'withdrawn', 'agent_left')
  choose(out, person, wanted, reason, writtenOnly)
}
