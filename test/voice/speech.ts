import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SAMPLE_RATE } from '../../src-renderer/softphone/transcriber/port.ts'
import { createResampler } from '../../src-renderer/softphone/transcriber/resample.ts'

/** Something that was said, with the words of it. */
export interface Speech {
  words: string
  /** 16 kHz */
  pcm: Int16Array<ArrayBuffer>
}

/** Recordings of a woman's voice as telephone systems play them, 8 kHz (Debian: asterisk-core-sounds-en-wav). */
const RECORDINGS = '/usr/share/asterisk/sounds/en_US_f_Allison'

/** A recording of a human voice. @param name of the file, without its ending */
export const recorded = (name: string, words: string): Speech => ({ words, pcm: read(join(RECORDINGS, `${name}.wav`)) })

const FLITE = '/usr/bin/flite'

/** A man's voice made by flite from recordings of one. */
export function spoken(words: string): Speech {
  const dir = mkdtempSync(join(tmpdir(), 'speech-'))
  try {
    execFileSync(FLITE, ['-voice', 'rms', '-t', words, '-o', join(dir, 'speech.wav')])
    return { words, pcm: read(join(dir, 'speech.wav')) }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

export const quiet = (ms: number): Int16Array<ArrayBuffer> => new Int16Array((SAMPLE_RATE * ms) / 1_000)

export function joined(parts: readonly Int16Array[]): Int16Array<ArrayBuffer> {
  const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** A RIFF WAVE file of one channel of 16-bit PCM, at 16 kHz. @throws Error for any other */
function read(file: string): Int16Array<ArrayBuffer> {
  const bytes = readFileSync(file)
  const data = chunk(bytes, 'data')
  const format = chunk(bytes, 'fmt ')
  const [kind, channels, rate, bits] = [format.readUInt16LE(0), format.readUInt16LE(2), format.readUInt32LE(4), format.readUInt16LE(14)]
  if (kind !== 1 || channels !== 1 || bits !== 16) throw new Error(`${file} is not 16-bit mono PCM`)
  const samples = Float32Array.from({ length: data.length >> 1 }, (_, i) => data.readInt16LE(i * 2) / 32_768)
  const resampler = createResampler(rate, SAMPLE_RATE)
  const whole = [...resampler.push(samples), ...resampler.push(new Float32Array(rate / 20))]
  return Int16Array.from(whole, (sample) => Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))))
}

function chunk(bytes: Buffer, name: string): Buffer {
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4)
    if (bytes.toString('latin1', at, at + 4) === name) return bytes.subarray(at + 8, at + 8 + size)
    at += 8 + size + (size % 2)
  }
  throw new Error(`no "${name}" in this WAVE file`)
}

/** The same as a WAVE file, for the browser's microphone. */
export function wavOf(pcm: Int16Array): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + pcm.byteLength, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(SAMPLE_RATE, 24)
  head.writeUInt32LE(SAMPLE_RATE * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(pcm.byteLength, 40)
  return Buffer.concat([head, Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)])
}
