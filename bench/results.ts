import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchRow } from './row.ts'

/** A run that should not count for this machine writes elsewhere: BENCH_RESULTS. */
const RESULTS = process.env['BENCH_RESULTS'] ?? join(import.meta.dirname, 'results.json')

function known(): BenchRow[] {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8')) as BenchRow[] // our own file
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [] // the first run
    throw error
  }
}

const round = (n: number) => Number(n.toPrecision(4))

/** Prints rows as a table and puts them in the place of earlier ones of the same names in bench/results.json. */
export function record(rows: readonly BenchRow[]): void {
  const shown = rows.map((row) => ({ ...row, value: round(row.value), baseline: round(row.baseline), ratio: round(row.ratio) }))
  const names = new Set(shown.map((row) => row.name))
  writeFileSync(RESULTS, `${JSON.stringify([...known().filter((row) => !names.has(row.name)), ...shown], null, 2)}\n`)
  console.table(shown)
  if (shown.some((row) => !row.ok)) console.error('Some figures miss their goal.')
}
