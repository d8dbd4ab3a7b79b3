import { join } from 'node:path'
import { openDatabase, SqliteError } from '../sqlite/sqlite.ts'

/** Another process (or another desk in this one) has this folder open. */
export class FolderInUseError extends Error {
  readonly dir: string
  constructor(dir: string) {
    super(`the desk folder ${dir} is open in another Sidetone; close that one first`)
    this.name = 'FolderInUseError'
    this.dir = dir
  }
}

/**
 * Makes this process the folder's only writer until `release`. The lock is SQLite's own file lock, which the operating system
 * lets go of when a process dies, however it dies: there is no stale lock to judge by pid and age.
 *
 * @throws {FolderInUseError}
 */
export function takeLock(dir: string): { release(): void } {
  const db = openDatabase(join(dir, 'desk-lock.db'), undefined, { busyMs: 0 })
  try {
    db.exec('begin immediate')
  } catch (error) {
    db.close()
    if (error instanceof SqliteError && error.kind === 'busy') throw new FolderInUseError(dir)
    throw error
  }
  return { release: () => db.close() }
}
