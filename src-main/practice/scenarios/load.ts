import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Article, Customer } from '../../../src-shared/events.ts'
import { type Line, Parties, Scenario } from './format.ts'
import { linesOf, linesOfPart } from './match.ts'

/** What the practice centre plays with: who calls, what they say, and what the bank knows. */
export interface PracticeContent {
  scenarios: Scenario[]
  customers: Customer[]
  articles: Article[]
  parties: Parties
}

/** Content that cannot be used: which file (relative to the practice folder), which field, and why. */
export class PracticeContentError extends Error {
  readonly file: string
  readonly field: string
  constructor(file: string, field: string, why: string, cause?: unknown) {
    super(`${file}: ${field}: ${why}`, { cause })
    this.name = 'PracticeContentError'
    this.file = file
    this.field = field
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')

function read<T>(dir: string, file: string, schema: z.ZodType<T>): T {
  let raw: unknown
  try {
    raw = JSON.parse(readFileSync(join(dir, file), 'utf8'))
  } catch (error) {
    throw new PracticeContentError(file, '(file)', isMissing(error) ? 'is missing' : `cannot be read: ${String(error)}`, error)
  }
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new PracticeContentError(file, issue?.path.join('.') || '(root)', issue?.message ?? 'is not valid', parsed.error)
}

function refuseTwins(ids: readonly string[], file: string, fieldOf: (index: number) => string): void {
  const seen = new Set<string>()
  ids.forEach((id, index) => {
    if (seen.has(id)) throw new PracticeContentError(file, fieldOf(index), `'${id}' is there twice`)
    seen.add(id)
  })
}

function voiceFiles(dir: string, scenarioId: string): Set<string> {
  try {
    return new Set(readdirSync(join(dir, 'voices', scenarioId)))
  } catch (error) {
    if (isMissing(error)) return new Set()
    throw error
  }
}

function readScenario(dir: string, name: string, customers: ReadonlySet<string>): Scenario {
  const file = `scenarios/${name}`
  const scenario = read(dir, file, Scenario)
  if (`${scenario.id}.json` !== name) throw new PracticeContentError(file, 'id', `'${scenario.id}' does not name its file`)
  if (!customers.has(scenario.customerId)) {
    throw new PracticeContentError(file, 'customerId', `'${scenario.customerId}' is not in customers.json`)
  }
  const lines = linesOf(scenario)
  refuseTwins(
    lines.map((line) => line.id),
    file,
    (index) => `line ${lines[index]?.id ?? index}`
  )
  if (scenario.channels.includes('voice')) needVoices(dir, file, scenario.id, lines)
  return scenario
}

function needVoices(dir: string, file: string, folder: string, lines: readonly Line[]): void {
  const voices = voiceFiles(dir, folder)
  for (const line of lines) {
    if (voices.has(`${line.id}.ulaw`)) continue
    const missing = `voices/${folder}/${line.id}.ulaw is missing (node resources/tools/voices.mjs makes it)`
    throw new PracticeContentError(file, `line ${line.id}`, missing)
  }
}

function readParties(dir: string): Parties {
  const parties = read(dir, 'parties.json', Parties)
  for (const language of ['en', 'zh'] as const) {
    for (const role of ['colleague', 'customer'] as const) {
      needVoices(dir, 'parties.json', `${language}-${role}`, linesOfPart(parties[language][role]))
    }
  }
  return parties
}

/**
 * Reads and checks everything in `dir` (resources/practice); scenarios come in the order of their ids.
 * @throws PracticeContentError that names the file and the field when something cannot be used.
 */
export function loadScenarios(dir: string): PracticeContent {
  const customers = read(dir, 'customers.json', z.array(Customer))
  refuseTwins(
    customers.map((customer) => customer.customerId),
    'customers.json',
    (index) => `${index}.customerId`
  )
  const articles = read(dir, 'articles.json', z.array(Article))
  refuseTwins(
    articles.map((article) => article.articleId),
    'articles.json',
    (index) => `${index}.articleId`
  )
  const known = new Set(customers.map((customer) => customer.customerId))
  const scenarios = scenarioFiles(dir).map((name) => readScenario(dir, name, known))
  return { scenarios, customers, articles, parties: readParties(dir) }
}

function scenarioFiles(dir: string): string[] {
  try {
    return readdirSync(join(dir, 'scenarios'))
      .filter((name) => name.endsWith('.json'))
      .sort()
  } catch (error) {
    throw new PracticeContentError('scenarios', '(folder)', 'cannot be read', error)
  }
}
