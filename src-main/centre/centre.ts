import { createHash } from 'node:crypto'
import { RefusalError } from '../../src-shared/errors.ts'
import { type Article, type Customer, type FactOf, fact } from '../../src-shared/events.ts'
import type { Disposition, Queue } from '../../src-shared/taxonomy.ts'
import type { Ai } from '../ai/ai.ts'
import type { CentreLine } from '../hub/hub.ts'
import { createSeal } from '../hub/seal.ts'
import type { Catalogue } from './advice/catalogue.ts'
import { adviceDue } from './advice/give.ts'
import { createPublisher } from './audience/publish.ts'
import type { Activity, BankAnswer } from './bank/port.ts'
import { afterRestart, fromPbx } from './calls.ts'
import { answer } from './commands/answer.ts'
import { contactArrived, customerLeft, customerSaid } from './contacts.ts'
import { type Draft, draft, ownConversation, personOf, type World } from './decision.ts'
import { bankAnswered, type FrontDeskSettings, resumeFrontDesk } from './front-desk/front-desk.ts'
import { createLedger } from './ledger.ts'
import type { CentreLog, CentrePerson, CentreSettings, Contact, Effect, PbxLike, WantedPresence } from './port.ts'
import { SETTINGS } from './port.ts'
import { reconcile } from './presence.ts'
import { tellLine } from './recorder.ts'
import { createRecorderAsks } from './recorder-asks.ts'
import { activityTold } from './risk/alerts.ts'
import { codeAnswered, resumeCode } from './risk/code.ts'
import type { RiskThresholds } from './risk/thresholds.ts'
import { route } from './routing/offers.ts'
import { expire, nextDue } from './timers.ts'
import { accept, decline, endContact, finish, say, setPresence, transfer } from './work.ts'

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
  /** Whether the front desk answers first, asked for each decision; absent: people answer everything. */
  frontDesk?: (() => FrontDeskSettings | undefined) | undefined
  /** What on a customer's accounts counts as a risk; absent: nobody looks. */
  risk?: RiskThresholds | undefined
  /** What may be offered to customers; absent: nothing is. */
  catalogue?: Catalogue | undefined
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
  /** What the bank says to a `bank` effect. */
  bankAnswered(conversationId: string, answer: BankAnswer): void
  /** What the bank says to a `bank-activity` effect. One that cannot answer leaves it out. */
  bankActivity(conversationId: string, activity: Activity): void

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
    state: 'front-desk' | 'waiting' | 'offered' | 'active' | 'wrap-up'
    owner?: string | undefined
    offeredTo?: string | undefined
    callId?: string | undefined
    background: boolean
  }[]
  people: { personId: string; presence: string; reason?: string | undefined; work: number }[]
}

/** A customer's card as a fact whose id follows from its content: the same card is the same fact, whoever says it again. */
function customerFact(customer: Customer, at: number): FactOf<'customer.updated'> {
  const content = createHash('sha256').update(JSON.stringify(customer)).digest('base64url').slice(0, 16)
  return fact('customer.updated', customer, at, `customer:${customer.customerId}:${content}`)
}

/**
 * Starts a centre on what the hub holds. Legs of calls from before are gone: those calls wait to be taken back.
 *
 * @throws whatever the hub throws when it cannot be read or written
 */
export function createCentre(options: CentreOptions): Centre {
  const { line, now, newId, log } = options
  const settings = { ...SETTINGS, ...options.settings }
  const publisher = createPublisher({
    state: () => ledger.state(),
    counters: () => ledger.counters(),
    people: options.people,
    settings,
    newId,
    startedAt: now()
  })
  let articlesChanged = true
  const ledger = createLedger({
    line,
    people: options.people,
    noted: (fact) => {
      if (fact.type === 'article.published') articlesChanged = true
      publisher.noted(fact)
    },
    rebuilt: () => {
      articlesChanged = true
      publisher.reset()
    }
  })
  const asks = createRecorderAsks(settings.recorderPatienceMs)
  const effects: Effect[] = []
  let telling = false
  let rehearsing = false
  const seal = createSeal()
  /** When a call's loudness was last passed on, by call. */
  const heardAt = new Map<string, number>()

  const world = (ids = newId): World => ({
    state: ledger.state(),
    now: now(),
    newId: ids,
    ai: options.ai,
    settings,
    frontDesk: options.frontDesk?.(),
    risk: options.risk,
    catalogue: options.catalogue,
    seal,
    asked: asks.open,
    log
  })

  /** Takes a decision, then what follows from it everywhere: who is asked next, and how people are shown. */
  const take = (decide: (out: Draft) => void, ids = newId): Effect[] => {
    const told: Effect[] = []
    for (const step of [decide, route, reconcile]) {
      if (articlesChanged) {
        articlesChanged = false
        options.ai.setArticles([...ledger.state().articles.values()])
      }
      const out = draft(world(ids))
      step(out)
      ledger.take(out.facts)
      told.push(...out.effects)
    }
    return told
  }
  const publish = () => {
    if (!rehearsing) ledger.addRows(publisher.take(now()))
  }
  /** An effect may bring the next input at once; effects still come one after another, in order. */
  const tell = (more: Effect[]) => {
    effects.push(...more)
    if (telling) return
    telling = true
    try {
      for (let next = effects.shift(); next; next = effects.shift()) {
        try {
          // First: the recorder may confirm before this returns.
          if (next.type === 'recording') asks.asked(next, now())
          options.effects(next)
        } catch (error) {
          log?.write('centre.effect-failed', { type: next.type, error: String(error) })
        }
      }
    } finally {
      telling = false
    }
  }
  const settle = (decide: (out: Draft) => void) => {
    let told: Effect[]
    try {
      told = take(decide)
      publish()
      ledger.commit()
    } catch (error) {
      // A refusal comes before anything was taken; after anything else the hub's word counts.
      if (!(error instanceof RefusalError)) ledger.rebuild()
      throw error
    }
    tell(told)
  }

  const commands = line.onCommand((received) => {
    const told = answer({ received, ledger, line, take: (decide, ids) => take(decide, ids), now, publish, log })
    tell(told)
  })

  /** What the far end hears is no fact: the newest figure goes to the desk of the call, at most once a second. */
  const heard = ({ callId, conversationId, rms }: Extract<PbxLike, { type: 'heard' }>) => {
    const conversation = ledger.state().conversations.get(conversationId)
    if (conversation?.call?.callId !== callId || now() - (heardAt.get(callId) ?? 0) < 1_000) return
    if (heardAt.size > 100) heardAt.clear()
    heardAt.set(callId, now())
    const event = fact('call.quality', { callId, heardRms: rms }, now(), newId(), conversationId)
    ledger.addRows([{ deskId: conversation.call.personId, event }])
    ledger.commit()
  }

  const settleAsk = ({ type, conversationId }: Exclude<PbxLike, { type: 'registered' | 'unregistered' }>) => {
    if (type === 'recording-paused') asks.settled(conversationId, 'paused')
    else if (type === 'recording-resumed') asks.settled(conversationId, 'resumed')
    else if (type === 'recorded' || type === 'recording-failed' || type === 'ended') asks.settled(conversationId, 'over')
  }
  const askAgain = () => {
    const { again, silent } = asks.due(now())
    for (const conversationId of silent)
      settle((out) => {
        const conversation = out.world.state.conversations.get(conversationId)
        if (conversation) tellLine(out, conversation, 'recorder_silent')
      })
    for (const { conversationId } of again)
      if (ledger.state().conversations.get(conversationId)?.call === undefined) asks.settled(conversationId, 'over')
    tell(again.filter(({ conversationId }) => asks.open.has(conversationId)))
  }

  const known = ledger.state().lastAt
  ledger.take(options.customers.map((customer) => customerFact(customer, now())))
  // What the hub holds of the same revision may have learnt from ratings since.
  const fresh = options.articles.filter(({ articleId, revision }) => (ledger.state().articles.get(articleId)?.revision ?? -1) < revision)
  ledger.take(fresh.map((one) => fact('article.published', one, now(), `article:${one.articleId}:${one.revision}`)))
  settle((out) => {
    afterRestart(out, known)
    for (const conversation of out.world.state.conversations.values()) {
      resumeFrontDesk(out, conversation)
      resumeCode(out, conversation)
    }
  })

  return {
    contactArrived(contact) {
      const conversationId = contact.conversationId ?? newId()
      settle((out) => contactArrived(out, contact, conversationId))
      return conversationId
    },
    customerSaid: (conversationId, text, entryId = newId()) => settle((out) => customerSaid(out, conversationId, text, entryId)),
    customerLeft: (conversationId) => settle((out) => customerLeft(out, conversationId)),
    updateCustomer: (customer) => settle((out) => void out.facts.push(customerFact(customer, now()))),
    pbx: (event) => {
      if (event.type === 'heard') heard(event)
      else if ('callId' in event) {
        settle((out) => fromPbx(out, event))
        settleAsk(event)
      }
    },
    bankAnswered: (conversationId, answered) =>
      settle((out) => {
        const conversation = out.world.state.conversations.get(conversationId)
        if (conversation && !codeAnswered(out, conversation, answered)) bankAnswered(out, conversation, answered)
      }),
    bankActivity: (conversationId, activity) =>
      settle((out) => {
        const conversation = out.world.state.conversations.get(conversationId)
        if (!conversation) return
        activityTold(out, conversation, activity)
        adviceDue(out, conversation, activity)
      }),
    setPresence: (personId, presence, reason) => settle((out) => setPresence(out, personOf(out.world.state, personId), presence, reason)),
    accept: (personId, conversationId) => settle((out) => accept(out, personId, conversationId)),
    decline: (personId, conversationId) => settle((out) => decline(out, personId, conversationId)),
    agentSaid: (personId, conversationId, text) =>
      settle((out) => say(out, ownConversation(out.world.state, personId, conversationId), personId, newId(), text, now())),
    transfer: (personId, conversationId, queue, reason) =>
      settle((out) => transfer(out, ownConversation(out.world.state, personId, conversationId), personId, queue, reason)),
    end: (personId, conversationId) =>
      settle((out) => endContact(out, ownConversation(out.world.state, personId, conversationId), 'agent')),
    finish: (personId, conversationId, disposition, note) =>
      settle((out) => finish(out, ownConversation(out.world.state, personId, conversationId), personId, disposition, note)),
    tick() {
      settle(expire)
      askAgain()
    },
    nextDueAt: () => {
      const due = Math.min(nextDue(world()) ?? Number.POSITIVE_INFINITY, asks.nextAt() ?? Number.POSITIVE_INFINITY)
      return rehearsing ? (due === Number.POSITIVE_INFINITY ? undefined : due) : Math.min(due, publisher.nextAt())
    },
    rehearse(run) {
      const outermost = !rehearsing
      rehearsing = true
      ledger.gather(true)
      try {
        return run()
      } finally {
        if (outermost) {
          rehearsing = false
          publish()
          ledger.gather(false)
        }
      }
    },
    view: () => ({
      conversations: [...ledger.state().conversations.values()].map((one) => ({
        conversationId: one.conversationId,
        customerId: one.customerId,
        channel: one.channel,
        queue: one.queue,
        state: one.state,
        owner: one.owner,
        offeredTo: one.offer?.personId,
        callId: one.call?.callId,
        background: one.background
      })),
      people: [...ledger.state().people.values()].map(({ person, shown, work }) => ({
        personId: person.personId,
        presence: shown.presence,
        reason: shown.reason,
        work: work.size
      }))
    }),
    close: () => commands.close()
  }
}
