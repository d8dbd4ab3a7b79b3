import type { Article } from '../../../src-shared/events.ts'
import type { Ai } from '../ai.ts'
import { round, type Timing, timed } from './figures.ts'
import { EvaluationError, type Row } from './table.ts'

export interface RetrievalFigures extends Timing {
  n: number
  /** Share of questions whose article came first, and among the first three. */
  top1: number
  top3: number
  modelBytes: number
}

/** @throws EvaluationError `unknown-labels` when a row names an article that does not exist */
export function evaluateRetrieval(rows: readonly Row<'question' | 'article'>[], articles: readonly Article[], ai: Ai): RetrievalFigures {
  const known = new Set(articles.map(({ articleId }) => articleId))
  for (const { article, line } of rows)
    if (!known.has(article)) throw new EvaluationError('unknown-labels', `Line ${line}: there is no article "${article}".`)
  ai.setArticles(articles)
  const { answers, timing } = timed(rows, ({ question }) => ai.retrieve(question, ai.intent(question).intent, ai.language(question), 3))
  const places = answers.map((found, i) => found.findIndex(({ articleId }) => articleId === rows[i]?.article))
  const within = (limit: number) => round(places.filter((place) => place >= 0 && place < limit).length / rows.length)
  return { n: rows.length, top1: within(1), top3: within(3), ...timing, modelBytes: 0 }
}
