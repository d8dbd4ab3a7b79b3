import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAi } from '../../../../src-main/ai/index.ts'
import { createBreaker } from '../../../../src-main/ai/model-server/breaker.ts'
import { figuresIn, inventedFigure } from '../../../../src-main/ai/model-server/figures.ts'
import { inventedName } from '../../../../src-main/ai/model-server/names.ts'
import { promptFor, type WordingTask } from '../../../../src-main/ai/model-server/prompt.ts'
import { eventsOf } from '../../../../src-main/ai/model-server/server-sent-events.ts'
import { passesLuhn } from '../../../../src-main/ai/sensitive.ts'

const ai = createAi()

describe('figures', () => {
  test.each<[string, number, string | undefined]>([
    ['£1,234.50', 1234.5, 'money'],
    ['3 to 5 working days', 3, 'workday'],
    ['two hundred and five pounds', 205, 'money'],
    ['1.5万元', 15_000, 'money'],
    ['三万五千元', 35_000, 'money'],
    ['百分之三点五', 3.5, 'percent'],
    ['within a day', 1, 'day'],
    ['5 million', 5e6, undefined]
  ])('%s', (text, value, unit) => {
    expect(figuresIn(text)[0]).toEqual({ value, unit })
  })
  test('words that only look like numbers count nothing', () => {
    expect(figuresIn('one of your cards, 十分抱歉, 万一丢失, 第三方')).toEqual([])
  })
  test('the same figure may be written in other ways, another one may not', () => {
    expect(inventedFigure('five working days, 5 percent', '5 working days at 5%')).toBeUndefined()
    expect(inventedFigure('三天内到账', '3天内到账')).toBeUndefined()
    expect(inventedFigure('5 days', '5 working days')).toEqual({ value: 5, unit: 'day' })
    expect(inventedFigure('about £60', '6 pounds')).toEqual({ value: 60, unit: 'money' })
  })
})

describe('names', () => {
  test.each<[string, string, 'en' | 'zh', string | undefined]>([
    ['Your card is on its way, Ms Okafor.', 'Customer: this is Ms Okafor', 'en', undefined],
    ['Your card is on its way, Ms Okafor.', 'Customer: where is my card', 'en', 'Ms'],
    ['Open the app and choose Cards.', 'In the app, under cards', 'en', undefined],
    ['Alice will call you.', 'We call you', 'en', 'Alice'],
    ['Your саrd arrives.', 'the card arrives', 'en', 'са'],
    ['请联系王经理办理。', '客户经理会联系您', 'zh', '王经理'],
    ['客户经理会联系您。', '客户经理会联系您', 'zh', undefined],
    ['我们银行会处理。', '会处理', 'zh', undefined],
    ['请联系招商银行。', '请联系本行', 'zh', '招商银行'],
    ['推荐《稳健一号》。', '理财产品', 'zh', '稳健一号'],
    ['请下载 SuperPay。', '请下载手机银行', 'zh', 'SuperPay']
  ])('%s of %s', (answer, given, language, invented) => {
    expect(inventedName(answer, given, language)).toBe(invented)
  })
})

describe('the breaker', () => {
  test('lets one try through after its pause, and waits twice as long when that fails too', () => {
    let now = 0
    const breaker = createBreaker({ now: () => now, failures: 2, pauseMs: 100, longestMs: 300 })
    breaker.failed()
    expect(breaker.admit()).toBe(true)
    breaker.failed()
    expect([breaker.state, breaker.admit()]).toEqual(['open', false])
    now = 100
    expect([breaker.state, breaker.admit(), breaker.admit()]).toEqual(['half-open', true, false])
    breaker.failed()
    now = 299
    expect(breaker.admit()).toBe(false)
    now = 300
    expect(breaker.admit()).toBe(true)
    breaker.cancelled()
    expect(breaker.admit()).toBe(true)
    breaker.failed()
    now = 600
    expect(breaker.admit()).toBe(true)
    breaker.succeeded()
    expect([breaker.state, breaker.admit(), breaker.admit()]).toEqual(['closed', true, true])
  })
  test('a success in between starts the count anew', () => {
    const breaker = createBreaker({ now: () => 0, failures: 2 })
    for (let i = 0; i < 5; i++) {
      breaker.failed()
      breaker.succeeded()
    }
    expect(breaker.state).toBe('closed')
  })
})

test('events come out the same however their bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.replace(/[\r\n]/g, ' ')),
        { maxLength: 6 }
      ),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.integer({ min: 1, max: 9 }),
      async (texts, end, size) => {
        const bytes = new TextEncoder().encode(`${texts.map((text) => `: x${end}data: ${text}${end}${end}`).join('')}data: half`)
        async function* pieces() {
          for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
        }
        const got: string[] = []
        for await (const data of eventsOf(pieces())) got.push(data)
        expect(got).toEqual(texts)
      }
    ),
    { numRuns: 150 }
  )
})

describe('what leaves this machine', () => {
  const digits = (length: number) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''))
  /** A number that passes Luhn's check, 13 to 19 digits. */
  const card = fc
    .integer({ min: 12, max: 18 })
    .chain((length) => digits(length))
    .map((start) => {
      const first = `4${start.slice(1)}`
      return first + [...'0123456789'].find((last) => passesLuhn(first + last))
    })
  const grouped = fc.tuple(card, fc.constantFrom('', ' ', '-')).map(([number, gap]) => number.replace(/(.{4})(?=.)/g, `$1${gap}`))
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const identity = digits(3).map((serial) => {
    const start = `11010119900307${serial}`
    return start + '10X98765432'.charAt(weights.reduce((sum, weight, i) => sum + weight * Number(start[i]), 0) % 11)
  })
  const phone = digits(8).map((rest) => `138${rest}`)
  const email = fc.stringMatching(/^[a-z]{3,8}$/).map((name) => `${name}q@mail.example.com`)
  const secret = digits(6)
  const around = fc.constantFrom(
    (what: string) => `my number is ${what}, please check`,
    (what: string) => `我的号码是${what}，请查一下`,
    (what: string) => `${what}\nthank you`,
    (what: string) => `sorry, ${what}.`
  )
  const personal = fc.oneof(grouped, identity, phone, email)
  const line = fc.oneof(
    fc.tuple(personal, around).map(([what, say]) => say(what)),
    fc.tuple(secret, fc.constantFrom('my PIN is ', '验证码是', 'the one-time code is ')).map(([what, before]) => before + what),
    fc.string({ unit: 'grapheme', maxLength: 20 })
  )
  const hidden = fc.array(fc.tuple(line, fc.constantFrom('customer' as const, 'agent' as const)), { minLength: 1, maxLength: 5 })

  test('holds no card, identity or phone number, no address and no secret, whoever said it and wherever it stands', () => {
    let sent = 0
    fc.assert(
      fc.property(hidden, line, fc.boolean(), (lines, inArticle, note) => {
        const shared = { language: 'en' as const, turns: lines.map(([text, speaker], i) => ({ entryId: `e${i}`, speaker, text, at: i })) }
        const task: WordingTask = note
          ? { use: 'summary', ...shared, local: inArticle }
          : { use: 'suggestion', ...shared, local: inArticle, articles: [{ articleId: 'a1', title: inArticle, passage: inArticle }] }
        const prompt = promptFor(task, ai)
        if (!prompt) return
        sent++
        const body = JSON.stringify(prompt.messages)
        for (const [run] of body.matchAll(/\d(?:[ -]?\d){12,18}/g)) expect(passesLuhn(run.replace(/\D/g, '')), run).toBe(false)
        expect(body).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/)
        expect(body).not.toMatch(/110101199003\d{5}[\dXx]/)
        expect(body).not.toMatch(/[a-z]{3,}q@mail/)
        expect(body).not.toMatch(/(?:PIN is |验证码是|code is )\d{6}/)
        for (const { content } of prompt.messages) expect(ai.mask(content)).toBe(content)
      }),
      { numRuns: 400 }
    )
    expect(sent).toBeGreaterThan(200)
  })

  test.each([
    'my card 4242,4242,4242,4242',
    'it is 4242\u200b4242\u200b4242\u200b4242',
    '４２４２・４２４２・４２４２・４２４２',
    '11010119900307*123X, that is my identity',
    'ring 138,0013,8000'
  ])('no odd sign between its digits carries a number out: %s', (text) => {
    const prompt = promptFor(
      { use: 'summary', language: 'en', turns: [{ entryId: 'e1', speaker: 'customer', text, at: 1 }], local: 'Wanted: balance' },
      ai
    )
    expect((prompt?.conversation ?? '').normalize('NFKC').replace(/[^\dxX]/g, '').length).toBeLessThan(11)
  })
  test('amounts and dates side by side are no such number', () => {
    const turns = [{ entryId: 'e1', speaker: 'customer' as const, text: 'I paid 1,250.00 on 2026-03-14 and 980.50 on 2026-04-14', at: 1 }]
    expect(promptFor({ use: 'summary', language: 'en', turns, local: 'Wanted: balance' }, ai)?.conversation).toContain('1,250.00')
  })
  test('nothing leaves when a number is told line by line', () => {
    const turns = ['4242', '4242', '4242', '4242'].map((text, i) => ({ entryId: `e${i}`, speaker: 'customer' as const, text, at: i }))
    expect(promptFor({ use: 'summary', language: 'en', turns, local: 'Wanted: balance' }, ai)).toBeUndefined()
  })
})
