import type { z } from 'zod'
import type { WallboardView } from '../../../src-shared/contract/wallboard.ts'
import type { FactOf, MoodCell, QueueInterval } from '../../../src-shared/events.ts'
import type { ReadDb } from '../../sqlite/sqlite.ts'

const DAY_MS = 86_400_000

/** The figures the centre last sent, with the quarter hours from `since` on (by default the last 24 hours). */
export function wallboardView(
  desk: ReadDb,
  options: { since?: number | undefined; live: boolean; now: number }
): z.infer<typeof WallboardView> {
  const snapshot = desk.get<{ at: number; json: string }>(`select at, json from snapshot where name = 'stats'`)
  const since = options.since ?? (snapshot?.at ?? options.now) - DAY_MS
  // Written by the projection of `stats.published` from checked data.
  const now = snapshot && (JSON.parse(snapshot.json) as Pick<FactOf<'stats.published'>['data'], 'queues' | 'people'>)
  const parts = <T>(table: 'interval' | 'mood_cell'): T[] =>
    desk
      .all<{ json: string }>(`select json from ${table} where startAt >= ? order by startAt, queue`, since)
      .map((row) => JSON.parse(row.json) as T) // as above
  return {
    ...(snapshot ? { at: snapshot.at } : {}),
    queues: now?.queues ?? [],
    people: now?.people ?? [],
    intervals: parts<QueueInterval>('interval'),
    cells: parts<MoodCell>('mood_cell'),
    live: options.live
  }
}
