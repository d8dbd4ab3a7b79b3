import type { EventData } from '../../src-shared/events.ts'

/**
 * What becomes of snapshots in a desk's log. Their numbers stay taken (deskSeq has no holes for a reader), their rows do not: a board
 * that is open all day would otherwise leave a row a second for ever.
 *
 * - `queue.published` is whole each time, so only the newest is kept.
 * - `stats.published` carries what changed. When {@link LIVE_CHANGES} of them stand in a log, all but the newest are added up into one,
 *   which stands in the place of the last of them: a desk that reads from anywhere before it still gets every figure.
 *
 * `colleagues.published` too carries what changed, and is added up in the same way.
 *
 * A number without a row is read as an event of the type {@link COMPACTED}, which means nothing.
 */
export const COMPACTED = 'log.compacted'
export const LIVE_CHANGES = 16

/** One figure of each queue and quarter hour: the newer one wins. */
function newest<T extends { queue: string; startAt: number }>(older: readonly T[], newer: readonly T[]): T[] {
  const byPlace = new Map(older.map((one) => [`${one.queue} ${one.startAt}`, one]))
  for (const one of newer) byPlace.set(`${one.queue} ${one.startAt}`, one)
  return [...byPlace.values()].sort((a, b) => a.startAt - b.startAt || a.queue.localeCompare(b.queue))
}

/** Two `stats.published` as the one that says the same to a board that applies it instead of both. */
export function addStats(older: EventData<'stats.published'>, newer: EventData<'stats.published'>): EventData<'stats.published'> {
  return {
    queues: newer.queues,
    people: newer.people,
    intervals: newest(older.intervals, newer.intervals),
    cells: newest(older.cells, newer.cells)
  }
}

/** Two `colleagues.published` as the one that says the same: of each person the newer. */
export function addColleagues(
  older: EventData<'colleagues.published'>,
  newer: EventData<'colleagues.published'>
): EventData<'colleagues.published'> {
  return { people: [...new Map([...older.people, ...newer.people].map((one) => [one.personId, one])).values()] }
}
