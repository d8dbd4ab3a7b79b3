import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Article } from '../../../src-shared/events.ts'
import { INTENTS, type Language, MOODS } from '../../../src-shared/taxonomy.ts'
import { labelsIn } from '../evaluation/mood.ts'
import { plainLabel, UNKNOWN } from '../evaluation/predictor.ts'
import { EvaluationError, readTable } from '../evaluation/table.ts'
import type { Extractor } from '../models/features.ts'
import type { ModelData } from '../models/model.ts'
import { borrowedFrom } from './borrowed.ts'
import { trainEmotions } from './emotions.ts'
import { type Labelled, trainIntents } from './intents.ts'
import { trainRetrieval } from './retrieval.ts'
import { trainTaxonomyIntents, trainTaxonomyMoods } from './taxonomy.ts'

/** What a model is made of, for the page that goes with it. */
export interface Source {
  file: string
  licence: string
  attribution: string
}

/** One model that `npm run train` can make. */
export interface Plan {
  name: string
  sources: readonly Source[]
  /** @throws EvaluationError when a file is missing or wrong */
  train(extract: Extractor, tell: (line: string) => void): ModelData
}

const EMOTIONS_TRAIN: Source = {
  file: 'mood-en/goemotions-train.tsv',
  licence: 'Apache 2.0',
  attribution: 'GoEmotions, Demszky et al., Google Research'
}
/** How many of their questions stand for questions that nobody here can answer. */
const FOREIGN_QUESTIONS = 700

const LANGUAGES: readonly Language[] = ['en', 'zh']

/**
 * The models that can be made: those of the bank's own taxonomy from `own` (resources/training), and, where `data` holds their files, heads
 * for public label sets. Public texts also help the taxonomy's English intents.
 */
export function plansFor(own: string, data: string | undefined): Plan[] {
  const borrowed = data === undefined ? { rows: [], sources: [] } : borrowedFrom(data)
  const written = (name: string): Source => ({
    file: `${name}.tsv`,
    licence: 'part of this program',
    attribution: 'written for this program'
  })
  return [
    {
      name: 'intent-en',
      sources: [written('intent-en'), ...borrowed.sources],
      train: (extract, tell) =>
        trainTaxonomyIntents([...labelled(join(own, 'intent-en.tsv'), 'intent', INTENTS), ...borrowed.rows], 'en', extract, tell)
    },
    {
      name: 'intent-zh',
      sources: [written('intent-zh')],
      train: (extract, tell) => trainTaxonomyIntents(labelled(join(own, 'intent-zh.tsv'), 'intent', INTENTS), 'zh', extract, tell)
    },
    ...LANGUAGES.map((language): Plan => {
      const name = `mood-${language}`
      return {
        name,
        sources: [written(name)],
        train: (extract, tell) => trainTaxonomyMoods(labelled(join(own, `${name}.tsv`), 'mood', MOODS), language, extract, tell)
      }
    }),
    ...LANGUAGES.map((language): Plan => {
      const name = `retrieval-${language}`
      return {
        name,
        sources: [written(`intent-${language}`), written(name), written(`questions-${language}`)],
        train: (extract) => {
          const questions = [name, `questions-${language}`].flatMap((file) => questionsIn(own, `${file}.tsv`))
          return trainRetrieval(name, language, labelled(join(own, `intent-${language}.tsv`), 'intent', INTENTS), questions, extract)
        }
      }
    }),
    ...(data === undefined ? [] : publicPlans(own, data))
  ]
}

/** Questions with the intents of the articles that answer them. */
function questionsIn(own: string, file: string): Labelled[] {
  // A file of our own, checked by the practice centre's loader and its tests.
  const articles = JSON.parse(readFileSync(join(own, '../practice/articles.json'), 'utf8')) as Article[]
  const intents = new Map(articles.map(({ articleId, intents: [first] }) => [articleId, first]))
  return readTable(join(own, file), ['question', 'article']).flatMap(({ question, article, line }) => {
    if (!intents.has(article)) throw new EvaluationError('unknown-labels', `${file}, line ${line}: there is no article "${article}".`)
    const label = intents.get(article)
    return label === undefined ? [] : [{ text: question, label }]
  })
}

function labelled(file: string, column: 'intent' | 'mood', known: readonly string[]): Labelled[] {
  return readTable(file, ['text', column]).map((row) => {
    const label = row[column]
    if (!known.includes(label))
      throw new EvaluationError('unknown-labels', `${file}, line ${row.line}: "${label}" is none of ${known.join(', ')}.`)
    return { text: row.text, label }
  })
}

function publicPlans(own: string, data: string): Plan[] {
  const intents = (file: string) =>
    readTable(join(data, 'intent-en', file), ['text', 'intent']).map(({ text, intent }) => ({ text, label: plainLabel(intent) }))
  const emotions = (file: string) =>
    readTable(join(data, 'mood-en', file), ['text', 'emotions']).map(({ text, emotions: cell }) => ({ text, labels: labelsIn(cell) }))
  /** Texts of no intent at all: customers' small talk, and questions that strangers asked each other. */
  const elsewhere = (): Labelled[] => [
    ...labelled(join(own, 'intent-en.tsv'), 'intent', INTENTS).filter(({ label }) => label === UNKNOWN),
    ...emotions('goemotions-train.tsv')
      .filter(({ text }) => /^[^[]{20,90}\?$/.test(text))
      .slice(0, FOREIGN_QUESTIONS)
      .map(({ text }) => ({ text: text.toLowerCase().replace('?', ''), label: UNKNOWN }))
  ]
  const plans: Plan[] = [
    {
      name: 'banking77',
      sources: [{ file: 'intent-en/banking77-train.tsv', licence: 'CC BY 4.0', attribution: 'BANKING77, PolyAI Limited' }],
      train: (extract, tell) =>
        trainIntents(
          intents('banking77-train.tsv'),
          { name: 'banking77', unknown: UNKNOWN, folds: 5, precision: 0.987, recall: 0 },
          extract,
          tell
        )
    },
    {
      name: 'clinc150',
      sources: [
        ...['train', 'dev'].map((part) => ({
          file: `intent-en/clinc150-${part}.tsv`,
          licence: 'CC BY 3.0',
          attribution: 'CLINC150, Larson et al., Clinc, Inc.'
        })),
        EMOTIONS_TRAIN
      ],
      train: (extract, tell) => {
        const order = { name: 'clinc150', unknown: UNKNOWN, folds: 0, tuning: intents('clinc150-dev.tsv'), precision: 0.987, recall: 0.65 }
        return trainIntents([...intents('clinc150-train.tsv'), ...elsewhere()], order, extract, tell)
      }
    },
    {
      name: 'goemotions',
      sources: [EMOTIONS_TRAIN, { ...EMOTIONS_TRAIN, file: 'mood-en/goemotions-dev.tsv' }],
      train: (extract, tell) =>
        trainEmotions(
          emotions('goemotions-train.tsv'),
          { name: 'goemotions', folds: 0, tuning: emotions('goemotions-dev.tsv') },
          extract,
          tell
        )
    }
  ]
  return plans.filter(({ sources }) => sources.every(({ file }) => existsSync(join(data, file))))
}
