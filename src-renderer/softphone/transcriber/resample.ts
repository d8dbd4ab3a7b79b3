/** A rate that the filter cannot be built for. */
export class UnsupportedRateError extends Error {
  constructor(from: number, to: number) {
    super(`no conversion from ${from} Hz to ${to} Hz`)
    this.name = 'UnsupportedRateError'
  }
}

export interface Resampler {
  /** Takes the next samples and gives those that can be computed by now; the filter looks half its length ahead (2 ms at 48 kHz). */
  push(input: Float32Array): Float32Array<ArrayBuffer>
}

/** Pass band ends here, as a part of the lower of the two Nyquist frequencies; the rest is the filter's slope. */
const PASS = 0.9
/** Zero crossings of the sinc on each side: with the window below some 80 dB of damping from the Nyquist frequency on. */
const CROSSINGS = 24
/** Shape of the Kaiser window (Kaiser and Schafer 1980). */
const BETA = 8
const MOST_PHASES = 2_000

/** Modified Bessel function of the first kind, order zero, by its series. */
function bessel(x: number): number {
  let sum = 1
  let term = 1
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/**
 * Converts a stream of samples from one rate to another through a windowed-sinc low-pass, one set of taps for each position that an
 * output sample can have between two input samples (polyphase; Crochiere and Rabiner, Multirate Digital Signal Processing, 1983).
 * What lies above the lower Nyquist frequency is damped instead of folded back into the speech.
 * @param from, to samples a second, whole numbers
 * @throws UnsupportedRateError
 */
export function createResampler(from: number, to: number): Resampler {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from <= 0 || to <= 0) throw new UnsupportedRateError(from, to)
  const common = gcd(from, to)
  const [up, down] = [to / common, from / common]
  if (up > MOST_PHASES) throw new UnsupportedRateError(from, to)
  if (up === down) return { push: (input) => Float32Array.from(input) }

  const cutoff = (PASS * Math.min(1, to / from)) / 2
  const half = Math.ceil(CROSSINGS / (2 * cutoff))
  const phases = Array.from({ length: up }, (_, phase) => tapsOf(phase / up, cutoff, half))
  /** Input samples that are still needed; the first one's index in the stream is `first`. Silence stands before the beginning. */
  let kept = new Float32Array(half)
  let first = -half
  let output = 0

  return {
    push(input) {
      const joined = new Float32Array(kept.length + input.length)
      joined.set(kept)
      joined.set(input, kept.length)
      const end = first + joined.length
      const made: number[] = []
      for (;;) {
        const whole = Math.floor((output * down) / up)
        if (whole + half >= end) break
        const taps = phases[(output * down) % up] ?? []
        const from = whole - half + 1 - first
        let sum = 0
        for (let k = 0; k < taps.length; k++) sum += (taps[k] ?? 0) * (joined[from + k] ?? 0)
        made.push(sum)
        output += 1
      }
      const needed = Math.max(0, Math.min(joined.length, Math.floor((output * down) / up) - half + 1 - first))
      kept = joined.slice(needed)
      first += needed
      // Numbers start again once a second, before they are too large to be exact.
      if (output >= to) {
        const turns = Math.floor(output / to)
        output -= turns * to
        first -= turns * from
      }
      return Float32Array.from(made)
    }
  }
}

/** Taps for an output sample that lies `offset` (0..1) after an input sample; together they weigh 1. */
function tapsOf(offset: number, cutoff: number, half: number): Float64Array {
  const taps = Float64Array.from({ length: 2 * half }, (_, k) => {
    const distance = k - half + 1 - offset
    const edge = Math.min(1, Math.abs(distance) / half)
    return 2 * cutoff * sinc(2 * cutoff * distance) * (bessel(BETA * Math.sqrt(1 - edge * edge)) / bessel(BETA))
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => tap / sum)
}
