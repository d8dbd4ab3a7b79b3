import { type ColleagueNow, type EventData, type Fact, fact } from '../../../src-shared/events.ts'
import { QUEUES } from '../../../src-shared/taxonomy.ts'
import type { Counters } from '../metrics/counters.ts'
import type { CentrePerson, CentreSettings } from '../port.ts'
import type { State } from '../state.ts'
import { boardDesks, type DeskEventRow, recordDesks } from './audience.ts'

/** Longest queue an agent is shown. */
const ROWS = 200
const DAY_MS = 24 * 3_600_000

const MOVES: readonly Fact['type'][] = [
  'conversation.opened',
  'conversation.queued',
  'conversation.offered',
  'conversation.offer-ended',
  'conversation.assigned',
  'conversation.abandoned',
  'conversation.closed'
]

/** What may change whether somebody is on a call. */
const CALLS: readonly Fact['type'][] = ['call.answered', 'call.parked', 'call.retrieved', 'call.ended']

/** Snapshots for boards and agents: who waits, who is there, the figures. No facts: they follow from facts, and replace each other. */
export interface Publisher {
  /** Notes that a fact changed something to be shown. */
  noted(fact: Fact): void
  /** What was taken may not have reached the logs: everything is told anew. */
  reset(): void
  /** When there is something to publish next. */
  nextAt(): number
  /** The snapshots that are due now, and nothing before they are. */
  take(now: number): DeskEventRow[]
}

export function createPublisher(options: {
  state: () => State
  counters: () => Counters
  people: readonly CentrePerson[]
  settings: CentreSettings
  newId: () => string
  startedAt: number
}): Publisher {
  const { people, settings } = options
  const boards = boardDesks(people)
  const servers = people.filter((one) => !one.colleague && (one.role === 'agent' || one.role === 'expert'))
  const callers = recordDesks(people)
  const lastQueue = new Map<string, string>()
  const lastShown = new Map<string, string>()
  let moved = true
  let shown = true
  let talked = true
  let first = true
  let lastAt = Number.NEGATIVE_INFINITY

  const pending = () => moved || shown || talked || options.counters().changed

  const queueRows = (person: CentrePerson): EventData<'queue.published'>['waiting'] => {
    const { conversations, cards } = options.state()
    return [...conversations.values()]
      .filter((one) => one.state === 'waiting' && person.queues.includes(one.queue))
      .filter((one) => one.reservedFor === undefined || one.reservedFor === person.personId)
      .sort((a, b) => a.queuedAt - b.queuedAt)
      .slice(0, ROWS)
      .map((one) => ({
        conversationId: one.conversationId,
        customerName: cards.get(one.customerId)?.data.name ?? '',
        channel: one.channel,
        queue: one.queue,
        reason: one.reason,
        since: one.queuedAt,
        priority: one.priority
      }))
  }
  /** Those who are shown differently than they were told last. */
  const changedColleagues = (): ColleagueNow[] => {
    const state = options.state()
    const onCall = new Set<string>()
    for (const { call } of state.conversations.values())
      if (call?.answeredAt !== undefined && call.slot === undefined) onCall.add(call.personId)
    return [...state.people.values()]
      .filter(({ person }) => person.role === 'agent' || person.role === 'expert' || person.role === 'supervisor')
      .map(({ person: { personId }, shown: { presence, since } }) => ({
        personId,
        presence,
        since: since || options.startedAt,
        onCall: onCall.has(personId)
      }))
      .filter((one) => {
        const text = JSON.stringify(one)
        if (lastShown.get(one.personId) === text) return false
        lastShown.set(one.personId, text)
        return true
      })
  }
  const stats = (now: number): EventData<'stats.published'> => {
    const state = options.state()
    // Somebody who is being asked has not answered yet: the customer waits on.
    const unanswered = [...state.conversations.values()].filter((one) => one.state === 'waiting' || one.state === 'offered')
    const changed = options.counters().takeChanged()
    const { intervals, cells } = first ? options.counters().since(now - DAY_MS) : changed
    return {
      queues: QUEUES.map((queue) => {
        const here = unanswered.filter((one) => one.queue === queue)
        const oldestAt = here.reduce<number | undefined>((oldest, one) => Math.min(oldest ?? one.queuedAt, one.queuedAt), undefined)
        return { queue, waiting: here.length, ...(oldestAt === undefined ? {} : { oldestAt }) }
      }),
      people: [...state.people.values()]
        .filter(({ person }) => person.role === 'agent' || person.role === 'expert')
        .map(({ person, shown: { presence, reason, since } }) => ({
          personId: person.personId,
          name: person.name,
          presence,
          ...(reason === undefined ? {} : { reason }),
          since: since || options.startedAt
        })),
      intervals,
      cells
    }
  }

  return {
    noted(one) {
      if (MOVES.includes(one.type)) moved = true
      else if (one.type === 'presence.changed') shown = true
      else if (CALLS.includes(one.type)) talked = true
    },
    reset() {
      lastQueue.clear()
      lastShown.clear()
      moved = shown = talked = first = true
    },
    nextAt: () => (pending() ? lastAt + settings.publishMs : lastAt + settings.heartbeatMs),
    take(now) {
      const due = pending() ? settings.publishMs : settings.heartbeatMs
      if (now - lastAt < due) return []
      const rows: DeskEventRow[] = []
      if (moved)
        for (const person of servers) {
          const waiting = queueRows(person)
          const text = JSON.stringify(waiting)
          // At the start it is not known what stands in the log, so an empty queue is told too.
          if (lastQueue.get(person.personId) === text) continue
          lastQueue.set(person.personId, text)
          rows.push({ deskId: person.personId, event: fact('queue.published', { waiting }, now, options.newId()) })
        }
      const colleagues = shown || talked ? changedColleagues() : []
      if (colleagues.length > 0) {
        const event = fact('colleagues.published', { people: colleagues }, now, options.newId())
        for (const deskId of callers) rows.push({ deskId, event })
      }
      const event = fact('stats.published', stats(now), now, options.newId())
      for (const deskId of boards) rows.push({ deskId, event })
      moved = shown = talked = first = false
      lastAt = now
      return rows
    }
  }
}
