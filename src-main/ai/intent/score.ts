import type { IntentScore } from '../../../src-shared/events.ts'
import { compileCues, cuesIn, type Hit } from '../text/cues.ts'
import type { Reading } from '../text/reading.ts'
import { denied } from './denial.ts'
import { INTENT_CUES, type KnownIntent } from './lexicon.ts'

/** One phrase that speaks for or against one intent in one text. */
export interface Evidence {
  intent: KnownIntent
  words: string
  weight: number
  /** The customer says that this is not what they want. */
  denied?: true
}
export type Weigh = (reading: Reading) => Evidence[]

/** What "none of these" scores: one phrase of weight 2.2 is then as likely wrong as right. */
export const UNKNOWN_LOGIT = 2
/** Below this confidence, or when the next best is closer than this margin, the answer is `unknown`. */
export interface Demand {
  confidence: number
  margin: number
}
const ONE_LINE: Demand = { confidence: 0.42, margin: 0.05 }
const TEMPERATURE = 1
/** A phrase inside a longer one of the same intent adds little that is new. */
const NESTED = 0.35
/** Two phrases that share a word say partly the same. */
const SHARED = 0.5
const WHY_LIMIT = 6

interface Value {
  intent: KnownIntent
  weight: number
}

/** Compiles the lexicon; the returned function gives the evidence of one text. */
export function createWeigh(): Weigh {
  const cues: { cue: string; value: Value }[] = []
  for (const [intent, rows] of Object.entries(INTENT_CUES)) {
    // Object.entries widens the keys of a record that has exactly the known intents.
    for (const [weight, phrases] of rows)
      for (const cue of cuesIn(phrases)) cues.push({ cue, value: { intent: intent as KnownIntent, weight } })
  }
  const match = compileCues(cues)
  return (reading) => {
    const kept = withoutRepeats(match(reading))
    return kept.map((hit) => {
      const inside = kept.some((other) => other !== hit && other.value.intent === hit.value.intent && covers(other, hit))
      const shared = kept.some(
        (other) =>
          other.value.intent === hit.value.intent &&
          other.value.weight > 0 &&
          other.start < hit.start &&
          other.end > hit.start &&
          other.end < hit.end
      )
      const against = hit.value.weight > 0 && denied(reading, hit)
      const weight = hit.value.weight * (hit.value.weight < 0 ? 1 : inside ? NESTED : shared ? SHARED : 1) * (against ? -0.6 : 1)
      return { intent: hit.value.intent, words: reading.text.slice(hit.start, hit.end), weight, ...(against && { denied: true as const }) }
    })
  }
}

function covers(other: Hit<Value>, hit: Hit<Value>): boolean {
  if (other.value.weight <= 0 || other.start > hit.start || other.end < hit.end) return false
  const longer = other.end - other.start > hit.end - hit.start
  return longer || other.value.weight > hit.value.weight || (other.value.weight === hit.value.weight && other.cue < hit.cue)
}

function withoutRepeats(hits: Hit<Value>[]): Hit<Value>[] {
  const seen = new Set<number>()
  return hits.filter((hit) => !seen.has(hit.cue) && seen.add(hit.cue))
}

/** Adds evidence up to scores, takes the softmax against `unknown`, and says why. */
export function decide(evidence: readonly Evidence[], demand: Demand = ONE_LINE): IntentScore {
  const scores = new Map<KnownIntent, number>()
  for (const { intent, weight } of evidence) scores.set(intent, (scores.get(intent) ?? 0) + weight)
  const ranked = [...scores].filter(([, score]) => score > 0).sort((a, b) => b[1] - a[1])
  const [best, second] = ranked
  if (!best) return { intent: 'unknown', confidence: 1, why: [] }
  const odds = (score: number) => Math.exp((score - best[1]) / TEMPERATURE)
  const total = ranked.reduce((sum, [, score]) => sum + odds(score), odds(UNKNOWN_LOGIT))
  const confidence = 1 / total
  const why = whyOf(evidence, best[0])
  if (confidence < demand.confidence || (second && confidence - odds(second[1]) / total < demand.margin)) {
    return { intent: 'unknown', confidence: 1 - confidence, why }
  }
  return { intent: best[0], confidence, why }
}

function whyOf(evidence: readonly Evidence[], intent: KnownIntent): IntentScore['why'] {
  const sums = new Map<string, number>()
  for (const item of evidence) if (item.intent === intent) sums.set(item.words, (sums.get(item.words) ?? 0) + item.weight)
  return [...sums]
    .map(([words, weight]) => ({ words, weight: Math.round(weight * 100) / 100 }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, WHY_LIMIT)
}
