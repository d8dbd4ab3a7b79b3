import { decodeUlaw, SAMPLE_RATE } from '../pbx/ulaw.ts'

const CHANNELS = 2
const HEADER_OCTETS = 44

/** Mu-law octets, left and right in turn, as a WAV file of 16-bit PCM: every player takes that, few take G.711. */
export function stereoWav(ulaw: Uint8Array): Buffer {
  const octets = ulaw.length * 2
  const wav = Buffer.alloc(HEADER_OCTETS + octets)
  wav.write('RIFF', 0, 'latin1')
  wav.writeUInt32LE(HEADER_OCTETS - 8 + octets, 4)
  wav.write('WAVEfmt ', 8, 'latin1')
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(CHANNELS, 22)
  wav.writeUInt32LE(SAMPLE_RATE, 24)
  wav.writeUInt32LE(SAMPLE_RATE * CHANNELS * 2, 28)
  wav.writeUInt16LE(CHANNELS * 2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36, 'latin1')
  wav.writeUInt32LE(octets, 40)
  for (const [i, octet] of ulaw.entries())
    wav.writeInt16LE(Math.max(-32_768, Math.min(32_767, decodeUlaw(octet) * 32_768)), HEADER_OCTETS + i * 2)
  return wav
}
