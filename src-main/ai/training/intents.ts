import { languageOf } from '../language.ts'
import type { Extractor } from '../models/features.ts'
import type { ModelData } from '../models/model.ts'
import { type EnsembleRecipe, trainEnsemble } from './ensemble.ts'
import type { Examples } from './fit.ts'
import { recipeFor } from './recipes.ts'
import { answerThreshold, type Judged, unknownThreshold } from './thresholds.ts'

export interface Labelled {
  text: string
  label: string
}

/** What becomes of held-out answers at the thresholds chosen: what the model may promise. */
export interface Order {
  name: string
  /** Rows of this label have no intent. */
  unknown: string
  folds: number
  /** How often an answer given without a person must be right (held out). */
  precision: number
  /** Share of the rows without an intent that must come back as unknown (held out). */
  recall: number
}

/** Trains a model that names one label a text; its settings hold `answer` and `unknown`, the thresholds on its confidence. */
export function trainIntents(
  rows: readonly Labelled[],
  order: Order,
  extract: Extractor,
  tell: (line: string) => void
): { data: ModelData; judged: Judged[] } {
  const labels = [...new Set(rows.map(({ label }) => label))].sort()
  const examples = examplesOf(rows, labels)
  const { data, heldOut } = trainEnsemble(order.name, examples, recipe(rows, order), extract, tell)
  const judged = heldOut ? judge(rows, labels, heldOut, order.unknown) : []
  const settings = { answer: answerThreshold(judged, order.precision), unknown: unknownThreshold(judged, order.recall) }
  return { data: { ...data, settings }, judged }
}

function recipe(rows: readonly Labelled[], order: Order): EnsembleRecipe {
  const chinese = rows.filter(({ text }) => languageOf(text) === 'zh').length
  return recipeFor(chinese * 2 > rows.length ? 'zh' : 'en', 'one', order.folds)
}

export function examplesOf(rows: readonly Labelled[], labels: readonly string[]): Examples {
  const targets = new Float32Array(rows.length * labels.length)
  const places = new Map(labels.map((label, i) => [label, i]))
  rows.forEach(({ label }, i) => {
    targets[i * labels.length + (places.get(label) ?? 0)] = 1
  })
  return { texts: rows.map(({ text }) => text), targets, labels }
}

/** The best label that is an intent, and how sure it is. */
export function judge(rows: readonly Labelled[], labels: readonly string[], shares: Float32Array, unknown: string): Judged[] {
  return rows.map(({ label }, i) => {
    let best = -1
    for (let c = 0; c < labels.length; c++) {
      if (labels[c] === unknown) continue
      if (best < 0 || (shares[i * labels.length + c] ?? 0) > (shares[i * labels.length + best] ?? 0)) best = c
    }
    return { confidence: shares[i * labels.length + best] ?? 0, right: labels[best] === label, inScope: label !== unknown }
  })
}
