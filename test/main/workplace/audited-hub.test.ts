import { expect, test } from 'vitest'
import { createAudit, verifyAudit } from '../../../src-main/audit/audit.ts'
import { createLocalHub } from '../../../src-main/hub/local-hub.ts'
import { openDatabase } from '../../../src-main/sqlite/sqlite.ts'
import { auditedHub } from '../../../src-main/workplace/audited-hub.ts'
import { fact } from '../../../src-shared/events.ts'

const KEY = Buffer.alloc(32, 9)

test('what people at a desk did is on the trail with who did it; colleagues and customers’ words are not', () => {
  const db = openDatabase(':memory:', undefined)
  const hub = auditedHub(
    createLocalHub({ path: ':memory:' }),
    createAudit(db, KEY, () => 1),
    (personId) => personId === 'agent-lin'
  )
  hub.centre().commit({
    facts: [
      fact('entry.added', { entryId: 'e1', kind: 'message', speaker: 'customer', text: 'my secret words', at: 1 }, 1, 'f1', 'c1'),
      fact('verification.changed', { state: 'verified', how: 'my secret words' }, 1, 'f2', 'c1'),
      fact('conversation.transferred', { fromPersonId: 'agent-lin', queue: 'expert', reason: 'my secret words' }, 1, 'f3', 'c1'),
      fact('conversation.transferred', { fromPersonId: 'colleague-1', queue: 'expert', reason: '' }, 1, 'f4', 'c2')
    ],
    deskEvents: [],
    handled: { deskId: 'agent-lin', commandId: 'k1' }
  })
  const rows = db.all<{ actor: string; act: string; detail: string }>('select actor, act, detail from audit order by seq')
  expect(rows).toEqual([
    { actor: 'agent-lin', act: 'verification.changed', detail: '{"state":"verified","conversationId":"c1"}' },
    { actor: 'agent-lin', act: 'conversation.transferred', detail: '{"queue":"expert","conversationId":"c1"}' }
  ])
  expect(verifyAudit(db, KEY)).toMatchObject({ entries: 2 })
  expect([...hub.centre().facts()]).toHaveLength(4)
  hub.close()
})
