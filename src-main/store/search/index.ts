import type { WriteDb } from '../../sqlite/sqlite.ts'
import { tokensOf } from './tokens.ts'

export type Searchable = 'entry' | 'conversation' | 'customer' | 'article'

/**
 * Collects what a batch changes in the search index and writes it at the end, in order of row: FTS5 writes a segment whenever a
 * row id goes backwards, so an unordered batch would cost many times as much.
 */
export interface SearchIndex {
  put(kind: Searchable, rowId: number, text: string, replaces: boolean): void
  flush(): void
}

const KINDS: readonly Searchable[] = ['entry', 'conversation', 'customer', 'article']

export function createSearchIndex(db: WriteDb): SearchIndex {
  const pending: Record<Searchable, Map<number, { text: string; replaces: boolean }>> = {
    entry: new Map(),
    conversation: new Map(),
    customer: new Map(),
    article: new Map()
  }
  return {
    put(kind, rowId, text, replaces) {
      const before = pending[kind].get(rowId)
      pending[kind].set(rowId, { text, replaces: before ? before.replaces : replaces })
    },
    flush() {
      for (const kind of KINDS) {
        const rows = pending[kind]
        if (rows.size === 0) continue
        for (const [rowId, { text, replaces }] of [...rows].sort(([a], [b]) => a - b)) {
          if (replaces) db.run(`delete from ${kind}_search where rowid = ?`, rowId)
          db.run(`insert into ${kind}_search (rowid, tokens) values (?, ?)`, rowId, tokensOf(text))
        }
        rows.clear()
      }
    }
  }
}
