import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Turn } from '../../../src-main/ai/ai.ts'
import { createAi } from '../../../src-main/ai/index.ts'
import { compileCues } from '../../../src-main/ai/text/cues.ts'
import { createFold } from '../../../src-main/ai/text/fold.ts'
import { SIMPLIFIED, TRADITIONAL } from '../../../src-main/ai/text/traditional.ts'
import { INTENTS } from '../../../src-shared/taxonomy.ts'
import { INTENTS_EN } from './tables/intents-en.ts'
import { INTENTS_ZH } from './tables/intents-zh.ts'
import { MOODS_OF } from './tables/moods.ts'

const ai = createAi()
const known = fc.constantFrom(...[...INTENTS_EN, ...INTENTS_ZH, ...MOODS_OF].map(([, text]) => text))
/** Arbitrary UTF-16, lone surrogates too, mixed with words that the lexicons know. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 15 }),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      known,
      fc.constantFrom('İ', 'ß', '🙂', '\ud800', 'ﬁ', '保本', 'NOT ', '不', '！！！', '\u0000')
    ),
    { maxLength: 7 }
  )
  .map((parts) => parts.join(''))
const speaker = fc.constantFrom('customer', 'agent')
const turns: fc.Arbitrary<Turn[]> = fc.array(fc.record({ entryId: fc.uuid(), speaker, text, at: fc.integer() }), {
  maxLength: 6
}) as fc.Arbitrary<Turn[]> // constantFrom widens the two speakers to string

describe('whatever the text', () => {
  it('spans lie in it and show its own characters', () => {
    fc.assert(
      fc.property(text, speaker, (given, who) => {
        const spans = ai.findings(given, who === 'agent' ? 'agent' : 'customer').map(({ span }) => span)
        const { span } = ai.mood(given)
        for (const one of span ? [...spans, span] : spans) {
          expect(one.start).toBeGreaterThanOrEqual(0)
          expect(one.end).toBeLessThanOrEqual(given.length)
          expect(one.end).toBeGreaterThan(one.start)
          expect(given.slice(one.start, one.end)).toBe(one.text)
        }
      }),
      { numRuns: 600 }
    )
  })

  it('reasons are words of it, and confidences are 0 to 1', () => {
    fc.assert(
      fc.property(text, (given) => {
        const { intent, confidence, why } = ai.intent(given)
        expect(confidence >= 0 && confidence <= 1).toBe(true)
        expect(ai.mood(given).confidence > 0 && ai.mood(given).confidence <= 1).toBe(true)
        if (intent !== 'unknown') expect(why.length).toBeGreaterThan(0)
        for (const { words } of why) expect(given).toContain(words)
      }),
      { numRuns: 400 }
    )
  })

  it('nothing throws, and the same is answered twice', () => {
    fc.assert(
      fc.property(turns, fc.constantFrom(...INTENTS), fc.constantFrom('en' as const, 'zh' as const), (list, intent, language) => {
        for (const turn of list) {
          ai.language(turn.text)
          ai.entities(turn.text)
          ai.retrieve(turn.text, intent, language, 3)
        }
        expect(ai.checks(list, intent)).toEqual(createAi().checks(list, intent))
        expect(ai.intentOf(list)).toEqual(ai.intentOf(list))
        expect(ai.summary(list, intent, language)).toBe(createAi().summary(list, intent, language))
      }),
      { numRuns: 25 }
    )
  })

  it('folding keeps its length', () => {
    const fold = createFold()
    fc.assert(
      fc.property(text, (given) => {
        expect(fold(given)).toHaveLength(given.length)
      })
    )
  })

  it('a changed answer changes no other', () => {
    const first = ai.mood('I am furious')
    first.mood = 'calm'
    expect(ai.mood('I am furious').mood).toBe('angry')
  })
})

describe('language', () => {
  it.each([
    ['en', 'Hello, my card is gone'],
    ['zh', '你好'],
    ['zh', '我的VISA卡刷不了'],
    ['zh', '我要查詢帳戶餘額'],
    ['en', 'My name is Wang Wei 王伟'],
    ['en', ''],
    ['en', '4242 ??']
  ] as const)('is %s for "%s"', (language, given) => {
    expect(ai.language(given)).toBe(language)
  })

  it('reads traditional characters as simplified ones, one for one', () => {
    expect(TRADITIONAL).toHaveLength(SIMPLIFIED.length)
    expect(new Set(TRADITIONAL).size).toBe(TRADITIONAL.length)
    expect([...TRADITIONAL].filter((from, i) => from === SIMPLIFIED[i])).toEqual([])
    expect(createFold()('請幫我查詢帳戶餘額，貸款與保險理賠')).toBe('请帮我查询账户余额，贷款与保险理赔')
  })
})

describe('cues', () => {
  it('refuse a hole in a lexicon', () => {
    expect(() => compileCues([{ cue: ' ', value: 1 }])).toThrow('Bad cue')
    expect(() => compileCues([{ cue: 'lose card/', value: 1 }])).toThrow('Bad cue')
  })
})
