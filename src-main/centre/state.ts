import type { PauseReason } from '../../src-shared/contract/phone.ts'
import type { Article, EventData, FactOf } from '../../src-shared/events.ts'
import type { FrontDeskState, Handoff, KnowledgeGap, Promised } from '../../src-shared/front-desk.ts'
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
  /** What the telephone system calls it, where that is another name: it was a colleague's leg before. */
  pbxCallId?: string | undefined
  /** `out`: the person dialled; absent: the centre rang the phone. */
  direction?: 'in' | 'out' | undefined
  state: 'ringing' | 'up' | 'held'
  answeredAt?: number
  heldAt?: number
  /** Where the customer is parked, while they are. */
  slot?: string
  holdMs: number
}

/**
 * What the recorder of a conversation's calls confirmed. It may outlive a leg: the customer is recorded on while they are passed on.
 *
 *   on <--resumed/paused--> paused
 */
export interface Recording {
  /** The call that the recorder tells of. */
  callId: string
  /** Absent: a phone tells of a recorder of its PBX, which the centre cannot ask. */
  recordingId?: string | undefined
  state: 'on' | 'paused'
  pausedAt?: number | undefined
  /** When the pause ends by itself. */
  until?: number | undefined
  reason?: PauseReason | undefined
}

/** A promised call-back that was not kept yet. */
export interface CallbackState {
  promised: FactOf<'callback.scheduled'>
  /** When it is to be offered next. */
  dueAt: number
  /** The conversation in which it is being kept. */
  conversationId?: string | undefined
  /** Who took it last, whoever promised it. */
  takenBy?: string | undefined
}

export interface Offer {
  offerId: string
  personId: string
  expiresAt: number
}

/**
 * A conversation that is not closed.
 *
 *   (front-desk) -> waiting -> offered -> active -> wrap-up -> (closed: leaves the state)
 *                      ^________|  |________^ |
 *                      ^______________________| (transfer)
 */
export interface Conversation extends Omit<EventData<'conversation.opened'>, 'background'> {
  conversationId: string
  background: boolean
  state: 'front-desk' | 'waiting' | 'offered' | 'active' | 'wrap-up'
  openedAt: number
  /** When it came into the queue it stands in; its wait counts from here. */
  queuedAt: number
  offer?: Offer
  /** Who serves it or, in wrap-up, served it last. */
  owner?: string
  call?: Call
  /** Legs that are over: nothing about them counts any more. */
  pastCalls: Set<string>
  recording?: Recording
  /** Since when an active call has no leg: it can be taken back until `recoverMs` later. */
  lostAt?: number
  endedAt?: number
  /** Who declined, missed or passed it on, and when. */
  refusedBy: Map<string, number>
  /** Who passed it on last, and when. */
  passedOn?: { by: string; at: number }
  /** Why it was passed on last, in the words of who did. */
  passedOnBecause?: string
  /** Desks that follow it. */
  audience: Set<string>
  turns: Turn[]
  entryIds: Map<string, 'customer' | 'agent' | 'ai' | 'system'>
  verification: EventData<'verification.changed'>['state']
  /** How they were verified, and when. */
  verified?: { how?: string | undefined; at: number }
  /** Until when a one-time code may stand that the bank sent, whoever asked for it. */
  codeUntil?: number
  /** A one-time code that a person had sent. */
  code?: EventData<'verification.changed'>['code']
  /** What was advised last. */
  advice?: EventData<'advice.given'>['advice']
  /** What was warned of, by kind. `evident`: with what shows it. */
  alerts: Map<string, { alertId: string; text: string; evident: boolean; resolved: boolean }>
  /** Where the front desk stands, or stood when it passed the customer on. */
  frontDesk?: FrontDeskState
  /** When the front desk or the customer spoke last, while it serves. */
  frontDeskAt?: number
  /** Articles that somebody took for the customer. */
  articles: { articleId: string; at: number }[]
  /** What whoever had it last gave to the next. */
  handoff?: Handoff
  promised: Promised[]
}

export interface PersonState {
  person: CentrePerson
  /** What the person wants to be when nothing keeps them. */
  chosen: Presence
  chosenReason?: string | undefined
  /** Wants no calls. */
  writtenOnly: boolean
  /** What was told last. */
  shown: { presence: Presence; reason?: string | undefined; since: number; writtenOnly: boolean }
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
  /** By their id; those that were kept or given up are gone. */
  callbacks: Map<string, CallbackState>
  /** Those that ended last, so that the same word twice is no other. */
  endedCallbacks: Set<string>
  /** The newest data of each customer; needed for names and numbers. */
  cards: Map<string, FactOf<'customer.updated'>>
  /** The newest revision of each article of the knowledge base. */
  articles: Map<string, Article>
  /** Questions that the front desk had no answer to, by the gap's id, oldest first. */
  gaps: Map<string, KnowledgeGap>
  /** Time of the newest fact: how far the centre is known to have been alive. */
  lastAt: number
}

/** A closed conversation, as its customer is remembered by it. */
export function pastOf(state: State, conversationId: string): CustomerState['past'][number] | undefined {
  for (const { past } of state.customers.values()) {
    const found = past.find((one) => one.conversationId === conversationId)
    if (found) return found
  }
  return undefined
}

/** How many closed conversations of a customer are remembered by name (their facts stay in the hub). */
export const PAST_LIMIT = 20

/** How many ended call-backs are remembered. */
export const ENDED_CALLBACKS = 1_000

export function emptyState(people: readonly CentrePerson[]): State {
  return {
    people: new Map(
      people.map((person) => [
        person.personId,
        {
          person,
          chosen: 'offline',
          writtenOnly: false,
          shown: { presence: 'offline', since: 0, writtenOnly: false },
          idleSince: 0,
          work: new Set<string>()
        }
      ])
    ),
    conversations: new Map(),
    customers: new Map(),
    callbacks: new Map(),
    endedCallbacks: new Set(),
    cards: new Map(),
    articles: new Map(),
    gaps: new Map(),
    lastAt: 0
  }
}

/** The queue a person can serve this conversation from, by skill and language. */
export const canServe = (person: CentrePerson, queue: Queue, language: 'en' | 'zh'): boolean =>
  person.queues.includes(queue) && person.languages.includes(language)
