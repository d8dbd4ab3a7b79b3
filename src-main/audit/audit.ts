import { createHmac } from 'node:crypto'
import type { Db, ReadDb } from '../sqlite/sqlite.ts'

/**
 * The audit trail: who did what that must be answerable later. Each entry carries an HMAC over itself and the entry before, so one
 * that is changed, taken out or put in breaks the chain from there on, and nobody without the key can mend it. What a chain alone
 * cannot show is that its newest entries were cut off: compare its length and head with a noted one for that.
 */
interface AuditEntry {
  seq: number
  /** Epoch ms. */
  at: number
  /** A person's id, or `host` and `centre` for what no person did. */
  actor: string
  act: string
  /** Ids and codes only: never a customer's words. */
  detail: Record<string, string>
}

export interface Audit {
  record(actor: string, act: string, detail?: Record<string, string>): void
  close(): void
}

export type Verdict = { entries: number; head: string } | { brokenAt: number; why: 'changed' | 'missing' }

/** As it is stored: the detail as JSON, and the link to the entry before. */
type Row = Omit<AuditEntry, 'detail'> & { detail: string; hash: string }

const TABLE = `create table if not exists audit (
  seq integer primary key, at integer not null, actor text not null, act text not null, detail text not null, hash text not null
) strict`
const START = '0'.repeat(64)

const hashOf = (key: Buffer, row: Omit<Row, 'hash'>, previous: string): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([previous, row.seq, row.at, row.actor, row.act, row.detail]))
    .digest('hex')

/** Opens the trail; it goes on where it ends. `key` signs the chain. */
export function createAudit(db: Db, key: Buffer, now: () => number): Audit {
  db.exec(TABLE)
  return {
    record(actor, act, detail = {}) {
      db.transaction(() => {
        const last = db.get<Row>('select * from audit order by seq desc limit 1')
        const row = { seq: (last?.seq ?? 0) + 1, at: now(), actor, act, detail: JSON.stringify(detail) }
        const hash = hashOf(key, row, last?.hash ?? START)
        db.run(
          'insert into audit (seq, at, actor, act, detail, hash) values (?, ?, ?, ?, ?, ?)',
          row.seq,
          row.at,
          row.actor,
          row.act,
          row.detail,
          hash
        )
      })
    },
    close: () => db.close()
  }
}

/** Goes through the whole chain. */
export function verifyAudit(db: ReadDb, key: Buffer): Verdict {
  let previous = START
  let seq = 0
  for (const row of db.iterate<Row>('select * from audit order by seq')) {
    seq++
    if (row.seq !== seq) return { brokenAt: seq, why: 'missing' }
    if (hashOf(key, row, previous) !== row.hash) return { brokenAt: seq, why: 'changed' }
    previous = row.hash
  }
  return { entries: seq, head: previous }
}
