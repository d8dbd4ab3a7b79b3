import type { Draft } from './decision.ts'
import type { CentreSettings } from './port.ts'
import { ANSWER_GRACE_MS, endOffer } from './routing/offers.ts'
import type { Conversation, State } from './state.ts'
import { endContact } from './work.ts'

/** When time alone changes something about a conversation. */
function dueOf(conversation: Conversation, settings: CentreSettings): number | undefined {
  if (conversation.state === 'offered' && conversation.offer)
    return conversation.offer.expiresAt + (conversation.channel === 'voice' ? ANSWER_GRACE_MS : 0)
  if (conversation.state === 'active' && conversation.lostAt !== undefined) return conversation.lostAt + settings.recoverMs
  return undefined
}

/** Ends what has run out: offers nobody answered, calls nobody took back. */
export function expire(out: Draft) {
  const { state, now, settings } = out.world
  for (const conversation of state.conversations.values()) {
    const due = dueOf(conversation, settings)
    if (due === undefined || due > now) continue
    if (conversation.state === 'offered') endOffer(out, conversation, 'timeout', 'timeout')
    else endContact(out, conversation, 'centre')
  }
}

/** When {@link expire} or the routing has something to do next. */
export function nextDue(state: State, now: number, settings: CentreSettings): number | undefined {
  let next: number | undefined
  const take = (at: number) => {
    if (next === undefined || at < next) next = at
  }
  for (const conversation of state.conversations.values()) {
    const due = dueOf(conversation, settings)
    if (due !== undefined) take(due)
    if (conversation.state !== 'waiting') continue
    for (const refusedAt of conversation.refusedBy.values()) if (refusedAt + settings.restMs > now) take(refusedAt + settings.restMs)
  }
  return next
}
