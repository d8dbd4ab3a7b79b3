import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAi } from '../../../src-main/ai/index.ts'
import { type Bench, buildDesk, settle } from '../../build/desk.ts'
import { buildEvents, type EventBuilder } from '../../build/events.ts'
import { buildHandoff } from '../../build/handoff.ts'
import { type ScriptedAi, scriptedDeskAi } from '../../fakes/ai.ts'

let bench: Bench
let events: EventBuilder
let ai: ScriptedAi
const card = () => bench.client.copilot.card({ conversationId: 'c1' })

beforeEach(async () => {
  ai = scriptedDeskAi()
  bench = buildDesk({ ai })
  events = buildEvents(bench.timers.now() - 60_000)
  events.chat({ conversationId: 'c1' })
  for (const n of [1, 2])
    events.add('article.published', {
      articleId: `a${n}`,
      revision: 1,
      language: 'en',
      title: `Article ${n}`,
      intents: [],
      say: `Say ${n}.`,
      body: `Body ${n}.`,
      updatedAt: 1
    })
  events.said('c1', 'The machine kept my card and 200 pounds')
  await settle()
  await bench.line.publish(...events.all)
})
afterEach(() => bench.close())

test('reads the conversation: need, mood, a script with its source, material, entities', async () => {
  expect(await card()).toMatchObject({
    intent: { intent: 'card_lost' },
    humanOnly: false,
    mood: { mood: 'calm' },
    suggestion: { articleId: 'a1', say: 'Say 1.', passage: 'Body 1.', title: 'Article 1' },
    material: [{ articleId: 'a2' }],
    entities: [{ kind: 'amount', text: '200 pounds' }],
    summary: 'The machine kept my card and 200 pounds',
    checks: [{ check: 'greeting', state: 'open' }]
  })
})

test('reads each line once, however often it is asked', async () => {
  await card()
  await card()
  await bench.line.publish(events.said('c1', 'I am angry now'))
  expect(await card()).toMatchObject({ mood: { mood: 'angry' } })
  expect(ai.asked.mood).toEqual(['The machine kept my card and 200 pounds', 'I am angry now'])
})

test('ticks a check from words that are still on their way, with the line cut', async () => {
  bench.line.cut()
  await bench.client.conversation.said({ conversationId: 'c1', text: 'Good morning, this is Lin' })
  expect(await card()).toMatchObject({ checks: [{ check: 'greeting', state: 'done', quote: 'Good morning, this is Lin' }] })
  // An agent has no mood, not even by accident.
  expect(ai.asked.mood).toEqual(['The machine kept my card and 200 pounds'])
})

test('offers no script on topics that a person must decide, only material', async () => {
  await bench.line.publish(events.said('c1', 'I want to dispute the contract'))
  const made = await card()
  expect(made.humanOnly).toBe(true)
  expect(made.suggestion).toBeUndefined()
  expect(made.material.map((one) => one.articleId)).toEqual(['a1', 'a2'])
})

test('offers no script while the newest words are about such a topic, or once a regulator was named', async () => {
  const real = buildDesk({ ai: createAi() })
  const told = buildEvents(real.timers.now() - 60_000)
  told.chat({ conversationId: 'c1' })
  told.add('article.published', {
    articleId: 'a1',
    revision: 1,
    language: 'en',
    title: 'Your balance',
    intents: ['balance'],
    say: 'Your balance is in the app.',
    body: 'The balance of an account is in the app.',
    updatedAt: 1
  })
  told.said('c1', 'What is the balance of my account? I need the balance of my account today please')
  await settle()
  await real.line.publish(...told.all)
  const now = () => real.client.copilot.card({ conversationId: 'c1' })
  expect(await now()).toMatchObject({ humanOnly: false, suggestion: { articleId: 'a1' } })
  await real.line.publish(told.said('c1', 'I want to make a complaint about the balance'))
  expect(await now()).toMatchObject({ humanOnly: true })
  expect((await now()).suggestion).toBeUndefined()
  await real.line.publish(told.said('c1', 'I will go to the ombudsman'), told.said('c1', 'What is my account balance, the balance please'))
  expect(await now()).toMatchObject({ humanOnly: true })
  expect((await now()).suggestion).toBeUndefined()
  real.close()
})

test('offers no script in a conversation that was opened for such a topic', async () => {
  const opened = { customerId: 'u', channel: 'chat', queue: 'cards', language: 'en', reason: 'r', priority: 0 } as const
  await bench.line.publish(
    events.add('conversation.opened', { ...opened, intent: 'contract_dispute' }, 'c2'),
    events.said('c2', 'It is about my card')
  )
  expect(await bench.client.copilot.card({ conversationId: 'c2' })).toMatchObject({ intent: { intent: 'card_lost' }, humanOnly: true })
})

test('asks for a recording notice on calls only', async () => {
  const real = buildDesk({ ai: createAi() })
  const told = buildEvents(real.timers.now() - 60_000)
  told.chat({ conversationId: 'written' })
  told.chat({ conversationId: 'spoken', channel: 'voice' })
  await settle()
  await real.line.publish(...told.all)
  const checks = async (conversationId: string) => (await real.client.copilot.card({ conversationId })).checks.map((one) => one.check)
  expect(await checks('written')).not.toContain('recording_notice')
  expect(await checks('spoken')).toContain('recording_notice')
  real.close()
})

test('is quiet once its suggestion was rated, and has another when the customer goes on', async () => {
  await bench.client.copilot.rate({ conversationId: 'c1', articleId: 'a1', outcome: 'rejected', why: 'not it' })
  expect((await card()).suggestion).toBeUndefined()
  events.at = bench.timers.now() + 1_000
  await bench.line.publish(events.said('c1', 'And my other card?'))
  expect((await card()).suggestion).toMatchObject({ articleId: 'a2' })
})

test('shows a mood that a person corrected, above what was computed', async () => {
  const entryId = events.all.at(-1)?.data as { entryId: string } // the last event built above is an entry
  await bench.line.publish(events.add('mood.corrected', { entryId: entryId.entryId, mood: 'worried', personId: 'agent-lin' }, 'c1'))
  expect(await card()).toMatchObject({ mood: { mood: 'worried', confidence: 1 } })
})

test.each([
  ['en', 'Nothing was said.'],
  ['zh-CN', '没有对话内容。'],
  ['zh-TW', '沒有對話內容。']
] as const)('sums up a conversation without a word in the language of the screen: %s', async (locale, summary) => {
  await bench.line.publish(...events.chat({ conversationId: 'c2' }))
  const silent = () => bench.client.copilot.card({ conversationId: 'c2' })
  await silent() // made before, in the language before
  await bench.client.desk.saveSettings({ locale })
  expect((await silent()).summary).toBe(summary)
  // What was said is summed up in the conversation's own language, whoever reads it.
  expect((await card()).summary).toBe('The machine kept my card and 200 pounds')
})

test('who was verified by the front desk is not asked again, by the list or by the summary', async () => {
  const real = buildDesk({ ai: createAi() })
  const told = buildEvents(real.timers.now() - 60_000)
  told.chat({ conversationId: 'c1' })
  told.said('c1', 'What is the balance of my account?')
  await settle()
  await real.line.publish(...told.all)
  const shown = () => real.client.copilot.card({ conversationId: 'c1' })
  const identity = async () => (await shown()).checks.find(({ check }) => check === 'identity')
  expect(await identity()).toMatchObject({ state: 'open' })
  expect((await shown()).summary).toContain('identity')
  await real.line.publish(
    told.add('verification.changed', { state: 'verified', how: 'one_time_code' }, 'c1'),
    told.add('handoff.prepared', buildHandoff(), 'c1')
  )
  expect(await identity()).toMatchObject({ state: 'done', quote: 'front desk: one-time code' })
  expect((await shown()).summary).not.toContain('identity')
  await real.client.desk.saveSettings({ locale: 'zh-CN' })
  expect(await identity()).toMatchObject({ quote: '智能前台：动态验证码' })
  const { verification, tried } = buildHandoff()
  const passedOn = { because: 'passed_on', fromPersonId: 'agent-tom' } as const
  const proved = { ...verification, at: tried[0]?.at }
  await real.line.publish(told.add('handoff.prepared', buildHandoff({ ...passedOn, verification: proved }), 'c1'))
  expect(await identity()).toMatchObject({ quote: '智能前台：动态验证码' })
  const byTom = { state: 'verified', how: 'questions', at: 5 } as const
  await real.line.publish(told.add('handoff.prepared', buildHandoff({ ...passedOn, verification: byTom }), 'c1'))
  expect(await identity()).toMatchObject({ quote: '同事：安全问题' })
  await real.line.publish(told.add('verification.changed', { state: 'failed', how: 'questions' }, 'c1'))
  expect(await identity()).toMatchObject({ state: 'open' })
  real.close()
})

test('a refused script comes last for the next customer of the same wish, at once and with the line cut', async () => {
  const opened = { customerId: 'x', channel: 'chat', queue: 'cards', language: 'en', reason: 'card', priority: 0 } as const
  const more = ['d1', 'd2', 'd3'].flatMap((id) => [
    events.add('conversation.opened', { ...opened, intent: id === 'd3' ? 'balance' : 'card_lost' }, id),
    events.said(id, id === 'd3' ? 'How much is left' : 'My card is gone')
  ])
  await bench.line.publish(...more)
  const first = async (conversationId: string) => (await bench.client.copilot.card({ conversationId })).suggestion?.articleId
  expect([await first('d1'), await first('d2')]).toEqual(['a1', 'a1'])
  bench.line.cut()
  for (const _ of [1, 2]) await bench.client.copilot.rate({ conversationId: 'd1', articleId: 'a1', outcome: 'rejected' })
  expect([await first('d2'), await first('d3')]).toEqual(['a2', 'a1'])
})
