import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAi } from '../../../src-main/ai/index.ts'
import { passesLuhn } from '../../../src-main/ai/sensitive.ts'
import { decideFrontDesk, emptyFrontDesk } from '../../../src-main/centre/front-desk/decide.ts'
import { codeIn, hideCode } from '../../../src-main/centre/front-desk/slots.ts'
import { contact, floor, person } from '../../build/centre.ts'
import { shippedFlows } from './front-desk/talk.ts'

/** Whatever a customer or an agent lets slip, nothing that the centre keeps, sends or logs holds it in clear. */

const ai = createAi()
const book = shippedFlows()

const withLuhn = (head: string): string => {
  const last = [...'0123456789'].find((digit) => passesLuhn(head + digit))
  if (last === undefined) throw new Error('every number has a check figure')
  return head + last
}
const digits = (min: number, max = min) => fc.stringMatching(new RegExp(`^[1-9]\\d{${min - 1},${max - 1}}$`))
const card = digits(12, 18).map(withLuhn)
/** GB 11643: the check character follows from the seventeen figures before it. */
const citizen = fc
  .record({
    region: digits(6),
    year: fc.integer({ min: 1930, max: 2009 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    order: fc.integer({ min: 0, max: 999 })
  })
  .map(({ region, year, month, day, order }) => {
    const body = `${region}${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}${String(order).padStart(3, '0')}`
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0)
    return body + '10X98765432'.charAt(sum % 11)
  })
const taiwan = fc
  .record({ letter: fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVXYWZIO'), sex: fc.constantFrom('1', '2', '8', '9'), rest: digits(8) })
  .map(({ letter, sex, rest }) => letter + sex + rest)
const social = fc
  .record({
    area: fc.integer({ min: 100, max: 899 }),
    group: fc.integer({ min: 10, max: 99 }),
    serial: fc.integer({ min: 1000, max: 9999 })
  })
  .map(({ area, group, serial }) => `${area}-${group}-${serial}`)

interface Slip {
  text: string
  /** What may be found nowhere, figures only (with the letter of an identity number). */
  secret: string
}
const inWords = (secret: fc.Arbitrary<string>, before: string[]): fc.Arbitrary<Slip> =>
  fc
    .record({
      secret,
      before: fc.constantFrom(...before),
      gap: fc.constantFrom('', ' ', '-', '\u00a0', '  ', '–', '_'),
      every: fc.constantFrom(0, 3, 4, 5),
      after: fc.constantFrom('', '.', ' thanks', '，谢谢', '!')
    })
    .map(({ secret: one, before: words, gap, every, after }) => ({
      secret: one.replace(/-/g, ''),
      text: `${words}${every === 0 || /^[A-Z]|-/.test(one) ? one : one.replace(new RegExp(`(.{${every}})(?=.)`, 'g'), `$1${gap}`)}${after}`
    }))
const slip: fc.Arbitrary<Slip> = fc.oneof(
  inWords(card, ['', 'My card is ', 'card', '卡号', '我的卡号是', 'pay $5 with ', 'it says ']),
  inWords(citizen, ['', '身份证', '身份证号码是', 'my id is ']),
  inWords(taiwan, ['', '身分證字號', 'ID ', '我的身分證是 ']),
  inWords(social, ['', 'SSN ', 'my social is ']),
  // Five figures and more: four may be the last ones of another number, which are kept on purpose.
  inWords(digits(5, 8), ['my PIN is ', 'the code is ', '验证码是', '密码是', 'CVV is '])
)
/** Figures as they stand in a text, whatever parts them; masks stay, so that what is left of two numbers is not taken for one. */
const bare = (text: string): string => text.normalize('NFKC').replace(/[\s\-–—_.]|\\n|\\u00a0/gu, '')
const isIn = (kept: string, secret: string): boolean => bare(kept).toUpperCase().includes(secret.toUpperCase())

test('mask lets none of them through', () => {
  fc.assert(
    fc.property(slip, ({ text, secret }) => {
      expect(isIn(ai.mask(text), secret), text).toBe(false)
    }),
    { numRuns: 3_000 }
  )
})

test('facts, the desk’s log, the handoff package and the centre’s log hold none of them', async () => {
  await fc.assert(
    fc.asyncProperty(slip, slip, fc.constantFrom('chat' as const, 'voice' as const), async (customer, agent, channel) => {
      const one = floor({ ai, people: [person('lin')] })
      one.centre.setPresence('lin', 'available')
      const id = one.centre.contactArrived(contact({ reason: customer.text, channel: 'chat' }))
      one.centre.accept('lin', id)
      one.centre.customerSaid(id, customer.text)
      if (channel === 'chat') await one.command('lin', 'message.send', { conversationId: id, entryId: 'm', text: agent.text })
      await one.command('lin', 'note.add', { conversationId: id, entryId: 'n', text: agent.text })
      await one.command('lin', 'verification.confirm', { conversationId: id, how: agent.text.slice(0, 200), passed: true })
      await one.command('lin', 'transfer.blind', { conversationId: id, queue: 'cards', reason: agent.text.slice(0, 500) })
      const kept = JSON.stringify([one.facts(), await one.log('lin'), one.logged()])
      expect(isIn(kept, customer.secret), customer.text).toBe(false)
      expect(isIn(kept, agent.secret), agent.text).toBe(false)
      one.centre.close()
    }),
    { numRuns: 40 }
  )
})

test('the front desk’s state and words hold none of them, whatever step it is at', () => {
  fc.assert(
    fc.property(
      fc.array(slip, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('card_lost', 'balance', 'transfer_status', 'unknown'),
      (slips, intent) => {
        let state = emptyFrontDesk()
        let asked = 0
        for (const { text } of slips) {
          const masked = ai.mask(text)
          const input = {
            type: 'said' as const,
            text,
            masked,
            entryId: 'e',
            intent: { intent: intent as 'balance', confidence: 0.9, why: [] },
            mood: ai.mood(masked),
            findings: []
          } // one of the list above
          const world = {
            book,
            now: 1,
            tongue: 'en' as const,
            verified: true,
            alerted: false,
            newId: () => `r${asked++}`,
            article: () => undefined
          }
          const move = decideFrontDesk(state, input, world)
          state = { ...move.state }
          delete state.asked
          for (const { secret } of slips)
            expect(isIn(JSON.stringify([move.state, move.say, move.end ?? null, move.promised ?? null]), secret), text).toBe(false)
        }
      }
    ),
    { numRuns: 300 }
  )
})

test.each([
  'It is 482913.',
  '482 913',
  '4-8-2-9-1-3',
  'four eight two nine one three',
  '验证码是四八二九一三',
  '４８２９１３',
  'code: 482913, I think'
])('a code in "%s" is hidden while one is awaited', (text) => {
  expect(codeIn(text)).toBe('482913')
  expect(codeIn(hideCode(text))).toBeUndefined()
  expect(hideCode(text)).toContain('••••••')
})

test('a PIN is not taken for the end of a card', () => {
  const text = 'I lost my card, my PIN is 7391'
  const input = {
    type: 'said' as const,
    text,
    masked: ai.mask(text),
    entryId: 'e',
    intent: { intent: 'card_lost' as const, confidence: 0.9, why: [] },
    mood: ai.mood(text),
    findings: []
  }
  const world = { book, now: 1, tongue: 'en' as const, verified: true, alerted: false, newId: () => 'r', article: () => undefined }
  expect(JSON.stringify(decideFrontDesk(emptyFrontDesk(), input, world))).not.toContain('7391')
})

test('what the co-pilot and a model are given, and what comes back out of it, holds none of them', () => {
  fc.assert(
    fc.property(slip, slip, (first, second) => {
      const turns = [first, second].map(({ text }, i) => ({ entryId: `e${i}`, speaker: 'customer' as const, text: ai.mask(text), at: i }))
      const shown = JSON.stringify([
        turns,
        ai.summary(turns, 'card_lost', 'en'),
        turns.map(({ text }) => [ai.entities(text), ai.findings(text, 'customer'), ai.intent(text)])
      ])
      expect(isIn(shown, first.secret), first.text).toBe(false)
      expect(isIn(shown, second.secret), second.text).toBe(false)
    }),
    { numRuns: 300 }
  )
})
