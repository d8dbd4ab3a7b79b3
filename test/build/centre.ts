import type { Ai } from '../../src-main/ai/ai.ts'
import type { Catalogue } from '../../src-main/centre/advice/catalogue.ts'
import { type Centre, createCentre } from '../../src-main/centre/centre.ts'
import type { FrontDeskSettings } from '../../src-main/centre/front-desk/front-desk.ts'
import type { CentrePerson, CentreSettings, Contact, Effect } from '../../src-main/centre/port.ts'
import type { RiskThresholds } from '../../src-main/centre/risk/thresholds.ts'
import type { CentreLine, Hub, HubLevers } from '../../src-main/hub/hub.ts'
import { createLocalHub } from '../../src-main/hub/local-hub.ts'
import type { Command, CommandType } from '../../src-shared/commands.ts'
import type { Article, Customer, DeskEvent, EventType, Fact, FactOf } from '../../src-shared/events.ts'
import { scriptedAi } from '../fakes/ai-scripted.ts'

export const MORNING = Date.UTC(2026, 2, 2, 8, 0, 0)

export const person = (personId: string, rest: Partial<CentrePerson> = {}): CentrePerson => ({
  personId,
  name: { en: personId, 'zh-CN': personId, 'zh-TW': personId },
  role: 'agent',
  queues: ['accounts', 'cards'],
  languages: ['en', 'zh'],
  chatCapacity: 3,
  colleague: false,
  ...rest
})

export const customer = (customerId: string, rest: Partial<Customer> = {}): Customer => ({
  customerId,
  name: `Customer ${customerId}`,
  language: 'en',
  phone: '+8613900000000',
  segment: 'standard',
  since: MORNING,
  products: [],
  remarks: [],
  ...rest
})

export const article = (articleId: string, revision = 1): Article => ({
  articleId,
  revision,
  language: 'en',
  title: 'Rates',
  intents: ['interest_rates'],
  say: 'The rate is two percent.',
  body: 'The rate is two percent.',
  updatedAt: MORNING
})

export const contact = (rest: Partial<Contact> = {}): Contact => ({
  customerId: 'c1',
  channel: 'chat',
  queue: 'accounts',
  language: 'en',
  reason: 'Asks about the balance',
  priority: 0,
  ...rest
})

/** A centre on a virtual clock, over a hub in memory. */
export interface Floor {
  centre: Centre
  hub: Hub & { levers: HubLevers }
  effects: Effect[]
  now(): number
  advance(ms: number): void
  facts(): Fact[]
  factsOf<T extends EventType>(type: T, conversationId?: string): FactOf<T>[]
  /** Sends a command of a desk and gives back how it ended. */
  command<T extends CommandType>(deskId: string, type: T, data: Extract<Command, { type: T }>['data'], id?: string): Promise<string>
  /** Everything in a desk's log. */
  log(deskId: string): Promise<DeskEvent[]>
  /** When the centre published figures to a desk. The hub keeps only the newest ones, so they are noted on their way to it. */
  publishedAt(deskId: string): number[]
  /** What the centre told about itself. */
  logged(): [event: string, detail: Record<string, unknown> | undefined][]
  /** Stops the centre and starts another one on the same hub. */
  restart(): void
}

export interface FloorOptions {
  people?: CentrePerson[]
  customers?: Customer[]
  articles?: Article[]
  settings?: Partial<CentreSettings>
  hub?: Hub & { levers: HubLevers }
  ai?: Ai
  /** Who answers first; absent: people. */
  frontDesk?: FrontDeskSettings
  risk?: RiskThresholds
  catalogue?: Catalogue
  /** Called for each effect, after it was noted. */
  react?: (effect: Effect, centre: Centre) => void
}

export function floor(options: FloorOptions = {}): Floor {
  let clock = MORNING
  let made = 0
  const hub = options.hub ?? createLocalHub({ path: ':memory:' })
  const effects: Effect[] = []
  const logged: [event: string, detail: Record<string, unknown> | undefined][] = []
  const published: { deskId: string; at: number }[] = []
  const noting = (line: CentreLine): CentreLine => ({
    ...line,
    commit(given) {
      for (const { deskId, event } of given.deskEvents) if (event.type === 'stats.published') published.push({ deskId, at: event.at })
      line.commit(given)
    }
  })
  const make = (): Centre => {
    const one: Centre = createCentre({
      line: noting(hub.centre()),
      ai: options.ai ?? scriptedAi(),
      people: options.people ?? [person('lin'), person('tom')],
      articles: options.articles ?? [],
      customers: options.customers ?? [customer('c1'), customer('c2')],
      now: () => clock,
      newId: () => `id-${made++}`,
      settings: options.settings,
      frontDesk: () => options.frontDesk,
      risk: options.risk,
      catalogue: options.catalogue,
      log: { write: (event, detail) => void logged.push([event, detail]) },
      effects: (effect) => {
        effects.push(effect)
        options.react?.(effect, one)
      }
    })
    return one
  }
  let centre = make()
  const facts = () => [...hub.centre().facts()]
  const log = (deskId: string) =>
    new Promise<DeskEvent[]>((resolve) => {
      const got: DeskEvent[] = []
      const end = `probe-${made++}`
      const line = hub.desk(deskId).open(0, {
        events: (batch) => {
          got.push(...(batch as DeskEvent[])) // the local hub gives what the centre committed
          if (got.some((event) => event.id === end)) {
            line.close()
            resolve(got.filter((event) => event.type !== 'desk.revoked'))
          }
          return Promise.resolve()
        },
        up: () => {},
        down: () => {}
      })
      hub.centre().commit({
        facts: [],
        deskEvents: [{ deskId, event: { id: end, at: clock, type: 'desk.revoked', version: 1, data: { reason: 'end of the probe' } } }]
      })
    })
  return {
    get centre() {
      return centre
    },
    hub,
    effects,
    logged: () => logged,
    publishedAt: (deskId) => published.filter((one) => one.deskId === deskId).map((one) => one.at),
    now: () => clock,
    advance(ms) {
      const end = clock + ms
      for (;;) {
        const due = centre.nextDueAt()
        if (due === undefined || due > end) break
        clock = Math.max(clock, due)
        centre.tick()
      }
      clock = end
      centre.tick()
    },
    facts,
    factsOf: <T extends EventType>(type: T, conversationId?: string) =>
      facts().filter(
        (fact): fact is FactOf<T> => fact.type === type && (conversationId === undefined || fact.conversationId === conversationId)
      ),
    async command(deskId, type, data, id = `cmd-${made++}`) {
      await hub.desk(deskId).send({ id, at: clock, type, data })
      await new Promise((resolve) => setImmediate(resolve))
      await new Promise((resolve) => setImmediate(resolve))
      for (const event of await log(deskId)) {
        if (event.type === 'command.accepted' && event.data.commandId === id) return 'accepted'
        if (event.type === 'command.rejected' && event.data.commandId === id) return event.data.code
      }
      return 'unanswered'
    },
    log,
    restart() {
      centre.close()
      centre = make()
    }
  }
}
