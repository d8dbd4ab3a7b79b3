import { describe, expect, it } from 'vitest'
import { createAi } from '../../../src-main/ai/index.ts'
import { isStrained } from '../../../src-shared/taxonomy.ts'
import { shippedModels } from './shipped-models.ts'
import { MOODS_OF } from './tables/moods.ts'

const ai = createAi(shippedModels())

describe('mood of a customer', () => {
  it('is right for nine of ten utterances', () => {
    const wrong = MOODS_OF.map(([want, text]) => ({ text, want, got: ai.mood(text).mood })).filter(({ want, got }) => want !== got)
    expect(1 - wrong.length / MOODS_OF.length, JSON.stringify(wrong, null, 1)).toBeGreaterThanOrEqual(0.9)
  })

  it.each(MOODS_OF)('shows the phrase behind %s in "%s"', (_, text) => {
    const { mood, confidence, span } = ai.mood(text)
    expect(confidence).toBeGreaterThan(0)
    expect(confidence).toBeLessThanOrEqual(1)
    if (mood !== 'calm') expect(span).toBeDefined()
    if (span) expect(text.slice(span.start, span.end)).toBe(span.text)
  })

  it('includes the negation in the phrase', () => {
    expect(ai.mood('Honestly, I am not happy with this').span?.text).toBe('not happy')
    expect(ai.mood('我对结果不满意').span?.text).toBe('不满意')
  })

  it('shows no phrase when nothing stands out, and without a model is not sure of it either', () => {
    expect(ai.mood('The number ends in 42')).toEqual({ mood: 'calm', confidence: expect.any(Number) })
    const score = createAi().mood('The number ends in 42')
    expect(score.mood).toBe('calm')
    expect(score.confidence).toBeLessThanOrEqual(0.75)
    expect(score.span).toBeUndefined()
  })

  it('hears shouting as more than the same words in a normal voice', () => {
    expect(ai.mood('still waiting for my card').mood).toBe('frustrated')
    expect(ai.mood('STILL WAITING for my card!!!').mood).toBe('angry')
  })

  it('does not take capital acronyms for shouting', () => {
    expect(isStrained(ai.mood('My ATM PIN and the CVV on the VISA').mood)).toBe(false)
  })

  it('is, without a model, surer with an intensifier and less sure with a softener', () => {
    const ai = createAi()
    expect(ai.mood('I am extremely worried').confidence).toBeGreaterThan(ai.mood('I am worried').confidence)
    expect(ai.mood('I am a bit worried').confidence).toBeLessThan(ai.mood('I am worried').confidence)
  })

  it('reads traditional characters as it reads simplified ones', () => {
    expect(ai.mood('太過分了').mood).toBe(ai.mood('太过分了').mood)
  })
})
