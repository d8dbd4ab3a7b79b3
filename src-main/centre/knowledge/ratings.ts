import type { CommandData } from '../../../src-shared/commands.ts'
import type { Article } from '../../../src-shared/events.ts'
import type { Intent } from '../../../src-shared/taxonomy.ts'
import type { Draft } from '../decision.ts'

/**
 * A person's word about an article that was suggested. Where it is known what the customer wanted, the article is published again with
 * its counts, so that every desk and the front desk rank it by them.
 */
export function rate(out: Draft, personId: string, data: CommandData<'suggestion.rate'>) {
  const { conversationId, articleId, outcome, why } = data
  const { ai, state } = out.world
  const turns = state.conversations.get(conversationId)?.turns ?? []
  const intent = turns.length === 0 ? 'unknown' : ai.intentOf(turns).intent
  const known = intent === 'unknown' ? {} : { intent }
  const reason = why === undefined ? {} : { why: ai.mask(why) }
  out.add('suggestion.rated', { personId, articleId, outcome, ...reason, ...known }, conversationId)
  const article = state.articles.get(articleId)
  if (article && intent !== 'unknown') out.add('article.published', counted(article, intent, outcome !== 'rejected'))
}

function counted(article: Article, intent: Intent, taken: boolean): Article {
  const before = article.ratings ?? []
  const { up, down } = before.find((one) => one.intent === intent) ?? { up: 0, down: 0 }
  const now = { intent, up: up + (taken ? 1 : 0), down: down + (taken ? 0 : 1) }
  return { ...article, ratings: [...before.filter((one) => one.intent !== intent), now] }
}
