import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { INTENTS } from '../src-shared/taxonomy.ts'
import { readCallLog } from './simulation/call-log.ts'
import { createCrew } from './simulation/crew.ts'
import { demandFromLog, demandFromProfile, type LogDemand, staffedBy } from './simulation/demand.ts'
import { createMix } from './simulation/mix.ts'
import type { Demand } from './simulation/plan.ts'
import { pageOf, textOf } from './simulation/report.ts'
import { modelIn, openStage } from './simulation/stage.ts'
import { study } from './simulation/study.ts'
import { readWishes, understandingOf } from './simulation/understanding.ts'

/** `npm run simulate`: see docs/simulate.md. Ends with 2 when the order or a file is at fault. */
const USAGE = `usage: npm run simulate -- (--calls FILE | --profile FILE) [--staff FILE] [--seeds N] [--loads 1,2,5,10]
  [--patience empirical|exponential] [--patience-seconds N] [--service-seconds N] [--pick-up-seconds N] [--threads N] [--out report.html]`

class OrderError extends Error {}

function numberOf(text: string, name: string, least: number): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value < least) throw new OrderError(`--${name} is to be a number of at least ${least}\n${USAGE}`)
  return value
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      calls: { type: 'string' },
      profile: { type: 'string' },
      staff: { type: 'string' },
      seeds: { type: 'string', default: '10' },
      loads: { type: 'string', default: '0.5,1,2,5,10' },
      patience: { type: 'string', default: 'empirical' },
      'patience-seconds': { type: 'string', default: '200' },
      'service-seconds': { type: 'string', default: '180' },
      'pick-up-seconds': { type: 'string', default: '2' },
      threads: { type: 'string', default: String(availableParallelism()) },
      out: { type: 'string' }
    }
  })
  if ((values.calls === undefined) === (values.profile === undefined)) throw new OrderError(USAGE)
  if (values.patience !== 'empirical' && values.patience !== 'exponential') throw new OrderError(USAGE)
  const seeds = numberOf(values.seeds, 'seeds', 2)
  let log: LogDemand | undefined
  let demand: Demand
  if (values.calls !== undefined) demand = (log = demandFromLog(readCallLog(readFileSync(values.calls, 'utf8')), values.patience)).demand
  else {
    const [service, patience] = [values['service-seconds'], values['patience-seconds']]
    demand = demandFromProfile(
      readFileSync(values.profile ?? '', 'utf8'),
      numberOf(service, 'service-seconds', 1) * 1000,
      numberOf(patience, 'patience-seconds', 1) * 1000
    )
  }
  if (values.staff !== undefined) demand = staffedBy(demand, readFileSync(values.staff, 'utf8'))

  const resources = join(import.meta.dirname, '../resources')
  const tell = (line: string) => console.error(line)
  const pickUpMs = numberOf(values['pick-up-seconds'], 'pick-up-seconds', 0) * 1000
  const { ai, content } = openStage(resources, pickUpMs, tell)
  const wishes = readWishes(readFileSync(join(resources, 'simulation', 'wishes.tsv'), 'utf8'), INTENTS)
  const days = demand.days.map(({ label }) => label).join(', ')
  const crew = createCrew(numberOf(values.threads, 'threads', 1), resources, pickUpMs)
  const found = await study(
    {
      run: crew.run,
      demand,
      mix: createMix(content.scenarios, wishes),
      knobs: { load: 1, staff: 1, insistsRatio: 0.1, unsettledRatio: 0.15, articleHelpsRatio: 0.5, personTime: 1 },
      seeds: Array.from({ length: seeds }, (_, i) => i + 1),
      tell
    },
    {
      source: `${log ? `Calls of ${log.observed.days.length} days (${days}) of a bank's log, ${log.observed.calls} calls` : 'Calls of a table'}; ${seeds} seeds.`,
      model: modelIn(resources),
      log,
      understanding: understandingOf(ai, wishes),
      pickUpMs,
      loads: values.loads.split(',').map((load) => numberOf(load, 'loads', 0.01))
    }
  ).finally(() => crew.close())
  console.log(textOf(found))
  if (values.out === undefined) return
  writeFileSync(values.out, pageOf(found))
  tell(`The report is in ${values.out}.`)
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}
