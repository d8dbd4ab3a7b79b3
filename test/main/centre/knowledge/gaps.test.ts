import { expect, test } from 'vitest'
import { createAi } from '../../../../src-main/ai/index.ts'
import type { KnowledgeGap } from '../../../../src-shared/front-desk.ts'
import { contact, type Floor, floor, person } from '../../../build/centre.ts'
import { shippedFlows } from '../front-desk/talk.ts'

const people = [person('lin'), person('sam', { role: 'supervisor', queues: [] })]
const QUESTION = 'do you exchange torn banknotes from abroad'
const ANSWER =
  'Yes, torn foreign banknotes are exchanged at the main branch on Mondays; we send them to the issuing bank, which takes six weeks.'

const open = (rest: Parameters<typeof floor>[0] = {}): Floor =>
  floor({ people, ai: createAi(), frontDesk: { book: shippedFlows(), channels: ['chat'] }, ...rest })

/** Somebody asks, the front desk does not know, Lin answers and wraps up. */
async function asked(
  f: Floor,
  questions: readonly string[],
  lines: readonly string[],
  disposition: 'resolved' | 'complaint_recorded' = 'resolved'
) {
  const id = f.centre.contactArrived(contact({ frontDesk: true, reason: '' }))
  for (const text of questions) f.centre.customerSaid(id, text)
  if (f.factsOf('front-desk.ended', id).length === 0) return id
  f.centre.setPresence('lin', 'available')
  const offer = f.factsOf('conversation.offered', id).at(-1)
  await f.command('lin', 'offer.accept', { conversationId: id, offerId: offer?.data.offerId ?? '' })
  for (const [i, text] of lines.entries()) await f.command('lin', 'message.send', { conversationId: id, entryId: `${id}-${i}`, text })
  expect(await f.command('lin', 'wrapup.finish', { conversationId: id, disposition, note: '' })).toBe('accepted')
  return id
}
const gaps = (f: Floor): KnowledgeGap[] => [...new Map(f.factsOf('gap.changed').map(({ data }) => [data.gapId, data])).values()]
const article = (gapId: string, change: object = {}) => ({
  gapId,
  title: 'Torn foreign banknotes',
  say: ANSWER,
  body: 'Only at the main branch.',
  intents: [],
  language: 'en' as const,
  ...change
})
const saidByAi = (f: Floor, id: string) => f.factsOf('entry.added', id).flatMap(({ data }) => (data.speaker === 'ai' ? [data.text] : []))

test('a question without an answer, answered by a person and approved by a supervisor, is answered by the front desk from then on', async () => {
  const f = open()
  await asked(
    f,
    [QUESTION, 'torn banknotes, can I exchange them'],
    ['Good morning, thanks for waiting.', ANSWER, 'Is there anything else?']
  )
  const [gap] = gaps(f)
  expect(gap).toMatchObject({
    state: 'open',
    language: 'en',
    questions: [{ text: QUESTION }],
    answers: [{ text: ANSWER, personId: 'lin' }]
  })
  expect(gap?.answers).toHaveLength(1)
  expect(await f.command('sam', 'article.approve', article(gap?.gapId ?? ''))).toBe('accepted')

  const next = f.centre.contactArrived(contact({ customerId: 'c2', frontDesk: true, reason: '' }))
  f.centre.customerSaid(next, 'can torn banknotes from abroad be exchanged')
  expect(saidByAi(f, next).join('\n')).toContain(ANSWER)
  f.centre.customerSaid(next, 'yes, thanks')
  f.centre.customerSaid(next, 'no, that is all')
  expect(f.factsOf('front-desk.ended', next)[0]?.data.outcome).toBe('contained')

  for (const desk of ['lin', 'sam'])
    expect((await f.log(desk)).filter((event) => event.type === 'article.published').at(-1)?.data).toMatchObject({
      say: ANSWER,
      asked: [QUESTION]
    })
  expect((await f.log('sam')).filter((event) => event.type === 'gap.changed').at(-1)?.data).toMatchObject({ state: 'published' })
  expect((await f.log('lin')).some((event) => event.type === 'gap.changed')).toBe(false)
})

test('what was learnt is known after a restart', async () => {
  const f = open()
  await asked(f, [QUESTION, QUESTION], [ANSWER])
  await f.command('sam', 'article.approve', article(gaps(f)[0]?.gapId ?? ''))
  f.restart()
  const next = f.centre.contactArrived(contact({ customerId: 'c2', frontDesk: true, reason: '' }))
  f.centre.customerSaid(next, QUESTION)
  expect(saidByAi(f, next).join('\n')).toContain(ANSWER)
})

test('questions that mean the same are one gap, others are not', async () => {
  const f = open()
  await asked(f, [QUESTION, QUESTION], [ANSWER])
  await asked(f, ['can you exchange torn foreign banknotes', 'torn foreign banknotes, exchange'], [ANSWER])
  await asked(
    f,
    ['do you rent out safe deposit boxes', 'I mean a locker in the vault'],
    ['We have lockers at the main branch, from 60 a year.']
  )
  const found = gaps(f)
  expect(found.map(({ questions }) => questions.length)).toEqual([2, 1])
  expect(found[0]?.answers.map(({ text }) => text)).toEqual([ANSWER])
})

test('what a person decides is never learnt', async () => {
  const f = open()
  await asked(f, [QUESTION, QUESTION], [ANSWER], 'complaint_recorded')
  expect(gaps(f)).toMatchObject([{ state: 'dismissed', questions: [], answers: [] }])
  await asked(
    f,
    ['I want to make a formal complaint about your staff'],
    ['I am sorry, I have recorded your complaint and you hear from us by Friday.']
  )
  expect(gaps(f)).toHaveLength(1)
  await asked(f, [QUESTION, QUESTION], [ANSWER])
  const open2 = gaps(f).find(({ state }) => state === 'open')
  const gapId = open2?.gapId ?? gaps(f)[0]?.gapId ?? ''
  if (!open2) await f.command('sam', 'gap.reopen', { gapId })
  expect(await f.command('sam', 'article.approve', article(gapId, { intents: ['complaint'] }))).toBe('invalid')
})

test('nothing personal is kept, and nothing is published that may not be promised', async () => {
  const f = open()
  const card = '6222 0202 0011 2233 445'
  await asked(f, [`${QUESTION}, my card is ${card}`, QUESTION], [`${ANSWER} I saw your card ${card}.`])
  const gapId = gaps(f)[0]?.gapId ?? ''
  expect(gaps(f)[0]?.answers).toHaveLength(1)
  expect(await f.command('sam', 'article.approve', article(gapId, { say: 'This fund gives a guaranteed return of 8 percent.' }))).toBe(
    'invalid'
  )
  expect(await f.command('sam', 'article.approve', article(gapId, { body: `Call about card ${card}` }))).toBe('accepted')
  expect(JSON.stringify(f.facts())).not.toContain('2233')
})

test('a dismissed gap stays dismissed when it is asked again, until it is taken back; only supervisors decide', async () => {
  const f = open()
  await asked(f, [QUESTION, QUESTION], [ANSWER])
  const gapId = gaps(f)[0]?.gapId ?? ''
  expect(await f.command('lin', 'gap.dismiss', { gapId })).toBe('not_allowed')
  expect(await f.command('sam', 'gap.dismiss', { gapId: 'nothing' })).toBe('not_found')
  expect(await f.command('sam', 'gap.dismiss', { gapId })).toBe('accepted')
  expect(await f.command('sam', 'gap.dismiss', { gapId })).toBe('already_done')
  await asked(f, [QUESTION, QUESTION], [ANSWER])
  expect(gaps(f)).toMatchObject([{ state: 'dismissed', questions: [{}, {}] }])
  expect(await f.command('sam', 'article.approve', article(gapId))).toBe('already_done')
  expect(await f.command('sam', 'gap.reopen', { gapId })).toBe('accepted')
  expect(gaps(f)).toMatchObject([{ state: 'open' }])
})

test('a rating counts for the wish it was about, and reaches every desk with the article', async () => {
  const f = open({
    articles: [
      {
        articleId: 'a',
        revision: 1,
        language: 'en',
        title: 'Rates',
        intents: ['interest_rates'],
        say: 'Two percent.',
        body: 'Two percent.',
        updatedAt: 0
      }
    ]
  })
  f.centre.setPresence('lin', 'available')
  const id = f.centre.contactArrived(contact())
  f.centre.customerSaid(id, 'what is the interest rate on a savings account')
  f.centre.accept('lin', id)
  expect(await f.command('lin', 'suggestion.rate', { conversationId: id, articleId: 'a', outcome: 'accepted' })).toBe('accepted')
  expect(await f.command('lin', 'suggestion.rate', { conversationId: id, articleId: 'a', outcome: 'rejected' })).toBe('accepted')
  expect(f.factsOf('suggestion.rated', id)[0]?.data.intent).toBe('interest_rates')
  f.restart()
  const newest = (await f.log('sam')).filter((event) => event.type === 'article.published').at(-1)
  expect(newest?.data).toMatchObject({ articleId: 'a', ratings: [{ intent: 'interest_rates', up: 1, down: 1 }] })
})
