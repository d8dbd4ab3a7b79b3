import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { asRecordingError, RecordingError } from './errors.ts'

/**
 * A file that only grows, in encrypted pieces, so that what was written is readable however its writer ended.
 *
 *   magic (8) salt (16) check (16)  then for each piece:  length (4) kind (1) ciphertext (length) tag (16)
 *
 * The key is derived from the machine's by HKDF-SHA256 (RFC 5869) with the file's own salt, so no two files share one; pieces are
 * AES-256-GCM with their number as the nonce (NIST SP 800-38D, 8.2.1) and number, kind, length, file header and file name as
 * authenticated data: none can be changed, moved, left out or come from another file. `check` tells a wrong key from damage.
 */
export interface Chunk {
  kind: number
  data: Buffer
}

export interface ChunkWriter {
  /** @throws {RecordingError} `disk_full` or `io`; the writer is closed then. */
  append(kind: number, data: Uint8Array): void
  /** Makes what was written safe from a power cut too, and closes. */
  close(): void
}

const MAGIC = Buffer.from('SIDEREC1', 'latin1')
const SALT_OCTETS = 16
const CHECK_OCTETS = 16
const HEADER_OCTETS = MAGIC.length + SALT_OCTETS + CHECK_OCTETS
const PREFIX_OCTETS = 5
const TAG_OCTETS = 16
const MAX_OCTETS = 1 << 20

function derive(key: Buffer, salt: Buffer): { cipherKey: Buffer; check: Buffer } {
  const derived = Buffer.from(hkdfSync('sha256', key, salt, 'sidetone recording', 32 + CHECK_OCTETS))
  return { cipherKey: derived.subarray(0, 32), check: derived.subarray(32) }
}

function sealing(header: Buffer, name: string, index: number, prefix: Buffer): { nonce: Buffer; authenticated: Buffer } {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(index, 8)
  return { nonce, authenticated: Buffer.concat([header, Buffer.from(name, 'utf8'), nonce, prefix]) }
}

/**
 * Makes the file at `path`, which must not be there. `name` is bound to its content.
 * @throws {RecordingError} `disk_full` or `io`
 */
export function createChunkWriter(path: string, key: Buffer, name: string): ChunkWriter {
  const salt = randomBytes(SALT_OCTETS)
  const { cipherKey, check } = derive(key, salt)
  const header = Buffer.concat([MAGIC, salt, check])
  const file = attempt(() => openSync(path, 'wx', 0o600))
  let open = true
  let index = 0

  const write = (bytes: Buffer): void => {
    if (!open) throw new RecordingError('io', 'the recording is closed')
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    } catch (error) {
      open = false
      closeSync(file)
      throw asRecordingError(error)
    }
  }
  write(header)
  return {
    append(kind, data) {
      const prefix = Buffer.alloc(PREFIX_OCTETS)
      prefix.writeUInt32BE(data.length)
      prefix.writeUInt8(kind, 4)
      const { nonce, authenticated } = sealing(header, name, index++, prefix)
      const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce).setAAD(authenticated)
      write(Buffer.concat([prefix, cipher.update(data), cipher.final(), cipher.getAuthTag()]))
    },
    close() {
      if (!open) return
      open = false
      try {
        attempt(() => fsyncSync(file))
      } finally {
        closeSync(file)
      }
    }
  }
}

/**
 * Reads the pieces in order. A last piece that is torn is left out: its writer was killed or the disk was full.
 * @throws {RecordingError} `missing`, `wrong_key`, `damaged`, `io`
 */
export function* readChunks(path: string, key: Buffer, name: string): Generator<Chunk> {
  const file = attempt(() => openSync(path, 'r'))
  const read = (length: number): Buffer => {
    const bytes = Buffer.alloc(length)
    let got = 0
    attempt(() => {
      for (let more = 1; got < length && more > 0; got += more) more = readSync(file, bytes, got, length - got, null)
    })
    return bytes.subarray(0, got)
  }
  try {
    const header = read(HEADER_OCTETS)
    if (header.length < HEADER_OCTETS || !header.subarray(0, MAGIC.length).equals(MAGIC))
      throw new RecordingError('damaged', 'no recording')
    const { cipherKey, check } = derive(key, header.subarray(MAGIC.length, MAGIC.length + SALT_OCTETS))
    if (!timingSafeEqual(check, header.subarray(-CHECK_OCTETS))) throw new RecordingError('wrong_key', 'made with another key')
    for (let index = 0; ; index++) {
      const prefix = read(PREFIX_OCTETS)
      if (prefix.length < PREFIX_OCTETS) return
      const length = prefix.readUInt32BE()
      if (length > MAX_OCTETS) throw new RecordingError('damaged', `piece ${index} has an impossible length`)
      const sealed = read(length + TAG_OCTETS)
      if (sealed.length < length + TAG_OCTETS) return
      const { nonce, authenticated } = sealing(header, name, index, prefix)
      const decipher = createDecipheriv('aes-256-gcm', cipherKey, nonce).setAAD(authenticated).setAuthTag(sealed.subarray(length))
      const data = decipher.update(sealed.subarray(0, length))
      try {
        decipher.final()
      } catch (error) {
        throw new RecordingError('damaged', `piece ${index} was changed`, { cause: error })
      }
      yield { kind: prefix.readUInt8(4), data }
    }
  } finally {
    closeSync(file)
  }
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asRecordingError(error)
  }
}
