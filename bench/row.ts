/** One line of bench/results.json: a figure beside a baseline that was measured in the same run. */
export interface BenchRow {
  name: string
  value: number
  unit: string
  baseline: number
  /** value / baseline */
  ratio: number
  /** What `ok` was decided by, in words. */
  goal: string
  ok: boolean
}
