import type { CopilotCard } from '../../src-shared/contract/copilot.ts'
import { type Check, isStrained, type Mood } from '../../src-shared/taxonomy.ts'

/** The one thing that asks for the agent's eyes now. `id` names it, so that dismissing one does not hide the next. */
export type Attention =
  | { type: 'alert'; id: string; alert: string }
  | { type: 'broken'; id: string; check: Check; quote: string | undefined }
  | { type: 'mood'; id: string; mood: Mood; phrase: string | undefined }
  | { type: 'humanOnly'; id: string }

/** A mood older than this is no news any more. */
const MOOD_NEWS_MS = 2 * 60_000

/**
 * Picks the card: risk before rules, rules before mood, mood before topic; one at a time, late ones expire. `dismissed` holds the
 * ids of cards the agent has put away. Risk stays until the centre resolves it.
 */
export function attentionOf(card: CopilotCard, now: number, dismissed: ReadonlySet<string>): Attention | undefined {
  const found: Attention[] = []
  if (card.alert) found.push({ type: 'alert', id: `alert:${card.alert}`, alert: card.alert })
  for (const row of card.checks) {
    if (row.state === 'broken')
      found.push({ type: 'broken', id: `broken:${row.check}:${row.entryId ?? ''}`, check: row.check, quote: row.quote })
  }
  const { mood } = card
  if (mood && isStrained(mood.mood) && now - mood.at < MOOD_NEWS_MS) {
    found.push({ type: 'mood', id: `mood:${mood.entryId}`, mood: mood.mood, phrase: mood.span?.text })
  }
  if (card.humanOnly) found.push({ type: 'humanOnly', id: `human:${card.intent?.intent ?? ''}` })
  return found.find((one) => !dismissed.has(one.id))
}

export type Sureness = 'sure' | 'likely' | 'guess'
/** A confidence as a word; the percentage stands beside it. */
export const surenessOf = (confidence: number): Sureness => (confidence >= 0.8 ? 'sure' : confidence >= 0.55 ? 'likely' : 'guess')

/**
 * The words that weighed most, whatever their sign: the longest phrase first, and none that another one already contains, because
 * "balance" under "tell me my balance" says nothing new.
 */
export function strongest<W extends { words: string; weight: number }>(why: readonly W[], count: number): W[] {
  const byLength = why.toSorted((a, b) => b.words.length - a.words.length || Math.abs(b.weight) - Math.abs(a.weight))
  const apart: W[] = []
  for (const one of byLength) if (!apart.some((other) => other.words.includes(one.words))) apart.push(one)
  const heaviest = new Set(apart.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, count))
  return apart.filter((one) => heaviest.has(one))
}
