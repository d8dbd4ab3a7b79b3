import { describe, expect, it } from 'vitest'
import { createFramer, type Framed } from '../../../src-renderer/softphone/transcriber/framing.ts'
import { createResampler, UnsupportedRateError } from '../../../src-renderer/softphone/transcriber/resample.ts'

const tone = (hz: number, rate: number, seconds: number, from = 0) =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * (i + from)) / rate))

/** In dB of full scale, without the first and last tenth of a second, where the filter meets the edges. */
function loudness(samples: Float32Array, rate: number): number {
  const middle = samples.subarray(rate / 10, samples.length - rate / 10)
  return 10 * Math.log10(middle.reduce((sum, sample) => sum + sample ** 2, 0) / middle.length)
}

describe('resampling', () => {
  it.each([8_000, 11_025, 22_050, 32_000, 44_100, 48_000, 96_000])('keeps speech as it was, from %i Hz to 16 kHz', (rate) => {
    for (const hz of [120, 1_000, 3_000]) {
      const made = createResampler(rate, 16_000).push(tone(hz, rate, 1))
      const expected = tone(hz, 16_000, 1)
      // The filter waits for half its length, so the last few milliseconds are still to come.
      expect(made.length).toBeGreaterThan(16_000 - 160)
      expect(made.length).toBeLessThanOrEqual(16_000)
      const difference = made.map((sample, i) => sample - (expected[i] ?? 0))
      expect(loudness(difference, 16_000)).toBeLessThan(-70)
    }
  })

  it.each([44_100, 48_000, 96_000])('folds nothing back that lies above 8 kHz, from %i Hz', (rate) => {
    for (const hz of [8_200, 9_000, 11_000, 15_900])
      expect(loudness(createResampler(rate, 16_000).push(tone(hz, rate, 1)), 16_000)).toBeLessThan(-70)
  })

  it('gives the same samples however the stream is cut, for longer than its counters run', () => {
    const input = tone(440, 44_100, 3)
    const whole = createResampler(44_100, 16_000).push(input)
    const cut = createResampler(44_100, 16_000)
    const pieces: number[] = []
    for (let i = 0; i < input.length; i += 128) pieces.push(...cut.push(input.subarray(i, i + 128)))
    expect(pieces).toHaveLength(whole.length)
    expect(Math.max(...pieces.map((sample, i) => Math.abs(sample - (whole[i] ?? 9))))).toBe(0)
  })

  it('passes what already has the rate, as a copy', () => {
    const input = tone(440, 16_000, 0.1)
    const made = createResampler(16_000, 16_000).push(input)
    expect(made).toEqual(input)
    expect(made).not.toBe(input)
  })

  it.each([
    [0, 16_000],
    [-48_000, 16_000],
    [44_100.5, 16_000],
    [Number.NaN, 16_000],
    [44_101, 16_000]
  ])('refuses %d Hz to %d Hz by name', (from, to) => {
    expect(() => createResampler(from, to)).toThrow(UnsupportedRateError)
  })
})

describe('frames', () => {
  const frames = (channels: Float32Array[], rate: number): Framed[] => {
    const framer = createFramer(rate)
    const made: Framed[] = []
    const length = channels[0]?.length ?? rate
    for (let i = 0; i < length; i += 128)
      made.push(
        ...framer.push(
          channels.map((channel) => channel.subarray(i, i + 128)),
          Math.min(128, length - i)
        )
      )
    return made
  }

  it('are 100 ms of 16 kHz each and know their place', () => {
    const made = frames([tone(300, 48_000, 1)], 48_000)
    expect(made.map(({ position }) => position)).toEqual([0, 1_600, 3_200, 4_800, 6_400, 8_000, 9_600, 11_200, 12_800])
    expect(made.every(({ pcm }) => pcm.length === 1_600)).toBe(true)
    expect(Math.max(...made.flatMap(({ pcm }) => [...pcm]))).toBeCloseTo(16_384, -2)
  })

  it('average channels, and hold what is louder than full scale at full scale', () => {
    const left = new Float32Array(16_000).fill(0.5)
    const opposite = new Float32Array(16_000).fill(-0.5)
    expect(frames([left, opposite], 16_000).every(({ pcm }) => pcm.every((sample) => sample === 0))).toBe(true)
    const loud = new Float32Array(16_000).fill(3)
    expect(new Set(frames([loud], 16_000).flatMap(({ pcm }) => [...pcm]))).toEqual(new Set([32_767]))
    expect(new Set(frames([loud.map((sample) => -sample)], 16_000).flatMap(({ pcm }) => [...pcm]))).toEqual(new Set([-32_768]))
  })

  it('are silence where nothing is connected, so that time goes on', () => {
    const made = frames([], 16_000)
    expect(made).toHaveLength(10)
    expect(made.every(({ pcm }) => pcm.every((sample) => sample === 0))).toBe(true)
  })
})
