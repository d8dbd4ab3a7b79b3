/**
 * A circuit breaker: a server that fails is left alone for a while, so that nobody waits for it and it can recover.
 *
 *              failures in a row            pause over: one try
 *     closed -------------------> open <--------------------> half-open
 *        ^                          (pause doubles on failure)    |
 *        +--------------------------------------------------------+  success
 *
 * (M. Nygard, Release It!, 2nd ed., chapter 5.)
 */
export interface Breaker {
  readonly state: 'closed' | 'open' | 'half-open'
  /** Whether a try may be made now. One that was let through must end with one of the three below. */
  admit(): boolean
  succeeded(): void
  failed(): void
  /** It was called off and says nothing about the server. */
  cancelled(): void
}

export interface BreakerOptions {
  now: () => number
  /** Failures in a row that open it. */
  failures?: number
  /** The first pause; doubled up to `longestMs` while the one try after it fails. */
  pauseMs?: number
  longestMs?: number
}

export function createBreaker({ now, failures = 3, pauseMs = 30_000, longestMs = 300_000 }: BreakerOptions): Breaker {
  let inARow = 0
  let pause = pauseMs
  let openUntil: number | undefined
  let trying = false
  const open = (): void => {
    openUntil = now() + pause
    trying = false
  }
  return {
    get state() {
      if (openUntil === undefined) return 'closed'
      return trying || now() >= openUntil ? 'half-open' : 'open'
    },
    admit() {
      if (openUntil === undefined) return true
      if (trying || now() < openUntil) return false
      trying = true
      return true
    },
    succeeded() {
      inARow = 0
      pause = pauseMs
      openUntil = undefined
      trying = false
    },
    failed() {
      inARow++
      if (openUntil === undefined) {
        if (inARow >= failures) open()
        return
      }
      // Tries that were under way when it opened are no news.
      if (!trying) return
      pause = Math.min(pause * 2, longestMs)
      open()
    },
    cancelled() {
      trying = false
    }
  }
}
