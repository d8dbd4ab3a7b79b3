import { encodeUlaw, FRAME_SAMPLES, silence } from './ulaw.ts'

/** What the customer says, one frame of 20 ms at a time. */
export interface Player {
  /** Queues a line behind those that wait; resolves when its last frame was taken, or when the player is emptied. */
  play(ulaw: Uint8Array, options?: { loop?: boolean }): Promise<void>
  /** The next 160 octets: the rustle of a live line between what is said, so that the stream of packets never stops. */
  next(): Uint8Array
  /** Drops all lines and lets their callers go on. */
  empty(): void
}

interface Line {
  ulaw: Uint8Array
  at: number
  loop: boolean
  done: () => void
}

/** Peak of the rustle, -66 dB: nobody hears it, and a phone that watches for dead lines does not take a listening customer for one. */
const RUSTLE = 16 / 32_768
const RUSTLING = [encodeUlaw(RUSTLE), encodeUlaw(-RUSTLE)] as const

export function createPlayer(): Player {
  const lines: Line[] = []
  const rustle = (): Uint8Array => Uint8Array.from({ length: FRAME_SAMPLES }, () => RUSTLING[Math.random() < 0.5 ? 0 : 1])
  return {
    play(ulaw, { loop = false } = {}) {
      if (ulaw.length === 0) return Promise.resolve()
      return new Promise((done) => lines.push({ ulaw, at: 0, loop, done }))
    },
    next() {
      const line = lines[0]
      if (!line) return rustle()
      const frame = silence()
      frame.set(line.ulaw.subarray(line.at, line.at + FRAME_SAMPLES))
      line.at += FRAME_SAMPLES
      if (line.at >= line.ulaw.length) {
        if (line.loop) line.at = 0
        else {
          lines.shift()
          line.done()
        }
      }
      return frame
    },
    empty() {
      for (const line of lines.splice(0)) line.done()
    }
  }
}
