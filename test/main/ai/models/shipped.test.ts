import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createAi } from '../../../../src-main/ai/index.ts'
import { MODELS, shippedModels } from '../shipped-models.ts'
import { HARD_EN, INTENTS_EN } from '../tables/intents-en.ts'
import { HARD_ZH, INTENTS_ZH } from '../tables/intents-zh.ts'

const ai = createAi(shippedModels())

describe('the shipped models', () => {
  it('are small enough to travel with the program', () => {
    const files = readdirSync(MODELS).filter((name) => name.endsWith('.bin'))
    expect(files).toEqual(expect.arrayContaining(['intent-en.bin', 'intent-zh.bin', 'mood-en.bin', 'mood-zh.bin']))
    expect(files.reduce((sum, name) => sum + statSync(join(MODELS, name)).size, 0)).toBeLessThan(30_000_000)
  })

  it('are all described, with source and licence', () => {
    const card = readFileSync(join(MODELS, 'model-card.md'), 'utf8')
    for (const name of readdirSync(MODELS).filter((file) => file.endsWith('.bin')))
      expect(card).toMatch(new RegExp(`## ${name.replace('.bin', '')}\n(.*\n){3,5}- Trained on`))
  })

  it.each([
    ['English', [...INTENTS_EN, ...HARD_EN]],
    ['Chinese', [...INTENTS_ZH, ...HARD_ZH]]
  ] as const)('are right in 98 of 100 %s answers they are sure of', (_, table) => {
    const sure = table.map(([want, text]) => ({ want, text, score: ai.intent(text) })).filter(({ text, score }) => ai.sureOf(text, score))
    expect(sure.length / table.length).toBeGreaterThan(0.5)
    expect(sure.filter(({ want, score }) => want === score.intent).length / sure.length).toBeGreaterThanOrEqual(0.98)
  })

  it('read typing errors that no lexicon foresees', () => {
    const alone = createAi()
    for (const [intent, text] of [
      ['card_lost', 'i lsot my crdit card yestreday'],
      ['insurance_claim', 'i wuold like to file an insurnce clam for the acident']
    ] as const) {
      expect(ai.intent(text).intent).toBe(intent)
      expect(alone.intent(text).intent).not.toBe(intent)
    }
  })
})
