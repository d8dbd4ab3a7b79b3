import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReadDb } from '../../src-main/sqlite/sqlite.ts'
import { openStore, type Store } from '../../src-main/store/open.ts'

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

/** Everything that is derived from the log, and what the search index finds, as one comparable value. */
export function projectionsOf(db: ReadDb): Record<string, unknown[]> {
  const tables = [
    'conversation',
    'entry',
    'call',
    'customer',
    'article',
    'offer',
    'alert',
    'presence',
    'rating',
    'answer',
    'person',
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
