import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../../src-main/sqlite/sqlite.ts'
import { buildDesk, KEY, settle } from '../../build/desk.ts'
import { buildEvents } from '../../build/events.ts'

test('damage met while working is told, set aside and read again from the centre; what waits in the outbox stays', async () => {
  const bench = buildDesk()
  const events = buildEvents(bench.timers.now() - 600_000)
  events.chat({ conversationId: 'c1' })
  for (let n = 0; n < 400; n++) events.said('c1', `line ${n} ${'x'.repeat(200)}`)
  await settle()
  await bench.line.publish(...events.all)
  bench.line.cut()
  const { commandId } = await bench.client.conversation.note({ conversationId: 'c1', text: 'mine' })
  bench.desk.close()

  const path = join(bench.dir, 'desk.db')
  const db = openDatabase(path, KEY)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  const bytes = readFileSync(path)
  // The middle of the file: the schema still opens, the messages do not.
  bytes.fill(0x5a, Math.floor(bytes.length / 2 / 4096) * 4096, Math.floor(bytes.length / 2 / 4096) * 4096 + 4096 * 30)
  writeFileSync(path, bytes)

  bench.line.mend()
  bench.restart()
  await settle()
  await bench.client.conversation.timeline({ conversationId: 'c1', limit: 500 }).catch((error: unknown) => error)
  await settle()
  const { rows } = await bench.client.conversation.timeline({ conversationId: 'c1', limit: 500 })
  expect(rows.filter((row) => row.kind === 'message')).toHaveLength(400)
  expect(rows.filter((row) => row.kind === 'note')).toMatchObject([{ text: 'mine', delivery: 'waiting' }])
  expect((await bench.client.desk.outbox()).map((row) => row.commandId)).toEqual([commandId])
  const { storeNotice } = await bench.client.desk.line()
  expect(storeNotice).toMatchObject({ kind: 'rebuilt', keptAs: expect.stringMatching(/^desk-damaged-\d+\.db$/) })
  await bench.client.desk.dismissStoreNotice()
  expect((await bench.client.desk.line()).storeNotice).toBeUndefined()
  bench.close()
})
