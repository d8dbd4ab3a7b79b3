import { auc, bestF1, quantiles, round } from './figures.ts'
import { EvaluationError } from './table.ts'

export interface RankFigures {
  n: number
  auc: number
  bestF1: number
  msMedian: number
  msP99: number
  modelBytes: number
}

/**
 * How well a score puts the rows that are so above those that are not.
 *
 * @throws EvaluationError `one-sided` when all rows are of one kind
 */
export function evaluateRanking<T>(
  rows: readonly { item: T; positive: boolean }[],
  score: (item: T) => number,
  modelBytes: number
): RankFigures {
  const durations: number[] = []
  const scores = rows.map(({ item }) => {
    const from = performance.now()
    const value = score(item)
    durations.push(performance.now() - from)
    return value
  })
  const truth = rows.map(({ positive }) => positive)
  const area = auc(truth, scores)
  if (area === null) throw new EvaluationError('one-sided', 'All rows are of one kind; an area under the curve needs both.')
  return { n: rows.length, auc: round(area), bestF1: round(bestF1(truth, scores)), ...quantiles(durations), modelBytes }
}
