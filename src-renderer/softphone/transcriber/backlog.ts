import { FRAME_MS, type Frame } from './port.ts'

/** Audio on its way to the recogniser: what waits, and what was sent but may be needed again. Both together are bounded. */
export interface Backlog {
  push(frame: Frame): void
  /** The next frame to send, which counts as sent from now on. */
  next(): Frame | undefined
  /** The connection is gone: what was heard since (epoch ms) was not understood and is to be sent again. */
  rewind(since: number): void
  /** Nothing more will be sent: what waits is lost. */
  giveUp(): void
  /** Audio that was lost since the last question, epoch ms. */
  takeLost(): { startAt: number; endAt: number } | undefined
}

/** @param limitMs how much audio is kept */
export function createBacklog(limitMs: number): Backlog {
  let frames: Frame[] = []
  let sent = 0
  /** End of what was sent and is no longer kept. */
  let forgottenAt = Number.NEGATIVE_INFINITY
  let lost: { startAt: number; endAt: number } | undefined

  const lose = (startAt: number, endAt: number) => {
    lost = { startAt: Math.min(startAt, lost?.startAt ?? startAt), endAt: Math.max(endAt, lost?.endAt ?? endAt) }
  }
  const endOf = (frame: Frame) => frame.startAt + FRAME_MS

  return {
    push(frame) {
      frames.push(frame)
      if (frames.length * FRAME_MS <= limitMs) return
      const oldest = frames.shift()
      if (!oldest) return
      if (sent > 0) {
        sent -= 1
        forgottenAt = endOf(oldest)
      } else lose(oldest.startAt, endOf(oldest))
    },
    next() {
      const frame = frames[sent]
      if (frame) sent += 1
      return frame
    },
    rewind(since) {
      if (forgottenAt > since) lose(since, forgottenAt)
      frames = frames.filter((frame, index) => index >= sent || endOf(frame) > since)
      sent = 0
    },
    giveUp() {
      for (const frame of frames.slice(sent)) lose(frame.startAt, endOf(frame))
      frames = []
      sent = 0
    },
    takeLost() {
      const taken = lost
      lost = undefined
      return taken
    }
  }
}
