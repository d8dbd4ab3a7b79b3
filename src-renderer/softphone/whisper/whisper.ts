import type { Settings } from '../../../src-shared/contract/desk.ts'
import type { OfferView } from '../../../src-shared/contract/inbox.ts'
import type { Language } from '../../../src-shared/taxonomy.ts'
import type { Speech } from './speech.ts'

/** What is to be said into the ear now. */
export interface Whisper {
  offerId: string
  text: string
  language: Language
}

/** The system's own output: the only one that a voice of the browser comes out of. */
const SYSTEM_OUTPUT = ['', 'default']

/**
 * What the first offer would say, or nothing: when the person did not ask for it, when somebody is on the line, or when the ear is not
 * where the voice would come out.
 */
export function whisperOf(
  offer: OfferView | undefined,
  settings: Pick<Settings, 'whisperHandoff' | 'speakerId' | 'writtenOnly'> | undefined,
  talking: boolean
): Whisper | undefined {
  if (!offer?.handoff || !settings?.whisperHandoff || talking || !SYSTEM_OUTPUT.includes(settings.speakerId)) return undefined
  return { offerId: offer.offerId, text: offer.handoff.spoken, language: offer.handoff.language }
}

/** Says each offer once, and stops the moment it may not be said any more: answered, gone, or somebody on the line. */
export function createWhisperer(speech: Speech | undefined): { show(whisper: Whisper | undefined): void } {
  const said = new Set<string>()
  let saying: string | undefined
  return {
    show(whisper) {
      if (whisper?.offerId === saying) return
      if (saying !== undefined) speech?.stop()
      saying = whisper?.offerId
      if (!whisper || said.has(whisper.offerId)) return
      said.add(whisper.offerId)
      speech?.say(whisper.text, whisper.language)
    }
  }
}
