import type { Matrix } from '../models/members.ts'
import type { Sparse } from '../models/vocabulary.ts'
import { type Adam, createAdam } from './adam.ts'
import { quantise } from './quantise.ts'
import { createRandom, normal, type Random, shuffle } from './random.ts'

export interface NetworkRecipe {
  hidden: number
  epochs: number
  batch: number
  rate: number
  /** Steps in which the rate grows from 0; afterwards it falls to 0 in a straight line. */
  warmup: number
  inputDropout: number
  hiddenDropout: number
  /** Share of each target that is spread over all labels. */
  smoothing: number
  /** `one`: softmax and cross-entropy; `several`: a sigmoid a label. */
  output: 'one' | 'several'
  /** Lengths of the vectors are multiplied by it. */
  gain?: number
}

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
  const { hidden, batch, gain = 1 } = recipe
  const first = createAdam(size, hidden, () => normal(random) * Math.sqrt(2 / 40))
  const firstBias = createAdam(1, hidden, () => 0)
  const second = createAdam(hidden, labels, () => normal(random) * Math.sqrt(1 / hidden))
  const secondBias = createAdam(1, labels, () => 0)
  const pass = createPass(first, firstBias, second, secondBias, recipe, random)
  const order = Int32Array.from(vectors.keys())
  const total = Math.ceil(vectors.length / batch) * recipe.epochs
  let step = 0
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    shuffle(order, random)
    for (let from = 0; from < order.length; from += batch) {
      const to = Math.min(order.length, from + batch)
      for (let i = from; i < to; i++) {
        const vector = vectors[order[i] ?? 0]
        if (vector) pass(vector, targets, (order[i] ?? 0) * labels, 1 / (to - from))
      }
      step++
      const rate = recipe.rate * Math.min(step / recipe.warmup, (total - step) / Math.max(1, total - recipe.warmup))
      for (const part of [first, firstBias, second, secondBias]) part.step(Math.max(rate, 0), step)
    }
  }
  if (gain !== 1) for (let i = 0; i < first.weights.length; i++) first.weights[i] = (first.weights[i] ?? 0) * gain
  return [quantise(first.weights, size, hidden, firstBias.weights), quantise(second.weights, hidden, labels, secondBias.weights)]
}

/** Forwards and backwards through the network for one example; gradients gather in the four parts. */
function createPass(first: Adam, firstBias: Adam, second: Adam, secondBias: Adam, recipe: NetworkRecipe, random: Random) {
  const { hidden, smoothing, inputDropout, hiddenDropout, gain = 1 } = recipe
  const labels = second.columns
  const state = new Float32Array(hidden)
  const back = new Float32Array(hidden)
  const scores = new Float32Array(labels)
  const keep = new Float32Array(hidden)
  const spread = recipe.output === 'one' ? smoothing / labels : smoothing / 2
  return ({ indices, values }: Sparse, targets: Float32Array, at: number, share: number): void => {
    const inputs = new Float32Array(values.length)
    const scale = gain / (1 - inputDropout)
    for (let i = 0; i < values.length; i++) inputs[i] = inputDropout > 0 && random() < inputDropout ? 0 : (values[i] ?? 0) * scale
    state.set(firstBias.weights)
    for (let i = 0; i < indices.length; i++) addScaled(state, 0, first.weights, (indices[i] ?? 0) * hidden, hidden, inputs[i] ?? 0)
    for (let h = 0; h < hidden; h++) {
      keep[h] = (state[h] ?? 0) <= 0 || random() < hiddenDropout ? 0 : 1 / (1 - hiddenDropout)
      state[h] = (state[h] ?? 0) * (keep[h] ?? 0)
    }
    scores.set(secondBias.weights)
    for (let h = 0; h < hidden; h++) if (keep[h] !== 0) addScaled(scores, 0, second.weights, h * labels, labels, state[h] ?? 0)
    squash(scores, recipe.output)
    for (let c = 0; c < labels; c++) scores[c] = ((scores[c] ?? 0) - (1 - smoothing) * (targets[at + c] ?? 0) - spread) * share
    addScaled(secondBias.touch(0), secondBias.place(0), scores, 0, labels, 1)
    for (let h = 0; h < hidden; h++) {
      back[h] = 0
      if (keep[h] === 0) continue
      let sum = 0
      const row = h * labels
      for (let c = 0; c < labels; c++) sum += (scores[c] ?? 0) * (second.weights[row + c] ?? 0)
      back[h] = sum * (keep[h] ?? 0)
      addScaled(second.touch(h), second.place(h), scores, 0, labels, state[h] ?? 0)
    }
    addScaled(firstBias.touch(0), firstBias.place(0), back, 0, hidden, 1)
    for (let i = 0; i < indices.length; i++) {
      const input = inputs[i] ?? 0
      if (input !== 0) addScaled(first.touch(indices[i] ?? 0), first.place(indices[i] ?? 0), back, 0, hidden, input)
    }
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
