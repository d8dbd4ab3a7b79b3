import type { Ai, Turn } from '../../src-main/ai/ai.ts'
import type { Intent, Mood } from '../../src-shared/taxonomy.ts'

/** An intelligence that reads a few plain marks instead of language: `#angry`, `?balance`, `promise:letter`, digits are masked. */
export function scriptedAi(levers: { failNext?: number } = {}): Ai {
  const mood = (text: string): { mood: Mood; at: number; words: string } => {
    const found = /#(satisfied|calm|worried|frustrated|angry|abusive)/.exec(text)
    return found ? { mood: found[1] as Mood, at: found.index, words: found[0] } : { mood: 'calm', at: 0, words: '' } // the pattern lists moods
  }
  const intent = (text: string): Intent => (/\?balance/.test(text) ? 'balance' : /\?card/.test(text) ? 'card_lost' : 'unknown')
  return {
    language: (text) => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en'),
    intent: (text) => ({ intent: intent(text), confidence: 0.9, why: [] }),
    intentOf: (turns: readonly Turn[]) => ({ intent: intent(turns.map((turn) => turn.text).join(' ')), confidence: 0.9, why: [] }),
    mood: (text) => {
      if (levers.failNext) {
        levers.failNext -= 1
        throw new Error('the model failed')
      }
      const { mood: one, at, words } = mood(text)
      return { mood: one, confidence: 0.8, ...(words ? { span: { start: at, end: at + words.length, text: words } } : {}) }
    },
    entities: () => [],
    mask: (text) => text.replace(/\d{12,}/g, (digits) => `•••• ${digits.slice(-4)}`),
    findings: (text, speaker) => {
      const at = text.indexOf('guaranteed')
      return speaker === 'agent' && at >= 0
        ? [{ rule: 'forbidden_promise', severity: 'bad', span: { start: at, end: at + 10, text: 'guaranteed' } }]
        : []
    },
    checks: () => [],
    summary: (turns) => `So far: ${turns.map((turn) => turn.text).join(' / ')}`,
    promises: (turns) =>
      turns.flatMap(({ speaker, text, entryId, at }) => {
        const found = speaker === 'agent' ? /promise:(\w+)/.exec(text)?.[1] : undefined
        return found === undefined ? [] : [{ text: found, entryId, at }]
      }),
    similarity: (a, b) => (a === b ? 1 : 0),
    retrieve: () => [],
    setArticles: () => {}
  }
}
