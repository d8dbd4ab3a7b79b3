/** G.711 mu-law: 8 kHz, one octet a sample (ITU-T G.711). A frame of 20 ms is 160 octets. */
export const FRAME_SAMPLES = 160
export const SAMPLE_RATE = 8_000
/** Mu-law zero. */
export const SILENCE = 0xff

/** One octet as a sample of -1..1. */
export function decodeUlaw(octet: number): number {
  const inverted = ~octet & 0xff
  const magnitude = ((((inverted & 0x0f) << 3) + 0x84) << ((inverted >> 4) & 7)) - 0x84
  return (inverted & 0x80 ? -magnitude : magnitude) / 32_768
}

/** A sample of -1..1 as one octet; louder samples are clipped. */
export function encodeUlaw(sample: number): number {
  const scaled = Math.max(-32_635, Math.min(32_635, Math.round(sample * 32_768)))
  const biased = Math.abs(scaled) + 0x84
  const exponent = Math.max(0, Math.floor(Math.log2(biased)) - 7)
  return ~((scaled < 0 ? 0x80 : 0) | (exponent << 4) | ((biased >> (exponent + 3)) & 0x0f)) & 0xff
}

/** Sum of the squares of all samples: divided by their number and rooted, it is the RMS. */
export function energyOf(ulaw: Uint8Array): number {
  let sum = 0
  for (const octet of ulaw) sum += decodeUlaw(octet) ** 2
  return sum
}

/** A sine of `hz` for `ms`, with a peak of `level` 0..1. */
export function tone(hz: number, ms: number, level = 0.3): Uint8Array {
  const samples = Math.round((ms * SAMPLE_RATE) / 1_000)
  return Uint8Array.from({ length: samples }, (_, i) => encodeUlaw(level * Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE)))
}

export const silence = (samples = FRAME_SAMPLES): Uint8Array => new Uint8Array(samples).fill(SILENCE)
