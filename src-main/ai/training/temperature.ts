import { sigmoids, softmax } from '../models/members.ts'
import type { Examples } from './fit.ts'

const GOLDEN = (Math.sqrt(5) - 1) / 2
const LOWEST = Math.log(0.05)
const HIGHEST = Math.log(5)

/** The temperature that makes scores of held-out texts the likeliest (Guo et al., ICML 2017), by golden section. */
export function fitTemperature(
  scores: Float32Array,
  { targets, labels }: Pick<Examples, 'targets' | 'labels'>,
  output: 'one' | 'several'
): number {
  const loss = (log: number) => lossAt(scores, targets, labels.length, output, Math.exp(log))
  let low = LOWEST
  let high = HIGHEST
  for (let i = 0; i < 20; i++) {
    const a = high - GOLDEN * (high - low)
    const b = low + GOLDEN * (high - low)
    if (loss(a) < loss(b)) high = b
    else low = a
  }
  return Math.exp((low + high) / 2)
}

function lossAt(scores: Float32Array, targets: Float32Array, labels: number, output: 'one' | 'several', temperature: number): number {
  let loss = 0
  for (let at = 0; at < scores.length; at += labels) {
    const row = scores.subarray(at, at + labels)
    const shares = output === 'one' ? softmax(row, temperature) : sigmoids(row, temperature)
    for (let c = 0; c < labels; c++) {
      const target = targets[at + c] ?? 0
      const share = Math.min(1 - 1e-7, Math.max(1e-7, shares[c] ?? 0))
      loss -= target * Math.log(share) + (output === 'several' ? (1 - target) * Math.log(1 - share) : 0)
    }
  }
  return loss
}
