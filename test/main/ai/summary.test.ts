import { describe, expect, it } from 'vitest'
import type { Turn } from '../../../src-main/ai/ai.ts'
import { createAi } from '../../../src-main/ai/index.ts'

const ai = createAi()
const turns = (...lines: [Turn['speaker'], string][]): Turn[] =>
  lines.map(([speaker, text], i) => ({ entryId: `e${i}`, speaker, text, at: i }))

describe('the running summary', () => {
  const english = turns(
    ['customer', 'I lost my credit card yesterday and I am really worried'],
    ['agent', 'Good morning. Can you confirm your date of birth?'],
    ['customer', '12 March 1985, the card is 4242 4242 4242 4242'],
    ['agent', 'Thank you for confirming. I have blocked your card. I will order a replacement card.'],
    ['agent', 'I will call you back tomorrow morning.'],
    ['customer', 'Perfect, thank you so much']
  )

  it('says in English what was wanted, noted, done, promised and how it felt', () => {
    expect(ai.summary(english, 'card_lost', 'en').split('\n')).toEqual([
      'Wanted: lost or stolen card - "I lost my credit card yesterday and I am really worried"',
      'Facts: credit card; yesterday; 12 March 1985; •••• 4242; tomorrow morning',
      'Done: identity confirmed; card blocked',
      'Promised: order a replacement card; call back (tomorrow morning)',
      'Mood: worried → calm → satisfied'
    ])
  })

  it('says it in Chinese', () => {
    const chinese = turns(
      ['customer', '你好，我想提前还房贷，二十万'],
      ['agent', '您好，请核实身份证后四位'],
      ['customer', '1234'],
      ['agent', '核对无误。我下周一给您回电。'],
      ['customer', '太慢了，要等几天呢？']
    )
    expect(ai.summary(chinese, 'mortgage_prepay', 'zh').split('\n')).toEqual([
      '诉求：提前还款：“你好，我想提前还房贷，二十万”',
      '要点：房贷；二十万；下周一',
      '已办：已核实身份',
      '承诺：回电（下周一）',
      '待办：尚未答复：“太慢了，要等几天呢？”',
      '情绪：平静 → 不耐烦'
    ])
  })

  it('never shows a number in clear', () => {
    const list = turns(['customer', 'I lost my card 4242 4242 4242 4242, my PIN is 9931 and my mail is jo@example.com'])
    expect(ai.summary(list, 'card_lost', 'en')).not.toMatch(/4242 4242|9931|jo@/)
  })

  it('does not take an offer, a question or a refusal for something done', () => {
    const list = turns(
      ['customer', 'Lost my card'],
      ['agent', 'Would you like me to block your card? I have not blocked the card yet. I can order a replacement card.']
    )
    expect(ai.summary(list, 'card_lost', 'en')).not.toMatch(/Done|Promised/)
  })

  it('counts a promise that was kept as done', () => {
    const list = turns(['customer', 'Lost my card'], ['agent', 'I will block your card now.'], ['agent', 'I have blocked your card.'])
    const note = ai.summary(list, 'card_lost', 'en')
    expect(note).toContain('Done: card blocked')
    expect(note).not.toContain('Promised')
  })

  it('names the open points: an unanswered question, an identity not yet confirmed', () => {
    const note = ai.summary(turns(['customer', 'What is my balance?']), 'balance', 'en')
    expect(note).toContain('Open: unanswered - "What is my balance?"; identity not confirmed')
  })

  it('has something to say before anybody has spoken', () => {
    expect(ai.summary([], 'unknown', 'en')).toBe('Wanted: nothing noted yet')
    expect(ai.summary([], 'unknown', 'zh')).toBe('诉求：暂无记录')
  })
})
