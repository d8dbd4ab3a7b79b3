import type { PracticePrompt, PracticeView } from '../../src-shared/contract/desk.ts'
import { RefusalError } from '../../src-shared/errors.ts'
import type { Fact } from '../../src-shared/events.ts'
import type { Language, Locale, Pace } from '../../src-shared/taxonomy.ts'
import type { Ai } from '../ai/ai.ts'
import type { Catalogue } from '../centre/advice/catalogue.ts'
import { type Centre, createCentre } from '../centre/centre.ts'
import type { FlowBook } from '../centre/front-desk/flows.ts'
import type { Effect } from '../centre/port.ts'
import { THRESHOLDS } from '../centre/risk/thresholds.ts'
import type { CentreLine, Hub, HubLevers } from '../hub/hub.ts'
import { createLocalHub } from '../hub/local-hub.ts'
import type { StagedBank } from './bank/trouble.ts'
import { type Clock, createClock } from './clock.ts'
import { createCustomers } from './customers/customers.ts'
import type { PracticeMemory } from './customers/memory.ts'
import { clearLeftovers, createFloor } from './floor/floor.ts'
import { passersBy } from './floor/passers-by.ts'
import { createPace } from './pace.ts'
import { createNumbers } from './parties/numbers.ts'
import { createParties } from './parties/parties.ts'
import type { Pbx, PbxEvent } from './pbx/port.ts'
import { COLLEAGUES, PEOPLE } from './people.ts'
import { rememberingAi } from './remembering-ai.ts'
import type { Scenario } from './scenarios/format.ts'
import type { PracticeContent } from './scenarios/load.ts'

export interface PracticeOptions {
  hub: Hub & { levers: HubLevers }
  ai: Ai
  content: PracticeContent
  voice(scenarioId: string, lineId: string): Uint8Array
  memory: PracticeMemory
  pbx: Pbx
  flows: FlowBook
  /** What may be offered to customers; absent: nothing is. */
  catalogue?: Catalogue | undefined
  /** Opens the bank; one-time codes are given to `deliver`. Closed with the practice centre. */
  bank(deliver: (customerId: string, code: string) => void): StagedBank
  now: () => number
  random: () => number
  newId: () => string
  log(event: string, detail?: Record<string, unknown>): void
  /** How long a history the boards should open with. */
  morningMs: number
  /** Gives the opening up: nothing of a morning half lived through is kept. */
  signal?: AbortSignal | undefined
}

/** The embedded practice centre at work. */
export interface Practice {
  /** Somebody sits down at or leaves their desk; `locale` is the language of their screen. */
  seated(personId: string, locale: () => Locale): void
  left(personId: string): void
  view(personId: string): Omit<PracticeView, 'lineUp'>
  setPace(personId: string, pace: Pace): void
  setLanguage(personId: string, language: PracticeView['language']): void
  /** Which channels of this person's customers the front desk answers first. */
  setFrontDesk(personId: string, frontDesk: PracticeView['frontDesk']): void
  /** @throws RefusalError `not_found`, `not_allowed`, `not_available`, `capacity_full` */
  start(personId: string, scenarioId: string, channel: 'voice' | 'chat', frontDesk?: boolean): string
  /** What the scenario gives this person to say next in a conversation they serve. */
  prompt(personId: string, conversationId: string): PracticePrompt
  close(): void
}

/** A pause of the program shorter than this leaves no hole worth filling on the boards. */
const HOLE_MS = 20 * 60_000
/** How long the bank thinks. */
const BANK_MS = 400
/** A person whose page is gone this long is offline for the centre. */
const GONE_MS = 60_000

/**
 * Opens the centre and everything around it:
 * 1. the morning (or what is missing of it) is lived through on virtual time, by the same code, in a centre of its own;
 * 2. its facts become the real centre's; 3. customers and colleagues go on from there in real time.
 *
 * @throws the signal's reason, when it is aborted meanwhile.
 */
export async function openPractice(options: PracticeOptions): Promise<Practice> {
  const { memory, random, pbx, content } = options
  const line = options.hub.centre()
  const people = [...PEOPLE, ...COLLEAGUES]
  const ai = rememberingAi(options.ai)
  let lastAt = 0
  const leftOpen = new Set<string>()
  for (const fact of line.facts()) {
    lastAt = fact.at
    if (fact.type === 'conversation.opened') leftOpen.add(fact.conversationId ?? '')
    if (fact.type === 'conversation.closed') leftOpen.delete(fact.conversationId ?? '')
  }
  const startAt = Math.max(lastAt, options.now() - options.morningMs)
  const rehearse = options.now() - startAt > HOLE_MS
  const failed = (error: unknown) =>
    options.log('practice.failed', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  const clock = createClock({ realNow: options.now, start: rehearse ? startAt : undefined, failed })
  options.signal?.addEventListener('abort', () => clock.close(), { once: true })
  options.signal?.throwIfAborted()
  const strangers = passersBy()
  const floor = createFloor({ clock, random, scenarios: content.scenarios, colleagues: COLLEAGUES, customers: strangers })
  const base = {
    ai,
    people,
    articles: content.articles,
    customers: [...content.customers, ...strangers],
    newId: options.newId,
    now: () => clock.now(),
    log: { write: options.log }
  }

  if (leftOpen.size > 0) {
    // What an earlier run left behind ended when that run did, so that no call seems to have lasted all night.
    const then = createCentre({ ...base, now: () => lastAt, line, effects: () => {} })
    clearLeftovers(then, COLLEAGUES)
    then.close()
  }

  // 1. The morning
  if (rehearse) {
    const stage = createLocalHub({ path: ':memory:' })
    const shadow = createCentre({ ...base, line: stage.centre(), effects: (effect) => floor.effect(effect) })
    floor.open(shadow)
    const ticks = tickOn(shadow, clock)
    await clock.liveThrough(options.now, (run) => shadow.rehearse(run))
    ticks.stop()
    shadow.close()
    if (!options.signal?.aborted) await handOn(stage.centre(), line)
    stage.close()
    options.signal?.throwIfAborted()
  }

  // 2. The centre
  const seats = new Map<string, () => Locale>()
  /** What the centre wants done while it starts waits until those who do it are there. */
  const early: Effect[] = []
  let ready = false
  const effects = (effect: Effect) => {
    if (!ready) return void early.push(effect)
    if (effect.type === 'ring')
      pbx.ring({
        user: effect.personId,
        conversationId: effect.conversationId,
        callId: effect.callId,
        from: effect.from,
        name: effect.name,
        ringMs: effect.ringMs
      })
    if (effect.type === 'hangUp') pbx.hangUp(effect.callId, effect.by)
    if (effect.type === 'recording') {
      if (effect.pause) pbx.recorder.pause(effect.callId, { reason: effect.reason })
      else pbx.recorder.resume(effect.callId)
    }
    if (effect.type === 'bank') askBank(effect)
    if (effect.type === 'bank-activity') lookAtAccounts(effect)
    floor.effect(effect)
    customers.effect(effect)
    answering.effect(effect)
  }
  const bank = options.bank((customerId, code) => customers.codeCame(customerId, code))
  /** A bank takes a moment. */
  const askBank = ({ conversationId, request }: Extract<Effect, { type: 'bank' }>) => {
    void bank.run(request).then((answer) => clock.at(clock.now() + BANK_MS, () => centre.bankAnswered(conversationId, answer)))
  }
  const lookAtAccounts = ({ conversationId, customerId }: Extract<Effect, { type: 'bank-activity' }>) => {
    void bank.activity(customerId).then(
      (activity) => clock.at(clock.now() + BANK_MS, () => centre.bankActivity(conversationId, activity)),
      (error: unknown) => options.log('bank.no-activity', { error: String(error) })
    )
  }
  const centre: Centre = createCentre({
    ...base,
    line,
    effects,
    risk: THRESHOLDS,
    catalogue: options.catalogue,
    frontDesk: () => ({ book: options.flows, channels: ['chat', 'voice'] })
  })
  const customers = createCustomers({
    centre,
    clock,
    random,
    memory,
    scenarios: content.scenarios,
    newId: options.newId,
    voice: options.voice,
    play: (callId, ulaw) => pbx.play(callId, ulaw),
    servedBy: (personId) => COLLEAGUES.some((one) => one.personId === personId),
    handOver: floor.serve,
    fileOf: (customerId) => content.customers.find((one) => one.customerId === customerId),
    log: options.log
  })
  const numbers = createNumbers({
    people,
    customers: [...content.customers, ...strangers],
    presenceOf: (personId) => centre.view().people.find((one) => one.personId === personId)?.presence,
    onCall: (personId) => answering.onCall(personId),
    random
  })
  const answering = createParties({
    pbx,
    centre,
    clock,
    random,
    parties: content.parties,
    voice: options.voice,
    party: numbers.party,
    log: options.log
  })
  pbx.dialTo(numbers.answer)
  const phone = pbx.on((event) => {
    customers.phone(event)
    answering.phone(event)
    if (concernsCentre(event)) centre.pbx(event)
  })

  /** What a scenario warns of has happened on the customer's accounts. */
  const trouble = ({ alert, customerId }: Scenario) => {
    if (alert) bank.stage?.(customerId, alert)
  }

  // 3. Everybody goes on
  if (rehearse) floor.moveTo(centre)
  else floor.open(centre)
  customers.resume(centre.view().conversations)
  ready = true
  for (const effect of early) effects(effect)
  pbx.recorder.tellUntold()
  for (const person of PEOPLE) leaveLater(person.personId)
  const ticks = tickOn(centre, clock)
  const languagesOf = (personId: string): Language[] => {
    const chosen = memory.choice(personId).language
    if (chosen === 'both') return ['en', 'zh']
    if (chosen !== 'follow') return [chosen]
    return [seats.get(personId)?.() === 'en' ? 'en' : 'zh']
  }
  createPace({
    centre,
    clock,
    random,
    scenarios: content.scenarios,
    trainees: () =>
      PEOPLE.filter((one) => seats.has(one.personId) && (one.role === 'agent' || one.role === 'expert')).map(({ personId, queues }) => ({
        personId,
        pace: memory.choice(personId).pace,
        languages: languagesOf(personId),
        queues,
        phone: pbx.isRegistered(personId)
      })),
    arrive: (scenario, channel, personId, first) => {
      const { frontDesk } = memory.choice(personId)
      trouble(scenario)
      return customers.arrive(scenario, channel, personId, !first && (frontDesk === 'all' || (frontDesk === 'chat' && channel === 'chat')))
    }
  }).open()

  function leaveLater(personId: string): void {
    clock.at(clock.now() + GONE_MS, () => {
      const state = centre.view().people.find((one) => one.personId === personId)
      // Whoever still has work goes offline after it: nothing new is offered to somebody who is not there.
      if (!seats.has(personId) && state && state.presence !== 'offline') centre.setPresence(personId, 'offline')
    })
  }

  return {
    seated: (personId, locale) => void seats.set(personId, locale),
    left(personId) {
      seats.delete(personId)
      leaveLater(personId)
    },
    view: (personId) => ({
      ...memory.choice(personId),
      scenarios: content.scenarios.map((one) => ({
        scenarioId: one.id,
        language: one.language,
        intent: one.intent,
        title: one.title,
        channels: one.channels
      }))
    }),
    setPace: (personId, pace) => memory.choose(personId, { ...memory.choice(personId), pace }),
    setLanguage: (personId, language) => memory.choose(personId, { ...memory.choice(personId), language }),
    setFrontDesk: (personId, frontDesk) => memory.choose(personId, { ...memory.choice(personId), frontDesk }),
    start(personId, scenarioId, channel, frontDesk = false) {
      const scenario = content.scenarios.find((one) => one.id === scenarioId)
      if (!scenario?.channels.includes(channel)) throw new RefusalError('not_found', `no ${channel} scenario ${scenarioId}`, 'scenarioId')
      const view = centre.view()
      const person = PEOPLE.find((one) => one.personId === personId)
      const state = view.people.find((one) => one.personId === personId)
      if (person?.role !== 'agent' && person?.role !== 'expert') throw new RefusalError('not_allowed', 'serves no customers')
      if (!state || (state.presence !== 'available' && state.presence !== 'busy')) throw new RefusalError('not_available', 'not available')
      const mine = view.conversations.filter((one) => one.owner === personId && one.state !== 'wrap-up')
      const full = channel === 'voice' ? mine.length > 0 : mine.some((one) => one.channel === 'voice') || mine.length >= person.chatCapacity
      if (full) throw new RefusalError('capacity_full', 'already serving as many as possible')
      trouble(scenario)
      return customers.arrive(scenario, channel, personId, frontDesk && 'to_person')
    },
    prompt(personId, conversationId) {
      const prompt = customers.prompt(conversationId, personId)
      return prompt ? { prompt } : {}
    },
    close() {
      ticks.stop()
      clock.close()
      phone.close()
      centre.close()
      bank.close()
    }
  }
}

/** What agents dial among themselves is nobody's business; a customer whom they ring up is. */
const concernsCentre = (event: PbxEvent): boolean =>
  !('dialled' in event) || event.dialled === undefined || event.dialled.party === 'customer'

const HAND_ON_FACTS = 500

/** What happened on the stage becomes what happened in the centre. Gives way to others after each piece. */
async function handOn(from: CentreLine, to: CentreLine): Promise<void> {
  let facts: Fact[] = []
  for (const fact of from.facts()) {
    if (fact.type === 'article.published' || fact.type === 'customer.updated') continue
    facts.push(fact)
    if (facts.length < HAND_ON_FACTS) continue
    to.commit({ facts, deskEvents: [] })
    facts = []
    await new Promise((resolve) => setImmediate(resolve))
  }
  to.commit({ facts, deskEvents: [] })
}

/** Keeps the centre's own timers going on this clock. */
function tickOn(centre: Centre, clock: Clock): { stop(): void } {
  let stopped = false
  const look = () => {
    if (stopped) return
    const due = centre.nextDueAt()
    if (due !== undefined && due <= clock.now()) centre.tick()
    clock.at(Math.min(Math.max(centre.nextDueAt() ?? Number.POSITIVE_INFINITY, clock.now() + 100), clock.now() + 1_000), look)
  }
  look()
  return {
    stop() {
      stopped = true
    }
  }
}
