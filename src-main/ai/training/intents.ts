import { languageOf } from '../language.ts'
import type { Extractor } from '../models/features.ts'
import { bestBut } from '../models/members.ts'
import type { ModelData } from '../models/model.ts'
import { type EnsembleRecipe, trainEnsemble } from './ensemble.ts'
import type { Examples } from './fit.ts'
import { recipeFor } from './recipes.ts'
import { answerThreshold, figuresAt, type Judged, unknownThreshold } from './thresholds.ts'

export interface Labelled {
  text: string
  label: string
}

export interface Order {
  name: string
  /** Rows of this label have no intent. */
  unknown: string
  /** Parts for cross-validation, when there is no `tuning`; 0: neither temperatures nor thresholds are fitted. */
  folds: number
  /** Rows kept out of training, on which the thresholds are set. */
  tuning?: readonly Labelled[]
  /** How often an answer given without a person must be right (held out). */
  precision: number
  /** Share of the rows without an intent that must come back as unknown (held out). */
  recall: number
}

/**
 * Trains a model that names one label a text; its settings hold `answer` and `unknown`, the thresholds on its confidence.
 *
 * @throws RangeError when the tuning rows have a label that the others do not have
 */
export function trainIntents(rows: readonly Labelled[], order: Order, extract: Extractor, tell: (line: string) => void): ModelData {
  const labels = [...new Set(rows.map(({ label }) => label))].sort()
  const tuning = order.tuning && examplesOf(order.tuning, labels)
  const { data, heldOut } = trainEnsemble(order.name, examplesOf(rows, labels), recipe(rows, labels.length, order), extract, tell, tuning)
  if (!heldOut) return { ...data, settings: { answer: 1, unknown: 0 } }
  const judged = judge(heldOut.judged, heldOut.shares, order.unknown)
  const thresholds = { answer: answerThreshold(judged, order.precision), unknown: unknownThreshold(judged, order.recall) }
  const settings = { ...thresholds, ...figuresAt(judged, thresholds) }
  tell(`${order.name}: ${JSON.stringify(settings)}`)
  return { ...data, settings }
}

function recipe(rows: readonly Labelled[], labels: number, order: Order): EnsembleRecipe {
  const chinese = rows.filter(({ text }) => languageOf(text) === 'zh').length
  return recipeFor(chinese * 2 > rows.length ? 'zh' : 'en', 'one', labels > 100 ? 'wide' : 'large', order.folds)
}

/** @throws RangeError when a row's label is none of `labels` */
export function examplesOf(rows: readonly Labelled[], labels: readonly string[]): Examples {
  const targets = new Float32Array(rows.length * labels.length)
  const places = new Map(labels.map((label, i) => [label, i]))
  rows.forEach(({ label }, i) => {
    const place = places.get(label)
    if (place === undefined) throw new RangeError(`The label "${label}" does not occur in the training texts.`)
    targets[i * labels.length + place] = 1
  })
  return { texts: rows.map(({ text }) => text), targets, labels }
}

/** The best label that is an intent, how sure it is, and whether it was right. */
export function judge({ texts, labels, targets }: Examples, shares: Float32Array, unknown: string): Judged[] {
  const none = labels.indexOf(unknown)
  return texts.map((_, i) => {
    const row = i * labels.length
    const best = bestBut(shares.subarray(row, row + labels.length), none)
    const inScope = none < 0 || (targets[row + none] ?? 0) < 0.5
    return { confidence: shares[row + best] ?? 0, right: (targets[row + best] ?? 0) > 0.5, inScope }
  })
}
