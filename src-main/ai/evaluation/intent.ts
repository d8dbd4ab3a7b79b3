import { macroF1, ratio, round, type Timing, timed } from './figures.ts'
import { type Predictor, plainLabel, UNKNOWN } from './predictor.ts'

export interface IntentFigures extends Timing {
  n: number
  accuracy: number
  /** Of rows that have an intent; null when there are none. */
  accuracyInScope: number | null
  /** Of rows without one, how many came back as unknown; null when there are none. */
  oosRecall: number | null
  /** Over the labels that occur in the file. */
  macroF1: number
  /** Share of all rows that are answered without a person. */
  coverage: number
  /** Of those answered, how many rightly; null when none is. */
  accuracyAnswered: number | null
  /** The same two for rows whose intent is a standard one (answered: as any standard intent); null without such rows. */
  coverageStandard?: number | null
  accuracyAnsweredStandard?: number | null
  modelBytes: number
}

/** @param standard intents that may be answered without a person; undefined: all of them */
export function evaluateIntent(
  rows: readonly { text: string; intent: string }[],
  predictor: Predictor,
  standard?: ReadonlySet<string>
): IntentFigures {
  const { answers, timing } = timed(rows, ({ text }) => predictor.predict(text))
  const judged = answers.map((given, i) => {
    const truth = plainLabel(rows[i]?.intent ?? UNKNOWN)
    return { truth, given, right: given.label === truth }
  })
  const right = (list: typeof judged) => list.filter((row) => row.right).length
  const inScope = judged.filter(({ truth }) => truth !== UNKNOWN)
  const outside = judged.filter(({ truth }) => truth === UNKNOWN)
  const answered = judged.filter(({ given }) => given.answered && given.label !== UNKNOWN)
  const labels = [...new Set(judged.map(({ truth }) => truth))]
  const f1 = macroF1(
    labels,
    judged.map(({ truth }) => new Set([truth])),
    judged.map(({ given }) => new Set([given.label]))
  )
  const figures: IntentFigures = {
    n: rows.length,
    accuracy: round(right(judged) / rows.length),
    accuracyInScope: ratio(right(inScope), inScope.length),
    oosRecall: ratio(right(outside), outside.length),
    macroF1: round(f1),
    coverage: round(answered.length / rows.length),
    accuracyAnswered: ratio(right(answered), answered.length),
    ...timing,
    modelBytes: predictor.modelBytes
  }
  if (!standard) return figures
  const asked = judged.filter(({ truth }) => standard.has(truth))
  const given = judged.filter(({ given: { answered: yes, label } }) => yes && standard.has(label))
  return {
    ...figures,
    coverageStandard: ratio(given.filter(({ truth }) => standard.has(truth)).length, asked.length),
    accuracyAnsweredStandard: ratio(right(given), given.length)
  }
}
