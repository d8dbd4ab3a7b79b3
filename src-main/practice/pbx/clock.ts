export const TICK_MS = 20

export interface Clock {
  /** Calls `tick` every 20 ms until the returned function is called. */
  start(tick: () => void): () => void
  close(): void
}

/**
 * One clock for the media of all calls. Each tick is due at a multiple of 20 ms from the first, so lateness of the timer never adds up;
 * after a stall it catches up at most ten ticks and forgets the rest. It stands still while nobody listens.
 */
export function createClock(now: () => number = () => performance.now()): Clock {
  const ticks = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined
  let due = 0

  const run = (): void => {
    for (let caughtUp = 0; due <= now() && caughtUp < 10; caughtUp++) {
      for (const tick of ticks) tick()
      due += TICK_MS
    }
    if (due <= now()) due = now() + TICK_MS
    timer = ticks.size > 0 ? setTimeout(run, Math.max(0, due - now())) : undefined
  }
  return {
    start(tick) {
      ticks.add(tick)
      if (timer === undefined) {
        due = now() + TICK_MS
        timer = setTimeout(run, TICK_MS)
      }
      return () => ticks.delete(tick)
    },
    close() {
      ticks.clear()
      clearTimeout(timer)
      timer = undefined
    }
  }
}
