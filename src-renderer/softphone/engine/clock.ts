/** Time and chance of the phone; a page's own may be slowed down while it is hidden, see timer-worker.ts. */
export interface Clock {
  /** Epoch ms. */
  now(): number
  /** 0 <= random() < 1 */
  random(): number
  /** Runs once after `ms`; gives what takes it back. */
  after(ms: number, run: () => void): () => void
}

/** Runs again and again, `ms` after it was done, until the returned function is called. */
export function repeat(clock: Pick<Clock, 'after'>, ms: number, run: () => void): () => void {
  let ended = false
  let cancel = () => {}
  const next = () => {
    cancel = clock.after(ms, () => {
      if (ended) return
      next()
      run()
    })
  }
  next()
  return () => {
    ended = true
    cancel()
  }
}
