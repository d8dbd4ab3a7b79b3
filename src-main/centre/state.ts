import type { EventData, FactOf } from '../../src-shared/events.ts'
import type { Presence, Queue } from '../../src-shared/taxonomy.ts'
import type { Turn } from '../ai/ai.ts'
import type { CentrePerson } from './port.ts'

/**
 * One leg to a person's phone.
 *
 *   ringing --answered--> up <--held/resumed--> held
 *      |                   |                     |
 *      +-------------------+------- ended -------+--> (no call)
 */
export interface Call {
  callId: string
  personId: string
  state: 'ringing' | 'up' | 'held'
  answeredAt?: number
  heldAt?: number
  holdMs: number
}

export interface Offer {
  offerId: string
  personId: string
  expiresAt: number
}

/**
 * A conversation that is not closed.
 *
 *   waiting -> offered -> active -> wrap-up -> (closed: leaves the state)
 *      ^________|  |________^ |
 *      ^______________________| (transfer)
 */
export interface Conversation extends Omit<EventData<'conversation.opened'>, 'background'> {
  conversationId: string
  background: boolean
  state: 'waiting' | 'offered' | 'active' | 'wrap-up'
  openedAt: number
  /** When it came into the queue it stands in; its wait counts from here. */
  queuedAt: number
  offer?: Offer
  /** Who serves it or, in wrap-up, served it last. */
  owner?: string
  call?: Call
  /** Since when an active call has no leg: it can be taken back until `recoverMs` later. */
  lostAt?: number
  endedAt?: number
  /** Who declined, missed or passed it on, and when. */
  refusedBy: Map<string, number>
  /** Why it was passed on last, in the words of who did. */
  passedOnBecause?: string
  /** Desks that follow it. */
  audience: Set<string>
  turns: Turn[]
  entryIds: Map<string, 'customer' | 'agent' | 'ai' | 'system'>
  verification: EventData<'verification.changed'>['state']
}

export interface PersonState {
  person: CentrePerson
  /** What the person wants to be when nothing keeps them. */
  chosen: Presence
  chosenReason?: string | undefined
  /** What was told last. */
  shown: { presence: Presence; reason?: string | undefined; since: number }
  /** Since when they have had no work; the one who waited longest comes first. */
  idleSince: number
  /** Conversations of theirs that are active or in wrap-up. */
  work: Set<string>
  offer?: { conversationId: string; offerId: string } | undefined
}

export interface CustomerState {
  /** The newest closed conversations, oldest first, and the desks that know them already. */
  past: { conversationId: string; knownBy: Set<string> }[]
  open: Set<string>
  lastAgent?: string | undefined
}

/** What the centre knows. Comes from facts and the list of people only. */
export interface State {
  people: Map<string, PersonState>
  conversations: Map<string, Conversation>
  customers: Map<string, CustomerState>
  /** The newest data of each customer; needed for names and numbers. */
  cards: Map<string, FactOf<'customer.updated'>>
  /** Time of the newest fact: how far the centre is known to have been alive. */
  lastAt: number
}

/** How many closed conversations of a customer are remembered by name (their facts stay in the hub). */
export const PAST_LIMIT = 20

export function emptyState(people: readonly CentrePerson[]): State {
  return {
    people: new Map(
      people.map((person) => [
        person.personId,
        { person, chosen: 'offline', shown: { presence: 'offline', since: 0 }, idleSince: 0, work: new Set<string>() }
      ])
    ),
    conversations: new Map(),
    customers: new Map(),
    cards: new Map(),
    lastAt: 0
  }
}

/** The queue a person can serve this conversation from, by skill and language. */
export const canServe = (person: CentrePerson, queue: Queue, language: 'en' | 'zh'): boolean =>
  person.queues.includes(queue) && person.languages.includes(language)
