import { createCipheriv, createDecipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync } from 'node:crypto'

/**
 * Seals a short secret for the centre, so that neither outbox nor hub can read what they store. X25519 with a key made for this one
 * message, HKDF-SHA-256 and AES-256-GCM, as in RFC 9180 (HPKE) base mode, without its framing.
 */

const INFO = 'sidetone sealed secret'
const IV = Buffer.alloc(12)
const TAG_BYTES = 16
const KEY_BYTES = 44

export interface Seal {
  /** For everybody: DER (SPKI), base64url. */
  publicKey: string
  /** `undefined` for what was not sealed for this key. */
  open(sealed: string): string | undefined
}

/** A key that lives in memory only: what was sealed for it can be read by nobody once the process is gone. */
export function createSeal(): Seal {
  const { privateKey, publicKey } = generateKeyPairSync('x25519')
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length <= KEY_BYTES + TAG_BYTES) return undefined
      try {
        const theirs = createPublicKey({ key: bytes.subarray(0, KEY_BYTES), type: 'spki', format: 'der' })
        const key = keyOf(diffieHellman({ privateKey, publicKey: theirs }), bytes.subarray(0, KEY_BYTES))
        const decipher = createDecipheriv('aes-256-gcm', key, IV)
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
        return Buffer.concat([decipher.update(bytes.subarray(KEY_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
      } catch (error) {
        // Sealed for another key, or no seal at all: the caller asks for a new secret.
        if (error instanceof Error) return undefined
        throw error
      }
    }
  }
}

/** @throws when `publicKey` is none of {@link Seal}'s */
export function sealFor(publicKey: string, secret: string): string {
  const theirs = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), type: 'spki', format: 'der' })
  const mine = generateKeyPairSync('x25519')
  const head = mine.publicKey.export({ type: 'spki', format: 'der' })
  // Each key serves one message, so the nonce need not change.
  const cipher = createCipheriv('aes-256-gcm', keyOf(diffieHellman({ privateKey: mine.privateKey, publicKey: theirs }), head), IV)
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([head, body, cipher.getAuthTag()]).toString('base64url')
}

const keyOf = (shared: Buffer, salt: Buffer): Buffer => Buffer.from(hkdfSync('sha256', shared, salt, INFO, 32))
