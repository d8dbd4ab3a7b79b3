import { describe, expect, test } from 'vitest'
import { createAi } from '../../../../src-main/ai/index.ts'
import type { BankAnswer, BankRequest } from '../../../../src-main/centre/bank/port.ts'
import { createSeal, sealFor } from '../../../../src-main/hub/seal.ts'
import { contact, type Floor, floor, person } from '../../../build/centre.ts'

const ai = createAi()
const CODE = '482913'

function serving() {
  const one = floor({ ai, people: [person('lin')] })
  one.centre.setPresence('lin', 'available')
  const id = one.centre.contactArrived(contact())
  one.centre.accept('lin', id)
  return { one, id }
}
const asked = (one: Floor): BankRequest[] => one.effects.flatMap((effect) => (effect.type === 'bank' ? [effect.request] : []))
const newest = (one: Floor, id: string) => one.factsOf('verification.changed', id).at(-1)?.data
function bankSays(
  one: Floor,
  id: string,
  answer: { rows: Record<string, string | number>[] } | { code: Extract<BankAnswer, { ok: false }>['code'] }
) {
  const request = asked(one).at(-1)
  const head = { requestId: request?.requestId ?? '', act: request?.act ?? 'code_send' }
  one.centre.bankAnswered(id, 'rows' in answer ? { ...head, ok: true, ...answer } : { ...head, ok: false, ...answer, detail: '' })
}
async function sent() {
  const { one, id } = serving()
  expect(await one.command('lin', 'verification.start', { conversationId: id })).toBe('accepted')
  bankSays(one, id, { rows: [{ sentTo: '042', minutes: 5 }] })
  return { one, id }
}
const check = (one: Floor, id: string, code: string) =>
  one.command('lin', 'verification.check', { conversationId: id, sealed: sealFor(newest(one, id)?.code?.sealKey ?? '', code) })

describe('a check by one-time code', () => {
  test('sends, checks what the agent types, and verifies; the code stands nowhere', async () => {
    const { one, id } = await sent()
    expect(newest(one, id)).toMatchObject({
      state: 'started',
      code: { state: 'sent', sentTo: '042', until: one.now() + 300_000, wrong: 0 }
    })
    expect(await check(one, id, CODE)).toBe('accepted')
    expect(asked(one).at(-1)).toMatchObject({ act: 'code_check', customerId: 'c1', args: { code: CODE } })
    bankSays(one, id, { rows: [{ verifiedAt: 1 }] })
    expect(newest(one, id)).toEqual({ state: 'verified', how: 'one_time_code' })
    expect(JSON.stringify([one.facts(), await one.log('lin'), one.logged()])).not.toContain(CODE)
  })

  test('a customer who writes the code is checked by it, and nobody reads it', async () => {
    const { one, id } = await sent()
    one.centre.customerSaid(id, `It is ${CODE.slice(0, 3)} ${CODE.slice(3)}.`)
    expect(one.factsOf('entry.added', id).at(-1)?.data.text).toBe('It is ••••••.')
    expect(asked(one).at(-1)?.args).toEqual({ code: CODE })
    bankSays(one, id, { code: 'wrong_code' })
    expect(newest(one, id)).toMatchObject({ state: 'started', code: { state: 'wrong', wrong: 1, sentTo: '042' } })
    expect(JSON.stringify([one.facts(), await one.log('lin')])).not.toMatch(/482 ?913/)
  })

  test('six figures are no code when none is awaited', () => {
    const { one, id } = serving()
    one.centre.customerSaid(id, 'I wired 482913 yen')
    expect(one.factsOf('entry.added', id).at(-1)?.data.text).toContain('482913')
    expect(asked(one)).toEqual([])
  })

  test('the bank takes no more tries: not verified, and a new code may be sent', async () => {
    const { one, id } = await sent()
    await check(one, id, '000000')
    bankSays(one, id, { code: 'wrong_code' })
    await check(one, id, '000001')
    bankSays(one, id, { code: 'code_expired' })
    expect(newest(one, id)).toEqual({ state: 'failed', how: 'one_time_code' })
    expect(await one.command('lin', 'verification.start', { conversationId: id })).toBe('accepted')
    expect(newest(one, id)).toMatchObject({ state: 'started', code: { state: 'sending' } })
  })

  test.each([
    ['code_expired', { state: 'started', code: { state: 'expired' } }],
    ['unavailable', { state: 'started', code: { state: 'unavailable' } }],
    ['not_found', { state: 'failed' }]
  ] as const)('the bank answers %s', async (code, expected) => {
    const { one, id } = await sent()
    await check(one, id, CODE)
    bankSays(one, id, { code })
    expect(newest(one, id)).toMatchObject(expected)
  })

  test('is refused while the bank is at it, without a code that was sent, and for what was sealed for another centre', async () => {
    const { one, id } = serving()
    expect(await one.command('lin', 'verification.check', { conversationId: id, sealed: 'AAAA' })).toBe('not_available')
    expect(await one.command('lin', 'verification.start', { conversationId: id })).toBe('accepted')
    expect(await one.command('lin', 'verification.start', { conversationId: id })).toBe('already_done')
    bankSays(one, id, { rows: [{ sentTo: '042', minutes: 5 }] })
    const sealed = sealFor(createSeal().publicKey, CODE)
    expect(await one.command('lin', 'verification.check', { conversationId: id, sealed })).toBe('invalid')
    expect(newest(one, id)).toMatchObject({ code: { state: 'sent' } })
  })

  test('an answer that nobody waits for changes nothing', async () => {
    const { one, id } = await sent()
    const before = one.facts().length
    one.centre.bankAnswered(id, { requestId: 'stray', act: 'code_check', ok: true, rows: [] })
    expect(one.facts()).toHaveLength(before)
  })

  test('after a restart a new code is needed', async () => {
    const { one, id } = await sent()
    one.restart()
    expect(newest(one, id)).toMatchObject({ state: 'started', code: { state: 'unavailable' } })
    expect(await one.command('lin', 'verification.start', { conversationId: id })).toBe('accepted')
  })
})
