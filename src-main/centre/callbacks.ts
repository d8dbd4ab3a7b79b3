import type { CommandData } from '../../src-shared/commands.ts'
import { RefusalError } from '../../src-shared/errors.ts'
import { customerCalled } from './caller.ts'
import type { Draft } from './decision.ts'
import { open, somebody } from './dialled.ts'
import { endCall } from './legs.ts'
import type { CallbackState, PersonState, State } from './state.ts'

/**
 * Promised call-backs.
 *
 *   scheduled --time has come--> offered as a contact --accepted, dialled, answered--> ended (reached)
 *       ^                              |
 *       +------ not reached -----------+       ended by a person: not-reached, cancelled
 */

/** Told twice it is the same as once. @throws RefusalError `invalid` */
export function schedule(out: Draft, person: PersonState, { mine, ...data }: CommandData<'callback.schedule'>) {
  const { state, ai } = out.world
  if (state.callbacks.has(data.callbackId) || state.endedCallbacks.has(data.callbackId)) return
  const about = data.conversationId === undefined ? undefined : state.conversations.get(data.conversationId)
  const customerId = data.customerId ?? about?.customerId
  if (data.customerId !== undefined && !state.cards.has(data.customerId))
    throw new RefusalError('not_found', `no customer ${data.customerId}`, 'customerId')
  out.add('callback.scheduled', {
    ...data,
    note: ai.mask(data.note),
    ...(customerId === undefined ? {} : { customerId }),
    ...(mine ? { personId: person.person.personId } : {})
  })
}

/** It was kept, or is not to be tried any more. @throws RefusalError `not_found` */
export function end(out: Draft, { callbackId, outcome }: CommandData<'callback.end'>) {
  const { state } = out.world
  const callback = state.callbacks.get(callbackId)
  if (!callback) {
    if (state.endedCallbacks.has(callbackId)) return
    throw new RefusalError('not_found', `no call-back ${callbackId}`, 'callbackId')
  }
  out.add('callback.ended', { callbackId, outcome })
  const contact = callback.conversationId === undefined ? undefined : state.conversations.get(callback.conversationId)
  // Nobody has begun: nothing is left to be done in it.
  if (!contact || contact.state === 'active' || contact.state === 'wrap-up') return
  const { conversationId, offer } = contact
  endCall(out, contact, 'centre', true)
  if (offer) out.add('conversation.offer-ended', { offerId: offer.offerId, personId: offer.personId, outcome: 'withdrawn' }, conversationId)
  out.add('conversation.closed', {}, conversationId)
}

/** When the next one is due that is not being kept. */
export function nextCallbackAt(state: State): number | undefined {
  let next: number | undefined
  for (const { conversationId, dueAt } of state.callbacks.values())
    if (conversationId === undefined) next = Math.min(next ?? Number.POSITIVE_INFINITY, dueAt)
  return next
}

/** Those whose time has come become contacts that are offered to who promised them, else to the queue. */
export function keepPromises(out: Draft) {
  for (const callback of out.world.state.callbacks.values())
    if (callback.conversationId === undefined && callback.dueAt <= out.world.now) offer(out, callback)
}

function offer(out: Draft, { promised }: CallbackState) {
  const { state, newId, now } = out.world
  const { callbackId, customerId, name, phone, queue, note, personId } = promised.data
  const conversationId = newId()
  const known = customerId === undefined ? undefined : state.cards.get(customerId)?.data
  const customer = known ?? customerCalled(state, phone) ?? somebody({ conversationId, number: phone, name }, now)
  const reservedFor = personId === undefined ? {} : { reservedFor: personId }
  open(out, conversationId, customer, { queue, reason: note, direction: 'out', callbackId, ...reservedFor })
  out.add('conversation.queued', { queue, reason: 'arrived' }, conversationId)
}
