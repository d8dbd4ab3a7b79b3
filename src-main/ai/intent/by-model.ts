import { HUMAN_ONLY, INTENTS } from '../../../src-shared/taxonomy.ts'
import { fuse, fusionIn } from '../models/fusion.ts'
import type { TextModel } from '../models/model.ts'
import { phrasesOf } from '../models/phrases.ts'
import type { KnownIntent } from './lexicon.ts'
import { type Evidence, UNKNOWN_LOGIT } from './score.ts'

/** An intent less likely than this is not worth telling. */
const LEAST = 0.03
const PHRASES = 3
/** What a wish is worth that the customer denies: n-grams hardly hear a "not". */
const DENIED_SHARE = 1e-3

/** A topic on which a person decides is better seen once too often: its phrases count for more. */
const HUMAN_ONLY_STRESS = 3

/** What the lexicon's phrases add up to for each label; `unknown` has its standing score. */
export function lexiconScores(evidence: readonly Evidence[], labels: readonly string[]): Float32Array {
  const scores = new Float32Array(labels.length)
  for (const { intent, weight } of evidence) {
    const at = labels.indexOf(intent)
    if (at >= 0) scores[at] = (scores[at] ?? 0) + weight
  }
  return scores.map((score, i) => {
    if (labels[i] === 'unknown') return UNKNOWN_LOGIT
    return Math.max(0, score) * (HUMAN_ONLY.some((intent) => intent === labels[i]) ? HUMAN_ONLY_STRESS : 1)
  })
}

/**
 * A model's answer as evidence: what each likely intent has ahead of `unknown`, shared out over the words that weighed, so that the
 * same sums decide a line and a conversation. The lexicon's phrases are named where it agrees, else the model's own words.
 */
export function weighByModel(text: string, model: TextModel, phrases: readonly Evidence[]): Evidence[] {
  const shares = withoutDenied(
    fuse(model.probabilities(text), lexiconScores(phrases, model.labels), fusionIn(model.settings)),
    model,
    phrases
  )
  const nothing = Math.log(Math.max(1e-6, shares[model.labels.indexOf('unknown')] ?? 0))
  const evidence: Evidence[] = []
  model.labels.forEach((label, at) => {
    const share = shares[at] ?? 0
    const intent = KNOWN.find((known) => known === label)
    const ahead = Math.log(Math.max(1e-6, share)) - nothing + UNKNOWN_LOGIT
    if (!intent || share < LEAST || ahead <= 0) return
    evidence.push(
      ...sharedOut(
        intent,
        ahead,
        wordsFor(
          text,
          model,
          at,
          phrases.filter((item) => item.intent === intent)
        )
      )
    )
  })
  return evidence
}

function withoutDenied(shares: Float32Array, { labels }: TextModel, phrases: readonly Evidence[]): Float32Array {
  const denied = labels.map((label) => {
    const own = phrases.filter(({ intent }) => intent === label)
    return own.some((phrase) => phrase.denied) && own.reduce((sum, { weight }) => sum + weight, 0) < 0
  })
  if (!denied.some(Boolean)) return shares
  const taken = shares.reduce((sum, share, i) => sum + (denied[i] ? share * (1 - DENIED_SHARE) : 0), 0)
  return shares.map((share, i) => (denied[i] ? share * DENIED_SHARE : labels[i] === 'unknown' ? share + taken : share))
}

const KNOWN = INTENTS.filter((intent): intent is KnownIntent => intent !== 'unknown')

interface Words {
  words: string
  weight: number
}

function wordsFor(text: string, model: TextModel, label: number, phrases: readonly Evidence[]): readonly Words[] {
  if (phrases.reduce((sum, { weight }) => sum + weight, 0) > 0) return phrases
  const own = phrasesOf(text, model.weights(text, label), PHRASES)
  return own.length > 0
    ? own.map(({ start, end, weight }) => ({ words: text.slice(start, end), weight }))
    : [{ words: text.trim().slice(0, 60), weight: 1 }]
}

function sharedOut(intent: KnownIntent, ahead: number, words: readonly Words[]): Evidence[] {
  const total = words.reduce((sum, { weight }) => sum + weight, 0)
  return words.map((item) => ({ intent, words: item.words, weight: (item.weight * ahead) / total }))
}
