import type { Extractor } from './features.ts'
import { type Matrix, multiply, multiplyRectified, sigmoids, softmax } from './members.ts'
import { createVocabulary, type Sparse, type Terms } from './vocabulary.ts'

/** One voice of an ensemble: a linear model, or a network with one hidden layer (`layers` of 1 or 2 matrices). */
export interface Member {
  terms: Terms
  layers: readonly Matrix[]
  /** Divides the scores before they become probabilities; from cross-validation. */
  temperature: number
  /** Share in the average. */
  share: number
}

/** What a model file holds. */
export interface ModelData {
  name: string
  labels: readonly string[]
  /** `one`: exactly one label is right (softmax); `several`: each on its own (sigmoid). */
  output: 'one' | 'several'
  members: readonly Member[]
  /** Named numbers that belong to the weights: thresholds, shares of the lexicon ... */
  settings: Readonly<Record<string, number>>
}

/** A stretch of the text and how much it spoke for a label (negative: against it). */
export interface Weight {
  start: number
  end: number
  weight: number
}

export interface TextModel {
  name: string
  labels: readonly string[]
  settings: Readonly<Record<string, number>>
  /** One probability a label, in the order of `labels`. The same text always gets the same answer. */
  probabilities(text: string): Float32Array
  /** What each stretch of the text adds to a label's score, by the linear member. */
  weights(text: string, label: number): Weight[]
}

/** Raw scores of one member, before temperature and softmax. */
export function scoresOf({ layers }: Pick<Member, 'layers'>, vector: Sparse): Float32Array {
  const [first, second] = layers
  if (!first) throw new Error('A member has one or two layers.')
  const sums = multiply(first, vector)
  return second ? multiplyRectified(second, sums) : sums
}

/** The n-grams of a text by one set of blocks. */
interface Grams {
  hashes: number[]
  starts: number[]
  ends: number[]
}

export function createModel(data: ModelData, extract: Extractor): TextModel {
  const members = data.members.map((member) => ({
    ...member,
    vocabulary: createVocabulary(member.terms, extract),
    view: JSON.stringify(member.terms.blocks)
  }))
  const toShares = data.output === 'one' ? softmax : sigmoids
  // Members with the same blocks count once, and so do a text's probabilities and the words that weighed.
  let last: { text: string; views: Map<string, Grams> } = { text: '', views: new Map() }
  const gramsOf = (text: string, { terms, view }: (typeof members)[number]): Grams => {
    if (last.text !== text) last = { text, views: new Map() }
    const known = last.views.get(view)
    if (known) return known
    const grams: Grams = { hashes: [], starts: [], ends: [] }
    extract(text, terms.blocks, (_, hash, start, end) => {
      grams.hashes.push(hash)
      grams.starts.push(start)
      grams.ends.push(end)
    })
    last.views.set(view, grams)
    return grams
  }
  return {
    name: data.name,
    labels: data.labels,
    settings: data.settings,
    probabilities: (text) => {
      const pooled = new Float32Array(data.labels.length)
      let total = 0
      for (const member of members) {
        const shares = toShares(scoresOf(member, member.vocabulary.vectorOf(gramsOf(text, member).hashes)), member.temperature)
        for (let c = 0; c < pooled.length; c++) pooled[c] = (pooled[c] ?? 0) + member.share * (shares[c] ?? 0)
        total += member.share
      }
      return total === 1 ? pooled : pooled.map((value) => value / total)
    },
    weights: (text, label) => {
      const linear = members.find(({ layers }) => layers.length === 1)
      const matrix = linear?.layers[0]
      if (!linear || !matrix) return []
      const { hashes, starts, ends } = gramsOf(text, linear)
      const { indices, values } = linear.vocabulary.vectorOf(hashes)
      const factor = (matrix.scales[label] ?? 0) / linear.temperature
      const worth = new Map<number, number>()
      for (let i = 0; i < indices.length; i++) {
        const index = indices[i] ?? 0
        worth.set(index, (values[i] ?? 0) * (matrix.cells[index * matrix.columns + label] ?? 0) * factor)
      }
      const counts = new Map<number, number>()
      const places = hashes.map(linear.vocabulary.find)
      for (const index of places) if (index >= 0) counts.set(index, (counts.get(index) ?? 0) + 1)
      return places.flatMap((index, i): Weight[] => {
        const weight = worth.get(index)
        const start = starts[i] ?? 0
        const end = ends[i] ?? 0
        return weight === undefined || end <= start ? [] : [{ start, end, weight: weight / (counts.get(index) ?? 1) }]
      })
    }
  }
}
