import type { Language, Pace, Queue } from '../../src-shared/taxonomy.ts'
import type { Centre } from '../centre/centre.ts'
import type { Clock } from './clock.ts'
import { about, pick } from './floor/traffic.ts'
import type { Scenario } from './scenarios/format.ts'

/** Mean time from one contact of mine to the next, while I am available. */
export const PACE_MS: Record<Pace, number> = { calm: 100_000, normal: 45_000, busy: 20_000, burst: 6_000 }
/** The first contact after somebody turns available comes after about this, never later than 15 s. */
const FIRST_MS = 7_000

export interface Trainee {
  personId: string
  pace: Pace
  languages: readonly Language[]
  /** What they work on: nobody else's customers are sent to them. */
  queues: readonly Queue[]
  /** Their phone is registered. */
  phone: boolean
}

export interface PaceOptions {
  centre: Pick<Centre, 'view'>
  clock: Clock
  random: () => number
  scenarios: readonly Scenario[]
  /** Those who sit at a desk now. */
  trainees(): readonly Trainee[]
  /** Returns the conversation's id. */
  arrive(scenario: Scenario, channel: 'voice' | 'chat', personId: string, first: boolean): string
}

/** How many conversations at once each pace brings; a call is always alone. */
const AT_ONCE: Record<Pace, number> = { calm: 1, normal: 2, busy: 3, burst: 4 }

/** Sends customers to the people at the desks, at the pace each of them chose. Looks once a second. */
export function createPace(options: PaceOptions): { open(): void } {
  const { clock, random } = options
  const nextAt = new Map<string, number>()
  const recent = new Map<string, string[]>()
  /** The contact sent last to each, as long as it may still come to them. */
  const sent = new Map<string, string>()
  /** Those to whom a customer was sent already. */
  const met = new Set<string>()
  let turn = 0

  function look(): void {
    const view = options.centre.view()
    for (const trainee of options.trainees()) {
      const state = view.people.find((one) => one.personId === trainee.personId)
      const mine = view.conversations.filter(
        (one) => !one.background && (one.owner === trainee.personId || one.offeredTo === trainee.personId)
      )
      const ready =
        state?.presence === 'available' || (state?.presence === 'busy' && mine.length > 0 && mine.every((one) => one.channel === 'chat'))
      const unserved = view.conversations.some(
        (one) =>
          (one.state === 'waiting' || one.state === 'offered') &&
          (one.offeredTo === trainee.personId || one.conversationId === sent.get(trainee.personId))
      )
      const talking = mine.filter((one) => one.state !== 'wrap-up').length
      if (!ready || unserved || talking >= AT_ONCE[trainee.pace]) {
        if (!ready) {
          nextAt.delete(trainee.personId)
          sent.delete(trainee.personId)
        }
        continue
      }
      const due = nextAt.get(trainee.personId) ?? clock.now() + about(FIRST_MS, random)
      nextAt.set(trainee.personId, due)
      if (due > clock.now()) continue
      nextAt.set(trainee.personId, clock.now() + about(PACE_MS[trainee.pace], random))
      send(trainee, talking > 0)
    }
  }

  function send(trainee: Trainee, inWriting: boolean): void {
    const said = recent.get(trainee.personId) ?? []
    const mayRing = !inWriting && trainee.phone
    const fitting = options.scenarios.filter(
      (one) => trainee.languages.includes(one.language) && trainee.queues.includes(one.queue) && (mayRing || one.channels.includes('chat'))
    )
    if (fitting.length === 0) return
    const fresh = fitting.filter((one) => !said.includes(one.id))
    const scenario = pick(fresh.length > 0 ? fresh : fitting, random)
    recent.set(trainee.personId, [...said, scenario.id].slice(-Math.max(1, Math.floor(fitting.length / 2))))
    // Calls and chats take turns, as far as phone and work allow.
    const voice = mayRing && scenario.channels.includes('voice') && turn++ % 2 === 0
    const channel = voice || !scenario.channels.includes('chat') ? 'voice' : 'chat'
    // Who turns available for the first time is not kept waiting by the front desk.
    const first = !met.has(trainee.personId)
    met.add(trainee.personId)
    sent.set(trainee.personId, options.arrive(scenario, channel, trainee.personId, first))
  }

  const again = () => {
    clock.at(clock.now() + 1_000, () => {
      again()
      look()
    })
  }
  return { open: again }
}
