import type { Disposition } from '../../../src-shared/taxonomy.ts'
import type { Ai, Turn } from '../../ai/ai.ts'

/** Two answers that say the same; one of them is enough. */
export const SAME_ANSWER = 0.85
/** Of one conversation. */
const BEST = 2
/** A line this long (in Latin letters; a Han character counts as three) says all it can. */
const FULL = 180
/** Shorter ones answer nothing. */
const LEAST = 24
const RESOLVED: readonly Disposition[] = ['resolved', 'information_given']
/** A line that was said in a contact that was not resolved. */
const NOT_RESOLVED = 0.6
/** A line that asks. */
const ASKS = 0.4
/** How much of the worth is whether it speaks of what was asked. */
const RELEVANCE = 0.4

const POLITE =
  /^(?:good (?:morning|afternoon|evening)|hello|hi\b|thank(?:s| you)|you(?:'| a)re welcome|good ?bye|bye|have a (?:nice|good|great)|is there anything else|anything else|one moment|just a moment|please hold|您好|你好|早上好|下午好|晚上好|谢谢|感谢|不客气|再见|祝您|请问还有|還有什麼|还有什么|请稍等|请您稍|稍等|謝謝|請稍)/i

/**
 * What a person said that answers the question, best first: their fuller lines after it, without greetings, questions back and goodbyes.
 * `score` 0..1. The turns are masked already.
 */
export function answersIn(
  ai: Pick<Ai, 'similarity' | 'mask'>,
  question: { text: string; at: number },
  turns: readonly Turn[],
  disposition: Disposition
): { text: string; score: number }[] {
  const resolved = RESOLVED.includes(disposition) ? 1 : NOT_RESOLVED
  return turns
    .filter(({ speaker, at }) => speaker === 'agent' && at >= question.at)
    .map(({ text }) => ai.mask(withoutCourtesies(text)))
    .filter((text) => sizeOf(text) >= LEAST)
    .map((text) => {
      const fullness = Math.min(1, sizeOf(text) / FULL)
      const worth = (1 - RELEVANCE) * fullness + RELEVANCE * ai.similarity(question.text, text)
      return { text, score: round(worth * resolved * (/[?？]\s*$/.test(text) ? ASKS : 1)) }
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, BEST)
}

/** Sentences that only greet, thank or take leave are no part of an answer. */
function withoutCourtesies(text: string): string {
  const sentences = text.match(/[^.!?。！？]+(?:[.!?。！？](?!\s|$|\p{Script=Han})[^.!?。！？]*)*[.!?。！？]*\s*/gu) ?? [text]
  const kept = sentences.filter((sentence) => !(POLITE.test(sentence.trim()) && sizeOf(sentence) < 60))
  return kept.join('').trim()
}

const sizeOf = (text: string): number => [...text.trim()].reduce((sum, one) => sum + (/\p{Script=Han}/u.test(one) ? 3 : 1), 0)
const round = (value: number): number => Math.round(value * 1_000) / 1_000
