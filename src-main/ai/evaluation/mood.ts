import { f1, macroF1, ratio, round, type Timing, timed } from './figures.ts'

/** Any model of moods or emotions, as `evaluate` sees it; several may hold at once. */
export interface MoodPredictor {
  predict(text: string): ReadonlySet<string>
  modelBytes: number
}

export interface MoodFigures extends Timing {
  n: number
  /** Rows whose set of labels was met exactly. */
  accuracy: number
  /** Over the labels that occur in the file; of the three-way view when the model's labels are not the file's. */
  macroF1: number
  /** F1 of strained against not strained. */
  strainedF1: number
  /** Macro-F1 of the three-way view: calm, neutral, strained. */
  threeWayF1: number
  modelBytes: number
}

/** Strained as in the taxonomy, where worry and fear are not; `calm` is everything pleasant. */
const THREE_WAY: Readonly<Record<string, 'calm' | 'neutral' | 'strained'>> = {
  satisfied: 'calm',
  joy: 'calm',
  happy: 'calm',
  positive: 'calm',
  'positive-other': 'calm',
  relaxed: 'calm',
  grateful: 'calm',
  calm: 'neutral',
  neutral: 'neutral',
  surprise: 'neutral',
  astonished: 'neutral',
  worried: 'neutral',
  frustrated: 'strained',
  angry: 'strained',
  abusive: 'strained',
  anger: 'strained',
  disgust: 'strained',
  fear: 'neutral',
  sadness: 'strained',
  sad: 'strained',
  negative: 'strained',
  'negative-other': 'strained',
  depress: 'strained'
}

/** The labels of a cell: a comma list. */
export const labelsIn = (cell: string): ReadonlySet<string> =>
  new Set(
    cell
      .split(',')
      .map((label) => label.trim())
      .filter((label) => label !== '')
  )

/** The worst of several labels: one strained is strained, one pleasant beside neutral is pleasant. */
export function threeWay(labels: ReadonlySet<string>): 'calm' | 'neutral' | 'strained' {
  const views = [...labels].map((label) => THREE_WAY[label] ?? 'neutral')
  return views.includes('strained') ? 'strained' : views.includes('calm') ? 'calm' : 'neutral'
}

export const hasThreeWay = (label: string): boolean => THREE_WAY[label] !== undefined

/** @param sameLabels whether the model's labels are the file's; otherwise only the three-way view can be compared */
export function evaluateMood(
  rows: readonly { text: string; labels: ReadonlySet<string> }[],
  predictor: MoodPredictor,
  sameLabels: boolean
): MoodFigures {
  const { answers: given, timing } = timed(rows, ({ text }) => predictor.predict(text))
  const truth = rows.map(({ labels }) => labels)
  const seen = truth.map(threeWay)
  const said = given.map(threeWay)
  const views = macroF1(
    [...new Set(seen)],
    seen.map((view) => new Set([view])),
    said.map((view) => new Set([view]))
  )
  const exact = sameLabels
    ? truth.filter((labels, i) => labels.size === given[i]?.size && [...labels].every((label) => given[i]?.has(label))).length
    : seen.filter((view, i) => view === said[i]).length
  const labels = [...new Set(truth.flatMap((set) => [...set]))]
  return {
    n: rows.length,
    accuracy: ratio(exact, rows.length) ?? 0,
    macroF1: round(sameLabels ? macroF1(labels, truth, given) : views),
    strainedF1: round(
      f1(
        seen.map((view) => view === 'strained'),
        said.map((view) => view === 'strained')
      )
    ),
    threeWayF1: round(views),
    ...timing,
    modelBytes: predictor.modelBytes
  }
}
