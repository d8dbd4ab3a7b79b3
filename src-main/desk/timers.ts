/** Time that a test can turn by hand. */
export interface Timers {
  /** Runs `work` once after `ms`; returns how to call it off. */
  after(ms: number, work: () => void): () => void
}

/** The process's own clock; a waiting timer does not keep the process alive. */
export const realTimers: Timers = {
  after(ms, work) {
    const handle = setTimeout(work, ms)
    handle.unref()
    return () => clearTimeout(handle)
  }
}
