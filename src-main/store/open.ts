import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Db, type OpenOptions, openDatabase, SqliteError } from '../sqlite/sqlite.ts'
import { takeLock } from './lock.ts'
import { rebuild, wantsRebuild } from './log.ts'
import { type Migration, migrate } from './migrate.ts'
import { DESK_MIGRATIONS } from './migrations/desk.ts'
import { OWN_MIGRATIONS } from './migrations/own.ts'
import { forgetDiscarded, settleFromAnswers } from './own/commands.ts'
import { saveNotice } from './own/keep.ts'
import { salvage } from './own/salvage.ts'

/** What users of the store need of the database, so that they need not know where it comes from. */
export { type Db, type ReadDb, SqliteError } from '../sqlite/sqlite.ts'

/**
 * One desk's data on disk: `desk` (the log and what follows from it; the centre can give it again) and `own` (what only this desk
 * knows). They are two files so that the one may be thrown away without the other. No transaction spans both: what the user sees
 * waiting is computed from `own` when asked, and an answer that reached `desk` only is carried over by `settleFromAnswers`.
 */
export interface Store {
  /** The present file: it may be replaced, so do not keep it. */
  readonly desk: Db
  readonly own: Db
  /** Sets a damaged desk.db aside and begins an empty one. Returns false when the file turns out sound (it is kept then). */
  replaceDamagedDesk(): boolean
  close(): void
  /** Closes and deletes everything. */
  wipe(): void
}

export interface StoreOptions {
  dir: string
  /** 32 bytes. */
  key: Buffer
  personId: string
  now: () => number
}

const DESK = 'desk.db'
const OWN = 'desk-own.db'
const PARTS = ['', '-wal', '-shm']
const OURS = /^desk(?:-own)?(?:-damaged-[\d-]+)?\.db(?:-wal|-shm)?$/

/**
 * Opens or makes the store of one desk.
 *
 * @throws {FolderInUseError} when another Sidetone has the folder.
 * @throws {SqliteError} `newer` when a file was written by a newer build; `io`, `full` when the disk does not let us.
 */
export function openStore(options: StoreOptions): Store {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 })
  const lock = takeLock(options.dir)
  const open: Db[] = []
  try {
    const own = openOwn(options)
    open.push(own)
    let desk = openDesk(options, own)
    open.push(desk)
    if (wantsRebuild(desk)) rebuild(desk, options.personId)
    settleFromAnswers(own, desk)
    forgetDiscarded(own)
    const close = (): void => {
      desk.close()
      own.close()
      lock.release()
    }
    return {
      get desk() {
        return desk
      },
      own,
      replaceDamagedDesk() {
        if (isSound(desk)) return false
        desk.close()
        replaceDesk(options, own)
        desk = openDesk(options, own)
        return true
      },
      close,
      wipe: () => {
        close()
        // Damaged files that were set aside hold the same conversations.
        for (const name of readdirSync(options.dir)) if (OURS.test(name)) rmSync(join(options.dir, name), { force: true })
      }
    }
  } catch (error) {
    for (const db of open) db.close()
    lock.release()
    throw error
  }
}

/** Looks at every page; slow on a large file, so only after something was found wrong. */
function isSound(db: Db): boolean {
  try {
    return db.pragma('quick_check') === 'ok'
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  }
}

const isDamage = (error: unknown): error is SqliteError => error instanceof SqliteError && error.kind === 'damaged'

/** Opens, migrates and looks a database over. Throws `damaged` when a page cannot be trusted. */
function openSound(path: string, key: Buffer, migrations: readonly Migration[], options: OpenOptions): Db {
  const db = openDatabase(path, key, options)
  try {
    migrate(db, migrations)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Renames a damaged file (with its journal) so that it is kept, and tells under which name. */
function setAside(dir: string, name: string, now: number): string {
  const stem = name.replace(/\.db$/, '')
  let kept = `${stem}-damaged-${now}.db`
  for (let n = 2; existsSync(join(dir, kept)); n++) kept = `${stem}-damaged-${now}-${n}.db`
  for (const part of PARTS) if (existsSync(join(dir, name + part))) renameSync(join(dir, name + part), join(dir, kept + part))
  return kept
}

function openDesk({ dir, key, now }: StoreOptions, own: Db): Db {
  const path = join(dir, DESK)
  // A killed process loses nothing that was committed; what a power cut may take, the centre sends again.
  const options = { durability: 'normal', cacheKib: 65_536 } as const
  try {
    return openSound(path, key, DESK_MIGRATIONS, options)
  } catch (error) {
    if (!isDamage(error)) throw error
    replaceDesk({ dir, now }, own)
    return openSound(path, key, DESK_MIGRATIONS, options)
  }
}

function replaceDesk({ dir, now }: Pick<StoreOptions, 'dir' | 'now'>, own: Db): void {
  saveNotice(own, { kind: 'rebuilt', at: now(), keptAs: setAside(dir, DESK, now()) })
}

function openOwn({ dir, key, now }: StoreOptions): Db {
  const path = join(dir, OWN)
  // Nobody can give these rows back, so a power cut must not take them either; they come at the pace of a person.
  const options = { durability: 'full', cacheKib: 2_048 } as const
  try {
    const db = openSound(path, key, OWN_MIGRATIONS, options)
    // Small enough to look at all of it at every start.
    if (isSound(db)) return db
    db.close()
  } catch (error) {
    if (!isDamage(error)) throw error
  }
  const keptAs = setAside(dir, OWN, now())
  const fresh = openSound(path, key, OWN_MIGRATIONS, options)
  try {
    const damaged = openDatabase(join(dir, keptAs), key, { mustExist: true })
    try {
      salvage(damaged, fresh)
    } finally {
      damaged.close()
    }
  } catch (error) {
    // Not even its first page can be read: the file stays aside for a specialist, and the user is told below.
    if (!isDamage(error)) throw error
  }
  saveNotice(fresh, { kind: 'rebuilt', at: now(), keptAs })
  return fresh
}
