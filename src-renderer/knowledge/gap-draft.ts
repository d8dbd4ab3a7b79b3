import type { KnowledgeGap } from '../../src-shared/front-desk.ts'
import { HUMAN_ONLY, INTENTS, type Intent } from '../../src-shared/taxonomy.ts'

/** An article in the making. `unknown`: it belongs to no topic. */
interface GapDraft {
  title: string
  say: string
  body: string
  intent: Intent
}

/** Topics an article for the front desk may have; on the others a person decides. */
export const TOPICS: readonly Intent[] = INTENTS.filter((intent) => !HUMAN_ONLY.includes(intent) && intent !== 'human_agent')

const TITLE = 120

/** What a supervisor starts from: the fullest question, the best answer, and the other answers as background. */
export function draftOf({ questions, answers, intent }: KnowledgeGap): GapDraft {
  const [best, ...others] = answers
  return {
    title: questions.reduce((fullest, { text }) => (text.length > fullest.length ? text : fullest), '').slice(0, TITLE),
    say: best?.text ?? '',
    body: others.map(({ text }) => text).join('\n\n'),
    intent: TOPICS.includes(intent) ? intent : 'unknown'
  }
}

export const isComplete = ({ title, say }: GapDraft): boolean => title.trim() !== '' && say.trim() !== ''
