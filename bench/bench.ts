import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchRow } from './row.ts'

/** `npm run bench [-- NAME ...]`: measures, prints a table, and replaces the measured rows in bench/results.json. */

const BENCHES: Record<string, () => Promise<{ run(): Promise<BenchRow[]> }>> = {
  start: () => import('./start-paint.ts'),
  'hub-apply': () => import('./hub-apply.ts'),
  search: () => import('./search.ts'),
  rpc: () => import('./rpc-roundtrip.ts'),
  copilot: () => import('./copilot-utterance.ts')
}

const RESULTS = join(import.meta.dirname, 'results.json')

function known(): BenchRow[] {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8')) as BenchRow[] // our own file
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [] // the first run
    throw error
  }
}

const round = (n: number) => Number(n.toPrecision(4))

const wanted = process.argv.slice(2)
const wrong = wanted.filter((name) => !(name in BENCHES))
if (wrong.length > 0) {
  console.error(`No bench is called ${wrong.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}
const rows: BenchRow[] = []
for (const [name, load] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.error(`measuring ${name} ...`)
  const { run } = await load()
  rows.push(...(await run()))
}
const shown = rows.map((row) => ({ ...row, value: round(row.value), baseline: round(row.baseline), ratio: round(row.ratio) }))
const names = new Set(shown.map((row) => row.name))
writeFileSync(RESULTS, `${JSON.stringify([...known().filter((row) => !names.has(row.name)), ...shown], null, 2)}\n`)
console.table(shown)
if (shown.some((row) => !row.ok)) console.error('Some figures miss their goal.')
