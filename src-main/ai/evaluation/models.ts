import { bestBut } from '../models/members.ts'
import type { TextModel } from '../models/model.ts'
import type { MoodPredictor } from './mood.ts'
import { type Predictor, UNKNOWN } from './predictor.ts'

/**
 * A model of one label a text. Its settings hold `unknown`, the confidence below which nothing fits, and `answer`, from which on it is sure
 * enough.
 */
export function intentsBy(model: TextModel, modelBytes: number): Predictor {
  const { answer = 1, unknown = 0 } = model.settings
  const none = model.labels.indexOf(UNKNOWN)
  return {
    modelBytes,
    predict: (text) => {
      const shares = model.probabilities(text)
      const best = bestBut(shares, none)
      const confidence = shares[best] ?? 0
      const fits = confidence >= unknown
      return { label: fits ? (model.labels[best] ?? UNKNOWN) : UNKNOWN, confidence, answered: fits && confidence >= answer }
    }
  }
}

/** A model of emotions: those whose share reaches the label's own threshold (`at:<label>`), else the likeliest. */
export function moodsBy(model: TextModel, modelBytes: number): MoodPredictor {
  return {
    modelBytes,
    predict: (text) => {
      const shares = model.probabilities(text)
      const over = model.labels.filter((label, i) => (shares[i] ?? 0) >= (model.settings[`at:${label}`] ?? 0.5))
      if (over.length > 0) return new Set(over)
      const best = shares.reduce((top, share, i) => {
        const threshold = (j: number) => model.settings[`at:${model.labels[j]}`] ?? 0.5
        return share / threshold(i) > (shares[top] ?? 0) / threshold(top) ? i : top
      }, 0)
      return new Set([model.labels[best] ?? ''])
    }
  }
}
