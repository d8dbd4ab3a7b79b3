import type { Sparse } from './vocabulary.ts'

/**
 * A matrix in eight bits: one row a feature, one column an output; the value is `cells[row * columns + column] * scales[column]`.
 */
export interface Matrix {
  rows: number
  columns: number
  cells: Int8Array
  scales: Float32Array
  bias: Float32Array
}

/** Scores of a sparse vector: W'x + b. */
export function multiply(matrix: Matrix, { indices, values }: Sparse): Float32Array {
  const { columns, cells, scales, bias } = matrix
  const sums = new Float32Array(columns)
  for (let i = 0; i < indices.length; i++) {
    const value = values[i] ?? 0
    const from = (indices[i] ?? 0) * columns
    for (let c = 0; c < columns; c++) sums[c] = (sums[c] ?? 0) + value * (cells[from + c] ?? 0)
  }
  for (let c = 0; c < columns; c++) sums[c] = (sums[c] ?? 0) * (scales[c] ?? 0) + (bias[c] ?? 0)
  return sums
}

/** Scores of a dense vector behind a rectifier: W' max(0, h) + b. */
export function multiplyRectified(matrix: Matrix, hidden: Float32Array): Float32Array {
  const { columns, cells, scales, bias } = matrix
  const sums = new Float32Array(columns)
  for (let r = 0; r < hidden.length; r++) {
    const value = hidden[r] ?? 0
    if (value <= 0) continue
    const from = r * columns
    for (let c = 0; c < columns; c++) sums[c] = (sums[c] ?? 0) + value * (cells[from + c] ?? 0)
  }
  for (let c = 0; c < columns; c++) sums[c] = (sums[c] ?? 0) * (scales[c] ?? 0) + (bias[c] ?? 0)
  return sums
}

export function softmax(scores: Float32Array, temperature: number): Float32Array {
  let top = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > top) top = score
  const shares = scores.map((score) => Math.exp((score - top) / temperature))
  let total = 0
  for (const share of shares) total += share
  return shares.map((share) => share / total)
}

export function sigmoids(scores: Float32Array, temperature: number): Float32Array {
  return scores.map((score) => 1 / (1 + Math.exp(-score / temperature)))
}

/** Index of the largest share, `none` left aside. */
export function bestBut(shares: Float32Array, none: number): number {
  let best = none === 0 ? 1 : 0
  for (let c = best + 1; c < shares.length; c++) if (c !== none && (shares[c] ?? 0) > (shares[best] ?? 0)) best = c
  return best
}
