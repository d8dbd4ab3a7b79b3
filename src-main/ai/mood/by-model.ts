import type { MoodScore } from '../../../src-shared/events.ts'
import { MOODS } from '../../../src-shared/taxonomy.ts'
import { fuse, fusionIn } from '../models/fusion.ts'
import type { TextModel } from '../models/model.ts'
import { phrasesOf } from '../models/phrases.ts'
import type { MoodSigns } from './score.ts'

/** What the lexicon scores each of a model's labels. */
export const lexiconMoods = (signs: MoodSigns, labels: readonly string[]): Float32Array =>
  Float32Array.from(labels, (label) => {
    const mood = MOODS.find((known) => known === label)
    return mood ? (signs.scores.get(mood) ?? 0) : 0
  })

/** A model's mood of a text, with the lexicon's phrase behind it where it has one, else the model's strongest words. */
export function moodByModel(text: string, model: TextModel, signs: MoodSigns): MoodScore {
  const shares = fuse(model.probabilities(text), lexiconMoods(signs, model.labels), fusionIn(model.settings))
  let at = 0
  for (let i = 1; i < shares.length; i++) if ((shares[i] ?? 0) > (shares[at] ?? 0)) at = i
  const mood = MOODS.find((known) => known === model.labels[at]) ?? 'calm'
  const confidence = Math.min(1, shares[at] ?? 0)
  const span = signs.spanOf(mood) ?? (mood === 'calm' ? undefined : strongest(text, model, at))
  return { mood, confidence, ...(span && { span }) }
}

function strongest(text: string, model: TextModel, label: number): MoodScore['span'] {
  const [phrase] = phrasesOf(text, model.weights(text, label), 1)
  const { start, end } = phrase ?? { start: 0, end: text.length }
  return { start, end, text: text.slice(start, end) }
}
