import type { Fact } from '../../../src-shared/events.ts'
import type { CentreLine } from '../../hub/hub.ts'
import type { CentrePerson } from '../port.ts'
import type { State } from '../state.ts'

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
  if (fact.conversationId === undefined) return []
  const conversation = state.conversations.get(fact.conversationId)
  if (!conversation) return []
  const rows: DeskEventRow[] = []
  const desks = new Set(conversation.audience)
  if (fact.type === 'conversation.offered' || fact.type === 'conversation.assigned') {
    const { personId } = fact.data
    const person = state.people.get(personId)
    if (person && !person.person.colleague && !desks.has(personId)) {
      const events = background(state, conversation.customerId, personId, fact.conversationId, line, uncommitted)
      rows.push(...events.map((event) => ({ deskId: personId, event })))
      desks.add(personId)
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
  const all = (id: string) => [...line.factsOf(id), ...uncommitted.filter((fact) => fact.conversationId === id)]
  return [...(card ? [card] : []), ...closed.flatMap(all), ...open.flatMap(all), ...all(conversationId)]
}
