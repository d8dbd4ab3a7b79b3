import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a signed token says; both kinds outlive a restart of the host, because they are checked by signature alone. */
export type Claim = { kind: 'browser' } | { kind: 'seat'; deskId: string; personId: string }

export interface Seats {
  /** A token for the claim, good for `ttlMs`. */
  issue(claim: Claim, ttlMs: number): string
  /** What a token claims; `undefined` when it is not ours, of another kind, or past its time. */
  read<K extends Claim['kind']>(kind: K, token: string): Extract<Claim, { kind: K }> | undefined
}

/** Signs and reads tokens with HMAC-SHA-256. `secret` stays on this machine. */
export function createSeats(secret: Buffer, now: () => number): Seats {
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest()
  return {
    issue(claim, ttlMs) {
      const text = Buffer.from(JSON.stringify({ ...claim, until: now() + ttlMs })).toString('base64url')
      return `${text}.${sign(text).toString('base64url')}`
    },
    read<K extends Claim['kind']>(kind: K, token: string) {
      const [text = '', signature = ''] = token.split('.')
      const wanted = sign(text)
      const given = Buffer.from(signature, 'base64url')
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined
      const claim = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Claim & { until: number } // signed by us, so ours in shape
      return claim.kind === kind && claim.until > now() ? (claim as unknown as Extract<Claim, { kind: K }>) : undefined // kind was compared
    }
  }
}
