import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAi } from '../src-main/ai/index.ts'
import { openDesk } from '../src-main/desk/desk.ts'
import { BATCH_SIZE } from '../src-main/desk/sync/intake.ts'
import type { DeskHandlers } from '../src-main/hub/hub.ts'
import { type Db, openDatabase, type SqlValue } from '../src-main/sqlite/sqlite.ts'
import { migrate } from '../src-main/store/migrate.ts'
import { DESK_MIGRATIONS } from '../src-main/store/migrations/desk.ts'
import { tokensOf } from '../src-main/store/search/tokens.ts'
import { type DeskEvent, type EventData, type EventType, fact } from '../src-shared/events.ts'
import { createCorpus } from './corpus.ts'
import type { BenchRow } from './row.ts'

const EVENTS = Number(process.env['BENCH_APPLY_EVENTS'] ?? 40_000)
const KEY = Buffer.alloc(32, 5)
const START = 1_700_000_000_000

/** A morning's log: conversations that open, are offered and assigned, talk (most of it), are analysed and wrapped up. */
function makeLog(count: number): DeskEvent[] {
  const corpus = createCorpus()
  const log: DeskEvent[] = []
  const add = <T extends EventType>(type: T, data: EventData<T>, conversationId?: string): void => {
    const deskSeq = log.length + 1
    // `fact` gives the right member of the union; a number more keeps it one.
    log.push({ ...fact(type, data, START + deskSeq * 700, `event-${deskSeq}`, conversationId), deskSeq } as unknown as DeskEvent)
  }
  for (let n = 1; log.length < count; n++) {
    const c = `conversation-${n}`
    const customerId = `customer-${n % 2_000}`
    add('customer.updated', {
      customerId,
      name: `Customer ${n % 2_000}`,
      language: 'en',
      phone: '+44 **** 1204',
      segment: 'plus',
      since: START,
      products: [],
      remarks: []
    })
    add(
      'conversation.opened',
      { customerId, channel: 'chat', queue: 'cards', language: 'en', reason: corpus.message().slice(0, 60), priority: 0 },
      c
    )
    add('conversation.offered', { offerId: `offer-${n}`, personId: 'me', expiresAt: START, summary: '' }, c)
    add('conversation.offer-ended', { offerId: `offer-${n}`, personId: 'me', outcome: 'accepted' }, c)
    add('conversation.assigned', { personId: 'me' }, c)
    for (let line = 0; line < 24; line++) {
      const entryId = `entry-${log.length}`
      const speaker = line % 2 === 0 ? 'customer' : 'agent'
      add('entry.added', { entryId, kind: 'message', speaker, text: corpus.message(), at: START + log.length * 700 }, c)
      if (speaker === 'customer' && line % 4 === 0)
        add('entry.analysed', { entryId, mood: { mood: 'calm', confidence: 0.6 }, findings: [] }, c)
    }
    add('conversation.ended', { by: 'customer' }, c)
    add('conversation.wrapped', { personId: 'me', disposition: 'resolved', note: corpus.message(), wrapUpMs: 9_000 }, c)
  }
  return log.slice(0, count)
}

/** The log through the real intake of a real desk; ms for all. */
async function throughIntake(dir: string, log: readonly DeskEvent[]): Promise<number> {
  let handlers: DeskHandlers | undefined
  const desk = openDesk({
    person: { personId: 'me', name: { en: 'Me', 'zh-CN': 'Me', 'zh-TW': 'Me' }, role: 'agent', initials: 'M', hue: 1, signedIn: true },
    deskId: 'me',
    dir,
    key: KEY,
    ai: createAi(),
    now: Date.now,
    host: 'web',
    log: { write: (event) => console.error(event) },
    line: {
      open: (_cursor, given) => {
        handlers = given
        return { close: () => {} }
      },
      send: async () => {}
    }
  })
  handlers?.up()
  const startedAt = performance.now()
  for (let i = 0; i < log.length; i += BATCH_SIZE) await handlers?.events(log.slice(i, i + BATCH_SIZE))
  const tookMs = performance.now() - startedAt
  desk.close()
  return tookMs
}

type Row = Record<string, SqlValue>
interface Insert {
  sql: string
  values: SqlValue[]
}

/** Every row that the intake left, as plain inserts in the batches in which it came about. */
function insertsOf(dir: string, events: number): Insert[][] {
  const db = openDatabase(join(dir, 'desk.db'), KEY)
  const batches: Insert[][] = Array.from({ length: Math.ceil(events / BATCH_SIZE) }, () => [])
  const put = (table: string, row: Row, deskSeq: number): void => {
    const names = Object.keys(row)
    batches[Math.floor((deskSeq - 1) / BATCH_SIZE)]?.push({
      sql: `insert into ${table} (${names.map((one) => `"${one}"`).join(', ')}) values (${names.map(() => '?').join(', ')})`,
      values: Object.values(row)
    })
  }
  const seqOf = new Map(
    db
      .all<{ id: string; deskSeq: number }>(`select conversationId || type as id, min(deskSeq) as deskSeq from log group by 1`)
      .map((r) => [r.id, r.deskSeq])
  )
  const customers = new Map(
    db
      .all<{ id: string; deskSeq: number }>(
        `select json ->> '$.customerId' as id, min(deskSeq) as deskSeq from log where type = 'customer.updated' group by 1`
      )
      .map((r) => [r.id, r.deskSeq])
  )
  for (const row of db.all<Row & { deskSeq: number }>('select * from log')) put('log', row, row.deskSeq)
  for (const row of db.all<Row & { rowId: number; deskSeq: number; text: string }>('select * from entry')) {
    put('entry', row, row.deskSeq)
    put('entry_search', { rowid: row.rowId, tokens: tokensOf(row.text) }, row.deskSeq)
  }
  for (const row of db.all<Row & { rowId: number; conversationId: string; reason: string }>('select * from conversation')) {
    const deskSeq = seqOf.get(`${row.conversationId}conversation.opened`) ?? 1
    put('conversation', row, deskSeq)
    put('conversation_search', { rowid: row.rowId, tokens: tokensOf(row.reason) }, deskSeq)
  }
  for (const row of db.all<Row & { conversationId: string }>('select * from offer'))
    put('offer', row, seqOf.get(`${row.conversationId}conversation.offered`) ?? 1)
  for (const row of db.all<Row & { rowId: number; customerId: string; name: string }>('select * from customer')) {
    put('customer', row, customers.get(row.customerId) ?? 1)
    put('customer_search', { rowid: row.rowId, tokens: tokensOf(row.name) }, customers.get(row.customerId) ?? 1)
  }
  db.close()
  return batches
}

/** The same rows without us: prepared inserts, one transaction a batch; ms for all. */
function bare(path: string, batches: readonly Insert[][]): number {
  const db: Db = openDatabase(path, KEY, { cacheKib: 65_536 })
  migrate(db, DESK_MIGRATIONS)
  const startedAt = performance.now()
  for (const [i, batch] of batches.entries())
    db.transaction(() => {
      for (const { sql, values } of batch) db.run(sql, ...values)
      db.run('update cursor set deskSeq = ?', (i + 1) * BATCH_SIZE)
    })
  const tookMs = performance.now() - startedAt
  db.close()
  return tookMs
}

/** Hub events applied per second by a desk, against bare inserts of the rows they leave. */
export async function run(): Promise<BenchRow[]> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-apply-'))
  try {
    const log = makeLog(EVENTS)
    // Three rounds, one after the other, and the best of each: what else the machine does falls on both.
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 1; round <= 3; round++) {
      const desk = join(dir, `desk-${round}`)
      ours.push(await throughIntake(desk, log))
      theirs.push(bare(join(dir, `bare-${round}.db`), insertsOf(desk, log.length)))
    }
    const value = (log.length / Math.min(...ours)) * 1_000
    const baseline = (log.length / Math.min(...theirs)) * 1_000
    return [
      { name: 'hub-apply', value, unit: 'events/s', baseline, ratio: value / baseline, goal: 'ratio >= 0.4', ok: value / baseline >= 0.4 }
    ]
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
