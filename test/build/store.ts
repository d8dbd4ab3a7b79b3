import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type ReadDb } from '../../src-main/sqlite/sqlite.ts'
import { migrate } from '../../src-main/store/migrate.ts'
import { DESK_MIGRATIONS } from '../../src-main/store/migrations/desk.ts'
import { openStore, type Store } from '../../src-main/store/open.ts'
import type { DeskEvent } from '../../src-shared/events.ts'

export const STORE_KEY = Buffer.alloc(32, 9)

/** A store in a folder of its own; `done` closes and deletes it. */
export function buildStore(dir = mkdtempSync(join(tmpdir(), 'store-'))): { store: Store; dir: string; done: () => void } {
  const store = openStore({ dir, key: STORE_KEY, personId: 'agent-lin', now: () => 1_700_000_000_000 })
  return {
    store,
    dir,
    done: () => {
      store.close()
      rmSync(dir, { recursive: true, force: true })
    }
  }
}

/** A folder whose desk.db an older build left: its schema and its log. What that build had derived is not there; migrations ask for it. */
export function buildOldDesk(version: number, events: readonly DeskEvent[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'store-'))
  const db = openDatabase(join(dir, 'desk.db'), STORE_KEY)
  migrate(db, DESK_MIGRATIONS, version)
  for (const e of events)
    db.run(
      'insert into log values (?, ?, ?, ?, ?, ?, ?, null)',
      e.deskSeq,
      e.id,
      e.type,
      e.version,
      e.at,
      e.conversationId ?? null,
      JSON.stringify(e.data)
    )
  db.run('update cursor set deskSeq = ?', events.length)
  db.run(`delete from snapshot where name = 'rebuild'`) // that build had done it
  db.close()
  return dir
}

/** Everything that is derived from the log, and what the search index finds, as one comparable value. */
export function projectionsOf(db: ReadDb): Record<string, unknown[]> {
  const tables = [
    'conversation',
    'entry',
    'call',
    'recording_gap',
    'callback',
    'customer',
    'article',
    'offer',
    'alert',
    'presence',
    'rating',
    'answer',
    'person',
    'handoff',
    'gap',
    'snapshot',
    'interval',
    'mood_cell'
  ]
  const all: Record<string, unknown[]> = {}
  for (const table of tables)
    all[table] = db
      .all<object>(`select * from ${table}`)
      .map((row) => JSON.stringify(row))
      .sort()
  // The index keeps no text; what it finds is what it is.
  for (const [kind, words] of Object.entries({
    entry: ['word', '卡'],
    conversation: ['reason', 'name'],
    customer: ['name'],
    article: ['title']
  }))
    for (const word of words)
      all[`${kind}_search ${word}`] = db.all(`select rowid from ${kind}_search where ${kind}_search match ? order by rowid`, `"${word}"*`)
  return all
}
