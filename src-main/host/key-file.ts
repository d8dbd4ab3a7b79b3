import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The web host's key: 32 random bytes in a file that only its owner may read (the desktop app keeps its key in the OS keystore
 * instead). Throws when the file is there but not a key, because a new key would make everything stored unreadable.
 */
export function readOrMakeKey(dir: string): Buffer {
  const file = join(dir, 'key')
  writeOnce(file, () => randomBytes(32).toString('hex'))
  chmodSync(file, 0o600)
  return readKey(file, readFileSync(file, 'utf8'))
}

/**
 * Writes a file that must never be made twice or be half there: written beside, synced, then linked into place. Does nothing when it
 * is there already, or when somebody else is first. Its folder is made when missing, for the owner only.
 */
export function writeOnce(file: string, content: () => string | Buffer): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  if (existsSync(file)) return
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const handle = openSync(draft, 'wx', 0o600)
  try {
    const bytes = Buffer.from(content())
    writeSync(handle, bytes)
    fsyncSync(handle)
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // somebody else was first: theirs counts
  } finally {
    closeSync(handle)
    unlinkSync(draft)
  }
}

/** A key from its 64 hex digits. `file` is for the message of the error. */
export function readKey(file: string, text: string): Buffer {
  if (!/^[0-9a-f]{64}$/.test(text.trim()))
    throw new Error(`${file} is not a Sidetone key. Restore it from a backup, or move the folder away to start afresh.`)
  return Buffer.from(text.trim(), 'hex')
}
