import { describe, expect, it } from 'vitest'
import type { Turn } from '../../../src-main/ai/ai.ts'
import { lawOf } from '../../../src-main/ai/compliance/check-rules.ts'
import { RULES } from '../../../src-main/ai/compliance/rules.ts'
import { createAi } from '../../../src-main/ai/index.ts'
import { CHECKS } from '../../../src-shared/taxonomy.ts'

const ai = createAi()
const rules = (text: string, speaker: 'customer' | 'agent') => ai.findings(text, speaker).map(({ rule }) => rule)

describe('forbidden promises', () => {
  it.each([
    'This fund has a guaranteed return of six percent',
    'Honestly there is no risk at all',
    'You cannot lose with this one',
    "Don't worry, your principal is fully protected",
    'I guarantee you will profit',
    'It is as safe as a savings deposit',
    '这款产品保本保息',
    '放心，稳赚不赔',
    '沒有任何風險，跟存款一樣',
    '您不用担心，收益是保证的，绝对安全',
    '这个产品肯定会涨'
  ])('are found in "%s"', (text) => {
    const finding = ai.findings(text, 'agent').find(({ rule }) => rule === 'forbidden_promise')
    expect(finding?.severity).toBe('bad')
    expect(text.slice(finding?.span.start, finding?.span.end)).toBe(finding?.span.text)
  })

  it.each([
    'We cannot guarantee returns on this product',
    'Nobody can promise you a guaranteed profit',
    'This is not risk free',
    'The return is not guaranteed and you may lose money',
    'Guaranteed returns do not exist',
    'There is always some risk',
    '我们不能保证收益',
    '这款理财不保本，也不承诺收益',
    '没有稳赚不赔的产品',
    '保本保息是不允许的',
    '理财有风险，可能亏损本金'
  ])('are not found in "%s"', (text) => {
    expect(rules(text, 'agent')).not.toContain('forbidden_promise')
  })

  it('are a matter of what the agent says only', () => {
    expect(rules('So there is no risk and a guaranteed return?', 'customer')).toEqual([])
    expect(rules('有没有保本保息的', 'customer')).toEqual([])
  })
})

describe('other findings', () => {
  it.each([
    ['coached', 'customer', 'He told me to move my money to a safe account'],
    ['coached', 'customer', 'The officer said I must not tell anyone, I am still on the phone with the police'],
    ['coached', 'customer', '警官让我把钱转到安全账户，还说不要告诉家人'],
    ['screen_sharing', 'customer', 'They asked me to install AnyDesk and share my screen'],
    ['screen_sharing', 'customer', '他讓我下載了軟體開了螢幕共享，屏幕共享那種'],
    ['gave_secret', 'customer', 'I gave him the code from the text message'],
    ['gave_secret', 'customer', '我把验证码告诉他了'],
    ['regulator', 'customer', 'I will go to the ombudsman'],
    ['vulnerable', 'customer', 'My husband died in May and I lost my job'],
    ['asks_secret', 'agent', 'Please tell me your full PIN'],
    ['asks_secret', 'agent', '请把验证码告诉我'],
    ['pressure', 'agent', 'This offer is today only, you must decide'],
    ['rude', 'agent', 'That is not my problem'],
    ['data_in_clear', 'agent', 'So the card is 4242 4242 4242 4242'],
    ['data_in_clear', 'customer', 'my PIN is 9931']
  ] as const)('raise %s when the %s says "%s"', (rule, speaker, text) => {
    expect(rules(text, speaker)).toContain(rule)
  })

  it.each([
    ['agent', 'Please never tell anyone your PIN'],
    ['agent', '我们不会让您告诉我密码'],
    ['customer', 'Nobody told me to transfer anything'],
    ['customer', 'What are your opening hours?'],
    ['agent', 'Good morning, how can I help you today?']
  ] as const)('are not raised when the %s says "%s"', (speaker, text) => {
    expect(rules(text, speaker)).toEqual([])
  })

  it.each([
    ['forbidden_promise', 'en', 'MiFID II'],
    ['forbidden_promise', 'zh', 'Wealth Management'],
    ['asks_secret', 'en', 'PCI DSS'],
    ['data_in_clear', 'en', 'GDPR'],
    ['data_in_clear', 'zh', 'Personal Information Protection Law'],
    ['coached', 'zh', 'Anti-Telecom'],
    ['recording_notice', 'en', 'GDPR art. 5(1)(a) and 13'],
    ['recording_notice', 'zh', 'Personal Information Protection Law'],
    ['identity', 'en', 'GDPR'],
    ['risk_wording', 'en', '25(2)'],
    ['risk_wording', 'zh', 'Financial Consumer Protection Act'],
    ['calm_closing', 'zh', 'Consumer Complaints']
  ] as const)('the law behind %s in %s is told', (rule, language, source) => {
    const law = lawOf(rule, language)
    expect(law?.source).toContain(source)
    expect(law?.appliesFrom).toMatch(/^20\d\d-[01]\d-[0-3]\d$/)
    expect(law?.version).toBeGreaterThanOrEqual(1)
  })

  it('every check and every rule has law in both languages, and a rule nobody knows has none', () => {
    for (const name of [...CHECKS, ...RULES.map(({ rule }) => rule), 'data_in_clear'])
      for (const language of ['en', 'zh'] as const)
        expect([name, language, (lawOf(name, language)?.source ?? '').length > 10]).toEqual([name, language, true])
    expect(lawOf('no such rule', 'en')).toBeUndefined()
  })

  it('are traceable: every rule has a version, a source and one language', () => {
    for (const rule of RULES) {
      expect(rule.version).toBeGreaterThanOrEqual(1)
      expect(rule.source.length).toBeGreaterThan(10)
    }
    const languages = new Map<string, Set<string>>()
    for (const { rule, language } of RULES) languages.set(rule, (languages.get(rule) ?? new Set()).add(language))
    for (const [rule, both] of languages) expect([rule, both.size]).toEqual([rule, 2])
  })
})

describe('the check-first list', () => {
  const turns = (...lines: [Turn['speaker'], string][]): Turn[] =>
    lines.map(([speaker, text], i) => ({ entryId: `e${i}`, speaker, text, at: 1_000 + i }))
  const state = (list: Turn[], check: string, intent: Parameters<typeof ai.checks>[1] = 'wealth_product') =>
    ai.checks(list, intent).find((row) => row.check === check)?.state

  it('is all open before anything is said', () => {
    expect(new Set(ai.checks([], 'wealth_product').map((row) => row.state))).toEqual(new Set(['open']))
  })

  it('asks for risk wording when wealth products are the topic, and for identity unless anybody may know', () => {
    expect(ai.checks([], 'wealth_product').map((row) => row.check)).toContain('risk_wording')
    expect(ai.checks([], 'balance').map((row) => row.check)).not.toContain('risk_wording')
    expect(ai.checks([], 'balance').map((row) => row.check)).toContain('identity')
    expect(ai.checks([], 'branch_atm').map((row) => row.check)).not.toContain('identity')
    expect(ai.checks([], 'branch_atm').map((row) => row.check)).toContain('recording_notice')
  })

  it('ticks a greeting and a recording notice with quote, entry and time', () => {
    const list = turns(['customer', 'Hi'], ['agent', 'Good morning, this call is recorded.'])
    expect(ai.checks(list, 'balance')[0]).toEqual({
      check: 'greeting',
      state: 'done',
      quote: 'Good morning, this call is recorded.',
      entryId: 'e1',
      at: 1_001
    })
    expect(state(list, 'recording_notice')).toBe('done')
    expect(state(turns(['customer', 'Hello, is this recorded?']), 'recording_notice')).toBe('open')
  })

  it('needs the answer, not only the question, for identity', () => {
    const asked: [Turn['speaker'], string] = ['agent', 'May I have your date of birth, please?']
    expect(state(turns(asked), 'identity')).toBe('open')
    expect(state(turns(asked, ['customer', 'Why do you need that?']), 'identity')).toBe('open')
    expect(state(turns(asked, ['customer', 'Ninth of May 1971']), 'identity')).toBe('done')
    expect(state(turns(['agent', '请核对一下身份证后四位'], ['customer', '1234']), 'identity')).toBe('done')
    expect(state(turns(['agent', 'Thank you, you are verified.']), 'identity')).toBe('done')
  })

  it('takes a risk warning for one and its opposite not', () => {
    expect(state(turns(['agent', 'The value can fall as well as rise.']), 'risk_wording')).toBe('done')
    expect(state(turns(['agent', '理财有风险，不保本']), 'risk_wording')).toBe('done')
    expect(state(turns(['agent', 'It carries no risk']), 'risk_wording')).toBe('open')
    expect(state(turns(['agent', '这个产品没有风险']), 'risk_wording')).toBe('open')
    expect(state(turns(['customer', 'I know that I can lose money']), 'risk_wording')).toBe('open')
  })

  it('keeps a broken promise broken whatever is said later', () => {
    const list = turns(
      ['customer', 'Is it safe?'],
      ['agent', 'It is guaranteed profit.'],
      ['agent', 'Sorry, nothing is guaranteed.'],
      ['customer', 'ok'],
      ['agent', 'Goodbye, have a nice day']
    )
    const row = ai.checks(list, 'wealth_product').find(({ check }) => check === 'no_forbidden_promise')
    expect(row).toEqual({ check: 'no_forbidden_promise', state: 'broken', quote: 'guaranteed profit', entryId: 'e1', at: 1_001 })
  })

  it('ticks "no forbidden promise" only at the closing', () => {
    const start = turns(['customer', 'Hi'], ['agent', 'Thank you for calling, how can I help?'], ['customer', 'My balance please'])
    expect(state(start, 'no_forbidden_promise')).toBe('open')
    expect(state(start, 'calm_closing')).toBe('open')
    const end = [...start, ...turns(['customer', 'Thanks'], ['agent', 'Goodbye, have a nice day.'])]
    expect(state(end, 'no_forbidden_promise')).toBe('done')
    expect(state(end, 'calm_closing')).toBe('done')
  })

  it('counts "anything else?" as closing only when the answer is no', () => {
    const list = turns(
      ['customer', 'Hi'],
      ['agent', 'Hello'],
      ['customer', 'My balance?'],
      ['agent', 'It is 20 dollars. Anything else I can help with?']
    )
    expect(state(list, 'calm_closing')).toBe('open')
    expect(state([...list, ...turns(['customer', 'No, that is all'])], 'calm_closing')).toBe('done')
    expect(state([...list, ...turns(['customer', 'Yes, a statement'])], 'calm_closing')).toBe('open')
  })

  it('does not call a closing calm after a rude word', () => {
    expect(
      state(turns(['customer', 'Hi'], ['agent', 'Hello'], ['agent', 'Calm down, that is your own fault. Goodbye']), 'calm_closing')
    ).toBe('broken')
  })
})
