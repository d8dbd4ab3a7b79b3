import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAi } from '../../../src-main/ai/index.ts'
import { readFlows } from '../../../src-main/centre/front-desk/flows.ts'
import { rememberingAi } from '../../../src-main/practice/remembering-ai.ts'
import { loadScenarios } from '../../../src-main/practice/scenarios/load.ts'
import type { Stage } from '../../../src-main/simulation/day.ts'
import { demandFromProfile } from '../../../src-main/simulation/demand.ts'
import { createMix } from '../../../src-main/simulation/mix.ts'
import type { Demand, Knobs } from '../../../src-main/simulation/plan.ts'
import { readWishes } from '../../../src-main/simulation/understanding.ts'
import { INTENTS } from '../../../src-shared/taxonomy.ts'

const RESOURCES = join(import.meta.dirname, '../../../resources')

/** The project's own content and intelligence, with lists alone: the same whatever models are there. */
export function stageForTests(rest: Partial<Stage> = {}) {
  const content = loadScenarios(join(RESOURCES, 'practice'))
  const ai = rememberingAi(createAi())
  ai.setArticles(content.articles)
  const flows = readFlows(readFileSync(join(RESOURCES, 'front-desk/flows.json'), 'utf8'))
  const wishes = readWishes(readFileSync(join(RESOURCES, 'simulation/wishes.tsv'), 'utf8'), INTENTS)
  const stage: Stage = { ai, content, flows, pickUpMs: 2_000, ...rest }
  return { stage, wishes, mix: createMix(content.scenarios, wishes) }
}

export const KNOBS: Knobs = { load: 1, staff: 1, insistsRatio: 0.1, unsettledRatio: 0.15, articleHelpsRatio: 0.5, personTime: 1 }

/** The same number of calls and people in each of these hours. */
export function steady(hours: readonly [number, number], calls: number, agents: number, serviceMs: number, patienceMs: number): Demand {
  const rows = Array.from({ length: hours[1] - hours[0] }, (_, i) => `${hours[0] + i}\t${calls}\t${agents}`)
  return demandFromProfile(`hour\tcalls\tagents\n${rows.join('\n')}`, serviceMs, patienceMs)
}
