import type { ReviewView } from '../../src-shared/contract/review.ts'

/** Places in a recording and the sound in it. Pure. */

export type Recording = NonNullable<ReviewView['recording']>

/** Where a moment is in the recording, ms from its start; gaps are not in it, so a moment inside a gap is where the gap was cut out. */
export function placeOf(recording: Pick<Recording, 'startedAt' | 'ms' | 'gaps'>, at: number): number {
  let place = at - recording.startedAt
  let cut = 0
  for (const { atMs, ms } of recording.gaps) {
    // `atMs` counts in the recording, where earlier gaps are cut out already.
    const from = atMs + cut
    if (place <= from) break
    cut += Math.min(ms, place - from)
    if (place < from + ms) break
  }
  place -= cut
  return Math.min(recording.ms, Math.max(0, place))
}

/** The moment, epoch ms, that a place in the recording was said at. The inverse of {@link placeOf} outside gaps. */
export function momentOf(recording: Pick<Recording, 'startedAt' | 'gaps'>, place: number): number {
  const cut = recording.gaps.filter(({ atMs }) => atMs < place).reduce((sum, { ms }) => sum + ms, 0)
  return recording.startedAt + place + cut
}

export class RecordingError extends Error {
  constructor(detail: string) {
    super(detail)
    this.name = 'RecordingError'
  }
}

export interface Pcm {
  sampleRate: number
  channels: number
  /** 16-bit samples, channels interleaved. */
  samples: Int16Array
}

/**
 * The samples of a WAV file (RIFF, 16-bit PCM; chunks in any order).
 * @throws RecordingError when it is something else
 */
export function readWav(bytes: Uint8Array): Pcm {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const name = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (bytes.byteLength < 12 || name(0) !== 'RIFF' || name(8) !== 'WAVE') throw new RecordingError('not a WAV file')
  let format: { sampleRate: number; channels: number } | undefined
  for (let at = 12; at + 8 <= bytes.byteLength; ) {
    const size = view.getUint32(at + 4, true)
    const from = at + 8
    if (name(at) === 'fmt ' && from + 16 <= bytes.byteLength) {
      if (view.getUint16(from, true) !== 1 || view.getUint16(from + 14, true) !== 16) throw new RecordingError('not 16-bit PCM')
      format = { channels: view.getUint16(from + 2, true), sampleRate: view.getUint32(from + 4, true) }
    }
    if (name(at) === 'data') {
      if (!format) throw new RecordingError('sound before its format')
      const length = Math.min(size, bytes.byteLength - from) & ~1
      return { ...format, samples: new Int16Array(bytes.slice(from, from + length).buffer) }
    }
    at = from + size + (size % 2)
  }
  throw new RecordingError('no sound in it')
}

/**
 * One recording of pieces of the same kind, in order.
 * @throws RecordingError when they differ in kind or there is none
 */
export function joinPieces(pieces: readonly Pcm[]): Pcm {
  const [first] = pieces
  if (!first) throw new RecordingError('no pieces')
  if (pieces.some((one) => one.sampleRate !== first.sampleRate || one.channels !== first.channels))
    throw new RecordingError('pieces of different kinds')
  const samples = new Int16Array(pieces.reduce((sum, one) => sum + one.samples.length, 0))
  let at = 0
  for (const one of pieces) {
    samples.set(one.samples, at)
    at += one.samples.length
  }
  return { ...first, samples }
}

/** A WAV file of 16-bit PCM. */
export function writeWav({ sampleRate, channels, samples }: Pcm): Blob {
  const header = new DataView(new ArrayBuffer(44))
  const put = (at: number, text: string) => {
    for (const [i, char] of [...text].entries()) header.setUint8(at + i, char.charCodeAt(0))
  }
  put(0, 'RIFF')
  header.setUint32(4, 36 + samples.byteLength, true)
  put(8, 'WAVEfmt ')
  header.setUint32(16, 16, true)
  header.setUint16(20, 1, true)
  header.setUint16(22, channels, true)
  header.setUint32(24, sampleRate, true)
  header.setUint32(28, sampleRate * channels * 2, true)
  header.setUint16(32, channels * 2, true)
  header.setUint16(34, 16, true)
  put(36, 'data')
  header.setUint32(40, samples.byteLength, true)
  return new Blob([header.buffer, new Uint8Array(samples.buffer as ArrayBuffer, samples.byteOffset, samples.byteLength)], {
    type: 'audio/wav' // the samples were made above by `new Int16Array`, never on shared memory
  })
}

/** The loudest sample, 0..1, of each of `bars` equal stretches of one channel. */
export function peaks({ channels, samples }: Pcm, channel: number, bars: number): number[] {
  const frames = Math.floor(samples.length / channels)
  return Array.from({ length: bars }, (_, bar) => {
    const [from, to] = [Math.floor((bar * frames) / bars), Math.floor(((bar + 1) * frames) / bars)]
    let most = 0
    for (let frame = from; frame < to; frame++) most = Math.max(most, Math.abs(samples[frame * channels + channel] ?? 0))
    return most / 32_768
  })
}
