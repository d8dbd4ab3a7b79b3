import type { DeskEvent } from '../../src-shared/events.ts'
import type { Faults } from './faults.ts'
import type { DeskHandlers } from './hub.ts'

/** At most this many events in one delivery. */
const BATCH = 500

export interface Subscription {
  /** There may be something new after the cursor. */
  wake(): void
  /** Ends it from the hub's side: the desk is told. */
  cut(reason: string): void
  /** Ends it from the desk's side: nothing is called any more. */
  close(): void
}

export interface SubscriptionOptions {
  cursor: number
  handlers: DeskHandlers
  faults: Faults
  after(cursor: number, limit: number): DeskEvent[]
  /** Called once, when it ended by either side. */
  ended(): void
}

/**
 * Follows one desk's log.
 *
 *   connecting -> up: read -> deliver -> (wait for the desk) -> read ... idle until woken
 *        |________|_______________________________________________|--> ended (cut, closed, refused by the desk)
 *
 * Nothing is called within `open` or `commit`, so neither side can surprise the other halfway.
 */
export function follow(options: SubscriptionOptions): Subscription {
  const { handlers, faults } = options
  let cursor = options.cursor
  let ended = false
  let running = false
  let again = false
  let connected = false

  const end = () => {
    if (ended) return false
    ended = true
    options.ended()
    return true
  }
  const cut = (reason: string) => {
    if (end()) handlers.down(reason)
  }
  const spread = (batch: DeskEvent[]): DeskEvent[] => {
    const ordered = faults.order ? faults.order(batch) : batch
    return faults.times === 1 ? ordered : ordered.flatMap((event) => Array.from({ length: faults.times }, () => event))
  }
  const pump = async () => {
    if (running) {
      again = true
      return
    }
    running = true
    try {
      do {
        again = false
        for (;;) {
          const batch = options.after(cursor, BATCH)
          const last = batch.at(-1)
          if (!last) break
          if (faults.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.delayMs))
          if (ended) return
          if (faults.drop > 0) faults.drop -= 1
          else await handlers.events(spread(batch))
          if (ended) return
          cursor = last.deskSeq
          // A long log must not keep the process from everything else.
          await new Promise((resolve) => setImmediate(resolve))
          if (ended) return
        }
      } while (again)
    } catch (error) {
      cut(error instanceof Error ? error.message : String(error))
    } finally {
      running = false
    }
  }

  setImmediate(() => {
    if (ended) return
    if (!faults.up) return cut('line_down')
    connected = true
    handlers.up()
    void pump()
  })
  return {
    wake: () => {
      if (connected) void pump()
    },
    cut,
    close: () => void end()
  }
}
