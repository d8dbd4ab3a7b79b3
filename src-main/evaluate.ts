import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { evaluate, TASKS } from './ai/evaluation/evaluate.ts'
import { EvaluationError } from './ai/evaluation/table.ts'
import { createModelShelf } from './ai/models/shelf.ts'

/** `npm run evaluate -- --task TASK --data FILE [--train FILE [--dev FILE]] [--json]`. Ends with 2 when the order or a file is at fault. */
const USAGE = `usage: npm run evaluate -- --task ${TASKS.join('|')} --data FILE [--train FILE [--dev FILE]] [--json]`

function main(): void {
  const { values } = parseArgs({
    options: {
      task: { type: 'string' },
      data: { type: 'string' },
      train: { type: 'string' },
      dev: { type: 'string' },
      json: { type: 'boolean', default: false }
    }
  })
  if (!values.task || !values.data) throw new Error(USAGE)
  const resources = join(import.meta.dirname, '../resources')
  const tell = (line: string) => console.error(line)
  const figures = evaluate({
    task: values.task,
    file: values.data,
    ...(values.train === undefined ? {} : { train: values.train }),
    ...(values.dev === undefined ? {} : { dev: values.dev }),
    resources,
    models: createModelShelf(join(resources, 'models'), tell),
    tell
  })
  if (values.json) console.log(JSON.stringify(figures))
  else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(24)} ${value ?? 'N/A'}`)
}

try {
  main()
} catch (error) {
  console.error(error instanceof EvaluationError || !(error instanceof Error) ? String(error) : error.message)
  process.exitCode = 2
}
