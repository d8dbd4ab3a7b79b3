import { afterEach, describe, expect, test } from 'vitest'
import {
  BankSettingsError,
  BankUnavailableError,
  createHttpBank,
  type HttpBankOptions
} from '../../../../src-main/centre/bank/http-bank.ts'
import type { BankRequest } from '../../../../src-main/centre/bank/port.ts'
import { bankServer, type Manner } from '../../../fakes/bank-server.ts'

const ACCOUNT = { tail: '1184', name: 'Current account', currency: 'USD', bookedCents: 190_000, availableCents: 186_200 }
const FINE: Manner = { json: { ok: true, rows: [ACCOUNT] } }
const BALANCE: BankRequest = { requestId: 'request-1', act: 'balance', customerId: 'customer-77', args: { tail: '1184' } }

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function reach(manners: readonly Manner[], options: Partial<HttpBankOptions> = {}) {
  const server = await bankServer(...manners)
  const logged: { event: string; detail: Record<string, unknown> }[] = []
  const bank = createHttpBank({
    baseUrl: server.url,
    auth: { kind: 'bearer', token: 'secret-token' },
    now: Date.now,
    random: () => 0,
    log: (event, detail = {}) => logged.push({ event, detail }),
    ...options
  })
  ends.push(() => bank.close(), server.close)
  return { bank, logged, asked: server.asked }
}

test('an act is asked once, with the token, the request’s id and what it needs', async () => {
  const { bank, asked, logged } = await reach([FINE])
  expect(await bank.run(BALANCE)).toEqual({ requestId: 'request-1', act: 'balance', ok: true, rows: [ACCOUNT] })
  expect(asked).toHaveLength(1)
  expect(asked[0]).toMatchObject({
    path: '/bank/acts/balance',
    headers: { authorization: 'Bearer secret-token', 'idempotency-key': 'request-1', 'content-type': 'application/json' },
    body: { customerId: 'customer-77', args: { tail: '1184' } }
  })
  expect(logged).toEqual([])
})

test('a key in a header of the bank’s choice does as well', async () => {
  const { bank, asked } = await reach([FINE], { auth: { kind: 'api_key', header: 'X-Desk-Key', key: 'k' } })
  await bank.run(BALANCE)
  expect(asked[0]?.headers).toMatchObject({ 'x-desk-key': 'k' })
  expect(asked[0]?.headers.authorization).toBeUndefined()
})

test('a refusal is an answer', async () => {
  const { bank, asked } = await reach([{ json: { ok: false, code: 'wrong_code', detail: 'try 1 of 3' } }])
  expect(await bank.run({ ...BALANCE, act: 'code_check', args: { code: '111111' } })).toEqual({
    requestId: 'request-1',
    act: 'code_check',
    ok: false,
    code: 'wrong_code',
    detail: 'try 1 of 3'
  })
  expect(asked).toHaveLength(1)
})

test('fields that nobody asked for do not come in', async () => {
  const { bank } = await reach([{ json: { ok: true, rows: [{ ...ACCOUNT, owner: 'A. Marsh' }], trace: 'x' } }])
  expect(await bank.run(BALANCE)).toMatchObject({ ok: true, rows: [ACCOUNT] })
  expect(JSON.stringify(await bank.run(BALANCE))).not.toContain('Marsh')
})

describe('a failure that may pass is tried again under the same key', () => {
  test.each<[string, Manner]>([
    ['a fault', { json: {}, status: 500 }],
    ['a busy server', { json: {}, status: 503, headers: { 'retry-after': '0' } }],
    ['the first request still going on', { json: {}, status: 409 }],
    ['half an answer', { half: '{"ok":true,"rows":[' }],
    ['nonsense', { text: '<html>Gateway</html>' }],
    ['a cut connection', 'hang_up'],
    ['silence', 'silent']
  ])('%s', async (_, manner) => {
    const { bank, asked, logged } = await reach([manner, FINE], { tryMs: 300 })
    expect(await bank.run(BALANCE)).toMatchObject({ ok: true })
    expect(asked.map(({ headers }) => headers['idempotency-key'])).toEqual(['request-1', 'request-1'])
    expect(logged).toHaveLength(1)
  })
})

describe('what will not pass is not tried again', () => {
  test.each<[string, Manner, string]>([
    ['a token that is not taken', { json: {}, status: 401 }, 'status_401'],
    ['an unknown act', { json: {}, status: 404 }, 'status_404'],
    ['a redirect', { json: {}, status: 307, headers: { location: 'http://127.0.0.1:1/' } }, ''],
    ['a row without its money', { json: { ok: true, rows: [{ tail: '1184', name: 'x', currency: 'USD' }] } }, 'wrong_answer'],
    ['money as words', { json: { ok: true, rows: [{ ...ACCOUNT, availableCents: '1862.00' }] } }, 'wrong_answer'],
    ['half a cent', { json: { ok: true, rows: [{ ...ACCOUNT, availableCents: 0.5 }] } }, 'wrong_answer'],
    ['a number in full', { json: { ok: true, rows: [{ ...ACCOUNT, name: 'Card 4242 4242 4242 4242' }] } }, 'wrong_answer'],
    ['a number as tail', { json: { ok: true, rows: [{ ...ACCOUNT, tail: '4242424242424242' }] } }, 'wrong_answer'],
    ['a refusal nobody knows', { json: { ok: false, code: 'go_away' } }, 'wrong_answer'],
    ['a list', { json: [] }, 'wrong_answer'],
    ['rows without end', { json: { ok: true, rows: Array.from({ length: 201 }, () => ACCOUNT) } }, 'wrong_answer'],
    ['megabytes', { text: JSON.stringify({ ok: true, rows: [{ ...ACCOUNT, extra: 'x'.repeat(1_100_000) }] }) }, 'wrong_answer']
  ])('%s', async (_, manner, why) => {
    const { bank, asked, logged } = await reach([manner, FINE], { tries: why === '' ? 1 : 3 })
    expect(await bank.run(BALANCE)).toMatchObject({ requestId: 'request-1', act: 'balance', ok: false, code: 'unavailable' })
    expect(asked).toHaveLength(1)
    expect(logged.at(-1)).toMatchObject({ event: 'bank.failed', detail: { what: 'balance', last: true, ...(why !== '' && { why }) } })
  })
})

test('a customer waits no longer than the deadline, whatever the tries', async () => {
  const { bank, asked } = await reach(['silent'], { deadlineMs: 250, tryMs: 10_000, tries: 100 })
  expect(await bank.run(BALANCE)).toMatchObject({ ok: false, code: 'unavailable' })
  expect(asked).toHaveLength(1)
})

test('a bank that asks for more patience than there is is given up at once', async () => {
  const { bank, asked } = await reach([{ json: {}, status: 429, headers: { 'retry-after': '3600' } }, FINE])
  expect(await bank.run(BALANCE)).toMatchObject({ ok: false, code: 'unavailable' })
  expect(asked).toHaveLength(1)
})

test('a bank that is down is spared, tried once after a rest, and asked again when it is back', async () => {
  const clock = { now: 0 }
  const down: Manner = { json: {}, status: 500 }
  const { bank, asked, logged } = await reach([down, down, down, FINE], { tries: 1, failures: 2, restMs: 1_000, now: () => clock.now })
  const ask = async () => (await bank.run(BALANCE)).ok
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([false, false, false, false])
  expect(asked).toHaveLength(2)
  clock.now = 1_000
  expect([await ask(), await ask()]).toEqual([false, false])
  expect(asked).toHaveLength(3)
  clock.now = 2_000
  expect([await ask(), await ask()]).toEqual([true, true])
  expect(asked).toHaveLength(5)
  expect(logged.filter(({ event }) => event === 'bank.breaker').map(({ detail }) => detail['state'])).toEqual(['open', 'closed'])
})

test('only one asks whether a bank is back', async () => {
  const clock = { now: 0 }
  const { bank, asked } = await reach([{ json: {}, status: 500 }, FINE], { tries: 1, failures: 1, restMs: 1_000, now: () => clock.now })
  await bank.run(BALANCE)
  clock.now = 1_000
  const both = await Promise.all([bank.run(BALANCE), bank.run({ ...BALANCE, requestId: 'request-2' })])
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
  expect(asked).toHaveLength(2)
})

test('nothing of a customer and no secret is in the log, whatever the bank says', async () => {
  const leaks: Manner[] = [
    { text: 'customer-77 owns 4242424242424242' },
    { json: { ok: true, rows: [{ 'customer-77': 'owner' }] } },
    { json: { error: 'customer-77' }, status: 500 },
    'hang_up'
  ]
  const { bank, logged } = await reach(leaks, { tries: 1 })
  for (const _ of leaks) await bank.run({ ...BALANCE, act: 'code_check', args: { code: '654321' } })
  expect(logged).toHaveLength(leaks.length)
  expect(JSON.stringify(logged)).not.toMatch(/customer-77|4242|654321|secret-token/)
})

test('what a customer did lately is read, and is refused loudly when it cannot be', async () => {
  const lately = {
    home: 'US',
    logins: [{ at: 1, device: 'Phone', knownDevice: true, country: 'US' }],
    transfers: [{ at: 2, cents: 500, payee: 'City Energy', newPayee: false }],
    dues: [{ kind: 'loan', name: 'Personal loan', tail: '8046', at: 3, cents: 31_200 }]
  }
  const { bank, asked } = await reach([{ json: lately }, { json: { home: 'US' } }], { tries: 1 })
  expect(await bank.activity('customer-77')).toEqual(lately)
  expect(asked[0]).toMatchObject({ path: '/bank/activity', body: { customerId: 'customer-77' } })
  await expect(bank.activity('customer-77')).rejects.toThrow(BankUnavailableError)
})

test('a closed bank answers, and asks nobody', async () => {
  const { bank, asked } = await reach([FINE])
  bank.close()
  expect(await bank.run(BALANCE)).toMatchObject({ ok: false, code: 'unavailable' })
  expect(asked).toEqual([])
})

test('closing ends what is under way', async () => {
  const { bank } = await reach(['silent'], { deadlineMs: 60_000, tryMs: 60_000 })
  const answer = bank.run(BALANCE)
  bank.close()
  expect(await answer).toMatchObject({ ok: false, code: 'unavailable' })
})

test.each([
  ['no address', 'bank', {}],
  ['an open line to another machine', 'http://bank.example/', {}],
  ['another protocol', 'file:///bank', {}],
  ['a password in the address', 'https://a:b@bank.example/', {}],
  ['an empty token', 'https://bank.example/', { auth: { kind: 'bearer', token: ' ' } }],
  ['a token over two lines', 'https://bank.example/', { auth: { kind: 'bearer', token: 'a\r\nb' } }],
  ['a header that is none', 'https://bank.example/', { auth: { kind: 'api_key', header: 'a b', key: 'k' } }]
] as const)('settings with %s are refused', (_, baseUrl, more) => {
  const make = () =>
    createHttpBank({ baseUrl, auth: { kind: 'bearer', token: 't' }, now: Date.now, random: () => 0, log: () => undefined, ...more })
  expect(make).toThrow(BankSettingsError)
})
