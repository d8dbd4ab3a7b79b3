import type { Article } from '../../src-shared/events.ts'
import type { Language } from '../../src-shared/taxonomy.ts'
import type { Ai, Turn } from './ai.ts'
import { checkTurns } from './compliance/checks.ts'
import { createRuleBook } from './compliance/rule-book.ts'
import { entitiesIn } from './entities.ts'
import { intentOfTurns } from './intent/conversation.ts'
import { createWeigh, decide } from './intent/score.ts'
import { languageOf } from './language.ts'
import { maskText } from './mask.ts'
import { createMoodOf } from './mood/score.ts'
import { lazily, remember } from './remember.ts'
import { createShelf } from './retrieval/shelf.ts'
import { sensitiveIn } from './sensitive.ts'
import { createActsOf } from './summary/acts.ts'
import { writeSummary } from './summary/summary.ts'
import { createReader } from './text/reading.ts'

/** Lines kept ready: some dozens of conversations. Only in memory, only as long as the process lives. */
const MEMORY = 1_500

/**
 * The local intelligence: weighted lexicons, no model, no network, no state that changes an answer. Cheap to make; the lexicons are
 * compiled at first use.
 */
export function createAi(): Ai {
  const read = createReader()
  const reading = remember(read, MEMORY)
  const weigher = lazily(createWeigh)
  const moods = lazily(createMoodOf)
  const book = lazily(createRuleBook)
  const acting = lazily(createActsOf)
  let articles: readonly Article[] = []
  const newShelves = () =>
    ({ en: lazily(() => createShelf(articles, 'en', read)), zh: lazily(() => createShelf(articles, 'zh', read)) }) satisfies Record<
      Language,
      unknown
    >
  let shelves = newShelves()

  const weigh = remember((text) => weigher()(reading(text)), MEMORY)
  const mood = remember((text) => moods()(reading(text)), MEMORY)
  const sensitive = remember((text) => sensitiveIn(reading(text)), MEMORY)
  const mask = remember((text) => maskText(text, read), MEMORY)
  const entities = remember((text) => entitiesIn(reading(text)), MEMORY)
  const steps = remember((text) => book().steps(reading(text)), MEMORY)
  const acts = remember((text) => acting()(reading(text)), MEMORY)
  const findingsOf = {
    agent: remember((text) => book().findings(reading(text), 'agent', sensitive(text)), MEMORY),
    customer: remember((text) => book().findings(reading(text), 'customer', sensitive(text)), MEMORY)
  }
  const checks: Ai['checks'] = (turns, intent) =>
    checkTurns(turns, intent, (turn: Turn) => ({
      steps: steps(turn.text),
      findings: turn.speaker === 'agent' ? findingsOf.agent(turn.text) : []
    }))

  return {
    language: languageOf,
    intent: (text) => decide(weigh(text)),
    intentOf: (turns) => intentOfTurns(turns, weigh),
    // Copies, so that nobody's change to an answer reaches the next one who asks.
    mood: (text) => structuredClone(mood(text)),
    entities: (text) => structuredClone(entities(text)),
    mask,
    findings: (text, speaker) => structuredClone(findingsOf[speaker](text)),
    checks,
    summary: (turns, intent, language) =>
      writeSummary(turns, intent, language, checks(turns, intent), {
        mask,
        entities,
        mood: (text) => mood(text).mood,
        acts,
        aboutness: (text, about) => weigh(text).reduce((sum, item) => (item.intent === about ? sum + item.weight : sum), 0)
      }),
    retrieve: (query, intent, language, limit) => shelves[language]().search(query, intent, limit),
    setArticles: (next) => {
      articles = [...next]
      shelves = newShelves()
    }
  }
}
