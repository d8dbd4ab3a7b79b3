import type { Matrix } from '../models/members.ts'
import type { Sparse } from '../models/vocabulary.ts'
import { quantise } from './quantise.ts'
import { createRandom, type Random, shuffle } from './random.ts'

export interface SvmRecipe {
  /** Price of an error. */
  cost: number
  /** Passes over the examples at most. */
  passes: number
  /** Positive examples of a class cost (others / own)^balance more; 0: all the same. */
  balance?: number
}

/** Stop when no example violates its bound by more (LIBLINEAR's own default). */
const TOLERANCE = 0.1

/**
 * One-vs-rest L2-loss support vector machines by dual coordinate descent (Hsieh et al., ICML 2008).
 *
 * @param targets one row of `labels` values an example; above 0.5 counts as belonging to the class
 */
export function trainSvm(
  vectors: readonly Sparse[],
  targets: Float32Array,
  size: number,
  labels: number,
  recipe: SvmRecipe,
  seed: number
): Matrix {
  const weights = new Float32Array(size * labels)
  const bias = new Float32Array(labels)
  const lengths = vectors.map(({ values }) => values.reduce((sum, value) => sum + value * value, 1))
  const random = createRandom(seed)
  for (let label = 0; label < labels; label++) {
    const belongs = vectors.map((_, i) => (targets[i * labels + label] ?? 0) > 0.5)
    const plane = separate(vectors, lengths, belongs, size, recipe, random)
    for (let f = 0; f < size; f++) weights[f * labels + label] = plane.weights[f] ?? 0
    bias[label] = plane.bias
  }
  return quantise(weights, size, labels, bias)
}

function separate(
  vectors: readonly Sparse[],
  lengths: readonly number[],
  belongs: readonly boolean[],
  size: number,
  recipe: SvmRecipe,
  random: Random
): { weights: Float64Array; bias: number } {
  const weights = new Float64Array(size)
  let bias = 0
  const own = belongs.filter(Boolean).length
  const heavier = own === 0 ? 1 : ((belongs.length - own) / own) ** (recipe.balance ?? 0)
  const alpha = new Float64Array(vectors.length)
  const order = Int32Array.from(vectors.keys())
  for (let pass = 0; pass < recipe.passes; pass++) {
    shuffle(order, random)
    let worst = 0
    for (const i of order) {
      const vector = vectors[i]
      if (!vector) continue
      const { indices, values } = vector
      const side = belongs[i] ? 1 : -1
      const slack = 1 / (2 * recipe.cost * (belongs[i] ? heavier : 1))
      let score = bias
      for (let k = 0; k < indices.length; k++) score += (weights[indices[k] ?? 0] ?? 0) * (values[k] ?? 0)
      const before = alpha[i] ?? 0
      const gradient = side * score - 1 + slack * before
      const violation = before === 0 ? Math.min(gradient, 0) : gradient
      if (violation === 0) continue
      worst = Math.max(worst, Math.abs(violation))
      const after = Math.max(0, before - gradient / ((lengths[i] ?? 1) + slack))
      const step = (after - before) * side
      if (step === 0) continue
      alpha[i] = after
      bias += step
      for (let k = 0; k < indices.length; k++) {
        const f = indices[k] ?? 0
        weights[f] = (weights[f] ?? 0) + step * (values[k] ?? 0)
      }
    }
    if (worst < TOLERANCE) break
  }
  return { weights, bias }
}
