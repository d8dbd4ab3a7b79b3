import { type Db, SqliteError, type WriteDb } from '../sqlite/sqlite.ts'

/** One step of a schema. Versions go by tens, so that a late fix can be put between two. */
export interface Migration {
  version: number
  what: string
  up(db: WriteDb & { exec(sql: string): void }): void
}

const versionOf = (db: Db): number => Number(db.pragma('user_version'))

/**
 * Brings a database to the newest version (or to `upTo`), each step in a transaction of its own.
 *
 * @throws {SqliteError} `newer` when the database was written by a newer build; it is left untouched.
 */
export function migrate(db: Db, migrations: readonly Migration[], upTo = Number.POSITIVE_INFINITY): void {
  const newest = migrations.at(-1)?.version ?? 0
  const found = versionOf(db)
  if (found > newest)
    throw new SqliteError('newer', `${db.path} has version ${found}; this build knows ${newest}. Install the newer Sidetone again`)
  for (const one of migrations) {
    if (one.version <= versionOf(db) || one.version > upTo) continue
    db.transaction(() => {
      one.up(db)
      db.exec(`pragma user_version = ${one.version}`)
    })
  }
}
