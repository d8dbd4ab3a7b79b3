import { RefusalError } from '../../src-shared/errors.ts'
import type { Fact } from '../../src-shared/events.ts'
import { LOCALES, QUEUES } from '../../src-shared/taxonomy.ts'
import type { Ai } from '../ai/ai.ts'
import { createCentre } from '../centre/centre.ts'
import type { FlowBook } from '../centre/front-desk/flows.ts'
import type { CentrePerson, Effect } from '../centre/port.ts'
import type { CentreLine } from '../hub/hub.ts'
import { chanceOf } from '../practice/bank/chance.ts'
import { createPracticeBank } from '../practice/bank/practice-bank.ts'
import type { PracticeContent } from '../practice/scenarios/load.ts'
import { openDatabase } from '../sqlite/sqlite.ts'
import { createClients } from './clients.ts'
import type { Caller, DayPlan } from './plan.ts'
import { createTally, type DayFigures } from './tally.ts'
import { createVirtualTime } from './virtual-time.ts'
import { replyTo, type Visit } from './visit.ts'

/** What days are run with: the same for all of them. */
export interface Stage {
  ai: Ai
  content: Pick<PracticeContent, 'scenarios' | 'customers' | 'articles'>
  flows: FlowBook
  /** From the offer until a person is on the line. */
  pickUpMs: number
  /** Told every fact, as it happens. */
  watch?: ((fact: Fact) => void) | undefined
}

/** Any Monday: the centre's own rules do not look at the date. */
const MIDNIGHT = Date.UTC(2026, 0, 5)
const HOUR_MS = 3_600_000
/** How long the bank thinks. */
const BANK_MS = 400
/** How often the centre is asked whether time alone has something to do. */
const LOOK_MS = 5_000
/** After closing time those who wait are still served, for so long. */
const OVERTIME_MS = HOUR_MS

/**
 * Runs one day through the centre itself, on virtual time and with facts that are counted and forgotten.
 *
 * @param frontDesk whether it answers first
 * @throws RangeError when nobody is at work all day; what the centre or the bank throws; a fault in either ends the run, because its figures would mean nothing
 */
export async function runDay(stage: Stage, plan: DayPlan, frontDesk: boolean, personTime = 1): Promise<DayFigures> {
  if (!plan.staff.some((people) => people > 0)) throw new RangeError('nobody is at work on this day')
  const time = createVirtualTime(MIDNIGHT)
  const tally = createTally()
  const visits = new Map<string, Visit>()
  /** Failures inside effects, which the centre reports and survives. */
  const failures: unknown[] = []
  let ids = 0
  const newId = () => `s${ids++}`
  const line: CentreLine = {
    commit({ facts }) {
      for (const fact of facts) {
        tally.take(fact)
        stage.watch?.(fact)
        const visit = visits.get(fact.conversationId ?? '')
        if (!visit) continue
        if (fact.type === 'front-desk.moved') visit.state = fact.data.state
        if (fact.type === 'conversation.queued' && fact.data.reason === 'arrived') loseLater(fact.conversationId ?? '', visit)
      }
    },
    facts: () => [],
    factsOf: () => [],
    onCommand: () => ({ close: () => {} })
  }
  const db = openDatabase(':memory:', undefined)
  const chance = chanceOf('codes', plan.label)
  const byCustomer = new Map<string, Visit>()
  const bank = createPracticeBank({
    db,
    customers: [],
    madeUp: 0,
    now: time.now,
    random: chance,
    deliver: (customerId, code) => {
      const visit = byCustomer.get(customerId)
      if (visit) visit.code = code
    },
    log: (event, detail) => failures.push(new Error(`${event} ${JSON.stringify(detail)}`))
  })
  const centre = createCentre({
    line,
    ai: stage.ai,
    people: staffOf(Math.max(...plan.staff)),
    articles: stage.content.articles,
    customers: [],
    now: time.now,
    newId,
    effects: (effect) => act(effect),
    log: { write: (event, detail) => failures.push(new Error(`${event} ${JSON.stringify(detail)}`)) },
    // Nobody looks at boards here.
    settings: { publishMs: 2 * 24 * HOUR_MS, heartbeatMs: 2 * 24 * HOUR_MS },
    ...(frontDesk ? { frontDesk: () => ({ book: stage.flows, channels: ['voice'] as const }) } : {})
  })
  const clients = createClients({ centre, db, customers: stage.content.customers, now: time.now })
  /** What has changed meanwhile (answered, hung up) the centre refuses, and nothing is lost by it. */
  const attempt = (run: () => void) => {
    try {
      run()
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error
    }
  }
  const after = (ms: number, run: () => void) => time.at(time.now() + ms, () => attempt(run))

  function loseLater(conversationId: string, visit: Visit): void {
    if (!Number.isFinite(visit.caller.patienceMs)) return
    after(visit.caller.patienceMs, () => {
      if (visits.has(conversationId) && !served.has(conversationId)) centre.customerLeft(conversationId)
    })
  }
  const served = new Set<string>()

  function act(effect: Effect): void {
    if (!('conversationId' in effect)) return
    const { conversationId } = effect
    const visit = visits.get(conversationId)
    if (!visit) return
    switch (effect.type) {
      case 'offered':
        return void after(stage.pickUpMs, () => centre.accept(effect.personId, conversationId))
      case 'assigned': {
        served.add(conversationId)
        const factor = frontDesk ? personTime : 1
        return void after(visit.caller.serviceMs * factor, () => {
          centre.finish(effect.personId, conversationId, 'resolved', '')
          forget(conversationId, visit)
        })
      }
      case 'frontDeskSaid': {
        const reply = replyTo(visit, effect)
        if (reply) after(reply.afterMs, () => centre.customerSaid(conversationId, reply.text))
        return
      }
      case 'bank':
        time.hold(bank.run(effect.request).then((answer) => void after(BANK_MS, () => centre.bankAnswered(conversationId, answer))))
        return
      case 'conversationEnded':
        if (!served.has(conversationId)) forget(conversationId, visit)
    }
  }

  function forget(conversationId: string, visit: Visit): void {
    visits.delete(conversationId)
    served.delete(conversationId)
    byCustomer.delete(visit.customer.customerId)
    clients.giveBack(visit.customer, visit.caller.scenario)
  }

  function arrive(caller: Caller): void {
    const { scenario } = caller
    const customer = clients.take(scenario)
    const conversationId = newId()
    const visit: Visit = { caller, customer, wishes: 0 }
    visits.set(conversationId, visit)
    byCustomer.set(customer.customerId, visit)
    tally.arrives(conversationId, scenario.intent)
    centre.contactArrived({
      conversationId,
      customerId: customer.customerId,
      channel: 'voice',
      queue: scenario.queue,
      language: scenario.language,
      // Nobody knows yet why they call.
      reason: '',
      priority: 0,
      frontDesk
    })
  }

  const opens = MIDNIGHT + plan.staff.findIndex((people) => people > 0) * HOUR_MS
  const closes = MIDNIGHT + (plan.staff.findLastIndex((people) => people > 0) + 1) * HOUR_MS
  plan.staff.forEach((people, hour) => {
    const before = plan.staff[hour - 1] ?? 0
    const at = MIDNIGHT + hour * HOUR_MS
    for (let i = before; i < people; i++) time.at(at, () => centre.setPresence(`p${i}`, 'available'))
    for (let i = people; i < before; i++) if (at < closes) time.at(at, () => centre.setPresence(`p${i}`, 'offline'))
  })
  for (const caller of plan.callers) time.at(MIDNIGHT + caller.second * 1000, () => arrive(caller))
  const look = () => {
    if ((centre.nextDueAt() ?? Number.POSITIVE_INFINITY) <= time.now()) centre.tick()
    if (time.now() < closes + OVERTIME_MS) time.at(time.now() + LOOK_MS, look)
  }
  time.at(opens, look)

  try {
    await time.live(closes + OVERTIME_MS)
    if (failures.length > 0) throw failures[0]
    return tally.figures(plan.staff.reduce((sum, people) => sum + people, 0) * HOUR_MS)
  } finally {
    time.close()
    centre.close()
    bank.close()
  }
}

/** Everybody can serve everybody: the log knows no skills. */
const staffOf = (count: number): CentrePerson[] =>
  Array.from({ length: count }, (_, i) => ({
    personId: `p${i}`,
    name: Object.fromEntries(LOCALES.map((locale) => [locale, `p${i}`])) as CentrePerson['name'], // one entry for every locale
    role: 'agent',
    queues: QUEUES,
    languages: ['en', 'zh'],
    chatCapacity: 1,
    colleague: true
  }))
