import { INTENTS } from '../../../src-shared/taxonomy.ts'
import { createAi } from '../index.ts'
import { createExtractor } from '../models/features.ts'
import { encodeModel } from '../models/file.ts'
import { createModel } from '../models/model.ts'
import { trainIntents } from '../training/intents.ts'
import type { EvaluationOrder } from './evaluate.ts'
import { intentsBy } from './models.ts'
import { type Predictor, plainLabel, UNKNOWN } from './predictor.ts'
import { EvaluationError, readTable } from './table.ts'

/** What the front desk may answer by itself (ARCHITECTURE.md, taxonomy). */
export const STANDARD: ReadonlySet<string> = new Set([
  'balance',
  'transactions',
  'interest_rates',
  'repayment_due',
  'fees',
  'statement',
  'branch_atm',
  'transfer_status',
  'loan_status',
  'policy_status'
])
/** Heads for public label sets that are shipped beside the taxonomy's. */
const HEADS = ['banking77', 'clinc150'] as const
const FOLDS = 5
/** What the thresholds of a model trained on the spot aim at, held out. */
const PRECISION = 0.987
const RECALL = 0.65

/**
 * The model of a file's label set; with `--train`, one trained on the spot.
 *
 * @throws EvaluationError `unknown-labels` when no shipped model knows them
 */
export function intentPredictor(labels: readonly string[], order: EvaluationOrder): { predictor: Predictor; model: string } {
  if (order.train !== undefined) return { predictor: trained(order.train, order.dev, order.tell), model: 'trained' }
  const wanted = new Set(labels.map(plainLabel).filter((label) => label !== UNKNOWN))
  const taxonomy: ReadonlySet<string> = new Set(INTENTS)
  if ([...wanted].every((label) => taxonomy.has(label))) return { predictor: taxonomyPredictor(order), model: 'taxonomy' }
  for (const name of HEADS) {
    const model = order.models.model(name)
    if (model && [...wanted].every((label) => model.labels.includes(label)))
      return { predictor: intentsBy(model, order.models.bytes(name)), model: name }
  }
  const strange = [...wanted].filter((label) => !taxonomy.has(label)).slice(0, 3)
  throw new EvaluationError(
    'unknown-labels',
    `No shipped model knows all labels of ${order.file} (such as ${strange.join(', ')}). Give --train FILE.`
  )
}

function taxonomyPredictor({ models }: EvaluationOrder): Predictor {
  const ai = createAi(models)
  return {
    modelBytes: models.bytes('intent-en') + models.bytes('intent-zh'),
    predict: (text) => {
      const score = ai.intent(text)
      return { label: score.intent, confidence: score.confidence, answered: ai.sureOf(text, score) }
    }
  }
}

function trained(train: string, dev: string | undefined, tell: (line: string) => void): Predictor {
  const rows = labelled(train)
  const labels = new Set(rows.map(({ label }) => label))
  if (labels.size < 2) throw new EvaluationError('one-sided', `${train} has only one label; training needs two.`)
  const tuning = dev === undefined ? undefined : labelled(dev)
  const strange = tuning?.find(({ label }) => !labels.has(label))
  if (strange) throw new EvaluationError('unknown-labels', `${dev} has the label "${strange.label}", which ${train} has not.`)
  const extract = createExtractor()
  const order = { name: 'trained', unknown: UNKNOWN, folds: FOLDS, precision: PRECISION, recall: RECALL, ...(tuning && { tuning }) }
  const data = trainIntents(rows, order, extract, tell)
  return intentsBy(createModel(data, extract), encodeModel(data).length)
}

const labelled = (file: string) => readTable(file, ['text', 'intent']).map(({ text, intent }) => ({ text, label: plainLabel(intent) }))
