import type { CommandData } from '../../src-shared/commands.ts'
import { RefusalError } from '../../src-shared/errors.ts'
import type { Customer } from '../../src-shared/events.ts'
import type { Language, Queue } from '../../src-shared/taxonomy.ts'
import { customerCalled } from './caller.ts'
import { type Draft, ownConversation } from './decision.ts'
import { endCall } from './legs.ts'
import type { Conversation, PersonState } from './state.ts'

/** Calls that the centre did not offer: dialled by a person, or rung through to their phone directly. */

/**
 * The call becomes a contact of this person's; one that they dial in a conversation of theirs is the next call of that.
 * Told twice it is the same as once.
 *
 * @throws RefusalError `not_found`, `not_allowed`, `taken_by_another` for an id of somebody else's conversation, `conversation_closed`
 */
export function openCall(out: Draft, person: PersonState, data: CommandData<'call.open'>) {
  const { conversationId, callId, direction, number } = data
  const { personId, name } = person.person
  const known = out.world.state.conversations.get(conversationId)
  if (known) {
    const mine = ownConversation(out.world.state, personId, conversationId)
    if (mine.pastCalls.has(callId) || mine.call?.callId === callId) return
    if (mine.state !== 'active') throw new RefusalError('conversation_closed', 'the contact is over', 'conversationId')
    if (mine.call) throw new RefusalError('already_done', 'a call is up in it', 'callId')
    out.add('call.started', { callId, personId, direction, number }, conversationId)
    return
  }
  const customer = whoIsCalled(out, data)
  const promised = data.callbackId === undefined ? undefined : out.world.state.callbacks.get(data.callbackId)
  open(out, conversationId, customer, {
    queue: promised?.promised.data.queue ?? person.person.queues[0] ?? 'accounts',
    reason: promised?.promised.data.note ?? '',
    direction,
    ...(promised ? { callbackId: promised.promised.data.callbackId } : {})
  })
  out.add('conversation.assigned', { personId, name }, conversationId)
  out.add('call.started', { callId, personId, direction, number }, conversationId)
}

/** A conversation with this customer; somebody without a file gets a card for it. */
export function open(
  out: Draft,
  conversationId: string,
  customer: Customer,
  about: { queue: Queue; reason: string; direction: 'in' | 'out'; callbackId?: string; reservedFor?: string }
) {
  if (!out.world.state.cards.has(customer.customerId)) out.add('customer.updated', customer)
  const { language } = customer
  out.add('conversation.opened', { customerId: customer.customerId, channel: 'voice', language, priority: 0, ...about }, conversationId)
}

function whoIsCalled(out: Draft, data: CommandData<'call.open'>): Customer {
  const known = data.customerId === undefined ? undefined : out.world.state.cards.get(data.customerId)
  return known?.data ?? customerCalled(out.world.state, data.number) ?? somebody(data, out.world.now)
}

/** A card for somebody of whom the number is all that is known. */
export function somebody(of: { conversationId: string; number: string; name?: string | undefined }, now: number): Customer {
  const name = of.name?.trim() || of.number
  return {
    customerId: `caller:${of.conversationId}`,
    name,
    language: languageOf(name),
    phone: of.number,
    segment: 'standard',
    since: now,
    products: [],
    remarks: [],
    casual: true
  }
}

const languageOf = (name: string): Language => (/\p{Script=Han}/u.test(name) ? 'zh' : 'en')

/** Nobody was reached: there is nothing to wrap up. A promised call-back is offered again later, unless somebody ends it. */
export function notReached(out: Draft, conversation: Conversation, by: 'customer' | 'agent' | 'centre' | 'network', onTheLine = false) {
  const { conversationId, owner } = conversation
  endCall(out, conversation, by, onTheLine)
  out.add('conversation.closed', {}, conversationId)
  out.tell({ type: 'conversationEnded', conversationId, by: by === 'network' ? 'centre' : by, personId: owner })
}
