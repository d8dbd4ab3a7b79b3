import type { Article, IntentScore } from '../../src-shared/events.ts'
import type { Language } from '../../src-shared/taxonomy.ts'
import type { Ai, Turn } from './ai.ts'
import { checkTurns } from './compliance/checks.ts'
import { createRuleBook } from './compliance/rule-book.ts'
import { entitiesIn } from './entities.ts'
import { weighByModel } from './intent/by-model.ts'
import { intentOfTurns } from './intent/conversation.ts'
import { createWeigh, decide } from './intent/score.ts'
import { languageOf } from './language.ts'
import { maskText } from './mask.ts'
import type { ModelShelf } from './models/shelf.ts'
import { moodByModel } from './mood/by-model.ts'
import { createSignsOfMood } from './mood/score.ts'
import { lazily, remember } from './remember.ts'
import { createShelf } from './retrieval/shelf.ts'
import { createSimilarity, createSynonyms } from './retrieval/similarity.ts'
import { sensitiveIn } from './sensitive.ts'
import { createActsOf } from './summary/acts.ts'
import { promisesIn, writeSummary } from './summary/summary.ts'
import { createReader } from './text/reading.ts'

/** Lines kept ready: some dozens of conversations. Only in memory, only as long as the process lives. */
const MEMORY = 1_500

/** Without a model to say so, the lexicon must be this confident to be relied on. */
const LEXICON_SURE = 0.9

export interface LocalAi extends Ai {
  /** Whether a score of this text is sure enough for an answer without a person. */
  sureOf(text: string, score: IntentScore): boolean
}

/**
 * The local intelligence: small trained models joined with weighted lexicons, no network, no state that changes an answer. Cheap to
 * make; models are read and lexicons compiled at first use. Without models (or where a file is missing or damaged) the lexicons alone
 * answer.
 */
export function createAi(models?: ModelShelf): LocalAi {
  const read = createReader()
  const reading = remember(read, MEMORY)
  const weigher = lazily(createWeigh)
  const signs = lazily(createSignsOfMood)
  const book = lazily(createRuleBook)
  const acting = lazily(createActsOf)
  const synonyms = lazily(() => createSynonyms(read))
  const similarity = lazily(() => createSimilarity(read, synonyms()))
  const alike = (a: string, b: string): number => similarity()(a, b)
  /** Which topics a question is about: by the model made for it, else by that of intents. */
  const topics = remember((text): ReadonlyMap<string, number> => {
    const language = languageOf(text)
    const model = models?.model(`retrieval-${language}`) ?? models?.model(`intent-${language}`)
    const shares = model?.probabilities(text) ?? []
    return new Map([...shares].map((share, i) => [model?.labels[i] ?? '', share]))
  }, MEMORY)
  let articles: readonly Article[] = []
  const newShelves = () =>
    ({
      en: lazily(() => createShelf(articles, 'en', read, alike, topics)),
      zh: lazily(() => createShelf(articles, 'zh', read, alike, topics))
    }) satisfies Record<Language, unknown>
  let shelves = newShelves()

  const intents = (text: string) => models?.model(`intent-${languageOf(text)}`)
  const weigh = remember((text) => {
    const phrases = weigher()(reading(text))
    const model = intents(text)
    return model ? weighByModel(text, model, phrases) : phrases
  }, MEMORY)
  const mood = remember((text) => {
    const found = signs()(reading(text))
    const model = models?.model(`mood-${languageOf(text)}`)
    return model ? moodByModel(text, model, found) : found.decide()
  }, MEMORY)
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
    intent: (text) => {
      const unknown = intents(text)?.settings['unknown']
      return decide(weigh(text), unknown === undefined ? undefined : { confidence: unknown, margin: 0 })
    },
    sureOf: (text, { intent, confidence }) => intent !== 'unknown' && confidence >= (intents(text)?.settings['answer'] ?? LEXICON_SURE),
    similarity: alike,
    intentOf: (turns) => intentOfTurns(turns, weigh),
    // Copies, so that nobody's change to an answer reaches the next one who asks.
    mood: (text) => structuredClone(mood(text)),
    entities: (text) => structuredClone(entities(text)),
    mask,
    findings: (text, speaker) => structuredClone(findingsOf[speaker](text)),
    checks,
    summary: (turns, intent, language, known) =>
      writeSummary(turns, intent, language, known?.verified ? [] : checks(turns, intent), {
        mask,
        entities,
        mood: (text) => mood(text).mood,
        acts,
        aboutness: (text, about) => weigh(text).reduce((sum, item) => (item.intent === about ? sum + item.weight : sum), 0)
      }),
    promises: (turns, language) => promisesIn(turns, language, { acts }),
    retrieve: (query, intent, language, limit) => shelves[language]().search(query, intent, limit),
    setArticles: (next) => {
      articles = [...next]
      shelves = newShelves()
    }
  }
}
