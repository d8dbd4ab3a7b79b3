import type { CommandData } from '../../../src-shared/commands.ts'
import type { Intent } from '../../../src-shared/taxonomy.ts'
import type { Passage } from '../../ai/ai.ts'
import { openCommands } from '../../store/own/commands.ts'
import type { Reading } from '../../store/queries/rows.ts'

/** One rating moves an article by this much, and all together by no more than LIMIT. */
const STEP = 0.1
const LIMIT = 0.3

/** A rating of mine that the centre has not taken yet; afterwards the article itself carries it, for every desk. */
export interface Leaning {
  articleId: string
  intent: Intent
  taken: boolean
}

/** My ratings that are still on their way, with what the conversations were about. */
export function leaningsOf({ desk, own }: Pick<Reading, 'desk' | 'own'>): Leaning[] {
  return openCommands(own).flatMap(({ type, state, data, conversationId }): Leaning[] => {
    if (type !== 'suggestion.rate' || state !== 'waiting' || conversationId === undefined) return []
    const { articleId, outcome } = data as CommandData<'suggestion.rate'> // checked when stored
    const intent = desk.get<{ intent: Intent | null }>('select intent from conversation where conversationId = ?', conversationId)?.intent
    return intent ? [{ articleId, intent, taken: outcome !== 'rejected' }] : []
  })
}

/** The same passages, those that I took for this wish lately before those that I refused. */
export function lean(passages: readonly Passage[], leanings: readonly Leaning[], intent: Intent | undefined): Passage[] {
  const shift = ({ articleId }: Passage): number => {
    const mine = leanings.filter((one) => one.articleId === articleId && one.intent === intent)
    const net = mine.reduce((sum, { taken }) => sum + (taken ? STEP : -STEP), 0)
    return Math.max(-LIMIT, Math.min(LIMIT, net))
  }
  return passages
    .map((passage) => ({ ...passage, score: Math.max(0, Math.min(1, passage.score + shift(passage))) }))
    .sort((a, b) => b.score - a.score)
}
