import { encodeUlaw, FRAME_SAMPLES, SAMPLE_RATE } from './ulaw.ts'

/** Broken chords, Hz; each note swells and fades in 400 ms. */
const NOTES = [262, 330, 392, 330, 220, 262, 330, 262, 175, 220, 262, 220, 196, 247, 294, 247]
const NOTE_SAMPLES = SAMPLE_RATE * 0.4
/** Quiet: somebody who waits should not hold the phone away. */
const LEVEL = 0.06

/** What a caller hears who waits: the same quiet pattern for all, 20 ms at a time, each from where they are in it. */
export function createMusic(): { from(): () => Uint8Array } {
  const pattern = Uint8Array.from({ length: NOTES.length * NOTE_SAMPLES }, (_, i) => {
    const hz = NOTES[Math.floor(i / NOTE_SAMPLES)] ?? 0
    const within = (i % NOTE_SAMPLES) / NOTE_SAMPLES
    return encodeUlaw(LEVEL * Math.sin(Math.PI * within) * Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE))
  })
  return {
    from() {
      let at = 0
      return () => {
        const frame = pattern.subarray(at, at + FRAME_SAMPLES)
        at = (at + FRAME_SAMPLES) % pattern.length
        return frame
      }
    }
  }
}
