import { keepPromises, nextCallbackAt } from './callbacks.ts'
import type { Draft, World } from './decision.ts'
import { breakSilence, silentAt } from './front-desk/front-desk.ts'
import type { CentreSettings } from './port.ts'
import { pauseDueAt, resumeByTimer } from './recorder.ts'
import { ANSWER_GRACE_MS, endOffer } from './routing/offers.ts'
import type { Conversation } from './state.ts'
import { endContact } from './work.ts'

/** When time alone changes something about a conversation. */
function dueOf(conversation: Conversation, settings: CentreSettings): number | undefined {
  if (conversation.state === 'offered' && conversation.offer)
    return conversation.offer.expiresAt + (conversation.channel === 'voice' && conversation.callbackId === undefined ? ANSWER_GRACE_MS : 0)
  const silent = silentAt(conversation, settings.frontDeskSilenceMs)
  if (silent !== undefined) return silent
  if (conversation.state === 'active' && conversation.lostAt !== undefined) return conversation.lostAt + settings.recoverMs
  return undefined
}

/** Ends what has run out: offers nobody answered, calls nobody took back, pauses of recordings. Begins promised call-backs. */
export function expire(out: Draft) {
  const { state, now, settings, asked } = out.world
  keepPromises(out)
  for (const conversation of state.conversations.values()) {
    const paused = pauseDueAt(conversation, asked.get(conversation.conversationId)?.pause === false)
    if (paused !== undefined && paused <= now) resumeByTimer(out, conversation)
    const due = dueOf(conversation, settings)
    if (due === undefined || due > now) continue
    if (conversation.state === 'front-desk') breakSilence(out, conversation)
    else if (conversation.state === 'offered') endOffer(out, conversation, 'timeout', 'timeout')
    else endContact(out, conversation, 'centre')
  }
}

/** When {@link expire} or the routing has something to do next. */
export function nextDue({ state, now, settings, asked }: World): number | undefined {
  let next = nextCallbackAt(state)
  const take = (at: number) => {
    if (next === undefined || at < next) next = at
  }
  for (const conversation of state.conversations.values()) {
    const due = dueOf(conversation, settings)
    if (due !== undefined) take(due)
    const paused = pauseDueAt(conversation, asked.get(conversation.conversationId)?.pause === false)
    if (paused !== undefined) take(paused)
    if (conversation.state !== 'waiting') continue
    const freeAt = conversation.queuedAt + settings.callbackReserveMs
    if (conversation.callbackId !== undefined && conversation.reservedFor !== undefined && freeAt > now) take(freeAt)
    for (const refusedAt of conversation.refusedBy.values()) if (refusedAt + settings.restMs > now) take(refusedAt + settings.restMs)
  }
  return next
}
