/** Tells when a position in what was sent was heard; audio that was not sent (mute, pause, loss) leaves jumps. */
export interface StreamClock {
  /** ms of audio sent so far. */
  readonly sentMs: number
  /** The next `ms` of audio, heard from `startAt` (epoch ms) on, were sent. */
  sent(startAt: number, ms: number): void
  /** Epoch ms of the audio that begins at a position; of the last one that ends there for `edge: 'end'`. */
  at(positionMs: number, edge: 'start' | 'end'): number
}

/** Steps smaller than this are the clock's own unrest. */
const JUMP_MS = 20

/** @param openedAt what position 0 is while nothing was sent, epoch ms */
export function createStreamClock(openedAt: number): StreamClock {
  const stretches: { from: number; startAt: number }[] = []
  let sentMs = 0
  return {
    get sentMs() {
      return sentMs
    },
    sent(startAt, ms) {
      const last = stretches.at(-1)
      if (!last || Math.abs(last.startAt + sentMs - last.from - startAt) > JUMP_MS) stretches.push({ from: sentMs, startAt })
      sentMs += ms
    },
    at(positionMs, edge) {
      const position = Math.max(0, Math.min(positionMs, sentMs))
      const stretch =
        stretches.findLast(({ from }) => (edge === 'start' ? from < sentMs && from <= position : from < position)) ?? stretches[0]
      return stretch ? stretch.startAt + position - stretch.from : openedAt
    }
  }
}
