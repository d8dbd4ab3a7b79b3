import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The web host's key: 32 random bytes in a file that only its owner may read (the desktop app keeps its key in the OS keystore
 * instead). Made once, and never half: written beside, synced, then linked into place. Throws when the file is there but not a key,
 * because a new key would make everything stored unreadable.
 */
export function readOrMakeKey(dir: string): Buffer {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = join(dir, 'key')
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`
    const handle = openSync(draft, 'wx', 0o600)
    writeSync(handle, randomBytes(32).toString('hex'))
    fsyncSync(handle)
    closeSync(handle)
    try {
      linkSync(draft, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // somebody else was first: theirs counts
    }
    unlinkSync(draft)
  }
  chmodSync(file, 0o600)
  const text = readFileSync(file, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new Error(`${file} is not a Sidetone key. Restore it from a backup, or move the folder away to start afresh.`)
  return Buffer.from(text, 'hex')
}
