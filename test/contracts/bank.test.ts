import { afterEach, describe, expect, test } from 'vitest'
import { createHttpBank } from '../../src-main/centre/bank/http-bank.ts'
import type { Bank } from '../../src-main/centre/bank/port.ts'
import { createPracticeBank } from '../../src-main/practice/bank/practice-bank.ts'
import { openDatabase } from '../../src-main/sqlite/sqlite.ts'
import type { BankAct } from '../../src-shared/front-desk.ts'
import { bankOverHttp } from '../fakes/bank-over-http.ts'
import { customers } from '../main/practice/bank/customers.ts'

/** What every bank behind the port keeps to: the practice bank, and the same one reached over HTTP, on a good line and on a bad one. */

const MONDAY = Date.UTC(2026, 10, 23, 9)
const CUSTOMER = 'cus-en-01'
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

function practice() {
  const codes: string[] = []
  const bank = createPracticeBank({
    db: openDatabase(':memory:', undefined),
    customers: customers(),
    now: () => MONDAY,
    random: () => 0.123456,
    deliver: (_, code) => codes.push(code),
    log: () => undefined,
    madeUp: 2
  })
  ends.push(() => bank.close())
  return { bank, codes }
}

async function overHttp(loses?: () => boolean) {
  const { bank, codes } = practice()
  const server = await bankOverHttp(bank, loses)
  const reached = createHttpBank({
    baseUrl: server.url,
    auth: { kind: 'bearer', token: 'token' },
    now: Date.now,
    random: () => 0,
    log: () => undefined
  })
  ends.unshift(() => reached.close(), server.close)
  return { bank: reached, codes }
}
/** Every other answer is lost after the bank has done its work. */
const lossy = () => {
  let next = 0
  return () => next++ % 2 === 0
}

const BANKS: readonly [string, () => Promise<{ bank: Bank; codes: string[] }>][] = [
  ['the practice bank', async () => practice()],
  ['a bank over HTTP', () => overHttp()],
  ['a bank over a line that loses answers', () => overHttp(lossy())]
]

describe.each(BANKS)('%s', (_, open) => {
  let next = 0
  const ask = (bank: Bank, act: BankAct, args: Record<string, string> = {}, requestId = `request-${next++}`, customerId = CUSTOMER) =>
    bank.run({ requestId, act, customerId, args })

  test('tells what it is asked, under the request’s own name', async () => {
    const { bank } = await open()
    expect(await ask(bank, 'balance', { tail: '1184' }, 'mine')).toMatchObject({
      requestId: 'mine',
      act: 'balance',
      ok: true,
      rows: [{ tail: '1184', availableCents: 186_200 }]
    })
  })

  test('does one request once, and says the same again', async () => {
    const { bank, codes } = await open()
    const first = await ask(bank, 'code_send', {}, 'once')
    expect(first.ok).toBe(true)
    expect(await ask(bank, 'code_send', {}, 'once')).toEqual(first)
    expect(codes).toHaveLength(1)
    const slots = await ask(bank, 'appointment_slots')
    const slotId = slots.ok ? String(slots.rows[0]?.['slotId']) : ''
    const booked = await ask(bank, 'appointment_book', { slotId, topic: 'a loan' }, 'book')
    expect(booked).toMatchObject({ ok: true, rows: [{ slotId }] })
    expect(await ask(bank, 'appointment_book', { slotId, topic: 'a loan' }, 'book')).toEqual(booked)
    expect(await ask(bank, 'appointment_book', { slotId, topic: 'a loan' })).toMatchObject({ ok: false, code: 'refused' })
  })

  test('takes the code that was sent, and counts the wrong ones', async () => {
    const { bank, codes } = await open()
    await ask(bank, 'code_send')
    const [code = ''] = codes
    expect(await ask(bank, 'code_check', { code: '000000' })).toMatchObject({ ok: false, code: 'wrong_code' })
    expect(await ask(bank, 'code_check', { code })).toMatchObject({ ok: true })
    expect(await ask(bank, 'code_check', { code })).toMatchObject({ ok: false, code: 'code_expired' })
  })

  test('refuses in words of the port', async () => {
    const { bank } = await open()
    expect(await ask(bank, 'balance', { tail: '0000' })).toMatchObject({ ok: false, code: 'not_found' })
    expect(await ask(bank, 'code_check')).toMatchObject({ ok: false, code: 'bad_request' })
    expect(await ask(bank, 'balance', {}, undefined, 'nobody')).toMatchObject({ ok: false, code: 'not_found' })
  })

  test('tells what was done lately, oldest first, and nothing of who is unknown', async () => {
    const { bank } = await open()
    const { logins, transfers } = await bank.activity(CUSTOMER)
    expect(logins.length).toBeGreaterThan(0)
    for (const list of [logins, transfers]) expect(list.map(({ at }) => at)).toEqual(list.map(({ at }) => at).sort((a, b) => a - b))
    expect(await bank.activity('nobody')).toMatchObject({ home: '', logins: [], transfers: [] })
  })
})
