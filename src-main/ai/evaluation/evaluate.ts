import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Article } from '../../../src-shared/events.ts'
import { createAi } from '../index.ts'
import type { ModelShelf } from '../models/shelf.ts'
import { intentPredictor, STANDARD } from './choose-intent.ts'
import { moodPredictor } from './choose-mood.ts'
import { evaluateIntent } from './intent.ts'
import { evaluateMood, hasThreeWay, labelsIn } from './mood.ts'
import { evaluateRanking } from './pairs.ts'
import { evaluateRetrieval } from './retrieval.ts'
import { satisfactionRows, satisfactionScore } from './satisfaction.ts'
import { columnsOf, EvaluationError, readTable } from './table.ts'

export const TASKS = ['intent', 'mood', 'satisfaction', 'paraphrase', 'retrieval'] as const
export type Task = (typeof TASKS)[number]

export interface EvaluationOrder {
  task: string
  file: string
  /** Trains on this file first, by the recipe of what is shipped. */
  train?: string
  /** With `train`: thresholds are set on this file instead of by cross-validation. */
  dev?: string
  /** The program's `resources` folder. */
  resources: string
  models: ModelShelf
  /** Takes a line on what is being done. */
  tell: (line: string) => void
}

/** Figures of one task on one file, ready to be printed; `null` where a figure cannot be had from this file. */
export type Figures = { task: Task; file: string; n: number } & Record<string, string | number | null>

/** @throws EvaluationError for anything wrong with the order or its files */
export function evaluate(order: EvaluationOrder): Figures {
  const task = TASKS.find((known) => known === order.task)
  if (!task) throw new EvaluationError('unknown-task', `There is no task "${order.task}"; there are: ${TASKS.join(', ')}.`)
  return { task, file: basename(order.file), ...figuresOf[task](order) }
}

const figuresOf: Readonly<Record<Task, (order: EvaluationOrder) => { n: number } & Record<string, string | number | null>>> = {
  intent: (order) => {
    const rows = readTable(order.file, ['text', 'intent'])
    const { predictor, model } = intentPredictor(
      rows.map(({ intent }) => intent),
      order
    )
    return { ...evaluateIntent(rows, predictor, model === 'taxonomy' ? STANDARD : undefined), model }
  },
  mood: (order) => {
    const columns = columnsOf(order.file)
    const column = ['mood', 'emotions', 'emotion', 'sentiment'].find((name) => columns.includes(name))
    if (!column)
      throw new EvaluationError(
        'missing-column',
        `${order.file} has no column "mood", "emotions", "emotion" or "sentiment"; it has: ${columns.join(', ')}.`
      )
    const rows = readTable(order.file, ['text', column]).map((row) => ({ text: row['text'] ?? '', labels: labelsIn(row[column] ?? '') }))
    const { predictor, model, sameLabels } = moodPredictor(column, rows, order)
    if (!sameLabels && !rows.some(({ labels }) => [...labels].some(hasThreeWay)))
      throw new EvaluationError(
        'unknown-labels',
        `No model knows the labels of ${order.file}, and none of them is known to be calm, neutral or strained. Give --train FILE.`
      )
    return { ...evaluateMood(rows, predictor, sameLabels), model }
  },
  satisfaction: (order) => {
    const rows = satisfactionRows(order.file)
    return { ...evaluateRanking(rows, satisfactionScore(order), order.models.bytes('mood-en')) }
  },
  paraphrase: (order) => {
    const rows = readTable(order.file, ['a', 'b', 'same']).map(({ a, b, same, line }) => {
      if (same !== '0' && same !== '1')
        throw new EvaluationError('bad-value', `${order.file}, line ${line}: "same" is "${same}", not 1 or 0.`)
      return { item: { a, b }, positive: same === '1' }
    })
    const ai = createAi(order.models)
    ai.setArticles(articlesIn(order.resources))
    return { ...evaluateRanking(rows, ({ a, b }) => ai.similarity(a, b), 0) }
  },
  retrieval: (order) => {
    const rows = readTable(order.file, ['question', 'article'])
    return { ...evaluateRetrieval(rows, articlesIn(order.resources), createAi(order.models)) }
  }
}

function articlesIn(resources: string): Article[] {
  // A file of our own, checked by the practice centre's loader and its tests.
  return JSON.parse(readFileSync(join(resources, 'practice/articles.json'), 'utf8')) as Article[]
}
