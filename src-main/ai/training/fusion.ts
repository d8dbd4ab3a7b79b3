import { type Fusion, fuse } from '../models/fusion.ts'

const MODEL = [0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.35, 1.5]
const LEXICON = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8]

/** The fusion under which the held-out texts are the likeliest, and their probabilities under it. */
export function fitFusion(
  shares: Float32Array,
  scores: readonly Float32Array[],
  targets: Float32Array
): { fusion: Fusion; fused: Float32Array } {
  let best: { loss: number; fusion: Fusion; fused: Float32Array } | undefined
  for (const model of MODEL)
    for (const lexicon of LEXICON) {
      const fusion = { model, lexicon }
      const fused = new Float32Array(shares.length)
      let loss = 0
      scores.forEach((row, i) => {
        const labels = row.length
        const joined = fuse(shares.subarray(i * labels, (i + 1) * labels), row, fusion)
        fused.set(joined, i * labels)
        for (let c = 0; c < labels; c++) if ((targets[i * labels + c] ?? 0) > 0) loss -= Math.log(Math.max(1e-9, joined[c] ?? 0))
      })
      if (!best || loss < best.loss) best = { loss, fusion, fused }
    }
  if (!best) throw new Error('There is nothing to try.')
  return best
}
