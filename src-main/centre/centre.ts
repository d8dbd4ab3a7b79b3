import type { Article, Customer } from '../../src-shared/events.ts'
import type { Disposition, Queue } from '../../src-shared/taxonomy.ts'
import type { Ai } from '../ai/ai.ts'
import type { CentreLine } from '../hub/hub.ts'
import type { CentrePerson, CentreSettings, Contact, Effect, PbxLike, WantedPresence } from './port.ts'

export interface CentreLog {
  write(event: string, detail?: Record<string, unknown>): void
}

export interface CentreOptions {
  line: CentreLine
  ai: Ai
  people: readonly CentrePerson[]
  articles: readonly Article[]
  customers: readonly Customer[]
  /** Epoch ms; may run on a virtual clock. */
  now: () => number
  newId: () => string
  effects: (effect: Effect) => void
  log?: CentreLog | undefined
  settings?: Partial<CentreSettings> | undefined
}

/**
 * The contact centre. Every method decides, commits and tells the effects before it returns.
 * Inputs about conversations that are over, or moves that are already made, do nothing; wrong inputs throw a RefusalError.
 */
export interface Centre {
  /** @returns the conversation's id. @throws RefusalError `not_found` for an unknown customer or person. */
  contactArrived(contact: Contact): string
  customerSaid(conversationId: string, text: string, entryId?: string): void
  /** Hung up or closed the window: abandoned while waiting, else ended. */
  customerLeft(conversationId: string): void
  /** Makes a customer known or changes one. */
  updateCustomer(customer: Customer): void
  pbx(event: PbxLike): void

  /** For simulated colleagues (and sign-in and sign-out of others). */
  setPresence(personId: string, presence: WantedPresence, reason?: string): void
  /** @throws RefusalError `offer_gone`, `taken_by_another`. A colleague's call is up at once. */
  accept(personId: string, conversationId: string): void
  decline(personId: string, conversationId: string): void
  agentSaid(personId: string, conversationId: string, text: string): void
  transfer(personId: string, conversationId: string, queue: Queue, reason: string): void
  /** Ends the contact when it is not over yet; wrap-up follows. */
  end(personId: string, conversationId: string): void
  /** Ends the wrap-up (and the contact, when it is not over yet). */
  finish(personId: string, conversationId: string, disposition: Disposition, note: string): void

  /** Does what is due: expired offers, calls nobody took back, snapshots. */
  tick(): void
  /** When {@link tick} has something to do next, epoch ms. */
  nextDueAt(): number | undefined
  /**
   * Runs a stretch of simulated time fast: commits in large batches and publishes no snapshots until it is over. A crash inside loses
   * the last batch, effects included.
   */
  rehearse<T>(run: () => T): T
  /** For the practice centre and tests: what stands now. */
  view(): CentreView
  close(): void
}

/** A look at the state; a copy. */
export interface CentreView {
  conversations: {
    conversationId: string
    customerId: string
    channel: 'voice' | 'chat' | 'email'
    queue: Queue
    state: 'waiting' | 'offered' | 'active' | 'wrap-up'
    owner?: string | undefined
    offeredTo?: string | undefined
    callId?: string | undefined
    background: boolean
  }[]
  people: { personId: string; presence: string; reason?: string | undefined; work: number }[]
}
