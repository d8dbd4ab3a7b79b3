import type { Matrix } from '../models/members.ts'
import type { Sparse } from '../models/vocabulary.ts'
import { type Adam, createAdam } from './adam.ts'
import { quantise } from './quantise.ts'
import { createRandom, normal, type Random, shuffle } from './random.ts'

export interface NetworkRecipe {
  hidden: number
  /** Passes over the examples at most; fewer when that would show more than `seen` of them. */
  epochs: number
  seen: number
  /** Examples a step; fewer when an epoch would have less than {@link STEPS} steps. */
  batch: number
  rate: number
  /** Share of the steps in which the rate grows from 0; afterwards it falls to 0 in a straight line. */
  warmupRatio: number
  inputDropout: number
  hiddenDropout: number
  /** Share of each target that is spread over all labels. */
  smoothing: number
  /** `one`: softmax and cross-entropy; `several`: a sigmoid a label. */
  output: 'one' | 'several'
  /** Lengths of the vectors are multiplied by it. */
  gain?: number
}

/** Small sets take smaller batches, so that there are steps enough to learn. */
const STEPS = 40
const SMALLEST_BATCH = 16
const FEWEST_EPOCHS = 8

/** A network with one hidden layer of rectifiers: sparse vectors in, scores of labels out. Deterministic for a seed. */
export function trainNetwork(
  vectors: readonly Sparse[],
  targets: Float32Array,
  size: number,
  labels: number,
  recipe: NetworkRecipe,
  seed: number
): Matrix[] {
  const random = createRandom(seed)
  const { hidden, gain = 1 } = recipe
  const batch = Math.max(SMALLEST_BATCH, Math.min(recipe.batch, Math.ceil(vectors.length / STEPS)))
  const first = createAdam(size, hidden, () => normal(random) * Math.sqrt(2 / 40))
  const firstBias = createAdam(1, hidden, () => 0)
  const second = createAdam(hidden, labels, () => normal(random) * Math.sqrt(1 / hidden))
  const secondBias = createAdam(1, labels, () => 0)
  const pass = createPass(first, firstBias, second, secondBias, recipe, random)
  const order = Int32Array.from(vectors.keys())
  const epochs = Math.max(FEWEST_EPOCHS, Math.min(recipe.epochs, Math.round(recipe.seen / vectors.length)))
  const total = Math.ceil(vectors.length / batch) * epochs
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    for (let from = 0; from < order.length; from += batch) {
      const to = Math.min(order.length, from + batch)
      for (let i = from; i < to; i++) {
        const vector = vectors[order[i] ?? 0]
        if (vector) pass(vector, targets, (order[i] ?? 0) * labels, 1 / (to - from))
      }
      step++
      const rate = recipe.rate * Math.min(step / (recipe.warmupRatio * total), (total - step) / ((1 - recipe.warmupRatio) * total))
      for (const part of [first, firstBias, second, secondBias]) part.step(Math.max(rate, 0), step)
    }
  }
  if (gain !== 1) for (let i = 0; i < first.weights.length; i++) first.weights[i] = (first.weights[i] ?? 0) * gain
  return [quantise(first.weights, size, hidden, firstBias.weights), quantise(second.weights, hidden, labels, secondBias.weights)]
}

/**
 * Forwards and backwards through the network for one example; gradients gather in the four parts. Units that are dropped or silent cost
 * nothing: lists name those that count.
 */
function createPass(first: Adam, firstBias: Adam, second: Adam, secondBias: Adam, recipe: NetworkRecipe, random: Random) {
  const { hidden, smoothing, inputDropout, hiddenDropout, gain = 1 } = recipe
  const labels = second.columns
  const state = new Float32Array(hidden)
  const back = new Float32Array(hidden)
  const scores = new Float32Array(labels)
  const kept = new Int32Array(hidden)
  const spread = recipe.output === 'one' ? smoothing / labels : smoothing / 2
  const scale = gain / (1 - inputDropout)
  const louder = 1 / (1 - hiddenDropout)
  return ({ indices, values }: Sparse, targets: Float32Array, at: number, share: number): void => {
    const inputs: number[] = []
    const rows: number[] = []
    for (let i = 0; i < values.length; i++) {
      if (inputDropout > 0 && random() < inputDropout) continue
      inputs.push((values[i] ?? 0) * scale)
      rows.push(indices[i] ?? 0)
    }
    let units = 0
    for (let h = 0; h < hidden; h++) if (random() >= hiddenDropout) kept[units++] = h
    for (let u = 0; u < units; u++) state[u] = firstBias.weights[kept[u] ?? 0] ?? 0
    for (let i = 0; i < rows.length; i++) gather(state, first.weights, (rows[i] ?? 0) * hidden, kept, units, inputs[i] ?? 0)
    let awake = 0
    for (let u = 0; u < units; u++) {
      const value = state[u] ?? 0
      if (value <= 0) continue
      kept[awake] = kept[u] ?? 0
      state[awake++] = value * louder
    }
    scores.set(secondBias.weights)
    for (let u = 0; u < awake; u++) addScaled(scores, 0, second.weights, (kept[u] ?? 0) * labels, labels, state[u] ?? 0)
    squash(scores, recipe.output)
    for (let c = 0; c < labels; c++) scores[c] = ((scores[c] ?? 0) - (1 - smoothing) * (targets[at + c] ?? 0) - spread) * share
    addScaled(secondBias.touch(0), secondBias.place(0), scores, 0, labels, 1)
    for (let u = 0; u < awake; u++) {
      const unit = kept[u] ?? 0
      let sum = 0
      const row = unit * labels
      for (let c = 0; c < labels; c++) sum += (scores[c] ?? 0) * (second.weights[row + c] ?? 0)
      back[u] = sum * louder
      addScaled(second.touch(unit), second.place(unit), scores, 0, labels, state[u] ?? 0)
    }
    scatter(firstBias.touch(0), firstBias.place(0), back, kept, awake, 1)
    for (let i = 0; i < rows.length; i++) scatter(first.touch(rows[i] ?? 0), first.place(rows[i] ?? 0), back, kept, awake, inputs[i] ?? 0)
  }
}

/** `to[u] += factor * from[at + list[u]]` */
function gather(to: Float32Array, from: Float32Array, at: number, list: Int32Array, count: number, factor: number): void {
  for (let u = 0; u < count; u++) to[u] = (to[u] ?? 0) + factor * (from[at + (list[u] ?? 0)] ?? 0)
}

/** `to[at + list[u]] += factor * from[u]` */
function scatter(to: Float32Array, at: number, from: Float32Array, list: Int32Array, count: number, factor: number): void {
  for (let u = 0; u < count; u++) {
    const place = at + (list[u] ?? 0)
    to[place] = (to[place] ?? 0) + factor * (from[u] ?? 0)
  }
}

function squash(scores: Float32Array, output: 'one' | 'several'): void {
  if (output === 'several') {
    for (let c = 0; c < scores.length; c++) scores[c] = 1 / (1 + Math.exp(-(scores[c] ?? 0)))
    return
  }
  let top = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > top) top = score
  let total = 0
  for (let c = 0; c < scores.length; c++) {
    const value = Math.exp((scores[c] ?? 0) - top)
    scores[c] = value
    total += value
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / total
}

function addScaled(to: Float32Array, toAt: number, from: Float32Array, fromAt: number, count: number, factor: number): void {
  if (factor === 0) return
  for (let i = 0; i < count; i++) to[toAt + i] = (to[toAt + i] ?? 0) + factor * (from[fromAt + i] ?? 0)
}
