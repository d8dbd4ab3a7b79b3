import type { Db } from '../store/open.ts'
import { createSweep, type Sweep } from '../store/retention.ts'
import type { Timers } from './timers.ts'

const FIRST_MS = 60_000
const BETWEEN_PASSES_MS = 6 * 3_600_000
/** Room for everything else between two pieces. */
const BETWEEN_STEPS_MS = 25
const DAY_MS = 86_400_000

export interface RetentionOptions {
  /** Asked each time: a damaged file may have been replaced. */
  store: () => { desk: Db; own: Db }
  /** Closed conversations are kept this long. */
  days: () => number
  now: () => number
  timers: Timers
  /** Conversations left the desk. */
  changed: () => void
  fault: (error: unknown) => void
}

/** Takes out what the desk may not keep any longer: a little at a time, a minute after the start and then every few hours. */
export function startRetention(options: RetentionOptions): { close(): void } {
  const { store, days, now, timers, changed, fault } = options
  let sweep: Sweep | undefined
  let cancel = timers.after(FIRST_MS, step)

  function step(): void {
    let more = false
    try {
      sweep ??= createSweep(store(), now() - days() * DAY_MS)
      const done = sweep.step()
      more = done.more
      if (done.removed > 0) changed()
    } catch (error) {
      fault(error)
    }
    if (!more) sweep = undefined
    cancel = timers.after(more ? BETWEEN_STEPS_MS : BETWEEN_PASSES_MS, step)
  }

  return { close: () => cancel() }
}
