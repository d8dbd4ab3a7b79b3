import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../../../src-main/practice/scenarios/format.ts'
import { loadScenarios } from '../../../../src-main/practice/scenarios/load.ts'
import { linesOf } from '../../../../src-main/practice/scenarios/match.ts'
import { HUMAN_ONLY, INTENTS, type Intent, type Language } from '../../../../src-shared/taxonomy.ts'
import { PRACTICE_DIR } from './practice-dir.ts'

const { scenarios, customers, articles } = loadScenarios(PRACTICE_DIR)
const LANGUAGES: readonly Language[] = ['en', 'zh']
const inLanguage = (language: Language): Scenario[] => scenarios.filter((scenario) => scenario.language === language)

/** What a newcomer must be able to practise in either language. */
const WANTED: readonly Intent[] = [
  'balance',
  'transactions',
  'interest_rates',
  'repayment_due',
  'card_lost',
  'transfer_large',
  'fraud_report',
  'wealth_product',
  'loan_status',
  'insurance_claim',
  'complaint',
  'contract_dispute',
  'pin_password',
  'fees',
  'aml_enquiry'
]

/** Written from the reader's side, apart from the lexicons of the product: enough to see that an angry caller says so. */
const STRAIN = /ridiculous|furious|fed up|unacceptable|frustrating|annoying|太过分|气死|受够|不能接受|不耐烦|不满意/
const RELIEF = /thank|cheers|great|good|brilliant|kind|perfect|breathe|谢|好|放心|安心|清楚/i

describe.each(LANGUAGES)('the scenarios in %s', (language) => {
  it.each(WANTED)('let one practise %s by voice', (intent) => {
    expect(inLanguage(language).filter((scenario) => scenario.intent === intent && scenario.channels.includes('voice'))).not.toHaveLength(0)
  })

  it('work in writing all of them, and by voice all but two', () => {
    const scripts = inLanguage(language)
    expect(scripts.length).toBeGreaterThanOrEqual(14)
    expect(scripts.every((scenario) => scenario.channels.includes('chat'))).toBe(true)
    expect(scripts.filter((scenario) => !scenario.channels.includes('voice'))).toHaveLength(2)
  })

  it('bring both alerts, ahead of the queue', () => {
    const alerts = inLanguage(language).filter((scenario) => scenario.alert !== undefined)
    expect(alerts.map((scenario) => scenario.alert).sort()).toEqual(['large_transfer', 'remote_login'])
    expect(alerts.every((scenario) => scenario.priority >= 7)).toBe(true)
  })

  it('show strain in words where a caller is strained, and relief where it ends well', () => {
    const said = (intent: Intent): string =>
      inLanguage(language)
        .filter((scenario) => scenario.intent === intent)
        .flatMap((scenario) => linesOf(scenario).map((line) => line.text))
        .join(' ')
    for (const intent of ['complaint', 'contract_dispute', 'loan_status', 'fees'] as const) expect(said(intent), intent).toMatch(STRAIN)
    for (const scenario of inLanguage(language).filter((one) => !HUMAN_ONLY.includes(one.intent))) {
      expect(
        scenario.steps
          .slice(-2)
          .map((step) => step.say.text)
          .join(' '),
        scenario.id
      ).toMatch(RELIEF)
    }
  })

  it('vary in length and are spoken in their language', () => {
    const scripts = inLanguage(language)
    expect(new Set(scripts.map((scenario) => scenario.steps.length)).size).toBeGreaterThanOrEqual(3)
    for (const scenario of scripts) {
      expect(scenario.steps.length, scenario.id).toBeGreaterThanOrEqual(3)
      for (const text of [...linesOf(scenario).map((line) => line.text), ...scenario.agentPrompts]) {
        expect(/\p{Script=Han}/u.test(text), `${scenario.id}: ${text}`).toBe(language === 'zh')
      }
    }
  })

  it('come from customers who speak it', () => {
    for (const scenario of inLanguage(language)) {
      expect(customers.find((customer) => customer.customerId === scenario.customerId)?.language, scenario.id).toBe(language)
    }
  })
})

describe('the practice customers', () => {
  it('are about forty, in both languages, and nobody has more than two scenarios', () => {
    expect(customers.length).toBeGreaterThanOrEqual(38)
    for (const language of LANGUAGES)
      expect(customers.filter((customer) => customer.language === language).length).toBeGreaterThanOrEqual(18)
    for (const customer of customers) {
      expect(scenarios.filter((scenario) => scenario.customerId === customer.customerId).length, customer.customerId).toBeLessThanOrEqual(2)
    }
    expect(customers.some((customer) => scenarios.filter((scenario) => scenario.customerId === customer.customerId).length === 2)).toBe(
      true
    )
  })

  it('have numbers that belong to nobody, each its own', () => {
    const fictitious = /^(\+120255501\d\d|\+4420794601\d\d|\+860000000\d{4})$/
    for (const customer of customers) expect(customer.phone, customer.customerId).toMatch(fictitious)
    expect(new Set(customers.map((customer) => customer.phone)).size).toBe(customers.length)
  })

  it('show no product number in clear', () => {
    for (const product of customers.flatMap((customer) => customer.products)) expect(product.masked).not.toMatch(/\d{5,}/)
  })

  it('have risk grades of which some have run out, the wealth callers among them', () => {
    const now = Date.UTC(2026, 10, 1)
    const graded = customers.filter((customer) => customer.riskGrade !== undefined)
    expect(graded.every((customer) => customer.riskGradeUntil !== undefined)).toBe(true)
    const expired = graded.filter((customer) => (customer.riskGradeUntil ?? 0) < now).map((customer) => customer.customerId)
    expect(expired.length).toBeGreaterThanOrEqual(2)
    expect(expired.length).toBeLessThan(graded.length / 2)
    for (const scenario of scenarios.filter((one) => one.intent === 'wealth_product')) expect(expired).toContain(scenario.customerId)
  })
})

describe('the knowledge articles', () => {
  it.each(INTENTS.filter((intent) => intent !== 'unknown'))('cover %s in both languages', (intent) => {
    for (const language of LANGUAGES) {
      expect(
        articles.filter((article) => article.language === language && article.intents.includes(intent)),
        language
      ).not.toHaveLength(0)
    }
  })

  it('come in pairs: the same key in English and Chinese', () => {
    const keys = (language: Language): string[] =>
      articles
        .filter((article) => article.language === language)
        .map((article) => article.articleId.replace(/-(en|zh)$/, ''))
        .sort()
    expect(keys('en')).toEqual(keys('zh'))
  })

  it('give a short thing to say and a procedure in paragraphs', () => {
    for (const article of articles) {
      expect(article.body.split('\n\n').length, article.articleId).toBeGreaterThanOrEqual(2)
      const sentences = article.say.split(/[.!?。!?](?:\s|$)|[。!?]/).filter((part) => part.trim() !== '').length
      expect(sentences, article.articleId).toBeGreaterThanOrEqual(1)
      expect(sentences, article.articleId).toBeLessThanOrEqual(4)
      expect(article.say.length, article.articleId).toBeLessThan(360)
    }
  })
})

describe('what agents are given to say', () => {
  /** Promises nobody at a bank may make. */
  const FORBIDDEN =
    /\bguaranteed? (?:return|profit|income)|risk[- ]free|no risk|cannot lose|will definitely|100 ?%|certain to (?:rise|win)|稳赚|包赚|零风险|没有风险|绝对安全|一定赚|一定能批|肯定能批|百分之百/i

  it('never promises what nobody can promise', () => {
    for (const scenario of scenarios) for (const prompt of scenario.agentPrompts) expect(prompt, scenario.id).not.toMatch(FORBIDDEN)
    for (const article of articles) expect(article.say, article.articleId).not.toMatch(FORBIDDEN)
  })

  it('opens with the bank, tells about the recording on calls, asks who is there and closes with an offer of help', () => {
    for (const scenario of scenarios) {
      const [first, ...rest] = scenario.agentPrompts
      expect(first, scenario.id).toMatch(/Harbour Bank|海港银行/)
      if (scenario.channels.includes('voice')) expect(first, scenario.id).toMatch(/recorded|录音/)
      if (scenario.intent !== 'interest_rates') expect(first + rest.join(' '), scenario.id).toMatch(/date of birth|出生日期/)
      expect(rest.slice(-1).join(' '), scenario.id).toMatch(/anything else|还有什么|还有其他/)
    }
  })

  it('warns of the risk before wealth products and holds a decision back where only people decide', () => {
    for (const scenario of scenarios.filter((one) => one.intent === 'wealth_product')) {
      expect(scenario.agentPrompts.join(' '), scenario.id).toMatch(/not guaranteed|不保本/)
    }
    for (const article of articles.filter((one) => one.intents.some((intent) => HUMAN_ONLY.includes(intent)))) {
      expect(article.say, article.articleId).toMatch(/person|specialist|专人|专员/)
    }
  })
})
