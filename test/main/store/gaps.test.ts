import { afterEach, expect, test } from 'vitest'
import { appendToLog, rebuild } from '../../../src-main/store/log.ts'
import { findGap, openGaps } from '../../../src-main/store/queries/gaps.ts'
import type { KnowledgeGap } from '../../../src-shared/front-desk.ts'
import { buildEvents } from '../../build/events.ts'
import { buildStore } from '../../build/store.ts'

const open: (() => void)[] = []
afterEach(() => {
  for (const done of open.splice(0)) done()
})

const gap = (gapId: string, asked: readonly string[], change: Partial<KnowledgeGap> = {}): KnowledgeGap => ({
  gapId,
  language: 'en',
  intent: 'unknown',
  questions: asked.map((text, i) => ({ text, conversationId: `k${i}`, at: 1_000 + i })),
  answers: [{ text: 'Yes.', personId: 'lin', conversationId: 'k0', score: 0.5 }],
  state: 'open',
  at: 5_000,
  ...change
})

test('open gaps are listed, the most asked first; the newest state of a gap counts, also after a rebuild', () => {
  const { store, done } = buildStore()
  open.push(done)
  const events = buildEvents()
  events.add('gap.changed', gap('once', ['coins?']))
  events.add('gap.changed', gap('often', ['lockers?']))
  events.add('gap.changed', gap('settled', ['cheques?']))
  events.add('gap.changed', gap('often', ['lockers?', 'do you rent lockers']))
  events.add('gap.changed', gap('settled', ['cheques?'], { state: 'published', articleId: 'kb-settled' }))
  const { topics } = appendToLog(store.desk, 'sam', events.all)
  expect(topics).toContain('knowledge')
  const rows = openGaps(store.desk)
  expect(rows.map(({ gapId, asked, question, newestAt, answers }) => ({ gapId, asked, question, newestAt, answers }))).toEqual([
    { gapId: 'often', asked: 2, question: 'do you rent lockers', newestAt: 1_001, answers: 1 },
    { gapId: 'once', asked: 1, question: 'coins?', newestAt: 1_000, answers: 1 }
  ])
  expect(findGap(store.desk, 'settled')).toMatchObject({ state: 'published', articleId: 'kb-settled' })
  expect(findGap(store.desk, 'nothing')).toBeUndefined()
  rebuild(store.desk, 'sam')
  expect(openGaps(store.desk)).toEqual(rows)
})
