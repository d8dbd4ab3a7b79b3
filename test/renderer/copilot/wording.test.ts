import { describe, expect, it } from 'vitest'
import { Composer } from '../../../src-renderer/conversation/composer.svelte.ts'
import { SayThis } from '../../../src-renderer/copilot/say-this.svelte.ts'
import { shownSuggestion, shownSummary } from '../../../src-renderer/copilot/wording.ts'
import type { CopilotCard, Suggestion } from '../../../src-shared/contract/copilot.ts'

const own: Suggestion = { articleId: 'a1', title: 'Fees', say: 'The fee is £6.', passage: 'The fee is £6.', confidence: 0.9 }
const card = (more: Partial<CopilotCard> = {}): CopilotCard => ({
  conversationId: 'c1',
  humanOnly: false,
  suggestion: own,
  material: [],
  checks: [],
  summary: 'Wanted: fees',
  entities: [],
  tookMs: 1,
  ...more
})
const better = card({ wording: { by: 'model', say: 'Happy to help: the fee is £6.', summary: 'Customer asked for the fee.' } })

function hand() {
  const composer = new Composer(
    'chat',
    { send: async () => ({}), loadDraft: async () => '', saveDraft: async () => ({}) },
    () => () => undefined
  )
  return { composer, sayThis: new SayThis({ rate: async () => ({}) }, composer) }
}

describe('better words', () => {
  it('take the place of the desk’s own, marked as the model’s', () => {
    const { sayThis } = hand()
    expect(shownSuggestion(card(), sayThis.isTouched)).toEqual(own)
    expect(shownSuggestion(better, sayThis.isTouched)).toEqual({ ...own, say: 'Happy to help: the fee is £6.', by: 'model' })
    expect([shownSummary(undefined), shownSummary(card()), shownSummary(better)]).toEqual([
      '',
      'Wanted: fees',
      'Customer asked for the fee.'
    ])
  })
  it('come too late for words that were accepted, edited, rejected or put away', async () => {
    for (const touch of [
      ({ sayThis }: ReturnType<typeof hand>) => sayThis.accept(own),
      ({ sayThis }: ReturnType<typeof hand>) => sayThis.edit(own),
      ({ sayThis }: ReturnType<typeof hand>) => sayThis.reject(own, 'wrong_tone'),
      async ({ composer }: ReturnType<typeof hand>) => composer.hideGhost(own)
    ]) {
      const mine = hand()
      await touch(mine)
      expect(shownSuggestion(better, mine.sayThis.isTouched)).toEqual(own)
    }
  })
  it('are no script where a person decides', () => {
    expect(shownSuggestion({ ...better, humanOnly: true }, hand().sayThis.isTouched)).toBeUndefined()
  })
})
