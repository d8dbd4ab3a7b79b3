import { languageOf } from '../language.ts'
import type { Extractor } from '../models/features.ts'
import type { ModelData } from '../models/model.ts'
import { trainEnsemble } from './ensemble.ts'
import { recipeFor } from './recipes.ts'

/** Trains a model of labels several of which may hold; `at:<label>` is the share from which on a label counts, chosen held out for F1. */
export function trainEmotions(
  rows: readonly { text: string; labels: ReadonlySet<string> }[],
  order: { name: string; folds: number },
  extract: Extractor,
  tell: (line: string) => void
): ModelData {
  const labels = [...new Set(rows.flatMap((row) => [...row.labels]))].sort()
  const targets = new Float32Array(rows.length * labels.length)
  rows.forEach((row, i) => {
    for (const label of row.labels) targets[i * labels.length + labels.indexOf(label)] = 1
  })
  const chinese = rows.filter(({ text }) => languageOf(text) === 'zh').length
  const recipe = recipeFor(chinese * 2 > rows.length ? 'zh' : 'en', 'several', order.folds)
  const { data, heldOut } = trainEnsemble(order.name, { texts: rows.map(({ text }) => text), targets, labels }, recipe, extract, tell)
  const settings: Record<string, number> = {}
  if (heldOut)
    labels.forEach((label, c) => {
      settings[`at:${label}`] = bestThreshold(heldOut, targets, labels.length, c)
    })
  return { ...data, settings }
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
