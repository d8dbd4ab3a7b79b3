import type { Db } from '../../sqlite/sqlite.ts'

/** Tables of desk-own.db and their columns, with what their rows are called in a damaged file. */
const TABLES = {
  command: ['seq', 'commandId', 'type', 'conversationId', 'json', 'at', 'state', 'code', 'field', 'detail'],
  draft: ['conversationId', 'text', 'at'],
  setting: ['name', 'json'],
  read_mark: ['conversationId', 'deskSeq'],
  phone: ['name', 'json'],
  dialog: ['callId', 'json', 'savedAt']
} as const

/** Reads upwards and, where a page in the middle is broken, downwards too, so that one bad page costs its own rows only. */
function readable(from: Db, table: keyof typeof TABLES): Record<string, string | number | null>[] {
  const rows = new Map<string, Record<string, string | number | null>>()
  const key = TABLES[table][0]
  for (const direction of ['asc', 'desc'])
    try {
      for (const row of from.iterate<Record<string, string | number | null>>(
        `select ${TABLES[table].join(', ')} from ${table} order by ${key} ${direction}`
      ))
        rows.set(String(row[key]), row)
    } catch {
      // The damage begins here. What was read so far is kept, and the other direction reads from the far side.
    }
  return [...rows.values()]
}

/** Copies every row that can still be read into a fresh database. Returns how many there were. */
export function salvage(from: Db, to: Db): number {
  let saved = 0
  to.transaction(() => {
    for (const table of Object.keys(TABLES) as (keyof typeof TABLES)[]) {
      // the keys of the constant above
      const columns = TABLES[table]
      const rows = readable(from, table)
      // Rows keep their order of entry: `seq` is the first column of commands.
      rows.sort((a, b) =>
        typeof a[columns[0]] === 'number' && typeof b[columns[0]] === 'number' ? Number(a[columns[0]]) - Number(b[columns[0]]) : 0
      )
      for (const row of rows) {
        const values = columns.map((column) => row[column] ?? null)
        saved += to.run(
          `insert or ignore into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
          ...values
        ).changes
      }
    }
  })
  return saved
}
