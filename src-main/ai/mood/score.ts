import type { MoodScore, Span } from '../../../src-shared/events.ts'
import { MOODS, type Mood } from '../../../src-shared/taxonomy.ts'
import { type Cue, compileCues, cuesIn, type Hit } from '../text/cues.ts'
import { negationBefore } from '../text/negation.ts'
import type { Reading } from '../text/reading.ts'
import { plainWord, stem } from '../text/words.ts'
import { MOOD_CUES, NEUTRAL, SARCASM, STRONGER, STRONGER_HAN, TURNED, WEAKER, WEAKER_HAN } from './lexicon.ts'

type Value = { type: 'mood'; mood: Mood; weight: number } | { type: 'sarcasm' } | { type: 'neutral' }
interface Sign {
  mood: Mood
  /** The mood that the phrase takes away: "not happy" is about happy, and the contrary. */
  denies?: Mood
  weight: number
  start: number
  end: number
}
/** What the lexicon says of one text: a score a mood, and the strongest phrase behind each. */
export interface MoodSigns {
  scores: ReadonlyMap<Mood, number>
  spanOf(mood: Mood): Span | undefined
  /** Moods that only negated phrases speak of, and the mood that each turns to ("not happy": satisfied turns to frustrated). */
  denied: ReadonlyMap<Mood, Mood>
  /** Shouted, or piled-up marks, about something that is frustrating. */
  heated: boolean
  /** The lexicon's own answer. */
  decide(): MoodScore
}
export type SignsOfMood = (reading: Reading) => MoodSigns

/** Calm is what remains when nothing stands out. */
const CALM_LOGIT = 1.1
const NEGATION_REACH = 3
const STEP_LOGIT = 0.6
const HEATED = 0.8
/** A calm that only remained is not a sure one. */
const CALM_CEILING = 0.75

/** Compiles the mood lexicon. For customers' texts only: there is no mood of agents. */
export function createSignsOfMood(): SignsOfMood {
  const cues: Cue<Value>[] = []
  for (const [mood, weight, phrases] of MOOD_CUES)
    for (const cue of cuesIn(phrases)) cues.push({ cue, value: { type: 'mood', mood, weight } })
  for (const cue of cuesIn(SARCASM)) cues.push({ cue, value: { type: 'sarcasm' } })
  for (const cue of cuesIn(NEUTRAL)) cues.push({ cue, value: { type: 'neutral' } })
  const match = compileCues(cues)
  const stronger = new Set(STRONGER.map((word) => stem(plainWord(word))))
  const weaker = new Set(WEAKER.map((word) => stem(plainWord(word))))
  return (reading) => {
    const plain = signsOf(reading, match(reading), stronger, weaker)
    const heat = heatOf(reading)
    const signs = heated(plain, heat)
    const scores = addUp(signs)
    const denied = new Map(
      plain.flatMap(({ mood, denies }) => (denies && !plain.some((sign) => sign.mood === denies) ? [[denies, mood] as const] : []))
    )
    const spanOf = (mood: Mood) => strongest(reading, signs, mood)
    return { scores, spanOf, denied, heated: heat >= HEATED, decide: () => decide(scores, signs.length, spanOf) }
  }
}

function signsOf(reading: Reading, hits: Hit<Value>[], stronger: Set<string>, weaker: Set<string>): Sign[] {
  const neutral = hits.filter((hit) => hit.value.type === 'neutral')
  const sarcastic = hits.filter((hit) => hit.value.type === 'sarcasm')
  const signs: Sign[] = sarcastic.map(({ start, end }) => ({ mood: 'frustrated', weight: 3, start, end }))
  const moods = hits.filter((hit): hit is Hit<Extract<Value, { type: 'mood' }>> => hit.value.type === 'mood')
  for (const hit of moods) {
    const { mood, weight } = hit.value
    if (neutral.some((other) => other.start <= hit.start && other.end >= hit.end)) continue
    if (mood === 'satisfied' && sarcastic.some((other) => other.start < hit.end && other.end > hit.start)) continue
    if (moods.some((other) => other !== hit && insideOf(hit, other))) continue
    const negation = mood === 'calm' ? undefined : negationBefore(reading, hit, NEGATION_REACH)
    const factor = degree(reading, hit, stronger, weaker)
    if (negation) {
      const [turned, share] = TURNED[mood]
      if (share > 0) signs.push({ mood: turned, denies: mood, weight: weight * share * factor, start: negation.start, end: hit.end })
    } else {
      const inner = moods.find((other) => other !== hit && other.value.mood !== mood && other.start > hit.start && insideOf(other, hit))
      signs.push({ mood, weight: weight * factor, start: hit.start, end: hit.end, ...(inner && { denies: inner.value.mood }) })
    }
  }
  return bitterPraise(reading, signs)
}

function insideOf(hit: Hit<Value>, other: Hit<Value>): boolean {
  if (other.start > hit.start || other.end < hit.end) return false
  return (
    other.end - other.start > hit.end - hit.start || (other.end === hit.end && other.start === hit.start && strength(other) > strength(hit))
  )
}

function strength(hit: Hit<Value>): number {
  return hit.value.type === 'mood' ? hit.value.weight : 0
}

function degree(reading: Reading, hit: Hit<Value>, stronger: Set<string>, weaker: Set<string>): number {
  if (hit.word >= 0) {
    for (let i = hit.word - 1; i >= Math.max(0, hit.word - 2); i--) {
      const word = reading.words[i]
      if (!word || word.clause !== reading.words[hit.word]?.clause) break
      if (stronger.has(word.stem)) return 1.3
      if (weaker.has(word.stem)) return 0.6
    }
    return 1
  }
  const before = reading.folded.slice(Math.max(0, hit.start - 3), hit.start)
  if (WEAKER_HAN.some((word) => before.includes(word))) return 0.6
  return STRONGER_HAN.some((word) => before.includes(word)) ? 1.3 : 1
}

/** "Great, so my card is blocked again. Thanks.": praise beside strain, with no "but" between, is not meant as praise. */
function bitterPraise(reading: Reading, signs: Sign[]): Sign[] {
  const strained = signs.some(
    (sign) => (sign.mood === 'frustrated' || sign.mood === 'angry' || sign.mood === 'abusive') && sign.weight >= 1.4
  )
  if (!strained || /\bbut\b|\bnow\b|但|不过|现在/.test(reading.folded)) return signs
  return signs.map((sign) => (sign.mood === 'satisfied' ? { ...sign, weight: sign.weight * 0.3 } : sign))
}

/** Shouting and piled-up marks: 0 in a normal voice. */
function heatOf({ text }: Reading): number {
  let heat = 0
  if (/[!！?？]{3,}|[!！]{2,}/.test(text.slice(0, 4_000))) heat += 0.8
  const shouted =
    text
      .slice(0, 4_000)
      .match(/\b[A-Z]{3,}\b/g)
      ?.filter((word) => !ACRONYMS.has(word)) ?? []
  if (shouted.length >= 2) heat += 0.9
  else if (shouted.length === 1) heat += 0.4
  return heat
}

/** Heat turns frustration towards anger; alone it says little. */
function heated(signs: Sign[], heat: number): Sign[] {
  if (heat === 0) return signs
  const cross = signs.filter((sign) => sign.mood === 'frustrated')
  const worst = cross.reduce<Sign | undefined>((most, sign) => (!most || sign.weight > most.weight ? sign : most), undefined)
  const others = signs.map((sign) =>
    sign.mood === 'angry' || sign.mood === 'satisfied' || sign.mood === 'worried' ? { ...sign, weight: sign.weight + heat * 0.5 } : sign
  )
  return worst && heat >= HEATED ? [...others, { ...worst, mood: 'angry', weight: worst.weight * 0.6 + heat * 1.6 }] : others
}
const ACRONYMS = new Set([
  'ATM',
  'PIN',
  'CVV',
  'SMS',
  'APR',
  'APY',
  'IBAN',
  'BIC',
  'USD',
  'EUR',
  'GBP',
  'CNY',
  'RMB',
  'HKD',
  'TWD',
  'VISA',
  'PDF',
  'APP',
  'KYC',
  'AML',
  'ETF',
  'OTP',
  'SWIFT',
  'USA',
  'IRA',
  'CD',
  'ISA',
  'VAT',
  'SIM',
  'FAQ'
])

function addUp(signs: readonly Sign[]): Map<Mood, number> {
  const scores = new Map<Mood, number>([['calm', CALM_LOGIT]])
  for (const sign of signs) scores.set(sign.mood, (scores.get(sign.mood) ?? 0) + sign.weight)
  // Anger feeds on frustration: with both, the customer is angry.
  const cross = scores.get('frustrated') ?? 0
  const angry = scores.get('angry')
  if (angry !== undefined && angry > 0) scores.set('angry', angry + cross * 0.5)
  return scores
}

function strongest(reading: Reading, signs: readonly Sign[], mood: Mood): Span | undefined {
  const span = signs
    .filter((sign) => sign.mood === mood)
    .reduce<Sign | undefined>((most, sign) => (!most || sign.weight > most.weight ? sign : most), undefined)
  return span && { start: span.start, end: span.end, text: reading.text.slice(span.start, span.end) }
}

function decide(scores: ReadonlyMap<Mood, number>, signs: number, spanOf: (mood: Mood) => Span | undefined): MoodScore {
  let best: Mood = 'calm'
  for (const mood of MOODS) if ((scores.get(mood) ?? 0) > (scores.get(best) ?? 0)) best = mood
  const top = scores.get(best) ?? 0
  let total = 0
  for (const score of scores.values()) total += Math.exp((score - top) * STEP_LOGIT * 2)
  const span = spanOf(best)
  const confidence = best === 'calm' ? Math.min(1 / total, signs === 0 ? 0.6 : CALM_CEILING) : 1 / total
  return { mood: best, confidence, ...(span && { span }) }
}
