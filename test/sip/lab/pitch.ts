const RATE = 8_000

/** What is heard: loudness as RMS 0..1, and the strongest frequency. Zero Hz: silence. */
export interface Sound {
  rms: number
  hz: number
}

/** Power of one frequency, 0..1 of full scale squared (Goertzel's recurrence). */
export function powerAt(samples: Float32Array, hz: number, rate = RATE): number {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / rate)
  let [one, two] = [0, 0]
  for (const sample of samples) [one, two] = [sample + turn * one - two, one]
  return (one * one + two * two - turn * one * two) / (samples.length * samples.length)
}

/** Loudness and strongest frequency between 300 and 1800 Hz, in steps of 20 Hz. */
export function soundOf(samples: Float32Array, rate = RATE): Sound {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const rms = samples.length === 0 ? 0 : Math.sqrt(sum / samples.length)
  let best = { hz: 0, power: 1e-7 }
  for (let hz = 300; hz <= 1_800; hz += 20) {
    const power = powerAt(samples, hz, rate)
    if (power > best.power) best = { hz, power }
  }
  return { rms, hz: best.hz }
}

/** Is this one tone heard, whatever else is heard with it? Amplitude above about 0.02 of full scale. */
export const hasTone = (samples: Float32Array, hz: number, rate = RATE): boolean => powerAt(samples, hz, rate) > 1e-4
