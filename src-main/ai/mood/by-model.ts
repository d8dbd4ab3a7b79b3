import type { MoodScore } from '../../../src-shared/events.ts'
import { MOODS } from '../../../src-shared/taxonomy.ts'
import { fuse, fusionIn } from '../models/fusion.ts'
import type { TextModel } from '../models/model.ts'
import { phrasesOf } from '../models/phrases.ts'
import type { MoodSigns } from './score.ts'

/** Most lines are calm, more than the training texts, where every mood has its equal share; strain is told of when it is the likelier even so. */
const CALM_PRIOR = 1.4

/** What the lexicon scores each of a model's labels. */
export const lexiconMoods = (signs: MoodSigns, labels: readonly string[]): Float32Array =>
  Float32Array.from(labels, (label) => {
    const mood = MOODS.find((known) => known === label)
    return mood ? (signs.scores.get(mood) ?? 0) : 0
  })

/** A model's mood of a text, with the lexicon's phrase behind it where it has one, else the model's strongest words. */
export function moodByModel(text: string, model: TextModel, signs: MoodSigns): MoodScore {
  const even = fuse(model.probabilities(text), lexiconMoods(signs, model.labels), fusionIn(model.settings))
  if (signs.heated) swapWhen(even, model.labels.indexOf('frustrated'), model.labels.indexOf('angry'))
  for (const [denied, turned] of signs.denied) moveShare(even, model.labels.indexOf(denied), model.labels.indexOf(turned))
  const raised = even.map((share, i) => share * (model.labels[i] === 'calm' ? CALM_PRIOR : 1))
  const total = raised.reduce((sum, share) => sum + share, 0)
  const shares = raised.map((share) => share / total)
  let at = 0
  for (let i = 1; i < shares.length; i++) if ((shares[i] ?? 0) > (shares[at] ?? 0)) at = i
  const mood = MOODS.find((known) => known === model.labels[at]) ?? 'calm'
  const confidence = Math.min(1, shares[at] ?? 0)
  const span = signs.spanOf(mood) ?? (mood === 'calm' ? undefined : strongest(text, model, at))
  return { mood, confidence, ...(span && { span }) }
}

/** What is frustrating in a normal voice is anger when shouted. */
function swapWhen(shares: Float32Array, lesser: number, greater: number): void {
  const less = shares[lesser] ?? 0
  const more = shares[greater] ?? 0
  if (less <= more) return
  shares[lesser] = more
  shares[greater] = less
}

/** N-grams hardly hear a "not": what they give the mood that is denied belongs to what it turns to. */
function moveShare(shares: Float32Array, from: number, to: number): void {
  shares[to] = (shares[to] ?? 0) + (shares[from] ?? 0)
  shares[from] = 0
}

function strongest(text: string, model: TextModel, label: number): MoodScore['span'] {
  const [phrase] = phrasesOf(text, model.weights(text, label), 1)
  const { start, end } = phrase ?? { start: 0, end: text.length }
  return { start, end, text: text.slice(start, end) }
}
