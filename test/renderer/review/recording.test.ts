import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinPieces, momentOf, peaks, placeOf, RecordingError, readWav, writeWav } from '../../../src-renderer/review/recording.ts'

const recording = {
  startedAt: 100_000,
  ms: 60_000,
  gaps: [
    { atMs: 10_000, ms: 5_000 },
    { atMs: 20_000, ms: 2_000 }
  ].map((gap) => ({ ...gap, reason: 'payment' as const }))
}

describe('places in a recording', () => {
  it.each([
    ['before it', 90_000, 0],
    ['its start', 100_000, 0],
    ['before the first gap', 109_000, 9_000],
    ['inside the first gap', 112_000, 10_000],
    ['after the first gap', 116_000, 11_000],
    ['inside the second gap', 126_000, 20_000],
    ['after both', 130_000, 23_000],
    ['behind its end', 999_000, 60_000]
  ])('%s', (_, at, place) => expect(placeOf(recording, at)).toBe(place))

  it('a place and its moment belong together', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (place) => {
        expect(placeOf(recording, momentOf(recording, place))).toBe(place)
      })
    )
  })
})

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())
const sound = { sampleRate: 8_000, channels: 2, samples: Int16Array.from([0, 16_384, -32_768, 8_192, 100, -100]) }

describe('WAV files', () => {
  it('come back as they were written', async () => {
    expect(readWav(await bytesOf(writeWav(sound)))).toEqual(sound)
  })

  it('may have other chunks and an odd place in memory', async () => {
    const plain = await bytesOf(writeWav(sound))
    const extra = Uint8Array.from([0x4c, 0x49, 0x53, 0x54, 3, 0, 0, 0, 1, 2, 3, 0]) // LIST, three bytes and its padding
    const bytes = new Uint8Array(1 + plain.length + extra.length)
    bytes.set(plain.subarray(0, 36), 1)
    bytes.set(extra, 37)
    bytes.set(plain.subarray(36), 37 + extra.length)
    expect(readWav(bytes.subarray(1))).toEqual(sound)
  })

  it('that are none are refused with a reason', async () => {
    const plain = await bytesOf(writeWav(sound))
    expect(() => readWav(new Uint8Array(3))).toThrow(RecordingError)
    expect(() => readWav(plain.subarray(0, 30))).toThrow('no sound in it')
    const muLaw = plain.slice()
    muLaw[20] = 7
    expect(() => readWav(muLaw)).toThrow('not 16-bit PCM')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readWav(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(RecordingError)
        }
      })
    )
  })

  it('pieces are joined in order, and only of one kind', () => {
    const second = { ...sound, samples: Int16Array.from([7, 8]) }
    expect([...joinPieces([sound, second]).samples]).toEqual([...sound.samples, 7, 8])
    expect(() => joinPieces([sound, { ...second, sampleRate: 16_000 }])).toThrow('different kinds')
    expect(() => joinPieces([])).toThrow('no pieces')
  })

  it('each channel has its own loudness', () => {
    expect(peaks(sound, 0, 3)).toEqual([0, 1, 100 / 32_768])
    expect(peaks(sound, 1, 1)).toEqual([0.5])
  })
})
