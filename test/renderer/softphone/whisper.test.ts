import { describe, expect, test } from 'vitest'
import { browserSpeech } from '../../../src-renderer/softphone/whisper/speech.ts'
import { createWhisperer, type Whisper, whisperOf } from '../../../src-renderer/softphone/whisper/whisper.ts'
import type { OfferView } from '../../../src-shared/contract/inbox.ts'

const handoff = { because: 'strain', verified: true, intent: 'card_lost', spoken: 'Mei, verified: lost card.', language: 'en' } as const
const offer = (change: Partial<OfferView> = {}): OfferView => ({
  offerId: 'o1',
  conversationId: 'c1',
  customerName: 'Mei',
  phone: '',
  channel: 'voice',
  queue: 'cards',
  reason: '',
  summary: '',
  offeredAt: 1,
  expiresAt: 2,
  handoff,
  ...change
})
const SETTINGS = { whisperHandoff: true, speakerId: '', writtenOnly: false }

describe('what is whispered', () => {
  test('is the sentence of the offer, in the conversation’s language', () => {
    expect(whisperOf(offer(), SETTINGS, false)).toEqual({ offerId: 'o1', text: handoff.spoken, language: 'en' })
    expect(whisperOf(offer({ handoff: { ...handoff, language: 'zh' } }), SETTINGS, false)?.language).toBe('zh')
  })

  const { handoff: _, ...plain } = offer()
  test.each([
    ['nobody is offered', undefined, SETTINGS, false],
    ['nobody had the customer before', plain, SETTINGS, false],
    ['it was not asked for', offer(), { ...SETTINGS, whisperHandoff: false }, false],
    ['the settings are not there yet', offer(), undefined, false],
    ['somebody is on the line', offer(), SETTINGS, true],
    ['the ear is elsewhere than the voice', offer(), { ...SETTINGS, speakerId: 'headset-7' }, false]
  ])('is nothing while %s', (_, given, settings, talking) => {
    expect(whisperOf(given, settings, talking)).toBeUndefined()
  })
})

function whisperer() {
  const heard: string[] = []
  const speech = { say: (text: string, language: string) => void heard.push(`${language}: ${text}`), stop: () => void heard.push('stop') }
  return { heard, show: createWhisperer(speech).show }
}
const whisper = (offerId: string): Whisper => ({ offerId, text: offerId, language: 'en' })

test('each offer is said once, however often it is shown', () => {
  const { heard, show } = whisperer()
  for (const one of [whisper('a'), whisper('a'), whisper('b'), whisper('a')]) show(one)
  expect(heard).toEqual(['en: a', 'stop', 'en: b', 'stop'])
})

test('the word is cut when the offer is answered or gone', () => {
  const { heard, show } = whisperer()
  show(whisper('a'))
  show(undefined)
  show(undefined)
  expect(heard).toEqual(['en: a', 'stop'])
})

test('a page that cannot speak is silent', () => {
  expect(browserSpeech({})).toBeUndefined()
  expect(() => createWhisperer(undefined).show(whisper('a'))).not.toThrow()
})

/** A browser's speech with these voices. */
function browser(...voices: { lang: string; localService: boolean }[]) {
  const spoken: { text: string; lang: string }[] = []
  let cancelled = 0
  class Utterance {
    lang = ''
    voice: unknown = null
    readonly text: string
    constructor(text: string) {
      this.text = text
    }
  }
  const page = {
    speechSynthesis: {
      speak: ({ text, lang }: { text: string; lang: string }) => void spoken.push({ text, lang }),
      cancel: () => void (cancelled += 1),
      getVoices: () => voices
    },
    SpeechSynthesisUtterance: Utterance
  } as unknown as Parameters<typeof browserSpeech>[0] // the DOM's own classes do not exist here
  const speech = browserSpeech(page)
  if (!speech) throw new Error('it can speak')
  return { speech, spoken, cancelled: () => cancelled }
}

test('the browser speaks with a voice of the machine, in the language of the sentence', () => {
  const { speech, spoken } = browser(
    { lang: 'en-GB', localService: true },
    { lang: 'zh-HK', localService: true },
    { lang: 'zh_CN', localService: true }
  )
  speech.say('hello', 'en')
  speech.say('你好', 'zh')
  expect(spoken).toEqual([
    { text: 'hello', lang: 'en-GB' },
    { text: '你好', lang: 'zh_CN' }
  ])
})

test('a voice that would send the words to a server is not used', () => {
  const { speech, spoken } = browser({ lang: 'en-US', localService: false })
  speech.say('hello', 'en')
  expect(spoken).toEqual([])
})

test('a new sentence ends the one before', () => {
  const { speech, cancelled } = browser({ lang: 'en', localService: true })
  speech.say('one', 'en')
  speech.say('two', 'en')
  speech.stop()
  expect(cancelled()).toBe(3)
})
