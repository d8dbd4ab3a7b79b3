import type { IntentScore } from '../../../src-shared/events.ts'
import type { Turn } from '../ai.ts'
import { decide, type Evidence } from './score.ts'

/** What a line is worth against a newer one that says as much; a newer one that says little takes little away. */
const FADE = 0.85
/** From this many characters on a line has its full weight; Chinese says as much in a third of them. */
const FULL_LENGTH = 60
/** Evidence of this weight settles what a line is about. */
const SETTLED = 3.5
/** Of several topics one is still the best: a conversation need not be as sure as a single line. */
const DEMAND = { confidence: 0.36, margin: 0 }
/** Why customers come they mostly say first: that line fades no further. */
const OPENING_SHARE = 0.9
/** Asking for a person says how, not what: it stands only when nothing else does. */
const MANNER = 0.5

/** The intent of a conversation: evidence of the customer's lines, newer and longer ones first; "yes" and "thanks" change nothing. */
export function intentOfTurns(turns: readonly Turn[], weigh: (text: string) => readonly Evidence[]): IntentScore {
  const pooled = new Map<string, Evidence>()
  const opening = turns.findIndex((turn) => turn.speaker === 'customer' && weigh(turn.text).some(({ weight }) => weight >= SETTLED))
  let share = 1
  for (let i = turns.length - 1; i >= 0; i--) {
    const turn = turns[i]
    if (turn?.speaker !== 'customer') continue
    const evidence = weigh(turn.text)
    if (evidence.length === 0) continue
    const length = Math.min(1, 0.5 + sizeOf(turn.text) / FULL_LENGTH / 2)
    for (const item of evidence) {
      const weight =
        item.weight * (i === opening ? Math.max(share, OPENING_SHARE) : share) * length * (item.intent === 'human_agent' ? MANNER : 1)
      const key = `${item.intent}\n${item.words.toLowerCase()}`
      const known = pooled.get(key)
      // The same words said again stress, they do not prove anew.
      if (!known || Math.abs(weight) > Math.abs(known.weight)) pooled.set(key, { ...item, weight })
    }
    const strength = evidence.reduce((most, { weight }) => Math.max(most, weight), 0)
    share *= 1 - (1 - FADE) * Math.min(1, strength / SETTLED)
  }
  return decide([...pooled.values()], DEMAND)
}

function sizeOf(text: string): number {
  let size = 0
  for (let i = 0; i < text.length; i++) size += text.charCodeAt(i) > 0x2e80 ? 3 : 1
  return size
}
