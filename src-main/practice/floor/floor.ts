import { RefusalError } from '../../../src-shared/errors.ts'
import type { Customer } from '../../../src-shared/events.ts'
import type { Centre } from '../../centre/centre.ts'
import type { Effect } from '../../centre/port.ts'
import type { Clock } from '../clock.ts'
import type { Person } from '../people.ts'
import type { Scenario } from '../scenarios/format.ts'
import { about, nextArrivalMs, patienceMs, pick, pickScenario, speakingMs } from './traffic.ts'

/** What the floor needs of the centre; during the rehearsal of the morning it is another one than afterwards. */
export type FloorCentre = Pick<
  Centre,
  | 'contactArrived'
  | 'customerSaid'
  | 'customerLeft'
  | 'setPresence'
  | 'accept'
  | 'decline'
  | 'agentSaid'
  | 'transfer'
  | 'end'
  | 'finish'
  | 'view'
>

export interface FloorOptions {
  clock: Clock
  random: () => number
  scenarios: readonly Scenario[]
  colleagues: readonly Person[]
  /** Who calls. */
  customers: readonly Customer[]
}

/**
 * The rest of the practice centre: customers who call all day and simulated colleagues who serve them, so that boards and queues show
 * a centre at work. Everything goes through the same centre as the user's own work. Colleagues also help out with customers that the
 * user declined or missed.
 */
export interface Floor {
  /** Colleagues come to work and customers begin to arrive. */
  open(centre: FloorCentre): void
  /** From now on this centre decides. What was arranged goes on. */
  moveTo(centre: FloorCentre): void
  /** What the centre wants done; ignores what is not the floor's. */
  effect(effect: Effect): void
  /** A colleague serves a customer who was meant for somebody else and has said so many of the scenario's lines already. */
  serve(conversationId: string, personId: string, scenario: Scenario, linesSaid: number): void
}

/** Conversations of the floor that an earlier run of the program left behind: their customers give up, their colleagues finish. */
export function clearLeftovers(centre: FloorCentre, colleagues: readonly Person[]): void {
  const served = new Set(colleagues.map((one) => one.personId))
  for (const one of centre.view().conversations) {
    const { conversationId, owner } = one
    const theirs = owner !== undefined && served.has(owner)
    if (!one.background && !theirs) continue
    if (one.state !== 'wrap-up') attempt(centre, (at) => at.customerLeft(conversationId))
    if (theirs) attempt(centre, (at) => at.finish(owner, conversationId, 'customer_left', ''))
  }
}

/** A colleague may act on what has changed meanwhile (taken, abandoned): the centre refuses that, and nothing is lost by it. */
function attempt(at: FloorCentre, run: (centre: FloorCentre) => void): void {
  try {
    run(at)
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
  }
}

const TRANSFER_RATIO = 0.07
const MISS_RATIO = 0.02
const DISPOSITIONS = ['resolved', 'resolved', 'resolved', 'information_given', 'information_given', 'callback_agreed'] as const

export function createFloor(options: FloorOptions): Floor {
  const { clock, random, scenarios } = options
  const colleagues = new Map(options.colleagues.map((person) => [person.personId, person]))
  /** Scripts of background conversations that are open. */
  const scripts = new Map<string, Scenario>()
  /** How many of its lines a background customer has said, once passed on. */
  const said = new Map<string, number>()
  let centre: FloorCentre | undefined
  const after = (ms: number, run: (centre: FloorCentre) => void) => {
    clock.at(clock.now() + ms, () => {
      if (centre) attempt(centre, run)
    })
  }

  function arrive(): void {
    after(nextArrivalMs(clock.now(), random), (at) => {
      arrive()
      const scenario = pickScenario(scenarios, random)
      const channel = scenario.channels.includes('voice') && random() < 0.7 ? 'voice' : 'chat'
      const conversationId = at.contactArrived({
        customerId: pick(
          options.customers.filter((one) => one.language === scenario.language),
          random
        ).customerId,
        channel,
        queue: scenario.queue,
        language: scenario.language,
        reason: scenario.reason,
        priority: scenario.priority,
        intent: scenario.intent,
        alert: scenario.alert,
        background: true
      })
      scripts.set(conversationId, scenario)
      giveUpLater(conversationId)
    })
  }

  const giveUpLater = (conversationId: string) =>
    after(patienceMs(random), (at) => {
      if (waits(at, conversationId)) at.customerLeft(conversationId)
    })

  const waits = (at: FloorCentre, conversationId: string) =>
    at.view().conversations.some((one) => one.conversationId === conversationId && (one.state === 'waiting' || one.state === 'offered'))

  /** The whole conversation is arranged at once: customer and colleague take turns, then it ends, or is passed on, and is wrapped up. */
  function converse(conversationId: string, personId: string, scenario: Scenario, linesSaid: number, mayPassOn: boolean): void {
    const lines = [scenario.opening, ...scenario.steps.map((step) => step.say)]
    const passOnAfter = mayPassOn && scenario.queue !== 'expert' && random() < TRANSFER_RATIO ? Math.ceil(lines.length / 2) : lines.length
    let ms = 1_500
    lines.slice(0, passOnAfter).forEach((line, i) => {
      if (i < linesSaid) return
      after(ms, (at) => at.customerSaid(conversationId, line.text))
      ms += about(speakingMs(line.text), random) + about(4_000, random)
      const answer = scenario.agentPrompts[i]
      if (answer) after(ms, (at) => at.agentSaid(personId, conversationId, answer))
      ms += about(speakingMs(answer ?? '') + 9_000, random)
    })
    said.set(conversationId, passOnAfter)
    if (passOnAfter < lines.length) {
      after(ms, (at) => at.transfer(personId, conversationId, 'expert', scenario.reason))
      return
    }
    after(ms, (at) => {
      at.customerLeft(conversationId)
      after(about(25_000, random), (then) => then.finish(personId, conversationId, pick(DISPOSITIONS, random), scenario.reason))
    })
  }

  /** Somebody takes a break of ten minutes every hour and a half or so. */
  function shift(personId: string): void {
    after(about(90 * 60_000, random), (at) => {
      at.setPresence(personId, 'break')
      after(about(10 * 60_000, random), (later) => later.setPresence(personId, 'available'))
      shift(personId)
    })
  }

  return {
    open(first) {
      centre = first
      for (const [personId] of colleagues) {
        after(about(60_000, random), (at) => at.setPresence(personId, 'available'))
        shift(personId)
      }
      arrive()
    },
    moveTo(next) {
      centre = next
    },
    effect(effect) {
      switch (effect.type) {
        case 'offered':
          if (!colleagues.has(effect.personId) || random() < MISS_RATIO) return
          return after(about(3_000, random), (at) => at.accept(effect.personId, effect.conversationId))
        case 'assigned':
          return assigned(effect.conversationId, effect.personId)
        case 'conversationEnded':
          scripts.delete(effect.conversationId)
          said.delete(effect.conversationId)
          return
        case 'requeued':
          if (effect.reason === 'timeout') wakeUp()
          if (scripts.has(effect.conversationId)) giveUpLater(effect.conversationId)
          return
        case 'ring':
        case 'hangUp':
        case 'agentSaid':
        case 'recording':
          return
      }
    },
    // Never passed on: the expert it may reach could be a person at a desk, and this customer has no script for them any more.
    serve: (conversationId, personId, scenario, linesSaid) => converse(conversationId, personId, scenario, linesSaid, false)
  }

  function assigned(conversationId: string, personId: string): void {
    const scenario = scripts.get(conversationId)
    if (scenario && colleagues.has(personId)) converse(conversationId, personId, scenario, said.get(conversationId) ?? 0, true)
  }

  /** A colleague who missed an offer notices after a while. */
  function wakeUp(): void {
    after(about(45_000, random), (at) => {
      for (const person of at.view().people)
        if (colleagues.has(person.personId) && person.presence === 'not-responding') at.setPresence(person.personId, 'available')
    })
  }
}
