/**
 * Spares a bank that is down, and everybody who would wait for it.
 *
 *     closed --(failures in a row)--> open --(rest)--> half open: one trial
 *       ^                              ^---- it fails ----|
 *       '------------- it succeeds -----------------------'
 */
export interface Breaker {
  /** Whether the bank may be asked now. The one trial of a half-open breaker is given to who asks first. */
  lets(): boolean
  succeeded(): void
  failed(): void
  state(): 'closed' | 'open' | 'half_open'
}

export interface BreakerOptions {
  /** So many failures in a row open it. */
  failures: number
  restMs: number
  now(): number
  changed(state: 'closed' | 'open'): void
}

export function createBreaker({ failures, restMs, now, changed }: BreakerOptions): Breaker {
  let inARow = 0
  let openedAt: number | undefined
  let trying = false
  const state = () => (openedAt === undefined ? 'closed' : now() - openedAt < restMs ? 'open' : 'half_open')
  return {
    state,
    lets() {
      if (state() === 'closed') return true
      if (state() === 'open' || trying) return false
      trying = true
      return true
    },
    succeeded() {
      inARow = 0
      trying = false
      if (openedAt === undefined) return
      openedAt = undefined
      changed('closed')
    },
    failed() {
      inARow += 1
      const was = state()
      trying = false
      if (was === 'closed' && inARow < failures) return
      openedAt = now()
      if (was === 'closed') changed('open')
    }
  }
}
