import type { Fact, MoodCell, QueueInterval } from '../../../src-shared/events.ts'
import { emptyInterval, quarterOf, SERVICE_LEVEL } from '../../../src-shared/metrics.ts'
import { isStrained, type Queue } from '../../../src-shared/taxonomy.ts'

/**
 * The centre's figures by queue and quarter hour, counted as facts come.
 *
 * A contact counts with everything that becomes of it in the quarter hour in which it came into the queue (`offered`, `answered`,
 * `abandoned`, waits, talk, wrap-up), so that the rates of one interval are about the same contacts. A transfer to a queue is a new
 * contact of that queue; going back to the queue for other reasons is not. Talk of written channels is the time from assignment to
 * the end. `handled`: a person finished their part, by wrap-up or transfer. A mood counts in the quarter hour it was shown, in the
 * queue of that moment; a person's correction replaces the machine's reading there.
 */
export interface Counters {
  apply(fact: Fact): void
  /** What changed since the last time it was asked. */
  takeChanged(): { intervals: QueueInterval[]; cells: MoodCell[] }
  readonly changed: boolean
  /** Everything since then, oldest first. */
  since(startAt: number): { intervals: QueueInterval[]; cells: MoodCell[] }
}

/** Figures are kept this long behind the newest fact. */
export const KEPT_MS = 48 * 3_600_000
/** Closed conversations remembered, so that a fact that comes again does not count again. */
const CLOSED_KEPT = 10_000
const PHRASES = 3

interface Stay {
  interval: QueueInterval
  at: number
  answered: boolean
  /** Since when a person writes with the customer. */
  assignedAt?: number | undefined
}

interface Tracked {
  voice: boolean
  /** A person dialled: nobody came, so it is no contact of the queue's. */
  dialled: boolean
  queue: Queue
  stay?: Stay
  seen: Set<string>
  moods: Map<string, { cell: MoodCell; strained: boolean }>
}

type Row = { queue: Queue; startAt: number }
const inOrder = <T extends Row>(rows: Iterable<T>): T[] =>
  [...rows].sort((a, b) => a.startAt - b.startAt || (a.queue < b.queue ? -1 : a.queue > b.queue ? 1 : 0))

export function createCounters(): Counters {
  const intervals = new Map<string, QueueInterval>()
  const cells = new Map<string, MoodCell>()
  const changedIntervals = new Set<QueueInterval>()
  const changedCells = new Set<MoodCell>()
  const open = new Map<string, Tracked>()
  const closed = new Set<string>()
  let newest = 0

  const intervalOf = (queue: Queue, at: number): QueueInterval => {
    const startAt = quarterOf(at)
    const key = `${queue} ${startAt}`
    let interval = intervals.get(key)
    if (!interval) intervals.set(key, (interval = emptyInterval(queue, startAt)))
    return interval
  }
  const cellOf = (queue: Queue, at: number): MoodCell => {
    const startAt = quarterOf(at)
    const key = `${queue} ${startAt}`
    let cell = cells.get(key)
    if (!cell) cells.set(key, (cell = { queue, startAt, utterances: 0, strained: 0, phrases: [] }))
    return cell
  }
  const forget = () => {
    const before = newest - KEPT_MS
    for (const [key, one] of intervals) if (one.startAt < before) intervals.delete(key)
    for (const [key, one] of cells) if (one.startAt < before) cells.delete(key)
  }
  const count = (stay: Stay | undefined, add: (interval: QueueInterval) => void) => {
    if (!stay) return
    add(stay.interval)
    changedIntervals.add(stay.interval)
  }
  /** A written contact's talk ends with the contact or with the person's part in it. */
  const endTalk = (tracked: Tracked, at: number) => {
    const { stay } = tracked
    if (tracked.voice || stay?.assignedAt === undefined) return
    const talkMs = Math.max(0, at - stay.assignedAt)
    stay.assignedAt = undefined
    count(stay, (interval) => (interval.talkMs += talkMs))
  }

  const applyTo = (tracked: Tracked, fact: Fact) => {
    const { stay } = tracked
    switch (fact.type) {
      case 'conversation.queued': {
        tracked.queue = fact.data.queue
        if (tracked.dialled && fact.data.reason !== 'transfer') return
        if (stay && fact.data.reason !== 'transfer') return
        const interval = intervalOf(fact.data.queue, fact.at)
        tracked.stay = { interval, at: fact.at, answered: false }
        return count(tracked.stay, (one) => (one.offered += 1))
      }
      case 'conversation.assigned': {
        if (!stay) return
        stay.assignedAt = fact.at
        if (stay.answered) return
        stay.answered = true
        const waitMs = Math.max(0, fact.at - stay.at)
        return count(stay, (one) => {
          one.answered += 1
          one.waitMs += waitMs
          if (waitMs <= SERVICE_LEVEL.targetMs) one.answeredInTarget += 1
        })
      }
      case 'conversation.transferred':
        endTalk(tracked, fact.at)
        return count(stay, (one) => {
          one.transferred += 1
          one.handled += 1
        })
      case 'conversation.abandoned':
        return count(stay, (one) => {
          one.abandoned += 1
          if (fact.data.waitedMs < SERVICE_LEVEL.shortMs) one.shortAbandoned += 1
        })
      case 'conversation.ended':
        return endTalk(tracked, fact.at)
      case 'conversation.wrapped':
        return count(stay, (one) => {
          one.handled += 1
          one.wrapUpMs += fact.data.wrapUpMs
        })
      case 'call.ended':
        return count(stay, (one) => {
          one.talkMs += fact.data.talkMs
          one.holdMs += fact.data.holdMs
        })
      case 'entry.analysed': {
        const { mood, entryId } = fact.data
        if (!mood || tracked.moods.has(entryId)) return
        const cell = cellOf(tracked.queue, fact.at)
        const strained = isStrained(mood.mood)
        tracked.moods.set(entryId, { cell, strained })
        cell.utterances += 1
        if (strained) {
          cell.strained += 1
          if (mood.span) cell.phrases = [mood.span.text, ...cell.phrases].slice(0, PHRASES)
        }
        changedCells.add(cell)
        return
      }
      case 'mood.corrected': {
        const reading = tracked.moods.get(fact.data.entryId)
        const strained = isStrained(fact.data.mood)
        if (!reading || reading.strained === strained) return
        reading.strained = strained
        reading.cell.strained += strained ? 1 : -1
        changedCells.add(reading.cell)
        return
      }
      default:
        return
    }
  }

  return {
    apply(fact) {
      const { conversationId } = fact
      if (conversationId === undefined) return
      if (quarterOf(fact.at) > quarterOf(newest)) {
        newest = fact.at
        forget()
      }
      if (fact.type === 'conversation.opened') {
        if (open.has(conversationId) || closed.has(conversationId)) return
        const { channel, queue, direction } = fact.data
        open.set(conversationId, { voice: channel === 'voice', dialled: direction === 'out', queue, seen: new Set(), moods: new Map() })
        return
      }
      const tracked = open.get(conversationId)
      if (!tracked || tracked.seen.has(fact.id)) return
      tracked.seen.add(fact.id)
      applyTo(tracked, fact)
      if (fact.type !== 'conversation.closed') return
      open.delete(conversationId)
      closed.add(conversationId)
      for (const oldest of closed) {
        if (closed.size <= CLOSED_KEPT) break
        closed.delete(oldest)
      }
    },
    takeChanged() {
      const taken = {
        intervals: inOrder([...changedIntervals].map((one) => ({ ...one }))),
        cells: inOrder([...changedCells].map((one) => ({ ...one })))
      }
      changedIntervals.clear()
      changedCells.clear()
      return taken
    },
    get changed() {
      return changedIntervals.size > 0 || changedCells.size > 0
    },
    since: (startAt) => ({
      intervals: inOrder([...intervals.values()].filter((one) => one.startAt >= startAt)).map((one) => ({ ...one })),
      cells: inOrder([...cells.values()].filter((one) => one.startAt >= startAt)).map((one) => ({ ...one }))
    })
  }
}
