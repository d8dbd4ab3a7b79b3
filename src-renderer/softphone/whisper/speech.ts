import type { Language } from '../../../src-shared/taxonomy.ts'

/** A voice of the machine that reads one sentence aloud. */
export interface Speech {
  /** Ends what is being said and says this instead. */
  say(text: string, language: Language): void
  stop(): void
}

const TONGUE: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' }

/** The part of a page that can speak. */
export interface Speaking {
  speechSynthesis?: Pick<SpeechSynthesis, 'speak' | 'cancel' | 'getVoices'>
  SpeechSynthesisUtterance?: new (text: string) => SpeechSynthesisUtterance
}

/**
 * The browser's own voice (Web Speech API). Only voices of the machine itself: others send the words to a server. It can be sent to no
 * device but the system's default output. `undefined` where the page cannot speak.
 */
export function browserSpeech({ speechSynthesis: voice, SpeechSynthesisUtterance: Utterance }: Speaking): Speech | undefined {
  if (!voice || !Utterance) return undefined
  // Some browsers look for their voices only when asked.
  voice.getVoices()
  return {
    say(text, language) {
      voice.cancel()
      const tongue = TONGUE[language]
      const own = voice.getVoices().filter(({ localService, lang }) => localService && lang.replace('_', '-').startsWith(language))
      const chosen = own.find(({ lang }) => lang.replace('_', '-') === tongue) ?? own[0]
      if (!chosen) return
      const words = new Utterance(text)
      words.lang = chosen.lang
      words.voice = chosen
      voice.speak(words)
    },
    stop: () => voice.cancel()
  }
}
