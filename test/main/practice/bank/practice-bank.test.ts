import { expect, test } from 'vitest'
import type { BankAnswer, BankRow } from '../../../../src-main/centre/bank/port.ts'
import { createPracticeBank } from '../../../../src-main/practice/bank/practice-bank.ts'
import { openDatabase } from '../../../../src-main/sqlite/sqlite.ts'
import type { BankAct } from '../../../../src-shared/front-desk.ts'
import { customers as scripted } from './customers.ts'

const DAY_MS = 86_400_000
const MONDAY = Date.UTC(2026, 10, 23, 9)

function bankOf(path = ':memory:', madeUp = 20) {
  const codes: string[] = []
  const logged: string[] = []
  const clock = { now: MONDAY }
  let next = 0
  const db = openDatabase(path, undefined)
  const bank = createPracticeBank({
    db,
    customers: scripted(),
    now: () => clock.now,
    random: () => 0.123456,
    deliver: (customerId, code) => codes.push(`${customerId} ${code}`),
    log: (event) => logged.push(event),
    madeUp
  })
  const run = (act: BankAct, customerId = 'cus-en-01', args: Record<string, string> = {}, requestId = `request-${next++}`) =>
    bank.run({ requestId, act, customerId, args })
  return { bank, db, clock, codes, logged, run }
}

const rowsOf = (answer: BankAnswer): readonly BankRow[] => {
  if (!answer.ok) throw new Error(`${answer.act}: ${answer.code} ${answer.detail}`)
  return answer.rows
}
const refusal = (answer: BankAnswer) => (answer.ok ? 'ok' : answer.code)

test('the bank knows the scripted customers as their files say, and thousands of others', async () => {
  const { db, run } = bankOf(':memory:', 1_500)
  expect(db.get<{ n: number }>('select count(*) as n from customer')?.n).toBe(3_000 + scripted().length)
  const accounts = rowsOf(await run('balance'))
  expect(accounts.map((row) => row['tail'])).toEqual(['1184', '1192'])
  expect(accounts[0]?.['availableCents']).toBe(186_200)
  expect(rowsOf(await run('balance', 'cus-en-01', { tail: '1192' }))).toHaveLength(1)
  expect(refusal(await run('balance', 'cus-en-01', { tail: '0000' }))).toBe('not_found')
  expect(refusal(await run('balance', 'nobody'))).toBe('not_found')
  expect(rowsOf(await run('balance', 'bank-zh-0007'))[0]).toMatchObject({ currency: 'CNY' })
})

test('a loan falls due on its day of a coming month', async () => {
  const { run, clock } = bankOf()
  const due = rowsOf(await run('repayment_date', 'cus-en-04'))[0]
  expect(due).toMatchObject({ tail: '8046', instalmentCents: 31_200, dueAt: Date.UTC(2026, 11, 14, 12) })
  clock.now = Date.UTC(2026, 11, 14, 8)
  expect(rowsOf(await run('repayment_date', 'cus-en-04'))[0]?.['dueAt']).toBe(Date.UTC(2026, 11, 14, 12))
  clock.now = Date.UTC(2026, 11, 15, 8)
  expect(rowsOf(await run('repayment_date', 'cus-en-04'))[0]?.['dueAt']).toBe(Date.UTC(2027, 0, 14, 12))
})

test('a card is blocked once; the same request again is the same answer, another one is refused', async () => {
  const { run } = bankOf()
  const block = { tail: '6620', reason: 'lost' }
  const first = await run('card_block', 'cus-en-01', block, 'block-1')
  expect(rowsOf(first)[0]).toMatchObject({ tail: '6620', replacementDays: 5 })
  expect(await run('card_block', 'cus-en-01', block, 'block-1')).toEqual(first)
  expect(refusal(await run('card_block', 'cus-en-01', block))).toBe('refused')
  expect(refusal(await run('card_block', 'cus-en-01', { tail: '6620' }))).toBe('bad_request')
  expect(refusal(await run('card_block', 'cus-en-01', { tail: '9999', reason: 'lost' }))).toBe('not_found')
})

test('a one-time code verifies once, within three tries and five minutes', async () => {
  const { run, codes, clock } = bankOf()
  await run('code_send')
  const code = codes[0]?.split(' ')[1] ?? ''
  expect(code).toMatch(/^\d{6}$/)
  expect(refusal(await run('code_check', 'cus-en-01', { code: '000000' }))).toBe('wrong_code')
  expect(refusal(await run('code_check', 'cus-en-01', { code: ` ${code.slice(0, 3)} ${code.slice(3)}` }))).toBe('ok')
  expect(refusal(await run('code_check', 'cus-en-01', { code }))).toBe('code_expired')
  await run('code_send')
  for (let i = 0; i < 3; i++) expect(refusal(await run('code_check', 'cus-en-01', { code: '000000' }))).toBe('wrong_code')
  expect(refusal(await run('code_check', 'cus-en-01', { code }))).toBe('code_expired')
  await run('code_send')
  clock.now += 301_000
  expect(refusal(await run('code_check', 'cus-en-01', { code }))).toBe('code_expired')
})

test('an appointment is given to one customer only', async () => {
  const { run } = bankOf()
  const slots = rowsOf(await run('appointment_slots'))
  expect(slots).toHaveLength(3)
  const slotId = String(slots[0]?.['slotId'])
  expect(rowsOf(await run('appointment_book', 'cus-en-01', { slotId, topic: 'mortgage' }))[0]).toMatchObject({ slotId })
  expect(refusal(await run('appointment_book', 'cus-en-02', { slotId, topic: 'loan' }))).toBe('refused')
  expect(rowsOf(await run('appointment_slots'))[0]?.['slotId']).not.toBe(slotId)
})

test('days are lived the same in one piece or in several', async () => {
  const [one, other] = [bankOf(), bankOf()]
  one.clock.now = other.clock.now = MONDAY + 5 * DAY_MS
  await other.run('balance')
  one.clock.now = other.clock.now = MONDAY + 5 * DAY_MS + 7 * 3_600_000
  await other.run('balance')
  one.clock.now = other.clock.now = MONDAY + 12 * DAY_MS
  const moved = 'select tail, at, cents, what, kind from movement order by at, what'
  expect(rowsOf(await one.run('transactions'))).toEqual(rowsOf(await other.run('transactions')))
  expect(one.db.all(moved)).toEqual(other.db.all(moved))
  expect(rowsOf(await one.run('balance'))).toEqual(rowsOf(await other.run('balance')))
  expect((await one.bank.activity('cus-en-01')).logins.length).toBeGreaterThan(10)
})

test('a bank that fails says so, and does nothing by halves', async () => {
  const { db, run, logged } = bankOf()
  db.exec('drop table card')
  expect(refusal(await run('card_block', 'cus-en-01', { tail: '6620', reason: 'lost' }))).toBe('unavailable')
  expect(logged).toEqual(['bank.failed'])
  expect(db.get<{ n: number }>('select count(*) as n from done')?.n).toBe(0)
})
