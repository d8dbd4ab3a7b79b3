/** Timers that can all be stopped at once when their owner closes. */
export interface Timers {
  /** Runs `action` after `ms`, unless the returned function is called first. */
  after(ms: number, action: () => void): () => void
  close(): void
}

export function createTimers(): Timers {
  const running = new Set<NodeJS.Timeout>()
  let closed = false
  return {
    after(ms, action) {
      if (closed) return () => undefined
      const timer = setTimeout(() => {
        running.delete(timer)
        action()
      }, ms)
      running.add(timer)
      return () => {
        running.delete(timer)
        clearTimeout(timer)
      }
    },
    close() {
      closed = true
      for (const timer of running) clearTimeout(timer)
      running.clear()
    }
  }
}
