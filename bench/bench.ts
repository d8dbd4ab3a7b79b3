import { record } from './results.ts'
import type { BenchRow } from './row.ts'

/** `npm run bench [-- NAME ...]`: measures, prints a table, and replaces the measured rows in bench/results.json. */

const BENCHES: Record<string, () => Promise<{ run(): Promise<BenchRow[]> }>> = {
  start: () => import('./start-paint.ts'),
  'hub-apply': () => import('./hub-apply.ts'),
  search: () => import('./search.ts'),
  rpc: () => import('./rpc-roundtrip.ts'),
  copilot: () => import('./copilot-utterance.ts')
}

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
record(rows)
