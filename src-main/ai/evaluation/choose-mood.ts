import { MOODS } from '../../../src-shared/taxonomy.ts'
import { createAi } from '../index.ts'
import { createExtractor } from '../models/features.ts'
import { encodeModel } from '../models/file.ts'
import { createModel } from '../models/model.ts'
import { trainEmotions } from '../training/emotions.ts'
import type { EvaluationOrder } from './evaluate.ts'
import { moodsBy } from './models.ts'
import { labelsIn, type MoodPredictor } from './mood.ts'
import { readTable } from './table.ts'

const FOLDS = 5
const EMOTIONS = 'goemotions'

/** The model of a file's label set; the taxonomy's, when no other fits and only the three-way view can be compared. */
export function moodPredictor(
  column: string,
  rows: readonly { labels: ReadonlySet<string> }[],
  order: EvaluationOrder
): { predictor: MoodPredictor; model: string; sameLabels: boolean } {
  if (order.train !== undefined) {
    const examples = readTable(order.train, ['text', column]).map((row) => ({
      text: row['text'] ?? '',
      labels: labelsIn(row[column] ?? '')
    }))
    const extract = createExtractor()
    const data = trainEmotions(examples, { name: 'trained', folds: FOLDS }, extract, order.tell)
    return { predictor: moodsBy(createModel(data, extract), encodeModel(data).length), model: 'trained', sameLabels: true }
  }
  const wanted = new Set(rows.flatMap(({ labels }) => [...labels]))
  const moods: ReadonlySet<string> = new Set(MOODS)
  const emotions = order.models.model(EMOTIONS)
  const sameLabels = [...wanted].every((label) => moods.has(label))
  if (!sameLabels && emotions && [...wanted].every((label) => emotions.labels.includes(label)))
    return { predictor: moodsBy(emotions, order.models.bytes(EMOTIONS)), model: EMOTIONS, sameLabels: true }
  const ai = createAi(order.models)
  return {
    predictor: {
      predict: (text) => new Set([ai.mood(text).mood]),
      modelBytes: order.models.bytes('mood-en') + order.models.bytes('mood-zh')
    },
    model: 'taxonomy',
    sameLabels
  }
}
