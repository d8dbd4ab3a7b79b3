import type { EventData } from '../../../src-shared/events.ts'
import { ended as promiseEnded } from '../callbacks.ts'
import type { Draft } from '../decision.ts'
import { handoffSummary } from '../entries.ts'
import { endCall, ring } from '../legs.ts'
import { choose } from '../presence.ts'
import { lookAgain } from '../risk/alerts.ts'
import type { Call, Conversation, PersonState } from '../state.ts'
import { match } from './match.ts'

/** A phone that rings to the last moment may still be answered; its answer is on the way for this long. */
export const ANSWER_GRACE_MS = 2_000

/** Offers what waits to whom it suits. */
export function route(out: Draft) {
  const { state, now, settings } = out.world
  for (const { conversation, person } of match(state, now, settings)) makeOffer(out, conversation, person)
}

function makeOffer(out: Draft, conversation: Conversation, { person }: PersonState) {
  const { world } = out
  const rings = conversation.channel === 'voice' && conversation.callbackId === undefined
  const offerId = world.newId()
  const { conversationId, channel } = conversation
  const expiresAt = world.now + (rings ? world.settings.ringMs : world.settings.chatOfferMs)
  const summary = handoffSummary(out, conversation)
  out.add('conversation.offered', { offerId, personId: person.personId, expiresAt, summary }, conversationId)
  if (rings && !person.colleague) ring(out, conversation, person.personId)
  out.tell({ type: 'offered', conversationId, personId: person.personId, offerId, channel, expiresAt })
}

/** Takes the offer back from its person; the contact waits again at its old place. */
export function endOffer(
  out: Draft,
  conversation: Conversation,
  outcome: Exclude<EventData<'conversation.offer-ended'>['outcome'], 'accepted'>,
  reason: 'declined' | 'timeout' | 'agent_left' | 'recovered',
  missedBecause = 'missed_offer'
) {
  const { offer, conversationId } = conversation
  if (!offer) return
  out.add('conversation.offer-ended', { offerId: offer.offerId, personId: offer.personId, outcome }, conversationId)
  if (conversation.call) endCall(out, conversation, 'centre', true)
  out.add('conversation.queued', { queue: conversation.queue, reason }, conversationId)
  out.tell({ type: 'requeued', conversationId, reason })
  const person = out.world.state.people.get(offer.personId)
  if (person && outcome === 'timeout') choose(out, person, 'not-responding', missedBecause)
}

/** The person has it: a chat by their word, a call when it is up. */
export function assign(out: Draft, conversation: Conversation, personId: string) {
  const { offer, conversationId, channel } = conversation
  if (offer) out.add('conversation.offer-ended', { offerId: offer.offerId, personId, outcome: 'accepted' }, conversationId)
  const name = out.world.state.people.get(personId)?.person.name
  out.add('conversation.assigned', { personId, ...(name && { name }) }, conversationId)
  out.tell({ type: 'assigned', conversationId, personId, channel })
  lookAgain(out, conversation)
}

/** The phone was picked up: of an offer that makes it theirs, of a call taken back it goes on. */
export function callAnswered(out: Draft, conversation: Conversation, call: Call) {
  if (call.state !== 'ringing') return
  out.add('call.answered', { callId: call.callId, personId: call.personId }, conversation.conversationId)
  const promise = conversation.callbackId === undefined ? undefined : out.world.state.callbacks.get(conversation.callbackId)
  if (promise) promiseEnded(out, promise, 'reached')
  if (conversation.state === 'offered') assign(out, conversation, call.personId)
  else out.tell({ type: 'assigned', conversationId: conversation.conversationId, personId: call.personId, channel: conversation.channel })
}
