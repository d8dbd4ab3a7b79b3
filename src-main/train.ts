import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { EvaluationError } from './ai/evaluation/table.ts'
import { createExtractor } from './ai/models/features.ts'
import { decodeModel, encodeModel } from './ai/models/file.ts'
import { writeCard } from './ai/training/card.ts'
import { plansFor } from './ai/training/train.ts'

/**
 * `npm run train -- [--data DIR] [--only NAME,NAME] [--out DIR]`: makes the models of resources/models from resources/training and, with
 * --data, from public sets. The same files give the same bytes. Ends with 2 when a file is at fault.
 */
function main(): void {
  const { values } = parseArgs({ options: { data: { type: 'string' }, only: { type: 'string' }, out: { type: 'string' } } })
  const resources = join(import.meta.dirname, '../resources')
  const out = values.out ?? join(resources, 'models')
  const plans = plansFor(join(resources, 'training'), values.data)
  const only = values.only?.split(',')
  const strange = only?.filter((name) => !plans.some((plan) => plan.name === name)) ?? []
  if (strange.length > 0)
    throw new EvaluationError('unknown-task', `Cannot make ${strange.join(', ')}; there are: ${plans.map(({ name }) => name).join(', ')}.`)
  mkdirSync(out, { recursive: true })
  const extract = createExtractor()
  const tell = (line: string) => console.log(line)
  for (const plan of plans.filter(({ name }) => only?.includes(name) ?? true)) {
    const started = Date.now()
    const bytes = encodeModel(plan.train(extract, tell))
    write(join(out, `${plan.name}.bin`), bytes)
    tell(`${plan.name}: ${bytes.length} bytes, ${Math.round((Date.now() - started) / 1000)} s`)
  }
  const made = plans.flatMap(({ name, sources }) => {
    const path = join(out, `${name}.bin`)
    if (!existsSync(path)) return []
    const bytes = readFileSync(path)
    return [{ data: decodeModel(bytes), bytes: bytes.length, sources }]
  })
  write(join(out, 'model-card.md'), writeCard(made))
}

/** Never leaves half a file behind. */
function write(path: string, content: Uint8Array | string): void {
  writeFileSync(`${path}.new`, content)
  renameSync(`${path}.new`, path)
}

try {
  main()
} catch (error) {
  console.error(error instanceof EvaluationError || !(error instanceof Error) ? String(error) : (error.stack ?? error.message))
  process.exitCode = 2
}
