import { existsSync } from 'node:fs'
import Database from 'better-sqlite3-multiple-ciphers'

/** What may be bound to a `?`. Booleans are stored as 0 and 1 by the caller; `undefined` is refused by SQLite's binding. */
export type SqlValue = string | number | bigint | Uint8Array | null
/** Positional values, or one object for `:name` parameters. */
export type SqlParams = readonly SqlValue[] | readonly [Readonly<Record<string, SqlValue>>]

/** Why the database could not do it. */
export type SqliteErrorKind =
  /** Not a database, a damaged one, or the wrong key: with encryption these look the same. */
  | 'damaged'
  /** Written by a newer build than this one. */
  | 'newer'
  /** Another connection holds the lock longer than `busyMs`. */
  | 'busy'
  /** No room on the disk. */
  | 'full'
  /** The folder or file cannot be opened, read or written. */
  | 'io'
  /** A constraint (unique, foreign key, check, STRICT type) was violated. */
  | 'constraint'
  /** A fault of our own: SQL that does not parse, a wrong number of values. */
  | 'misuse'

export class SqliteError extends Error {
  readonly kind: SqliteErrorKind
  /** SQLite's own result code, such as SQLITE_NOTADB; empty where there is none. */
  readonly code: string
  constructor(kind: SqliteErrorKind, message: string, code = '', options?: ErrorOptions) {
    super(message, options)
    this.name = 'SqliteError'
    this.kind = kind
    this.code = code
  }
}

/** A database that can only be asked. Statements are prepared once per SQL text and kept. */
export interface ReadDb {
  /** All rows. `T` is what the SQL selects; SQLite's column names are its keys. */
  all<T>(sql: string, ...params: SqlParams): T[]
  /** The first row. */
  get<T>(sql: string, ...params: SqlParams): T | undefined
  /** Rows one at a time, without holding them all; the database must not be written meanwhile. */
  iterate<T>(sql: string, ...params: SqlParams): IterableIterator<T>
  /** EXPLAIN QUERY PLAN, one line a step: for tests that a hot query uses its index. */
  plan(sql: string): string[]
}

export interface Written {
  changes: number
  lastId: number
}

export interface WriteDb extends ReadDb {
  run(sql: string, ...params: SqlParams): Written
  /** All or nothing; inside another one it is a savepoint. Takes the write lock at once, so it cannot fail halfway for `busy`. */
  transaction<T>(work: () => T): T
}

export interface Db extends WriteDb {
  readonly path: string
  /** Several statements without values, as migrations need them. */
  exec(sql: string): void
  /** One PRAGMA's first value. */
  pragma(text: string): unknown
  close(): void
}

export interface OpenOptions {
  /**
   * `normal` (default): a killed process loses nothing that was committed; a power cut may lose the last commits but never
   * damages. `full`: a power cut loses nothing either, for one fsync a commit.
   */
  durability?: 'normal' | 'full'
  /** How long to wait for another connection's lock. */
  busyMs?: number
  /** Fail instead of making a new file. */
  mustExist?: boolean
  readonly?: boolean
  /** Page cache in KiB. */
  cacheKib?: number
}

const KINDS: Record<string, SqliteErrorKind> = {
  SQLITE_NOTADB: 'damaged',
  SQLITE_CORRUPT: 'damaged',
  SQLITE_BUSY: 'busy',
  SQLITE_LOCKED: 'busy',
  SQLITE_FULL: 'full',
  SQLITE_CANTOPEN: 'io',
  SQLITE_IOERR: 'io',
  SQLITE_READONLY: 'io',
  SQLITE_PERM: 'io',
  SQLITE_CONSTRAINT: 'constraint',
  SQLITE_MISMATCH: 'constraint'
}

function asSqliteError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof SqliteError) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (error instanceof TypeError || error instanceof RangeError)
    return new SqliteError(code === '' && /directory does not exist/.test(error.message) ? 'io' : 'misuse', error.message, code, {
      cause: error
    })
  if (!code.startsWith('SQLITE_')) return error
  // Extended codes such as SQLITE_IOERR_READ begin with the primary one.
  const primary = code.split('_').slice(0, 2).join('_')
  return new SqliteError(KINDS[primary] ?? 'misuse', error.message, code, { cause: error })
}

function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asSqliteError(error)
  }
}

/**
 * Opens or makes an SQLite database in WAL mode, encrypted with a raw 32-byte key (SQLCipher 4 format) when one is given.
 * `:memory:` gives one without a file (and without encryption).
 *
 * @throws {SqliteError} `damaged` when the file is no database under this key, `io` when it cannot be opened.
 */
export function openDatabase(path: string, key: Buffer | undefined, options: OpenOptions = {}): Db {
  if (key && key.length !== 32) throw new SqliteError('misuse', `a key has 32 bytes, not ${key.length}`)
  if (options.mustExist && path !== ':memory:' && !existsSync(path)) throw new SqliteError('io', `no database at ${path}`)
  const raw = guarded(() => new Database(path, { readonly: options.readonly ?? false, timeout: options.busyMs ?? 5_000 }))
  try {
    guarded(() => {
      if (key && path !== ':memory:') {
        raw.pragma(`cipher='sqlcipher'`)
        raw.pragma('legacy=4')
        raw.pragma(`key="x'${key.toString('hex')}'"`)
      }
      // The first read is what finds out whether key and file fit.
      raw.prepare('select count(*) from sqlite_master').get()
      if (!options.readonly) raw.pragma('journal_mode=WAL')
      raw.pragma(`synchronous=${options.durability === 'full' ? 'FULL' : 'NORMAL'}`)
      raw.pragma('foreign_keys=ON')
      raw.pragma('temp_store=MEMORY')
      raw.pragma(`cache_size=-${options.cacheKib ?? 16_384}`)
    })
  } catch (error) {
    raw.close()
    throw error
  }
  const statements = new Map<string, Database.Statement>()
  const prepared = (sql: string): Database.Statement => {
    let statement = statements.get(sql)
    if (!statement) statements.set(sql, (statement = raw.prepare(sql)))
    return statement
  }
  return {
    path,
    // The casts below: what a row looks like is known by the SQL's author only, who says so with T.
    all: <T>(sql: string, ...params: SqlParams) => guarded(() => prepared(sql).all(...params) as T[]),
    get: <T>(sql: string, ...params: SqlParams) => guarded(() => prepared(sql).get(...params) as T | undefined),
    // An own statement: a cached one cannot be run again while somebody still iterates it.
    iterate: <T>(sql: string, ...params: SqlParams) => guarded(() => raw.prepare(sql).iterate(...params) as IterableIterator<T>),
    plan: (sql) =>
      guarded(() => {
        const statement = raw.prepare(`explain query plan ${sql}`)
        // A plan does not depend on values; unbound parameters count as NULL only through this form.
        const names = [...sql.matchAll(/[:@$]([A-Za-z_]\w*)/g)].map((m) => [m[1] ?? '', null] as const)
        const marks = (sql.match(/\?/g) ?? []).map(() => null)
        const rows = names.length > 0 ? statement.all(Object.fromEntries(names)) : statement.all(...marks)
        return rows.map((row) => (row as { detail: string }).detail) // the fixed shape of EXPLAIN QUERY PLAN
      }),
    run: (sql, ...params) =>
      guarded(() => {
        const done = prepared(sql).run(...params)
        return { changes: done.changes, lastId: Number(done.lastInsertRowid) }
      }),
    transaction: (work) => guarded(() => raw.transaction(work).immediate()),
    exec: (sql) => {
      guarded(() => raw.exec(sql))
    },
    pragma: (text) => guarded(() => raw.pragma(text, { simple: true })),
    close: () => {
      statements.clear()
      raw.close()
    }
  }
}
