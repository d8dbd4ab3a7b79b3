import { languageOf } from '../language.ts'
import type { Extractor } from '../models/features.ts'
import type { ModelData } from '../models/model.ts'
import { trainEnsemble } from './ensemble.ts'
import type { Examples } from './fit.ts'
import { recipeFor } from './recipes.ts'

export interface EmotionRow {
  text: string
  labels: ReadonlySet<string>
}

/**
 * Trains a model of labels several of which may hold; `at:<label>` is the share from which on a label counts, chosen for F1 on `tuning`, or
 * by cross-validation without it.
 */
export function trainEmotions(
  rows: readonly EmotionRow[],
  order: { name: string; folds: number; tuning?: readonly EmotionRow[] },
  extract: Extractor,
  tell: (line: string) => void
): ModelData {
  const labels = [...new Set(rows.flatMap((row) => [...row.labels]))].sort()
  const chinese = rows.filter(({ text }) => languageOf(text) === 'zh').length
  const recipe = recipeFor(chinese * 2 > rows.length ? 'zh' : 'en', 'several', 'small', order.folds)
  const tuning = order.tuning && examplesOf(order.tuning, labels)
  const { data, heldOut } = trainEnsemble(order.name, examplesOf(rows, labels), recipe, extract, tell, tuning)
  if (!heldOut) return data
  const { judged, shares } = heldOut
  return {
    ...data,
    settings: Object.fromEntries(labels.map((label, c) => [`at:${label}`, bestThreshold(shares, judged.targets, labels.length, c)]))
  }
}

function examplesOf(rows: readonly EmotionRow[], labels: readonly string[]): Examples {
  const targets = new Float32Array(rows.length * labels.length)
  rows.forEach((row, i) => {
    labels.forEach((label, c) => {
      if (row.labels.has(label)) targets[i * labels.length + c] = 1
    })
  })
  return { texts: rows.map(({ text }) => text), targets, labels }
}

/** The share at which F1 of one label is best. */
function bestThreshold(shares: Float32Array, targets: Float32Array, labels: number, label: number): number {
  const rows = Array.from({ length: shares.length / labels }, (_, i) => ({
    share: shares[i * labels + label] ?? 0,
    is: (targets[i * labels + label] ?? 0) > 0.5
  }))
  rows.sort((a, b) => b.share - a.share)
  const positives = rows.filter(({ is }) => is).length
  let hits = 0
  let best = { f1: 0, share: 0.5 }
  rows.forEach(({ share, is }, i) => {
    if (is) hits++
    const f1 = (2 * hits) / (i + 1 + positives)
    if (f1 > best.f1) best = { f1, share }
  })
  return best.share
}
