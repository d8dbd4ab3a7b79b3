import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { INTENTS, type Language, MOODS } from '../../../src-shared/taxonomy.ts'
import { labelsIn } from '../evaluation/mood.ts'
import { plainLabel, UNKNOWN } from '../evaluation/predictor.ts'
import { EvaluationError, readTable } from '../evaluation/table.ts'
import type { Extractor } from '../models/features.ts'
import type { ModelData } from '../models/model.ts'
import { trainEmotions } from './emotions.ts'
import { type Labelled, trainIntents } from './intents.ts'
import { type Trained, trainTaxonomyIntents, trainTaxonomyMoods } from './taxonomy.ts'

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

const OWN = { licence: 'part of this program', attribution: 'written for this program' }
const LANGUAGES: readonly Language[] = ['en', 'zh']

/**
 * The models that can be made: those of the bank's own taxonomy from `own` (resources/training), and, where `data` holds their files, heads
 * for public label sets.
 */
export function plansFor(own: string, data: string | undefined): Plan[] {
  return [...LANGUAGES.flatMap((language) => ownPlans(own, language)), ...(data === undefined ? [] : publicPlans(data))]
}

function ownPlans(own: string, language: Language): Plan[] {
  const plan = (kind: 'intent' | 'mood', known: readonly string[], train: typeof trainTaxonomyIntents): Plan => ({
    name: `${kind}-${language}`,
    sources: [{ file: `${kind}-${language}.tsv`, ...OWN }],
    train: (extract, tell) => told(train(labelled(join(own, `${kind}-${language}.tsv`), kind, known), language, extract, tell), tell).data
  })
  return [plan('intent', INTENTS, trainTaxonomyIntents), plan('mood', MOODS, trainTaxonomyMoods)]
}

function labelled(file: string, column: 'intent' | 'mood', known: readonly string[]): Labelled[] {
  return readTable(file, ['text', column]).map((row) => {
    const label = row[column]
    if (!known.includes(label))
      throw new EvaluationError('unknown-labels', `${file}, line ${row.line}: "${label}" is none of ${known.join(', ')}.`)
    return { text: row.text, label }
  })
}

function told(trained: Trained, tell: (line: string) => void): Trained {
  const { judged } = trained
  const inScope = judged.filter((row) => row.inScope)
  tell(`held out: ${((100 * inScope.filter(({ right }) => right).length) / inScope.length).toFixed(1)} % of ${inScope.length} right`)
  return trained
}

function publicPlans(data: string): Plan[] {
  const banking = join(data, 'intent-en/banking77-train.tsv')
  const clinc = join(data, 'intent-en/clinc150-train.tsv')
  const emotions = join(data, 'mood-en/goemotions-train.tsv')
  const heads = (name: string, file: string, source: Source): Plan => ({
    name,
    sources: [source],
    train: (extract, tell) => {
      const rows = readTable(file, ['text', 'intent']).map(({ text, intent }) => ({ text, label: plainLabel(intent) }))
      return trainIntents(rows, { name, unknown: UNKNOWN, folds: 4, precision: 0.987, recall: 0.65 }, extract, tell).data
    }
  })
  return [
    heads('banking77', banking, { file: 'banking77-train.tsv', licence: 'CC BY 4.0', attribution: 'BANKING77, PolyAI Limited' }),
    heads('clinc150', clinc, { file: 'clinc150-train.tsv', licence: 'CC BY 3.0', attribution: 'CLINC150, Larson et al., Clinc, Inc.' }),
    {
      name: 'goemotions',
      sources: [{ file: 'goemotions-train.tsv', licence: 'Apache 2.0', attribution: 'GoEmotions, Demszky et al., Google Research' }],
      train: (extract: Extractor, tell: (line: string) => void) =>
        trainEmotions(
          readTable(emotions, ['text', 'emotions']).map(({ text, emotions: cell }) => ({ text, labels: labelsIn(cell) })),
          { name: 'goemotions', folds: 3 },
          extract,
          tell
        )
    }
  ].filter((_, i) => existsSync([banking, clinc, emotions][i] ?? ''))
}
