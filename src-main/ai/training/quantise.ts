import type { Matrix } from '../models/members.ts'

/** Rounds a matrix to eight bits, one scale a column (its largest value becomes 127). */
export function quantise(weights: Float32Array, rows: number, columns: number, bias: Float32Array): Matrix {
  const scales = new Float32Array(columns)
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) scales[c] = Math.max(scales[c] ?? 0, Math.abs(weights[r * columns + c] ?? 0))
  for (let c = 0; c < columns; c++) scales[c] = (scales[c] ?? 0) / 127
  const cells = new Int8Array(rows * columns)
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) cells[r * columns + c] = Math.round((weights[r * columns + c] ?? 0) / (scales[c] || 1))
  return { rows, columns, cells, scales, bias }
}
