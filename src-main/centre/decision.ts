import { RefusalError } from '../../src-shared/errors.ts'
import { type EventData, type EventType, type Fact, fact } from '../../src-shared/events.ts'
import type { Ai } from '../ai/ai.ts'
import type { Seal } from '../hub/seal.ts'
import type { Catalogue } from './advice/catalogue.ts'
import type { FrontDeskSettings } from './front-desk/front-desk.ts'
import type { CentreLog, CentreSettings, Effect } from './port.ts'
import type { RecorderAsk } from './recorder-asks.ts'
import type { RiskThresholds } from './risk/thresholds.ts'
import type { Conversation, PersonState, State } from './state.ts'

/** All that a decision may look at. Decisions read the state and never change it: only facts do, through `apply`. */
export interface World {
  state: State
  /** Epoch ms. */
  now: number
  newId: () => string
  ai: Ai
  settings: CentreSettings
  /** Absent: people answer everything. */
  frontDesk?: FrontDeskSettings | undefined
  /** Absent: nobody looks at what goes through customers' accounts. */
  risk?: RiskThresholds | undefined
  /** What may be offered; absent: nothing is. */
  catalogue?: Catalogue | undefined
  /** What desks tell the centre that nobody on the way may read is sealed for this. */
  seal: Seal
  /** What recorders were asked and have not confirmed, by conversation. */
  asked: ReadonlyMap<string, RecorderAsk>
  log?: CentreLog | undefined
}

/** What a decision comes to: facts to commit, and what is to be done outside once they are. */
export interface Decision {
  facts: Fact[]
  effects: Effect[]
}

/** A decision in the making. */
export interface Draft extends Decision {
  world: World
  add<T extends EventType>(type: T, data: EventData<T>, conversationId?: string): void
  tell(effect: Effect): void
}

export function draft(world: World): Draft {
  const facts: Fact[] = []
  const effects: Effect[] = []
  return {
    world,
    facts,
    effects,
    add: (type, data, conversationId) => {
      // A FactOf<T> is a Fact; TypeScript does not see through the generic.
      facts.push(fact(type, data, world.now, world.newId(), conversationId) as Fact)
    },
    tell: (effect) => {
      effects.push(effect)
    }
  }
}

/** @throws RefusalError `not_found` */
export function personOf(state: State, personId: string): PersonState {
  const person = state.people.get(personId)
  if (!person) throw new RefusalError('not_found', `nobody is called ${personId}`, 'personId')
  return person
}

/**
 * The open conversation that this person serves.
 * @throws RefusalError `not_found` when they never had to do with it, `taken_by_another`, `not_allowed`
 */
export function ownConversation(state: State, personId: string, conversationId: string): Conversation {
  const conversation = state.conversations.get(conversationId)
  if (!conversation || !(conversation.audience.has(personId) || conversation.owner === personId))
    throw new RefusalError('not_found', 'no such conversation', 'conversationId')
  if (conversation.owner === personId) return conversation
  if (conversation.owner !== undefined) throw new RefusalError('taken_by_another', 'somebody else serves it now', 'conversationId')
  throw new RefusalError('not_allowed', 'the conversation is not yours', 'conversationId')
}
