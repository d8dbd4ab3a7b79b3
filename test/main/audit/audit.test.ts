import { describe, expect, test } from 'vitest'
import { createAudit, verifyAudit } from '../../../src-main/audit/audit.ts'
import { openDatabase } from '../../../src-main/sqlite/sqlite.ts'

const KEY = Buffer.alloc(32, 9)

function trail() {
  const db = openDatabase(':memory:', undefined)
  let at = 1_000
  const audit = createAudit(db, KEY, () => at++)
  audit.record('agent-lin', 'signed-in')
  audit.record('agent-lin', 'conversation.transferred', { queue: 'expert', conversationId: 'c1' })
  audit.record('agent-lin', 'signed-out')
  return { db, audit }
}

describe('An audit trail', () => {
  test('is whole when nobody touched it, and says how long it is', () => {
    const { db } = trail()
    expect(verifyAudit(db, KEY)).toMatchObject({ entries: 3 })
  })

  test('goes on where it ended when it is opened again', () => {
    const { db } = trail()
    createAudit(db, KEY, () => 5_000).record('agent-tom', 'signed-in')
    expect(verifyAudit(db, KEY)).toMatchObject({ entries: 4 })
  })

  test.each([
    ["update audit set actor = 'agent-tom' where seq = 2", { brokenAt: 2, why: 'changed' }],
    ["update audit set detail = '{}' where seq = 2", { brokenAt: 2, why: 'changed' }],
    ['update audit set at = 1 where seq = 1', { brokenAt: 1, why: 'changed' }],
    ['delete from audit where seq = 2', { brokenAt: 2, why: 'missing' }],
    ['delete from audit where seq = 1', { brokenAt: 1, why: 'missing' }]
  ])('shows where it was tampered with: %s', (sql, verdict) => {
    const { db } = trail()
    db.run(sql)
    expect(verifyAudit(db, KEY)).toEqual(verdict)
  })

  test('cannot be mended without the key', () => {
    const { db } = trail()
    db.run('delete from audit')
    createAudit(db, Buffer.alloc(32, 1), () => 1).record('agent-lin', 'signed-in')
    expect(verifyAudit(db, KEY)).toEqual({ brokenAt: 1, why: 'changed' })
  })

  test('has a head that changes when its end is cut off', () => {
    const { db } = trail()
    const before = verifyAudit(db, KEY)
    db.run('delete from audit where seq = 3')
    const after = verifyAudit(db, KEY)
    expect(after).toMatchObject({ entries: 2 })
    expect(after).not.toEqual(before)
  })
})
