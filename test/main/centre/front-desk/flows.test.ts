import { expect, test } from 'vitest'
import { readFlows } from '../../../../src-main/centre/front-desk/flows.ts'
import { asksForPerson, choiceIn, codeIn, isDone, slotIn, yesOrNo } from '../../../../src-main/centre/front-desk/slots.ts'
import { shippedFlows } from './talk.ts'

const STANDARD = [
  'balance',
  'transactions',
  'interest_rates',
  'repayment_due',
  'fees',
  'statement',
  'branch_atm',
  'transfer_status',
  'loan_status',
  'policy_status'
]

test('the flows that ship answer every standard question', () => {
  const intents = shippedFlows().flows.flatMap((flow) => flow.intents)
  expect(intents).toEqual(expect.arrayContaining(STANDARD))
})

const broken = (change: (book: { flows: Record<string, unknown>[] }) => void): string => {
  const book = JSON.parse(JSON.stringify(shippedFlows())) as { flows: Record<string, unknown>[] } // our own JSON
  change(book)
  return JSON.stringify(book)
}
const first = (book: { flows: Record<string, unknown>[] }): Record<string, unknown> => book.flows[0] ?? {}

test.each<[string, string, RegExp]>([
  ['no JSON', '{', /no JSON/],
  ['a missing word', broken((book) => Object.assign(book, { words: {} })), /words/],
  [
    'an unknown act',
    broken((book) => Object.assign(first(book), { steps: [{ id: 'a', act: 'print_money', args: {}, row: {} }] })),
    /flows\.0\.steps/
  ],
  ['a topic for people', broken((book) => Object.assign(first(book), { intents: ['complaint'] })), /people only/],
  ['two flows of one intent', broken((book) => Object.assign(first(book), { intents: ['fees'] })), /has a flow already/],
  [
    'an unknown slot',
    broken((book) =>
      Object.assign(first(book), {
        steps: [{ id: 'a', act: 'balance', args: { tail: '$nothing' }, row: { en: 'x', 'zh-CN': 'x', 'zh-TW': 'x' } }]
      })
    ),
    /no slot \$nothing/
  ]
])('flows with %s are refused with the place named', (_, text, message) => {
  expect(() => readFlows(text)).toThrow(message)
})

test.each([
  ['my card ends in 6620', '6620'],
  ['it is four four one two', '4412'],
  ['尾号六六二〇', '6620'],
  ['4111 1111 1111 6620', '6620'],
  ['I have two cards', undefined],
  ['in 2026 I paid 30', '2026']
])('the last four of “%s”', (text, tail) => {
  expect(slotIn('tail', text)).toBe(tail)
})

test.each([
  ['123456', '123456'],
  ['the code is 123 456', '123456'],
  ['one two three four five six', '123456'],
  ['验证码是一二三四五六', '123456'],
  ['12345', undefined],
  ['1234567', undefined]
])('the code of “%s”', (text, code) => {
  expect(codeIn(text)).toBe(code)
})

test.each([
  ['yes', true],
  ['Yes please do', true],
  ['ok', true],
  ['好的', true],
  ['是的，麻烦了', true],
  ['no', false],
  ['不用了', false],
  ['不是', false],
  ['no thanks', false],
  ['No problem, go ahead', true],
  ['好的等一下，卡找到了', undefined],
  ['好了不用了', undefined],
  ['行你先别挂', undefined],
  ['Yes but not that card', undefined],
  ['OK wait, I found it', undefined],
  ['Sure? no', undefined],
  ['Right, hold on', undefined],
  ['Stop my card, it is lost', undefined],
  ['Now tell me the fees', undefined],
  ['没有收到我的转账', undefined],
  ['maybe later', undefined],
  ['是不是要收费？', undefined],
  ['what does it cost', undefined]
])('“%s” as a yes or no', (text, answer) => {
  expect(yesOrNo(text)).toBe(answer)
})

test('a choice by number or place', () => {
  expect(choiceIn('2', 3)).toBe(1)
  expect(choiceIn('the last', 3)).toBe(2)
  expect(choiceIn('第三个', 3)).toBe(2)
  expect(choiceIn('7', 3)).toBeUndefined()
  for (const text of ['这三个时间都不行', '没有一个合适的', 'None of those three, sorry', 'one next week please', 'anything at 2 pm?'])
    expect(choiceIn(text, 3), text).toBeUndefined()
  for (const [text, place] of [
    ['the second one', 1],
    ['第一个吧。', 0],
    ['The first one, please.', 0],
    ['option 3 please', 2],
    ['one', 0]
  ] as const)
    expect(choiceIn(text, 3), text).toBe(place)
})

test.each(['speak to a human', 'agent', 'put me through to somebody please', '转人工', '我要找客服', '麻煩轉專員'])(
  '“%s” asks for a person',
  (text) => {
    expect(asksForPerson(text)).toBe(true)
  }
)
test.each(['my agent sold me a policy', 'is the person at the branch in today', '客服电话是多少', 'the insurance agent was rude'])(
  '“%s” does not',
  (text) => {
    expect(asksForPerson(text)).toBe(false)
  }
)

test.each([
  ['no thanks, bye', true],
  ['没有了，谢谢', true],
  ['No, that is all. Thank you!', true],
  ['没有了，谢谢！', true],
  ['What is my balance? Thanks', false],
  ['我的卡办好了吗？', false],
  ["that didn't help, thanks", false],
  ['thanks, and what about my other account?', false]
])('“%s” is an end: %s', (text, done) => {
  expect(isDone(text)).toBe(done)
})
