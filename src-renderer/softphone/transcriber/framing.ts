import { FRAME_MS, SAMPLE_RATE } from './port.ts'
import { createResampler } from './resample.ts'

const FRAME_SAMPLES = (SAMPLE_RATE * FRAME_MS) / 1_000

/** A full frame, and how many samples (at {@link SAMPLE_RATE}) came before it. */
export interface Framed {
  pcm: Int16Array<ArrayBuffer>
  position: number
}

export interface Framer {
  /** Takes the next samples of all channels and gives the frames that became full. No channels: silence of `length` samples. */
  push(channels: readonly Float32Array[], length: number): Framed[]
}

/**
 * Cuts audio of any rate into frames of 16 kHz mono PCM. Channels are averaged.
 * @throws UnsupportedRateError
 */
export function createFramer(rate: number): Framer {
  const resampler = createResampler(rate, SAMPLE_RATE)
  let frame = new Int16Array(FRAME_SAMPLES)
  let filled = 0
  let position = 0
  return {
    push(channels, length) {
      const full: Framed[] = []
      for (const sample of resampler.push(mono(channels, length))) {
        frame[filled++] = Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)))
        if (filled < FRAME_SAMPLES) continue
        full.push({ pcm: frame, position })
        frame = new Int16Array(FRAME_SAMPLES)
        position += FRAME_SAMPLES
        filled = 0
      }
      return full
    }
  }
}

function mono(channels: readonly Float32Array[], length: number): Float32Array {
  const [only] = channels
  if (only && channels.length === 1) return only
  const mixed = new Float32Array(length)
  for (const channel of channels) for (let i = 0; i < length; i++) mixed[i] = (mixed[i] ?? 0) + (channel[i] ?? 0) / channels.length
  return mixed
}
