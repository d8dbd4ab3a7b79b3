import { isStrained } from '../../../src-shared/taxonomy.ts'
import { createAi } from '../index.ts'
import { createExtractor } from '../models/features.ts'
import { createModel } from '../models/model.ts'
import { trainIntents } from '../training/intents.ts'
import type { EvaluationOrder } from './evaluate.ts'
import { EvaluationError, readTable } from './table.ts'

/** Customers' turns whose raters gave less than this on average count as dissatisfied. */
const DISSATISFIED = 2.5

/** @throws EvaluationError when a rating is no number from 1 to 5, or no turn is rated */
export function satisfactionRows(file: string): { item: string; positive: boolean }[] {
  const rows = readTable(file, ['dialogue', 'speaker', 'text', 'satisfaction'])
    .filter(({ satisfaction }) => satisfaction.trim() !== '')
    .map(({ text, satisfaction, line }) => {
      const rating = Number(satisfaction)
      if (!(rating >= 1 && rating <= 5))
        throw new EvaluationError('bad-value', `${file}, line ${line}: satisfaction "${satisfaction}" is no number from 1 to 5.`)
      return { item: text, positive: rating < DISSATISFIED }
    })
  if (rows.length === 0) throw new EvaluationError('empty', `${file} has no rated turn.`)
  return rows
}

/** How dissatisfied a turn sounds: by a model trained on the spot, else by the shipped one of moods. */
export function satisfactionScore(order: EvaluationOrder): (text: string) => number {
  if (order.train !== undefined) {
    const rows = satisfactionRows(order.train).map(({ item, positive }) => ({ text: item, label: positive ? 'dissatisfied' : 'fine' }))
    const extract = createExtractor()
    const data = trainIntents(rows, { name: 'trained', unknown: '', folds: 0, precision: 1, recall: 0 }, extract, order.tell)
    const model = createModel(data, extract)
    const at = model.labels.indexOf('dissatisfied')
    return (text) => model.probabilities(text)[at] ?? 0
  }
  const ai = createAi(order.models)
  return (text) => {
    const { mood, confidence } = ai.mood(text)
    return isStrained(mood) ? 1 + confidence : mood === 'worried' ? confidence : mood === 'satisfied' ? -confidence : 1 - confidence
  }
}
