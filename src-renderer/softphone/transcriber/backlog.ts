import { FRAME_MS, type Frame } from './port.ts'

/** Samples no larger than this are silence: a muted track, or nobody there. -72 dB of full scale. */
const SILENT_PEAK = 8

export const isSilent = ({ pcm }: Frame): boolean => pcm.every((sample) => Math.abs(sample) <= SILENT_PEAK)

/** Audio on its way to the recogniser: what waits, and what was sent but may be needed again. Both together are bounded. */
export interface Backlog {
  push(frame: Frame): void
  /** The next frame to send, which counts as sent from now on. */
  next(): Frame | undefined
  /** The connection is gone: what was heard since (epoch ms) was not understood and is to be sent again. */
  rewind(since: number): void
  /** Nothing more will be sent: what waits is lost. */
  giveUp(): void
  /** Where audio other than silence was lost since the last question, epoch ms. */
  takeLost(): { startAt: number; endAt: number } | undefined
}

/** @param limitMs how much audio is kept */
export function createBacklog(limitMs: number): Backlog {
  let frames: Frame[] = []
  let sent = 0
  /** End of what was sent, was not silence, and is no longer kept. */
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
        if (!isSilent(oldest)) forgottenAt = endOf(oldest)
      } else if (!isSilent(oldest)) lose(oldest.startAt, endOf(oldest))
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
      for (const frame of frames.slice(sent)) if (!isSilent(frame)) lose(frame.startAt, endOf(frame))
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
