import { existsSync, readFileSync } from 'node:fs'
import { hasTone, type Sound, soundOf } from '../lab/pitch.ts'
import { tailsOfWav } from '../lab/tones.ts'
import { until } from '../lab/until.ts'

const WINDOW_MS = 250

/** What a phone hears, judged by the recording that it is still writing. */
export interface Ear {
  /** Waits until this tone, and no louder one, is heard. */
  hears(hz: number): Promise<void>
  /** Waits until all these are heard together. */
  hearsAll(hz: readonly number[]): Promise<void>
  /** Waits until nothing is heard, whether silence is recorded or nothing. */
  hearsNothing(): Promise<void>
}

/** @param file gives the recording of the call that matters now, once there is one. */
export function earOf(who: string, file: () => string | undefined): Ear {
  let grown = { bytes: 0, at: Date.now() }
  const heard = () => {
    const name = file()
    const wav = name !== undefined && existsSync(name) ? readFileSync(name) : Buffer.alloc(0)
    if (wav.length !== grown.bytes) grown = { bytes: wav.length, at: Date.now() }
    // A recording that no longer grows says that nothing comes, not that its end still sounds.
    return Date.now() - grown.at > 2 * WINDOW_MS ? [] : tailsOfWav(wav, WINDOW_MS)
  }
  const sounds = (): Sound[] => heard().map(({ samples, rate }) => soundOf(samples, rate))
  return {
    async hears(hz) {
      await until(`${who} hears ${hz} Hz`, () => sounds().some(({ rms, hz: found }) => rms > 0.02 && Math.abs(found - hz) <= 20), {
        seen: sounds
      })
    },
    async hearsAll(hz) {
      await until(
        `${who} hears ${hz.join(' and ')} Hz together`,
        () => heard().some(({ samples, rate }) => samples.length > 0 && hz.every((one) => hasTone(samples, one, rate))),
        { seen: sounds }
      )
    },
    async hearsNothing() {
      await until(`${who} hears nothing`, () => sounds().every(({ rms }) => rms < 0.003), { seen: sounds })
    }
  }
}
