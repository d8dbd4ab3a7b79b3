import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { unquote } from './address.ts'

export type DigestOutcome = 'accepted' | 'absent' | 'stale' | 'refused'

export interface DigestAuthority {
  /** The values of WWW-Authenticate or Proxy-Authenticate, one an algorithm. */
  challenges(stale: boolean): string[]
  /** Checks the credentials of an Authorization or Proxy-Authorization header. */
  check(credentials: string | undefined, request: { method: string; uri: string; user: string }): DigestOutcome
}

export interface DigestOptions {
  realm: string
  /** The secret of a user, or undefined when there is no such user. */
  secretOf(user: string): string | undefined
  now(): number
  /** How long a nonce is good. */
  nonceMs?: number
}

const ALGORITHMS: Readonly<Record<string, string>> = { md5: 'md5', 'sha-256': 'sha256' }
const NONCES_REMEMBERED = 4_096

/**
 * Digest authentication (RFC 3261, section 22, with RFC 7616 and the algorithms of RFC 8760). A nonce carries its time and a signature, so
 * that only nonces in use are remembered, with the highest count seen: a count that does not rise is a replay.
 */
export function createDigestAuthority({ realm, secretOf, now, nonceMs = 600_000 }: DigestOptions): DigestAuthority {
  const key = randomBytes(32)
  const counts = new Map<string, number>()

  const sign = (stamp: string): string => createHmac('sha256', key).update(stamp).digest('hex').slice(0, 32)
  const makeNonce = (): string => {
    const stamp = `${now().toString(36)}.${randomBytes(9).toString('hex')}`
    return `${stamp}.${sign(stamp)}`
  }
  const isOurs = (nonce: string): boolean => {
    const cut = nonce.lastIndexOf('.')
    return cut > 0 && equal(nonce.slice(cut + 1), sign(nonce.slice(0, cut)))
  }
  const isFresh = (nonce: string): boolean => now() - Number.parseInt(nonce, 36) <= nonceMs

  return {
    challenges(stale) {
      // The stronger one first, as RFC 8760 asks. MD5 must be the last: SIP.js reads only the last challenge and knows only MD5.
      return ['SHA-256', 'MD5'].map(
        (algorithm) => `Digest realm="${realm}", nonce="${makeNonce()}", algorithm=${algorithm}, qop="auth"${stale ? ', stale=true' : ''}`
      )
    },
    check(credentials, { method, uri, user }) {
      const fields = credentials === undefined ? undefined : readCredentials(credentials)
      if (!fields) return 'absent'
      const hash = ALGORITHMS[(fields.get('algorithm') ?? 'MD5').toLowerCase()]
      const nonce = fields.get('nonce') ?? ''
      const count = fields.get('nc') ?? ''
      if (!hash || fields.get('realm') !== realm || fields.get('qop') !== 'auth' || !/^[0-9a-f]{8}$/i.test(count)) return 'refused'
      if (!isOurs(nonce)) return 'stale'
      const secret = secretOf(user)
      if (secret === undefined || fields.get('username') !== user || fields.get('uri') !== uri) return 'refused'
      const digest = (text: string): string => createHash(hash).update(text).digest('hex')
      const ours = digest(
        [digest(`${user}:${realm}:${secret}`), nonce, count, fields.get('cnonce') ?? '', 'auth', digest(`${method}:${uri}`)].join(':')
      )
      if (!equal(ours, (fields.get('response') ?? '').toLowerCase())) return 'refused'
      if (!isFresh(nonce)) return 'stale'
      const counted = Number.parseInt(count, 16)
      if (counted <= (counts.get(nonce) ?? 0)) return 'stale'
      counts.delete(nonce)
      counts.set(nonce, counted)
      for (const oldest of counts.keys()) {
        if (counts.size <= NONCES_REMEMBERED && isFresh(oldest)) break
        counts.delete(oldest)
      }
      return 'accepted'
    }
  }
}

function readCredentials(value: string): ReadonlyMap<string, string> | undefined {
  if (!/^digest\s/i.test(value)) return undefined
  const fields = new Map<string, string>()
  for (const match of value.slice(7).matchAll(/([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,"]+)/g)) {
    if (match[1] && match[2]) fields.set(match[1].toLowerCase(), unquote(match[2]))
  }
  return fields
}

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
