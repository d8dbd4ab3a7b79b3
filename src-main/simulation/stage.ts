import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAi } from '../ai/index.ts'
import { createModelShelf } from '../ai/models/shelf.ts'
import { readFlows } from '../centre/front-desk/flows.ts'
import { rememberingAi } from '../practice/remembering-ai.ts'
import { loadScenarios } from '../practice/scenarios/load.ts'
import type { Stage } from './day.ts'

/** So many different lines are read once only. */
const REMEMBERED = 50_000

/** The project's own content, flows and intelligence, from its resources. @throws what their readers throw */
export function openStage(resources: string, pickUpMs: number, tell: (line: string) => void): Stage {
  const content = loadScenarios(join(resources, 'practice'))
  const ai = rememberingAi(createAi(createModelShelf(join(resources, 'models'), tell)), REMEMBERED)
  ai.setArticles(content.articles)
  return { ai, content, flows: readFlows(readFileSync(join(resources, 'front-desk', 'flows.json'), 'utf8')), pickUpMs }
}

/** What reads the callers' words. */
export const modelIn = (resources: string): string =>
  existsSync(join(resources, 'models', 'intent-en.bin'))
    ? 'word lists and trained models'
    : 'word lists alone, there is no trained model in resources/models'
