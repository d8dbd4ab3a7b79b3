import type { Ai, Turn } from '../../src-main/ai/ai.ts'
import type { Article } from '../../src-shared/events.ts'

/** A small scripted Ai for the desk: it knows a handful of words, and counts how often it was asked. */
export interface ScriptedAi extends Ai {
  readonly asked: { mood: string[]; entities: string[] }
  articles: readonly Article[]
}

export function scriptedDeskAi(): ScriptedAi {
  const asked: ScriptedAi['asked'] = { mood: [], entities: [] }
  const intentOfText = (text: string) =>
    /dispute/i.test(text) ? ('contract_dispute' as const) : /card|卡/i.test(text) ? ('card_lost' as const) : ('unknown' as const)
  const ai: ScriptedAi = {
    asked,
    articles: [],
    language: (text) => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en'),
    intent: (text) => ({ intent: intentOfText(text), confidence: 0.9, why: [] }),
    intentOf: (turns: readonly Turn[]) =>
      ai.intent(
        turns
          .filter((t) => t.speaker === 'customer')
          .map((t) => t.text)
          .join('\n')
      ),
    mood(text) {
      asked.mood.push(text)
      return { mood: /angry/i.test(text) ? 'angry' : 'calm', confidence: 0.8 }
    },
    entities(text) {
      asked.entities.push(text)
      return [...text.matchAll(/\d+ pounds/g)].map(([found]) => ({ kind: 'amount', text: found }))
    },
    mask: (text) => text.replace(/\d{12,19}/g, (digits) => `**** ${digits.slice(-4)}`),
    findings: () => [],
    checks: (turns) => {
      const greeting = turns.find((turn) => turn.speaker === 'agent' && /good morning/i.test(turn.text))
      return [
        greeting
          ? { check: 'greeting', state: 'done', quote: greeting.text, entryId: greeting.entryId, at: greeting.at }
          : { check: 'greeting', state: 'open' }
      ]
    },
    summary: (turns) => turns.map((turn) => turn.text).join(' / '),
    promises: () => [],
    similarity: (a, b) => (a === b ? 1 : 0),
    retrieve: (_query, _intent, _language, limit) =>
      ai.articles
        .slice(0, limit)
        .map((a, i) => ({ articleId: a.articleId, title: a.title, passage: a.body, say: a.say, score: 0.9 - i / 10 })),
    setArticles: (articles) => {
      ai.articles = articles
    }
  }
  return ai
}
