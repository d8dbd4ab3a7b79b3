/** Two-sided 97.5 % points of Student's t for 1..30 degrees of freedom; beyond, the normal's. */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042
]
const NORMAL = 1.96

/** A mean over independent runs with its 95 % confidence interval. */
export interface Estimate {
  mean: number
  low: number
  high: number
  runs: number
}

/** Student's t interval. One value has no interval: it is reported as endless. None: all are NaN. */
export function estimate(values: readonly number[]): Estimate {
  const known = values.filter((value) => Number.isFinite(value))
  const n = known.length
  const mean = known.reduce((sum, value) => sum + value, 0) / n
  if (n === 0) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN, runs: 0 }
  if (n === 1) return { mean, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, runs: 1 }
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)
  const half = (T[n - 2] ?? NORMAL) * Math.sqrt(variance / n)
  return { mean, low: mean - half, high: mean + half, runs: n }
}
