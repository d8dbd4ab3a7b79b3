import type { FrontDeskState, KnowledgeGap } from '../../../src-shared/front-desk.ts'
import { type Disposition, HUMAN_ONLY, type Intent } from '../../../src-shared/taxonomy.ts'
import type { Draft } from '../decision.ts'
import type { Conversation } from '../state.ts'
import { answersIn, SAME_ANSWER } from './answers.ts'

/** From this similarity on two questions are one gap. */
const SAME_QUESTION = 0.45
const QUESTIONS = 200
const ANSWERS = 20
/** Contacts that came to this were about something that a person decides. */
const FOR_PEOPLE: readonly Disposition[] = ['complaint_recorded', 'fraud_case_opened', 'wrong_number']

const isForPeople = (intent: Intent): boolean => HUMAN_ONLY.includes(intent) || intent === 'fraud_report'

/**
 * A question that the front desk had no answer to joins those that ask the same. What a dismissed gap asks stays dismissed; a question
 * that comes although its article was published opens the gap again.
 */
export function noteGap(out: Draft, conversation: Conversation, desk: FrontDeskState, unanswered: { text: string }) {
  const { ai, state, now } = out.world
  const { conversationId, language, turns } = conversation
  // Asked again, people tend to be shorter: what they said first may say more.
  const said = desk.tried.flatMap(({ what, outcome, detail }) =>
    what === 'question' && outcome === 'not_understood' && detail ? [detail] : []
  )
  const text = [...said, unanswered.text].reduce((fullest, one) => (one.length > fullest.length ? one : fullest))
  const { intent } = ai.intent(text)
  if (isForPeople(intent) || isForPeople(ai.intentOf(turns).intent)) return
  const question = { text: ai.mask(text), conversationId, at: now }
  let like: { gap: KnowledgeGap; similarity: number } | undefined
  for (const gap of state.gaps.values()) {
    if (gap.language !== language) continue
    const similarity = Math.max(0, ...gap.questions.map((one) => ai.similarity(one.text, question.text)))
    if (similarity >= SAME_QUESTION && similarity > (like?.similarity ?? 0)) like = { gap, similarity }
  }
  if (!like) {
    const gapId = out.world.newId()
    return out.add('gap.changed', { gapId, language, intent, questions: [question], answers: [], state: 'open', at: now })
  }
  const { gap } = like
  out.add('gap.changed', {
    ...gap,
    intent: gap.intent === 'unknown' ? intent : gap.intent,
    questions: [...gap.questions, question].slice(-QUESTIONS),
    state: gap.state === 'published' ? 'open' : gap.state,
    at: now
  })
}

/**
 * The contact is wrapped up: what the person answered goes to the gap that its question opened. When it turns out that a person has to
 * decide on such things, the question is no gap and is forgotten there.
 */
export function keepAnswers(out: Draft, conversation: Conversation, personId: string, disposition: Disposition) {
  const { ai, state, now } = out.world
  const { conversationId, turns } = conversation
  for (const gap of state.gaps.values()) {
    const question = gap.questions.find((one) => one.conversationId === conversationId)
    if (!question || gap.state !== 'open') continue
    if (FOR_PEOPLE.includes(disposition) || isForPeople(ai.intentOf(turns).intent)) {
      const questions = gap.questions.filter((one) => one.conversationId !== conversationId)
      out.add('gap.changed', { ...gap, questions, state: questions.length === 0 ? 'dismissed' : gap.state, at: now })
      continue
    }
    const found = answersIn(ai, question, turns, disposition).map((one) => ({ ...one, personId, conversationId }))
    if (found.length === 0) continue
    const answers: KnowledgeGap['answers'] = []
    for (const one of [...gap.answers, ...found].sort((a, b) => b.score - a.score))
      if (!answers.some(({ text }) => ai.similarity(text, one.text) >= SAME_ANSWER)) answers.push(one)
    out.add('gap.changed', { ...gap, answers: answers.slice(0, ANSWERS), at: now })
  }
}
