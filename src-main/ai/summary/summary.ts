import type { Intent, Language, Mood } from '../../../src-shared/taxonomy.ts'
import type { CheckResult, Entity, Pledge, Turn } from '../ai.ts'
import type { Act } from './acts.ts'
import { INTENT_NAMES, MOOD_NAMES, TEXTS } from './words.ts'

/** What the summary is told about each line; worked out elsewhere, so that writing it is only writing. */
export interface Insight {
  mask(text: string): string
  entities(text: string): readonly Entity[]
  mood(text: string): Mood
  acts(text: string): readonly Act[]
  /** How much a text says about the intent; the line that says most is quoted. */
  aboutness(text: string, intent: Intent): number
}

const KEY_LINE = 140
const FACT_LIMIT = 8
const QUESTION_LIMIT = 100

/** A running summary that reads as a wrap-up note: a few short lines, in the conversation's language, without anything in clear. */
export function writeSummary(
  turns: readonly Turn[],
  intent: Intent,
  language: Language,
  checks: readonly CheckResult[],
  insight: Insight
): string {
  const words = TEXTS[language]
  const customer = turns.filter(({ speaker }) => speaker === 'customer')
  if (turns.length === 0) return `${words.wanted}${words.colon}${words.nothing}`
  const acts = gather(turns, insight)
  const done = acts.filter(({ state }) => state === 'done').map(({ text }) => text[language])
  const promised = acts.filter(({ state }) => state === 'promised')
  const lines = [
    wanted(customer, intent, language, insight),
    list(words.facts, facts(turns, insight), language),
    list(words.done, done, language),
    list(
      words.promised,
      promised.map((act) => promiseText(act, language)),
      language
    ),
    list(words.open, openPoints(turns, checks, language, insight), language),
    customer.length === 0
      ? ''
      : `${words.mood}${words.colon}${moodCourse(customer, insight)
          .map((mood) => MOOD_NAMES[mood][language])
          .join(' → ')}`
  ]
  return lines.filter((line) => line !== '').join('\n')
}

function wanted(customer: readonly Turn[], intent: Intent, language: Language, insight: Insight): string {
  const words = TEXTS[language]
  const key = keyLine(customer, intent, insight)
  const quote = key === undefined ? '' : `${words.dash}${words.openQuote}${shorten(insight.mask(key), KEY_LINE)}${words.closeQuote}`
  return `${words.wanted}${words.colon}${INTENT_NAMES[intent][language]}${quote}`
}

function keyLine(customer: readonly Turn[], intent: Intent, insight: Insight): string | undefined {
  let best: string | undefined
  let most = 0
  for (const { text } of customer) {
    const about = insight.aboutness(text, intent)
    if (about > most) {
      most = about
      best = text
    }
  }
  // Nothing speaks for the intent: of the first words, the longest say most.
  return (
    best ??
    customer
      .slice(0, 3)
      .map(({ text }) => text)
      .sort((a, b) => b.length - a.length)[0]
  )
}

function facts(turns: readonly Turn[], insight: Insight): string[] {
  const found = new Set<string>()
  for (const { text } of turns)
    for (const entity of insight.entities(text)) if (entity.kind !== 'code' || !entity.text.startsWith('•')) found.add(entity.text)
  return [...found].slice(0, FACT_LIMIT)
}

/** What agents promised and nobody reported as done, with the line it was promised in. */
export const promisesIn = (turns: readonly Turn[], language: Language, insight: Pick<Insight, 'acts'>): Pledge[] =>
  gather(turns, insight)
    .filter(({ state }) => state === 'promised')
    .map((act) => ({ text: promiseText(act, language), entryId: act.entryId, at: act.at }))

const promiseText = ({ text, when }: Act, language: Language): string =>
  when === undefined ? text[language] : `${text[language]}${language === 'zh' ? `（${when}）` : ` (${when})`}`

/** Each act once, with its line; what was promised and then done is done. */
function gather(turns: readonly Turn[], insight: Pick<Insight, 'acts'>): (Act & { entryId: string; at: number })[] {
  const acts = new Map<string, Act & { entryId: string; at: number }>()
  for (const { speaker, text, entryId, at } of turns) {
    if (speaker !== 'agent') continue
    for (const act of insight.acts(text)) if (acts.get(act.act)?.state !== 'done') acts.set(act.act, { ...act, entryId, at })
  }
  return [...acts.values()]
}

function openPoints(turns: readonly Turn[], checks: readonly CheckResult[], language: Language, insight: Insight): string[] {
  const words = TEXTS[language]
  const open: string[] = []
  const last = turns[turns.length - 1]
  if (last?.speaker === 'customer' && isQuestion(last.text)) {
    open.push(`${words.unanswered}${words.dash}${words.openQuote}${shorten(insight.mask(last.text), QUESTION_LIMIT)}${words.closeQuote}`)
  }
  if (checks.some(({ check, state }) => check === 'identity' && state === 'open')) open.push(words.identity)
  return open
}

function isQuestion(text: string): boolean {
  return /[?？]\s*$|(吗|呢|么|多少|怎么办|什么时候)[。！!\s]*$/.test(text)
}

function moodCourse(customer: readonly Turn[], insight: Insight): Mood[] {
  const course: Mood[] = []
  for (const { text } of customer) {
    const mood = insight.mood(text)
    if (course[course.length - 1] !== mood) course.push(mood)
  }
  // A restless conversation: where it came from and where it ended matter most.
  return course.length <= 5 ? course : [...course.slice(0, 2), ...course.slice(-3)]
}

function list(label: string, items: readonly string[], language: Language): string {
  const words = TEXTS[language]
  return items.length === 0 ? '' : `${label}${words.colon}${items.join(words.separator)}`
}

function shorten(text: string, limit: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= limit) return line
  // Never between the two halves of one character.
  const end = /[\ud800-\udbff]/.test(line.charAt(limit - 2)) ? limit - 2 : limit - 1
  return `${line.slice(0, end)}…`
}
