/** A tick that comes this much too late was slept through. */
const TICK_MS = 1_000
const LATE_MS = 5_000

/** Calls `woke` when the machine (or the page) has slept: no browser says so, but timers come late. Gives what ends the watch. */
export function watchSleep(clock: { now(): number; after(ms: number, run: () => void): () => void }, woke: () => void): () => void {
  let cancel = () => {}
  let last = clock.now()
  function tick(): void {
    const now = clock.now()
    const late = now - last - TICK_MS
    last = now
    cancel = clock.after(TICK_MS, tick)
    if (late > LATE_MS) woke()
  }
  cancel = clock.after(TICK_MS, tick)
  return () => cancel()
}
