import type { Clock } from './clock.ts'

const AGAIN_MS = 1_000

/** Keeps somebody at the newest value: one telling at a time, again until it is taken; values that were overtaken meanwhile are left out. */
export interface Latest<T> {
  set(value: T): void
  /** Resolves when nothing newer waits to be told, or it was given up. */
  settled(): Promise<void>
  close(): void
}

/**
 * @param tell resolves when taken, rejects when it could not be told
 * @param isRefused a refusal is an answer: the same value again would not change it
 */
export function keepTold<T>(
  tell: (value: T) => Promise<unknown>,
  isRefused: (error: unknown) => boolean,
  clock: Pick<Clock, 'after'>
): Latest<T> {
  let next: { value: T } | undefined
  let running = false
  let run = Promise.resolve()
  let closed = false
  let wake = () => {}

  async function tellAll(): Promise<void> {
    while (next && !closed) {
      const mine = next
      next = undefined
      try {
        await tell(mine.value)
      } catch (error) {
        if (isRefused(error)) {
          console.warn('the desk would not have it', error)
          continue
        }
        next ??= mine
        await new Promise<void>((resolve) => {
          const cancel = clock.after(AGAIN_MS, resolve)
          wake = () => {
            cancel()
            resolve()
          }
        })
      }
    }
    // In the same breath as the last look: what is set from now on begins anew.
    running = false
  }

  return {
    set(value) {
      next = { value }
      if (running) return
      running = true
      run = tellAll()
    },
    settled: () => run,
    close() {
      closed = true
      wake()
    }
  }
}
