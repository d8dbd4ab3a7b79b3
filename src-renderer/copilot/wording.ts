import type { CopilotCard, Suggestion } from '../../src-shared/contract/copilot.ts'

/** The suggestion in the words that are shown. */
export interface ShownSuggestion extends Suggestion {
  /** The model server worded it; absent: the words are the article's. */
  by?: 'model'
}

/** Better words take the place of the desk's own, unless the agent has decided on those or put them away. Pure. */
export function shownSuggestion(card: CopilotCard | undefined, isTouched: (own: Suggestion) => boolean): ShownSuggestion | undefined {
  const own = card && !card.humanOnly ? card.suggestion : undefined
  const better = card?.wording?.say
  if (!own || better === undefined || isTouched(own)) return own
  return { ...own, say: better, by: 'model' }
}

/** The summary in the words that are shown. Pure. */
export const shownSummary = (card: CopilotCard | undefined): string => card?.wording?.summary ?? card?.summary ?? ''
