import type { Timers } from '../../src-main/desk/timers.ts'

/** A clock turned by hand. */
export interface FakeTimers extends Timers {
  now(): number
  advance(ms: number): void
}

export function createFakeTimers(startAt = 1_700_000_100_000): FakeTimers {
  let now = startAt
  let waiting: { at: number; work: () => void }[] = []
  return {
    now: () => now,
    after(ms, work) {
      const one = { at: now + ms, work }
      waiting.push(one)
      return () => {
        waiting = waiting.filter((other) => other !== one)
      }
    },
    advance(ms) {
      const until = now + ms
      for (;;) {
        const [next] = waiting.filter((one) => one.at <= until).sort((a, b) => a.at - b.at)
        if (!next) break
        waiting = waiting.filter((one) => one !== next)
        now = next.at
        next.work()
      }
      now = until
    }
  }
}
