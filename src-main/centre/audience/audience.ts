import type { Fact, FactOf } from '../../../src-shared/events.ts'
import type { CentreLine } from '../../hub/hub.ts'
import type { CentrePerson } from '../port.ts'
import { pastOf, type State } from '../state.ts'
import { isReviewed, reviewers } from './reviewed.ts'

export interface DeskEventRow {
  deskId: string
  event: Fact
}

/** Desks that hold the customers and the knowledge base: of those who serve and those who lead. */
export const recordDesks = (people: readonly CentrePerson[]): string[] =>
  people.filter((one) => !one.colleague && ['agent', 'expert', 'supervisor'].includes(one.role)).map((one) => one.personId)

/** Desks that get the figures. */
export const boardDesks = (people: readonly CentrePerson[]): string[] =>
  people.filter((one) => !one.colleague && (one.role === 'supervisor' || one.role === 'screen')).map((one) => one.personId)

/**
 * Which desks learn of a fact, asked before it is applied. A person who meets a conversation for the first time gets everything that
 * led to it first: the customer, the customer's earlier conversations, and this one from its beginning. From then on their desk
 * follows it to the end, whoever serves it.
 *
 * @param uncommitted facts of this decision (or batch) before this one, in order: the hub does not have them yet
 */
export function audienceOf(
  fact: Fact,
  state: State,
  line: CentreLine,
  records: readonly string[],
  uncommitted: readonly Fact[]
): DeskEventRow[] {
  if (fact.type === 'customer.updated' && fact.data.casual) return []
  if (fact.type === 'customer.updated' || fact.type === 'article.published') return records.map((deskId) => ({ deskId, event: fact }))
  if (fact.type === 'presence.changed') {
    const person = state.people.get(fact.data.personId)
    return person && !person.person.colleague ? [{ deskId: fact.data.personId, event: fact }] : []
  }
  if (fact.type === 'gap.changed') return supervisors(state).map((deskId) => ({ deskId, event: fact }))
  if (fact.type === 'callback.scheduled' || fact.type === 'callback.ended') {
    const promised = fact.type === 'callback.scheduled' ? fact : state.callbacks.get(fact.data.callbackId)?.promised
    return promised ? keepers(promised, state).map((deskId) => ({ deskId, event: fact })) : []
  }
  if (fact.conversationId === undefined) return []
  const conversation = state.conversations.get(fact.conversationId)
  if (!conversation)
    return LATE.includes(fact.type)
      ? [...(pastOf(state, fact.conversationId)?.knownBy ?? [])].map((deskId) => ({ deskId, event: fact }))
      : []
  const rows: DeskEventRow[] = []
  const desks = new Set(conversation.audience)
  if (fact.type === 'conversation.offered' || fact.type === 'conversation.assigned') {
    const { personId } = fact.data
    const person = state.people.get(personId)
    if (person && !person.person.colleague && !desks.has(personId)) {
      const promised = conversation.callbackId === undefined ? undefined : state.callbacks.get(conversation.callbackId)?.promised
      const events = background(state, conversation.customerId, personId, fact.conversationId, line, uncommitted)
      rows.push(...[...(promised ? [promised] : []), ...events].map((event) => ({ deskId: personId, event })))
      desks.add(personId)
    }
  }
  if (fact.type === 'call.ended' && conversation.call?.callId === fact.data.callId && isReviewed(state, conversation)) {
    const card = state.cards.get(conversation.customerId)
    const events = [...(card ? [card] : []), ...history(fact.conversationId, line, uncommitted)]
    for (const deskId of reviewers(state)) {
      if (desks.has(deskId)) continue
      rows.push(...events.map((event) => ({ deskId, event })))
      desks.add(deskId)
    }
  }
  for (const deskId of desks) rows.push({ deskId, event: fact })
  return rows
}

function background(
  state: State,
  customerId: string,
  deskId: string,
  conversationId: string,
  line: CentreLine,
  uncommitted: readonly Fact[]
): Fact[] {
  const card = state.cards.get(customerId)
  const customer = state.customers.get(customerId)
  const closed = (customer?.past ?? []).filter((past) => !past.knownBy.has(deskId)).map((past) => past.conversationId)
  const open = [...(customer?.open ?? [])].filter((id) => id !== conversationId && !state.conversations.get(id)?.audience.has(deskId))
  const all = (id: string) => history(id, line, uncommitted)
  return [...(card ? [card] : []), ...closed.flatMap(all), ...open.flatMap(all), ...all(conversationId)]
}

const history = (conversationId: string, line: CentreLine, uncommitted: readonly Fact[]): Fact[] => [
  ...line.factsOf(conversationId),
  ...uncommitted.filter((fact) => fact.conversationId === conversationId)
]

/** What may come to a conversation that is closed already; the desks that followed it are told. */
const LATE: readonly Fact['type'][] = ['call.quality-recorded', 'call.recorded', 'entry.added', 'entry.analysed']

/** Who is to keep a promised call-back: the person who promised it, else whoever serves the queue. */
function keepers({ data }: FactOf<'callback.scheduled'>, state: State): string[] {
  if (data.personId !== undefined) return [data.personId]
  return [...state.people.values()]
    .filter(
      ({ person }) => !person.colleague && (person.role === 'agent' || person.role === 'expert') && person.queues.includes(data.queue)
    )
    .map(({ person }) => person.personId)
}

/** Who decides what becomes knowledge. */
const supervisors = (state: State): string[] =>
  [...state.people.values()].filter(({ person }) => !person.colleague && person.role === 'supervisor').map(({ person }) => person.personId)
