/** What a model says of one utterance. */
export interface Prediction {
  /** `unknown` when nothing fits well enough. */
  label: string
  confidence: number
  /** Sure enough to be answered without a person. */
  answered: boolean
}

/** Any model that names one label, as `evaluate` sees it. */
export interface Predictor {
  predict(text: string): Prediction
  /** Size of what was loaded for it. */
  modelBytes: number
}

export const UNKNOWN = 'unknown'
const OUT_OF_SCOPE = new Set(['oos', 'unknown'])
/** Data sets call what is none of the labels `oos` or `unknown`. */
export const plainLabel = (label: string): string => (OUT_OF_SCOPE.has(label) ? UNKNOWN : label)
