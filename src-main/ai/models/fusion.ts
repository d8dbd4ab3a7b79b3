/** How a model's probabilities and a lexicon's scores are joined: softmax(model ln p + lexicon s). From cross-validation. */
export interface Fusion {
  model: number
  lexicon: number
}

/** Probabilities of labels from a model's and from the scores (log-odds) that a lexicon gives the same labels. */
export function fuse(shares: Float32Array, scores: Float32Array, fusion: Fusion): Float32Array {
  const joined = shares.map((share, i) => fusion.model * Math.log(Math.max(share, 1e-6)) + fusion.lexicon * (scores[i] ?? 0))
  const top = joined.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const odds = joined.map((value) => Math.exp(value - top))
  const total = odds.reduce((sum, value) => sum + value, 0)
  return odds.map((value) => value / total)
}

/** Reads a fusion from a model's settings; without one the model stands alone. */
export const fusionIn = (settings: Readonly<Record<string, number>>): Fusion => ({
  model: settings['fusion:model'] ?? 1,
  lexicon: settings['fusion:lexicon'] ?? 0
})
