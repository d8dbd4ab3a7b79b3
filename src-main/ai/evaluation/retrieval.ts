import type { Article } from '../../../src-shared/events.ts'
import type { Ai } from '../ai.ts'
import { quantiles, round } from './figures.ts'
import { EvaluationError, type Row } from './table.ts'

export interface RetrievalFigures {
  n: number
  /** Share of questions whose article came first, and among the first three. */
  top1: number
  top3: number
  msMedian: number
  msP99: number
  modelBytes: number
}

/** @throws EvaluationError `unknown-labels` when a row names an article that does not exist */
export function evaluateRetrieval(rows: readonly Row<'question' | 'article'>[], articles: readonly Article[], ai: Ai): RetrievalFigures {
  const known = new Set(articles.map(({ articleId }) => articleId))
  for (const { article, line } of rows)
    if (!known.has(article)) throw new EvaluationError('unknown-labels', `Line ${line}: there is no article "${article}".`)
  ai.setArticles(articles)
  const durations: number[] = []
  const places = rows.map(({ question, article }) => {
    const from = performance.now()
    const { intent } = ai.intent(question)
    const found = ai.retrieve(question, intent, ai.language(question), 3)
    durations.push(performance.now() - from)
    return found.findIndex(({ articleId }) => articleId === article)
  })
  const within = (limit: number) => round(places.filter((place) => place >= 0 && place < limit).length / rows.length)
  return { n: rows.length, top1: within(1), top3: within(3), ...quantiles(durations), modelBytes: 0 }
}
