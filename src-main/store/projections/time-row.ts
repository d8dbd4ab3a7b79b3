import type { ReadDb } from '../../sqlite/sqlite.ts'

/** Rows of one millisecond have this many places; beyond that they move on to the next millisecond's. */
const PLACES = 1_024
/** 2^53 / PLACES: the last millisecond that still gives an exact number (in the year 2248). */
const LAST_AT = Math.floor(Number.MAX_SAFE_INTEGER / PLACES) - PLACES

/** The first row id of a moment: everything before it is older. */
export const firstRowOf = (at: number): number => Math.floor(Math.min(Math.max(at, 0), LAST_AT)) * PLACES

/** A free row id at `at`, so that a table's rows (and its search index) are in order of time. */
export function freeRow(db: ReadDb, table: 'entry' | 'conversation', at: number): number {
  const first = firstRowOf(at)
  const last = db.get<{ rowId: number | null }>(
    `select max(rowId) as rowId from ${table} where rowId between ? and ?`,
    first,
    first + PLACES - 1
  )?.rowId
  if (last === null || last === undefined) return first
  if (last < first + PLACES - 1) return last + 1
  return freeRow(db, table, Math.min(Math.max(at, 0), LAST_AT) + 1)
}
