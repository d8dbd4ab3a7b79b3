import type { CentreSettings } from '../port.ts'
import { type Conversation, canServe, type PersonState, type State } from '../state.ts'

/**
 * Who gets what.
 *
 * Order of contacts: reserved ones first, then by priority, which grows by one for every `agingMs` waited (so nothing waits for ever
 * behind urgent ones), then the oldest.
 *
 * Order of people: own staff before simulated colleagues, who have not refused it before, the customer's last agent, the fewest
 * conversations, the longest idle.
 *
 * A call takes the whole person: no call beside chats, no chat beside a call or its wrap-up. So that a stream of chats cannot shut
 * calls out, a call that has waited `drainAfterMs` and finds nobody keeps one person free of further chats.
 */
export function match(state: State, now: number, settings: CentreSettings): { conversation: Conversation; person: PersonState }[] {
  const waiting = [...state.conversations.values()].filter((one) => one.state === 'waiting')
  if (waiting.length === 0) return []
  const urgency = (one: Conversation) => one.priority + Math.floor((now - one.queuedAt) / settings.agingMs)
  waiting.sort(
    (a, b) =>
      Number(b.reservedFor !== undefined) - Number(a.reservedFor !== undefined) ||
      urgency(b) - urgency(a) ||
      a.queuedAt - b.queuedAt ||
      a.openedAt - b.openedAt
  )
  const free = new Set([...state.people.values()].filter((one) => one.chosen === 'available' && !one.offer && worksQueues(one)))
  const found: { conversation: Conversation; person: PersonState }[] = []
  for (const conversation of waiting) {
    if (free.size === 0) break
    const lastAgent = state.customers.get(conversation.customerId)?.lastAgent
    let best: PersonState | undefined
    for (const person of free) {
      if (!mayAsk(conversation, person, now, settings) || !hasRoom(state, conversation, person)) continue
      if (!best || comesBefore(conversation, lastAgent, person, best)) best = person
    }
    if (best) {
      found.push({ conversation, person: best })
      free.delete(best)
    } else if (conversation.channel === 'voice' && now - conversation.queuedAt >= settings.drainAfterMs) {
      const kept = leastBusy([...free].filter((person) => !person.writtenOnly && mayAsk(conversation, person, now, settings)))
      if (kept) free.delete(kept)
    }
  }
  return found
}

const worksQueues = ({ person }: PersonState): boolean => person.role === 'agent' || person.role === 'expert'

function mayAsk(conversation: Conversation, { person }: PersonState, now: number, settings: CentreSettings): boolean {
  const promised = conversation.callbackId !== undefined
  // Nobody has to wait for ever because one person is not there.
  const reserved = conversation.reservedFor !== undefined && !(promised && now - conversation.queuedAt >= settings.callbackReserveMs)
  if (reserved) return conversation.reservedFor === person.personId
  // A simulated colleague has no phone to dial with.
  if (promised && person.colleague) return false
  if (conversation.background && !person.colleague) return false
  const refusedAt = conversation.refusedBy.get(person.personId)
  if (refusedAt !== undefined && now < refusedAt + settings.restMs) return false
  return canServe(person, conversation.queue, conversation.language)
}

function hasRoom(state: State, conversation: Conversation, { person, work, writtenOnly }: PersonState): boolean {
  if (conversation.channel === 'voice') return work.size === 0 && !writtenOnly
  if (work.size >= person.chatCapacity) return false
  for (const id of work) if (state.conversations.get(id)?.channel === 'voice') return false
  return true
}

function comesBefore(conversation: Conversation, lastAgent: string | undefined, a: PersonState, b: PersonState): boolean {
  const order =
    Number(a.person.colleague) - Number(b.person.colleague) ||
    Number(conversation.refusedBy.has(a.person.personId)) - Number(conversation.refusedBy.has(b.person.personId)) ||
    Number(b.person.personId === lastAgent) - Number(a.person.personId === lastAgent) ||
    a.work.size - b.work.size ||
    a.idleSince - b.idleSince ||
    (a.person.personId < b.person.personId ? -1 : 1)
  return order < 0
}

const leastBusy = (people: PersonState[]): PersonState | undefined =>
  people.reduce<PersonState | undefined>((best, one) => (!best || one.work.size < best.work.size ? one : best), undefined)
