import { expect, test } from 'vitest'
import { draftOf, isComplete, TOPICS } from '../../../src-renderer/knowledge/gap-draft.ts'
import type { KnowledgeGap } from '../../../src-shared/front-desk.ts'
import { HUMAN_ONLY } from '../../../src-shared/taxonomy.ts'

const answer = (text: string) => ({ text, personId: 'lin', conversationId: 'k', score: 0.5 })
const gap: KnowledgeGap = {
  gapId: 'g',
  language: 'en',
  intent: 'fees',
  questions: [
    { text: 'coins?', conversationId: 'k', at: 1 },
    { text: 'do you take coins by the bag', conversationId: 'l', at: 2 }
  ],
  answers: [answer('Yes, at the main branch.'), answer('Up to 500 coins a day.'), answer('Bring them sorted.')],
  state: 'open',
  at: 2
}

test('an article starts from the fullest question, the best answer, and the others as background', () => {
  expect(draftOf(gap)).toEqual({
    title: 'do you take coins by the bag',
    say: 'Yes, at the main branch.',
    body: 'Up to 500 coins a day.\n\nBring them sorted.',
    intent: 'fees'
  })
})

test('without an answer there is nothing to say yet, and it cannot be published', () => {
  const draft = draftOf({ ...gap, answers: [] })
  expect(draft.say).toBe('')
  expect(isComplete(draft)).toBe(false)
  expect(isComplete({ ...draft, say: 'Yes.' })).toBe(true)
  expect(isComplete({ ...draft, say: 'Yes.', title: '  ' })).toBe(false)
})

test('topics on which a person decides are none of an article for the front desk', () => {
  expect(TOPICS.some((topic) => HUMAN_ONLY.includes(topic))).toBe(false)
  expect(draftOf({ ...gap, intent: 'complaint' }).intent).toBe('unknown')
})
