import { describe, expect, test } from 'vitest'
import type { Turn } from '../../../src-main/ai/ai.ts'
import { createAi } from '../../../src-main/ai/index.ts'

const ai = createAi()
const talk = (...lines: [speaker: Turn['speaker'], text: string][]): Turn[] =>
  lines.map(([speaker, text], i) => ({ entryId: `e${i}`, speaker, text, at: i }))
const stateOf = (check: string, turns: Turn[]) => ai.checks(turns, 'balance').find((one) => one.check === check)?.state

describe('an identity question counts as a check when it was answered', () => {
  const question = ['agent', 'Could you tell me your date of birth and the last four digits of your card?'] as const
  test.each([
    "I'm absolutely furious, this is the third time!",
    'Why do you need that? I have told you twice already.',
    'this is ridiculous',
    "Yes, and I'm fed up with it."
  ])('not by talk: %s', (answer) => {
    expect(stateOf('identity', talk([...question], ['customer', answer]))).toBe('open')
  })
  test.each([
    'It is 4417, born in 1984.',
    'The twelfth of March, and the card ends in •••• 4417.',
    "Yes, I'm Colin Abara.",
    'My name is Priya.'
  ])('by an answer: %s', (answer) => {
    expect(stateOf('identity', talk([...question], ['customer', answer]))).toBe('done')
  })
  test.each([
    ['我都说了三遍了，你们到底有没有在听！', 'open'],
    ['尾号是四四一七，八月出生的。', 'done'],
    ['我叫王晓明。', 'done']
  ])('in Chinese: %s', (answer, state) => {
    expect(stateOf('identity', talk(['agent', '请您核实一下身份，报一下姓名和卡号后四位。'], ['customer', answer]))).toBe(state)
  })
})

describe('a goodbye is the closing only when it was the end', () => {
  const begun: [Turn['speaker'], string][] = [
    ['agent', 'Good morning, Harbour Bank, my name is Lin.'],
    ['customer', 'I want to complain about a fee.'],
    ['agent', 'I have refunded the fee. Thank you for calling, goodbye.']
  ]
  test('it was the last word', () => {
    expect(stateOf('calm_closing', talk(...begun, ['customer', 'Thanks, bye.']))).toBe('done')
  })
  test('it was not, since the talk went on', () => {
    expect(
      stateOf('calm_closing', talk(...begun, ['customer', 'Wait, that is not all!'], ['agent', 'What else happened with the account?']))
    ).toBe('open')
  })
})
