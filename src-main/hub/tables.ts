import { type DeskEvent, type EventData, type Fact, fact } from '../../src-shared/events.ts'
import { type Db, SqliteError } from '../sqlite/sqlite.ts'
import type { ReceivedCommand, WireCommand } from './hub.ts'
import { addColleagues, addStats, COMPACTED, LIVE_CHANGES } from './retention.ts'

const VERSION = 20

const SCHEMA = `
create table if not exists fact (
  seq integer primary key, id text not null unique, conversationId text, body text not null) strict;
create index if not exists factOfConversation on fact (conversationId, seq) where conversationId is not null;
create table if not exists desk_log (
  deskId text not null, deskSeq integer not null, id text not null, type text not null, body text not null,
  primary key (deskId, deskSeq)) strict, without rowid;
create unique index if not exists deskLogId on desk_log (deskId, id);
create index if not exists deskLogStats on desk_log (deskId, deskSeq) where type = 'stats.published';
create index if not exists deskLogQueue on desk_log (deskId, deskSeq) where type = 'queue.published';
create index if not exists deskLogColleagues on desk_log (deskId, deskSeq) where type = 'colleagues.published';
create table if not exists command (
  seq integer primary key, id text not null unique, deskId text not null, at integer not null, type text not null, data text not null,
  handled integer not null default 0) strict;
create index if not exists commandOpen on command (seq) where handled = 0;
`

const PAGE = 1_000

// Without the hint SQLite walks the desk's whole log by its primary key: it has no figures on how rare snapshots are.
const SNAPSHOTS = {
  'stats.published': `select deskSeq, body from desk_log indexed by deskLogStats where deskId = ? and type = 'stats.published' order by deskSeq`,
  'queue.published': `select deskSeq, body from desk_log indexed by deskLogQueue where deskId = ? and type = 'queue.published' order by deskSeq`,
  'colleagues.published': `select deskSeq, body from desk_log indexed by deskLogColleagues where deskId = ? and type = 'colleagues.published' order by deskSeq`
} as const
type Snapshot = keyof typeof SNAPSHOTS
const isSnapshot = (type: string): type is Snapshot => Object.hasOwn(SNAPSHOTS, type)

/** What two snapshots of a kind that carries changes say together; `undefined` where the newer one says all. */
function sumOf(older: Fact, newer: Fact): EventData<Snapshot> | undefined {
  if (older.type === 'stats.published' && newer.type === older.type) return addStats(older.data, newer.data)
  if (older.type === 'colleagues.published' && newer.type === older.type) return addColleagues(older.data, newer.data)
  return undefined
}

/** The hub's three logs. Rows are JSON as they were committed; deskSeq is added on the way out. */
export interface Tables {
  transaction<T>(work: () => T): T
  addFact(fact: Fact): boolean
  facts(): Iterable<Fact>
  factsOf(conversationId: string): Fact[]
  /** Appends to one desk's log; `false` when the id is there already. */
  append(deskId: string, event: Fact): boolean
  after(deskId: string, cursor: number, limit: number): DeskEvent[]
  /** `false` when a command of this id was stored before. */
  addCommand(deskId: string, command: WireCommand): boolean
  handled(deskId: string, commandId: string): void
  /** Open commands after a place in the order of arrival. */
  openCommands(afterSeq: number): { seq: number; command: ReceivedCommand }[]
}

type BodyRow = { body: string }
const parse = (row: BodyRow): Fact => JSON.parse(row.body) as Fact // written by addFact and append below

/** @throws {SqliteError} `newer` when a later build wrote this file. */
export function createTables(db: Db): Tables {
  const found = db.get<{ user_version: number }>('pragma user_version')?.user_version ?? 0
  if (found > VERSION) throw new SqliteError('newer', `the hub's database has version ${found}; this build knows ${VERSION}`)
  db.exec(SCHEMA)
  // Version 10 left a row in the place of every replaced snapshot.
  if (found === 10) db.run('delete from desk_log where type = ?', COMPACTED)
  if (found < VERSION) db.exec(`pragma user_version = ${VERSION}`)
  const ends = new Map<string, number>()

  const endOf = (deskId: string): number => {
    const known = ends.get(deskId)
    if (known !== undefined) return known
    return db.get<{ top: number | null }>('select max(deskSeq) as top from desk_log where deskId = ?', deskId)?.top ?? 0
  }
  const replace = (deskId: string, deskSeq: number, type: string, event: { id: string; at: number; data: unknown }) => {
    const body = JSON.stringify({ id: event.id, at: event.at, type, version: 1, data: event.data })
    db.run('update desk_log set type = ?, body = ? where deskId = ? and deskSeq = ?', type, body, deskId, deskSeq)
  }
  const compact = (deskId: string, type: Snapshot) => {
    const rows = db.all<BodyRow & { deskSeq: number }>(SNAPSHOTS[type], deskId)
    if (rows.length < (type === 'queue.published' ? 2 : LIVE_CHANGES)) return
    const older = rows.slice(0, -1)
    const keep = type === 'queue.published' ? undefined : older.at(-1)
    let sum: Fact | undefined
    for (const row of older) {
      const event = parse(row)
      const data = sum && sumOf(sum, event)
      // The data are of the event's own type: both come from the same rows.
      sum = data === undefined ? event : ({ ...event, data } as Fact)
      if (row !== keep) db.run('delete from desk_log where deskId = ? and deskSeq = ?', deskId, row.deskSeq)
      else replace(deskId, row.deskSeq, type, sum)
    }
  }

  return {
    transaction: (work) => {
      try {
        return db.transaction(work)
      } catch (error) {
        ends.clear() // what was rolled back must not be counted on
        throw error
      }
    },
    addFact: (fact) =>
      db.run(
        'insert into fact (id, conversationId, body) values (?, ?, ?) on conflict (id) do nothing',
        fact.id,
        fact.conversationId ?? null,
        JSON.stringify(fact)
      ).changes > 0,
    *facts() {
      for (let after = 0; ; ) {
        const rows = db.all<BodyRow & { seq: number }>('select seq, body from fact where seq > ? order by seq limit ?', after, PAGE)
        for (const row of rows) yield parse(row)
        const last = rows.at(-1)
        if (!last || rows.length < PAGE) return
        after = last.seq
      }
    },
    factsOf: (conversationId) => db.all<BodyRow>('select body from fact where conversationId = ? order by seq', conversationId).map(parse),
    append: (deskId, event) => {
      const deskSeq = endOf(deskId) + 1
      const { changes } = db.run(
        'insert into desk_log (deskId, deskSeq, id, type, body) values (?, ?, ?, ?, ?) on conflict (deskId, id) do nothing',
        deskId,
        deskSeq,
        event.id,
        event.type,
        JSON.stringify(event)
      )
      if (changes === 0) return false
      ends.set(deskId, deskSeq)
      if (isSnapshot(event.type)) compact(deskId, event.type)
      return true
    },
    after: (deskId, cursor, limit) => {
      const until = Math.min(cursor + limit, endOf(deskId))
      const sql = 'select deskSeq, body from desk_log where deskId = ? and deskSeq > ? and deskSeq <= ? order by deskSeq'
      const rows = new Map(db.all<BodyRow & { deskSeq: number }>(sql, deskId, cursor, until).map((row) => [row.deskSeq, row] as const))
      const events: DeskEvent[] = []
      for (let deskSeq = cursor + 1; deskSeq <= until; deskSeq++) {
        const row = rows.get(deskSeq)
        events.push({ ...(row ? parse(row) : fact(COMPACTED, {}, 0, `${COMPACTED}:${deskSeq}`)), deskSeq })
      }
      return events
    },
    addCommand: (deskId, command) => {
      const sql = 'insert into command (id, deskId, at, type, data) values (?, ?, ?, ?, ?) on conflict (id) do nothing'
      const at = Number.isFinite(command.at) ? Math.trunc(command.at) : 0
      return db.run(sql, command.id, deskId, at, command.type, JSON.stringify(command.data ?? null)).changes > 0
    },
    handled: (deskId, commandId) => {
      db.run('update command set handled = 1 where id = ? and deskId = ?', commandId, deskId)
    },
    openCommands: (afterSeq) => {
      const sql = 'select seq, id, deskId, at, type, data from command where handled = 0 and seq > ? order by seq limit 500'
      return db
        .all<{ seq: number; id: string; deskId: string; at: number; type: string; data: string }>(sql, afterSeq)
        .map(({ seq, data, ...rest }) => ({ seq, command: { ...rest, data: JSON.parse(data) as unknown } }))
    }
  }
}
