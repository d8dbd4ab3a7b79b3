import { auc, bestF1, round, type Timing, timed } from './figures.ts'
import { EvaluationError } from './table.ts'

export interface RankFigures extends Timing {
  n: number
  auc: number
  bestF1: number
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
  const { answers: scores, timing } = timed(rows, ({ item }) => score(item))
  const truth = rows.map(({ positive }) => positive)
  const area = auc(truth, scores)
  if (area === null) throw new EvaluationError('one-sided', 'All rows are of one kind; an area under the curve needs both.')
  return { n: rows.length, auc: round(area), bestF1: round(bestF1(truth, scores)), ...timing, modelBytes }
}
