import type { Fact, FactOf, MoodCell, QueueInterval } from '../../../src-shared/events.ts'
import { emptyInterval, quarterOf, SERVICE_LEVEL } from '../../../src-shared/metrics.ts'
import { isStrained, type Queue } from '../../../src-shared/taxonomy.ts'

/**
 * The same figures as the running counters (see counters.ts for what they mean), worked out from the whole history at once: each
 * conversation is cut into its stays in queues, and each stay is looked at by itself. Slow and plain on purpose: it is what the
 * running figures are checked against.
 */
export function recompute(facts: Iterable<Fact>): { intervals: QueueInterval[]; cells: MoodCell[] } {
  const histories = new Map<string, Fact[]>()
  const ids = new Set<string>()
  for (const fact of facts) {
    if (fact.conversationId === undefined || ids.has(fact.id)) continue
    ids.add(fact.id)
    const history = histories.get(fact.conversationId)
    if (history) history.push(fact)
    else histories.set(fact.conversationId, [fact])
  }
  const intervals: QueueInterval[] = []
  const readings: Reading[] = []
  for (const history of histories.values()) {
    const opened = history.find((fact) => fact.type === 'conversation.opened')
    if (!opened) continue
    const closedAt = history.findIndex((fact) => fact.type === 'conversation.closed')
    const life = closedAt < 0 ? history : history.slice(0, closedAt)
    for (const stay of stays(life, opened.data.direction === 'out')) intervals.push(figures(stay, opened.data.channel === 'voice'))
    readings.push(...moods(life, opened.data.queue))
  }
  const all = [...ids]
  const order = new Map(all.map((id, place) => [id, place]))
  readings.sort((a, b) => (order.get(a.factId) ?? 0) - (order.get(b.factId) ?? 0))
  return { intervals: summed(intervals), cells: board(readings) }
}

/** The facts from one entry into a queue to the next one, or to the end. The words of a transfer belong to the stay that it ends. */
function stays(life: Fact[], dialled: boolean): Fact[][] {
  const entries = life.flatMap((fact, i) =>
    fact.type === 'conversation.queued' &&
    (fact.data.reason === 'transfer' || (!dialled && !life.slice(0, i).some((one) => one.type === 'conversation.queued')))
      ? [i]
      : []
  )
  return entries.map((start, n) => life.slice(start, entries[n + 1] ?? life.length))
}

const of = <T extends Fact['type']>(facts: readonly Fact[], type: T): FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> => fact.type === type)
const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0)

function figures(stay: Fact[], voice: boolean): QueueInterval {
  const [entry] = of(stay, 'conversation.queued')
  if (!entry) throw new Error('a stay begins with its entry into the queue')
  const answeredAt = of(stay, 'conversation.assigned')[0]?.at
  const waitMs = answeredAt === undefined ? 0 : Math.max(0, answeredAt - entry.at)
  const calls = of(stay, 'call.ended')
  const left = of(stay, 'conversation.abandoned')
  const wrapped = of(stay, 'conversation.wrapped')
  const transferred = of(stay, 'conversation.transferred').length
  return {
    ...emptyInterval(entry.data.queue, quarterOf(entry.at)),
    offered: 1,
    answered: answeredAt === undefined ? 0 : 1,
    answeredInTarget: answeredAt !== undefined && waitMs <= SERVICE_LEVEL.targetMs ? 1 : 0,
    waitMs,
    abandoned: left.length,
    shortAbandoned: left.filter((one) => one.data.waitedMs < SERVICE_LEVEL.shortMs).length,
    transferred,
    handled: transferred + wrapped.length,
    wrapUpMs: sum(wrapped.map((one) => one.data.wrapUpMs)),
    holdMs: sum(calls.map((one) => one.data.holdMs)),
    talkMs: sum(calls.map((one) => one.data.talkMs)) + (voice ? 0 : written(stay))
  }
}

/** Time with a person in writing: from each assignment to the next end or transfer. */
function written(stay: Fact[]): number {
  let total = 0
  stay.forEach((fact, i) => {
    if (fact.type !== 'conversation.ended' && fact.type !== 'conversation.transferred') return
    const before = stay.slice(0, i)
    const from = before.findLastIndex((one) => one.type === 'conversation.assigned')
    const start = before[from]
    const counted = before.slice(from).some((one) => one.type === 'conversation.ended' || one.type === 'conversation.transferred')
    if (start && !counted) total += Math.max(0, fact.at - start.at)
  })
  return total
}

interface Reading {
  factId: string
  queue: Queue
  startAt: number
  strained: boolean
  phrase?: string | undefined
}

function moods(life: Fact[], firstQueue: Queue): Reading[] {
  const read = new Set<string>()
  return life.flatMap((fact, i) => {
    if (fact.type !== 'entry.analysed' || !fact.data.mood || read.has(fact.data.entryId)) return []
    const { entryId, mood } = fact.data
    read.add(entryId)
    const queue = of(life.slice(0, i), 'conversation.queued').at(-1)?.data.queue ?? firstQueue
    const corrected = of(life.slice(i), 'mood.corrected').findLast((one) => one.data.entryId === entryId)
    return [
      {
        factId: fact.id,
        queue,
        startAt: quarterOf(fact.at),
        strained: isStrained(corrected?.data.mood ?? mood.mood),
        // A phrase stays as an example of what was read then, whatever was thought of it later.
        phrase: isStrained(mood.mood) ? mood.span?.text : undefined
      }
    ]
  })
}

const byPlace = <T extends { queue: Queue; startAt: number }>(rows: readonly T[]): T[][] =>
  [...Map.groupBy(rows, (row) => `${row.queue} ${row.startAt}`).values()].sort((a, b) => {
    const [x, y] = [a[0], b[0]]
    return x && y ? x.startAt - y.startAt || (x.queue < y.queue ? -1 : 1) : 0
  })

function summed(rows: readonly QueueInterval[]): QueueInterval[] {
  return byPlace(rows).flatMap((group) => {
    const [first] = group
    if (!first) return []
    const total = (key: Exclude<keyof QueueInterval, 'queue' | 'startAt'>) => sum(group.map((one) => one[key]))
    return [
      {
        queue: first.queue,
        startAt: first.startAt,
        offered: total('offered'),
        answered: total('answered'),
        abandoned: total('abandoned'),
        shortAbandoned: total('shortAbandoned'),
        answeredInTarget: total('answeredInTarget'),
        transferred: total('transferred'),
        waitMs: total('waitMs'),
        talkMs: total('talkMs'),
        holdMs: total('holdMs'),
        wrapUpMs: total('wrapUpMs'),
        handled: total('handled')
      }
    ]
  })
}

function board(readings: readonly Reading[]): MoodCell[] {
  return byPlace(readings).flatMap((group) => {
    const [first] = group
    if (!first) return []
    const phrases = group.flatMap((one) => (one.phrase === undefined ? [] : [one.phrase]))
    const strained = group.filter((one) => one.strained).length
    return [{ queue: first.queue, startAt: first.startAt, utterances: group.length, strained, phrases: phrases.reverse().slice(0, 3) }]
  })
}
