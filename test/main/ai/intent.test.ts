import { describe, expect, it } from 'vitest'
import type { Turn } from '../../../src-main/ai/ai.ts'
import { createAi } from '../../../src-main/ai/index.ts'
import { INTENTS, type Intent } from '../../../src-shared/taxonomy.ts'
import { shippedModels } from './shipped-models.ts'
import { HARD_EN, INTENTS_EN } from './tables/intents-en.ts'
import { HARD_ZH, INTENTS_ZH } from './tables/intents-zh.ts'

const ai = createAi(shippedModels())
const misses = (table: readonly (readonly [Intent, string])[]) =>
  table.map(([want, text]) => ({ text, want, got: ai.intent(text).intent })).filter(({ want, got }) => want !== got)
const customer = (...lines: string[]): Turn[] => lines.map((text, i) => ({ entryId: `e${i}`, speaker: 'customer', text, at: i }))

describe('intent of one utterance', () => {
  it.each([
    ['English', INTENTS_EN],
    ['Chinese', INTENTS_ZH]
  ] as const)('is right for nine of ten %s utterances', (_, table) => {
    const wrong = misses(table)
    expect(1 - wrong.length / table.length, JSON.stringify(wrong, null, 1)).toBeGreaterThanOrEqual(0.9)
  })

  it.each([...HARD_EN, ...HARD_ZH])('is %s in "%s"', (want, text) => {
    expect(ai.intent(text).intent).toBe(want)
  })

  it('is tried for every intent there is', () => {
    expect(new Set([...INTENTS_EN, ...INTENTS_ZH].map(([intent]) => intent))).toEqual(new Set(INTENTS))
  })

  it('leaves at least nine of ten texts of other worlds unknown', () => {
    const foreign = [...INTENTS_EN, ...INTENTS_ZH].filter(([intent]) => intent === 'unknown')
    expect(misses(foreign).length / foreign.length).toBeLessThanOrEqual(0.1)
  })

  it.each([...INTENTS_EN, ...INTENTS_ZH])('explains %s with words of "%s"', (_, text) => {
    const score = ai.intent(text)
    expect(score.confidence).toBeGreaterThanOrEqual(0)
    expect(score.confidence).toBeLessThanOrEqual(1)
    if (score.intent === 'unknown') return
    expect(score.why.length).toBeGreaterThan(0)
    for (const { words } of score.why) expect(text).toContain(words)
    const sizes = score.why.map(({ weight }) => Math.abs(weight))
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
    expect(score.why[0]?.weight).toBeGreaterThan(0)
  })

  it('shows what spoke against it with a negative weight', () => {
    const score = ai.intent('I want to open an account, the branch told me to call')
    expect(score.intent).toBe('account_open')
    expect(score.why.find(({ words }) => words === 'branch')?.weight).toBeLessThan(0)
  })

  it('is surer of more evidence', () => {
    const sure = (text: string) => {
      const { intent, confidence } = ai.intent(text)
      return intent === 'card_lost' ? confidence : 0
    }
    expect(sure('I lost my credit card and need a replacement card')).toBeGreaterThan(sure('about my wallet'))
    expect(sure('I lost my credit card and need a replacement card')).toBeGreaterThan(sure('the card, hmm, it went somewhere'))
  })
})

describe('intent of a conversation', () => {
  it('follows the customer to a new topic', () => {
    expect(ai.intentOf(customer('What is my balance?', 'I would like to apply for a personal loan now')).intent).toBe('loan_apply')
  })

  it('stays with the topic through small talk and answers', () => {
    const turns = customer('I lost my credit card at the airport', 'Yes', 'Anna Bell, third of June', 'Okay thank you')
    expect(ai.intentOf(turns).intent).toBe('card_lost')
  })

  it('does not listen to the agent', () => {
    const turns: Turn[] = [
      { entryId: 'a', speaker: 'customer', text: 'Hello there', at: 1 },
      { entryId: 'b', speaker: 'agent', text: 'Did you lose your card, or is it about a mortgage application?', at: 2 }
    ]
    expect(ai.intentOf(turns).intent).toBe('unknown')
  })

  it('takes what is wanted over the wish for a person', () => {
    expect(ai.intentOf(customer('我的卡丢了，要挂失', '转人工')).intent).toBe('card_lost')
    expect(ai.intentOf(customer('转人工')).intent).toBe('human_agent')
  })

  it('is unknown before anybody has spoken', () => {
    expect(ai.intentOf([])).toEqual({ intent: 'unknown', confidence: 1, why: [] })
  })
})
