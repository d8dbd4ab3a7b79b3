import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PracticeContentError } from './load.ts'

/** The rendered voices of the practice customers. */
export interface Voices {
  /**
   * One spoken line: raw G.711 mu-law, 8 kHz, mono (ITU-T G.711). Read from disk on first use and kept for as long as this object.
   * @throws PracticeContentError when there is no such file.
   */
  voiceOf(scenarioId: string, lineId: string): Uint8Array
}

const NAME = /^[a-z0-9-]+$/

/** @param dir resources/practice */
export function createVoices(dir: string): Voices {
  const kept = new Map<string, Uint8Array>()
  return {
    voiceOf(scenarioId, lineId) {
      const file = `voices/${scenarioId}/${lineId}.ulaw`
      // Names become a path: nothing but plain names may.
      if (!NAME.test(scenarioId) || !NAME.test(lineId)) throw new PracticeContentError(file, '(file)', 'is not the name of a voice')
      const known = kept.get(file)
      if (known) return known
      let voice: Uint8Array
      try {
        voice = new Uint8Array(readFileSync(join(dir, file)))
      } catch (error) {
        throw new PracticeContentError(file, '(file)', 'cannot be read', error)
      }
      kept.set(file, voice)
      return voice
    }
  }
}
