import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openRecordings, type Recordings, type RecordingsOptions } from '../../../../src-main/practice/recordings/recordings.ts'
import { newId } from '../../../../src-shared/ids.ts'

export const KEY = Buffer.alloc(32, 7)
export const SUBJECT = { callId: 'call-7', conversationId: 'conversation-7', user: 'agent-lin' }

export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'recordings-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** A folder of recordings on a clock with a lever. */
export function folder(more: Partial<RecordingsOptions> = {}) {
  const dir = more.dir ?? temporaryFolder()
  const clock = { at: 1_700_000_000_000 }
  const lines: string[] = []
  const recordings: Recordings = openRecordings({ dir, key: KEY, now: () => clock.at, newId, log: (line) => lines.push(line), ...more })
  return { dir, clock, lines, recordings }
}

/** One channel of a 16-bit stereo WAV as samples of -1..1. */
export function channel(wav: Buffer, which: 'left' | 'right'): number[] {
  const samples: number[] = []
  for (let at = 44 + (which === 'left' ? 0 : 2); at + 1 < wav.length; at += 4) samples.push(wav.readInt16LE(at) / 32_768)
  return samples
}

/** How much of `hz` is in the samples, as the amplitude of that sine (Goertzel). */
export function amplitudeAt(hz: number, samples: readonly number[], rate = 8_000): number {
  const step = (2 * Math.PI * hz) / rate
  let [real, imaginary] = [0, 0]
  for (const [i, sample] of samples.entries()) {
    real += sample * Math.cos(step * i)
    imaginary += sample * Math.sin(step * i)
  }
  return (2 * Math.hypot(real, imaginary)) / Math.max(1, samples.length)
}
