import { type DeskEvent, Envelope, readEvent } from '../../src-shared/events.ts'
import type { Topic } from '../../src-shared/topics.ts'
import { type Db, type ReadDb, SqliteError } from '../sqlite/sqlite.ts'
import { applyEvent, isSnapshot, REBUILT_TABLES, SEARCH_TABLES } from './projections/apply.ts'
import { touchAll } from './projections/conversation.ts'
import type { Scope } from './projections/projection.ts'
import { createSearchIndex } from './search/index.ts'

/** An event that was kept in the log and not applied, and why. */
export interface Kept {
  deskSeq: number
  why: string
}
export interface Appended {
  topics: Set<Topic>
  /** The events that were applied, typed, in order. */
  applied: DeskEvent[]
  kept: Kept[]
  /** The cursor after the batch. */
  cursor: number
}

export const readCursor = (db: ReadDb): number => db.get<{ deskSeq: number }>('select deskSeq from cursor where one = 1')?.deskSeq ?? 0

const scopeOf = (db: Db, personId: string, topics: Set<Topic>): Scope => ({
  db,
  personId,
  search: createSearchIndex(db),
  touch: (topic) => topics.add(topic),
  touched: new Set()
})

/**
 * Writes a batch: log rows, what they mean, the search index and the cursor, all in one transaction. Envelopes at or below the
 * cursor are left out; the others must come in order (gaps are the caller's to find). An event that cannot be read or applied
 * stays in the log with the reason and stops nothing.
 *
 * @throws {SqliteError} `full`, `io`, `busy`, `damaged`: nothing of the batch was written.
 */
export function appendToLog(db: Db, personId: string, batch: readonly Envelope[]): Appended {
  try {
    return append(db, personId, batch, new Map())
  } catch (error) {
    if (!(error instanceof SqliteError) || (error.kind !== 'constraint' && error.kind !== 'misuse')) throw error
    return appendCarefully(db, personId, batch)
  }
}

/** One of them broke a projection: find it by giving each a transaction of its own, and keep it unapplied. */
function appendCarefully(db: Db, personId: string, batch: readonly Envelope[]): Appended {
  const sum: Appended = { topics: new Set(), applied: [], kept: [], cursor: readCursor(db) }
  for (const one of batch) {
    let done: Appended
    try {
      done = append(db, personId, [one], new Map())
    } catch (error) {
      if (!(error instanceof SqliteError) || (error.kind !== 'constraint' && error.kind !== 'misuse')) throw error
      done = append(db, personId, [one], new Map([[one.deskSeq, `cannot be applied: ${error.message}`]]))
    }
    for (const topic of done.topics) sum.topics.add(topic)
    sum.applied.push(...done.applied)
    sum.kept.push(...done.kept)
    sum.cursor = done.cursor
  }
  return sum
}

function append(db: Db, personId: string, batch: readonly Envelope[], refused: ReadonlyMap<number, string>): Appended {
  return db.transaction(() => {
    const topics = new Set<Topic>()
    const applied: DeskEvent[] = []
    const kept: Kept[] = []
    let cursor = readCursor(db)
    const scope = scopeOf(db, personId, topics)
    for (const envelope of batch) {
      if (envelope.deskSeq <= cursor) continue
      cursor = envelope.deskSeq
      const read = readEvent(envelope)
      const broken = refused.get(envelope.deskSeq)
      const why = broken ?? ('unknown' in read ? `unknown ${read.unknown}` : 'invalid' in read ? `invalid ${read.invalid}` : null)
      if (why !== null || !isSnapshot(envelope.type))
        db.run(
          'insert into log (deskSeq, id, type, version, at, conversationId, json, kept) values (?, ?, ?, ?, ?, ?, ?, ?)',
          envelope.deskSeq,
          envelope.id,
          envelope.type,
          envelope.version,
          envelope.at,
          envelope.conversationId ?? null,
          JSON.stringify(envelope.data ?? null),
          why
        )
      if (why !== null || !('ok' in read)) {
        kept.push({ deskSeq: envelope.deskSeq, why: why ?? '' })
        continue
      }
      applyEvent(scope, read.ok)
      applied.push(read.ok)
    }
    scope.search.flush()
    touchAll(scope)
    db.run('update cursor set deskSeq = ? where one = 1', cursor)
    return { topics, applied, kept, cursor }
  })
}

interface LogRow {
  deskSeq: number
  id: string
  type: string
  version: number
  at: number
  conversationId: string | null
  json: string
}

/**
 * Empties what is derived and fills it again from the log, in one transaction. Events that an older build could not read are
 * read again, so this is also how a new build comes to understand them.
 */
export function rebuild(db: Db, personId: string): void {
  db.transaction(() => {
    for (const table of REBUILT_TABLES) db.run(`delete from ${table}`)
    for (const table of SEARCH_TABLES) db.run(`insert into ${table}(${table}) values ('delete-all')`)
    const scope = scopeOf(db, personId, new Set())
    let after = 0
    for (;;) {
      const rows = db.all<LogRow>(
        'select deskSeq, id, type, version, at, conversationId, json from log where deskSeq > ? order by deskSeq limit 500',
        after
      )
      const last = rows.at(-1)
      if (!last) break
      for (const row of rows) applyLogged(db, scope, row)
      scope.search.flush()
      after = last.deskSeq
    }
    db.run(`delete from snapshot where name = 'rebuild'`)
  })
}

function applyLogged(db: Db, scope: Scope, { json, conversationId, ...row }: LogRow): void {
  const envelope = Envelope.safeParse({ ...row, ...(conversationId === null ? {} : { conversationId }), data: JSON.parse(json) as unknown })
  const read = envelope.success ? readEvent(envelope.data) : { invalid: envelope.error.message }
  if (!('ok' in read) || isSnapshot(row.type)) return
  try {
    // A savepoint: an event that broke a projection when it came breaks only itself now.
    db.transaction(() => applyEvent(scope, read.ok))
    db.run('update log set kept = null where deskSeq = ? and kept is not null', row.deskSeq)
  } catch (error) {
    if (!(error instanceof SqliteError) || (error.kind !== 'constraint' && error.kind !== 'misuse')) throw error
    db.run('update log set kept = ? where deskSeq = ?', `cannot be applied: ${error.message}`, row.deskSeq)
  }
}

/** True when a migration has made tables that only a rebuild can fill. */
export const wantsRebuild = (db: ReadDb): boolean => db.get(`select 1 from snapshot where name = 'rebuild'`) !== undefined
