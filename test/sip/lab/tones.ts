import { writeFileSync } from 'node:fs'
import { encodeUlaw } from '../../../src-main/practice/pbx/ulaw.ts'

/** Who speaks is known by pitch: each party has one of its own. Multiples of 20 Hz, none a harmonic of another. */
export const PITCH = {
  sipp: 440,
  other: 540,
  baresip: 620,
  third: 740,
  linphone: 860,
  agent1: 1_000,
  agent2: 1_240,
  agent3: 1_420
} as const

const RATE = 8_000

/** A sine as mono WAV of 16 bit at 8 kHz. */
export function writeToneWav(file: string, hz: number, seconds: number): void {
  const samples = RATE * seconds
  const wav = Buffer.alloc(44 + samples * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36 + samples * 2, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20) // PCM
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(RATE, 24)
  wav.writeUInt32LE(RATE * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples * 2, 40)
  for (let i = 0; i < samples; i++) wav.writeInt16LE(Math.round(10_000 * Math.sin((2 * Math.PI * hz * i) / RATE)), 44 + i * 2)
  writeFileSync(file, wav)
}

/** One second of a sine as G.711 mu-law; whole periods, so that it can be repeated without a click. */
export const toneUlaw = (hz: number): Uint8Array =>
  Uint8Array.from({ length: RATE }, (_, i) => encodeUlaw(0.3 * Math.sin((2 * Math.PI * hz * i) / RATE)))

/**
 * The last `ms` of a WAV file that is still being written: 16 bit, the first of its channels. Some programs write the rate when they close the file;
 * until then it is one of these two, and no pitch of ours at one of them is a pitch of ours at the other.
 */
export function tailsOfWav(wav: Buffer, ms: number): { samples: Float32Array; rate: number }[] {
  const written = wav.length < 44 ? 0 : wav.readUInt32LE(24)
  const channels = wav.length < 44 ? 1 : Math.max(1, wav.readUInt16LE(22))
  const frame = 2 * channels
  return (written === 0 ? [RATE, 48_000] : [written]).map((rate) => {
    const available = Math.max(0, Math.floor((wav.length - 44) / frame))
    const frames = Math.min(available, Math.round((rate * ms) / 1_000))
    const samples = Float32Array.from({ length: frames }, (_, i) => wav.readInt16LE(44 + (available - frames + i) * frame) / 32_768)
    return { samples, rate }
  })
}
