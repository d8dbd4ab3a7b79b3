import { expect, test } from 'vitest'
import { ActivityAnswer, ROWS } from '../../../../src-main/centre/bank/rows.ts'
import { createPracticeBank } from '../../../../src-main/practice/bank/practice-bank.ts'
import { openDatabase } from '../../../../src-main/sqlite/sqlite.ts'
import { BANK_ACTS } from '../../../../src-shared/front-desk.ts'
import { customers } from '../../practice/bank/customers.ts'

test('what the practice bank answers would pass as a real bank’s answer', async () => {
  const codes: string[] = []
  const people = customers()
  const bank = createPracticeBank({
    db: openDatabase(':memory:', undefined),
    customers: people,
    now: () => Date.UTC(2026, 10, 23, 9),
    random: () => 0.123456,
    deliver: (_, code) => codes.push(code),
    log: () => undefined,
    madeUp: 10
  })
  const told = new Set<string>()
  for (const customerId of [...people.map((one) => one.customerId), 'bank-en-0001', 'bank-zh-0001']) {
    const slots = await bank.run({ requestId: `${customerId} slots`, act: 'appointment_slots', customerId, args: {} })
    const slotId = String((slots.ok && slots.rows[0]?.['slotId']) || '')
    for (const act of BANK_ACTS) {
      const args = {
        slotId,
        topic: 'x',
        reason: 'lost',
        code: codes.at(-1) ?? '',
        ...(act === 'card_block' && { tail: cardOf(customerId) })
      }
      const answer = await bank.run({ requestId: `${customerId} ${act}`, act, customerId, args })
      if (!answer.ok) continue
      told.add(act)
      for (const row of answer.rows) expect(ROWS[act].parse(row), act).toEqual(row)
    }
    expect(ActivityAnswer.parse(await bank.activity(customerId))).toBeDefined()
  }
  bank.close()
  expect([...told].sort()).toEqual([...BANK_ACTS].sort())

  function cardOf(customerId: string): string {
    const card = people.find((one) => one.customerId === customerId)?.products.find(({ kind }) => /card/iu.test(kind))
    return card?.masked.slice(-4) ?? ''
  }
})
