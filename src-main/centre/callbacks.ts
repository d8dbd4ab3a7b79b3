import type { CommandData } from '../../src-shared/commands.ts'
import { RefusalError } from '../../src-shared/errors.ts'
import type { Entry, EventData } from '../../src-shared/events.ts'
import { customerCalled } from './caller.ts'
import type { Draft } from './decision.ts'
import { open, somebody } from './dialled.ts'
import { endCall } from './legs.ts'
import type { CentrePerson } from './port.ts'
import { type CallbackState, type PersonState, pastOf, type State } from './state.ts'

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
  const { personId } = person.person
  const note = ai.mask(data.note)
  out.add('callback.scheduled', {
    ...data,
    note,
    ...(customerId === undefined ? {} : { customerId }),
    ...(mine ? { personId } : {})
  })
  if (data.conversationId === undefined || !mayKnow(state, data.conversationId, personId)) return
  addLine(out, data.conversationId, {
    id: data.callbackId,
    text: 'callback_agreed',
    values: { at: data.at, ...(note && { note }) },
    personId
  })
}

/**
 * It was kept, or is not to be tried any more: the word of who has it, or of a supervisor.
 *
 * @throws RefusalError `not_found`, `taken_by_another` while somebody else is keeping it, `not_allowed` for who has nothing to do with it
 */
export function end(out: Draft, { person }: PersonState, { callbackId, outcome }: CommandData<'callback.end'>) {
  const { state } = out.world
  const callback = state.callbacks.get(callbackId)
  if (!callback) {
    if (state.endedCallbacks.has(callbackId)) return
    throw new RefusalError('not_found', `no call-back ${callbackId}`, 'callbackId')
  }
  const contact = callback.conversationId === undefined ? undefined : state.conversations.get(callback.conversationId)
  if (person.role !== 'supervisor') expectTheirs(person, callback, contact?.owner)
  ended(out, callback, outcome)
  // Nobody has begun: nothing is left to be done in it.
  if (!contact || contact.state === 'active' || contact.state === 'wrap-up') return
  const { conversationId, offer } = contact
  endCall(out, contact, 'centre', true)
  if (offer) out.add('conversation.offer-ended', { offerId: offer.offerId, personId: offer.personId, outcome: 'withdrawn' }, conversationId)
  out.add('conversation.closed', {}, conversationId)
}

/** Who is keeping it has it; before and after that who promised it or took it last; one that nobody took, whoever serves its queue. */
function expectTheirs({ personId, queues }: CentrePerson, { promised, takenBy }: CallbackState, owner: string | undefined) {
  if (owner === personId) return
  if (owner !== undefined) throw new RefusalError('taken_by_another', 'somebody else is keeping it', 'callbackId')
  const { personId: promisedBy, queue } = promised.data
  if (personId === promisedBy || personId === takenBy) return
  if (promisedBy === undefined && takenBy === undefined && queues.includes(queue)) return
  throw new RefusalError('not_allowed', 'the call-back is not theirs', 'callbackId')
}

/** Ends it in the books, with a line where the customer's conversation is read. */
export function ended(out: Draft, { promised, conversationId }: CallbackState, outcome: EventData<'callback.ended'>['outcome']) {
  const { callbackId } = promised.data
  out.add('callback.ended', { callbackId, outcome })
  const about = conversationId ?? promised.data.conversationId
  if (about !== undefined) addLine(out, about, { id: `${callbackId}:${outcome}`, text: ENDED_AS[outcome] })
}

const ENDED_AS = { reached: 'callback_done', 'not-reached': 'callback_missed', cancelled: 'callback_cancelled' } as const

function addLine(out: Draft, conversationId: string, { id, ...line }: Pick<Entry, 'text' | 'values' | 'personId'> & { id: string }) {
  out.add('entry.added', { entryId: `callback:${id}`, kind: 'system', speaker: 'system', at: out.world.now, ...line }, conversationId)
}

/** A conversation that this person's desk follows, or followed while it was open. */
function mayKnow(state: State, conversationId: string, personId: string): boolean {
  const open = state.conversations.get(conversationId)
  return (open?.audience ?? pastOf(state, conversationId)?.knownBy)?.has(personId) ?? false
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
