import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../../src-main/sqlite/sqlite.ts'
import { appendToLog } from '../../../src-main/store/log.ts'
import { type Bench, buildDesk, settle } from '../../build/desk.ts'
import { buildEvents, type EventBuilder } from '../../build/events.ts'

let bench: Bench
let events: EventBuilder
beforeEach(async () => {
  bench = buildDesk()
  events = buildEvents(bench.timers.now() - 60_000)
  events.chat({ conversationId: 'c1' })
  await settle()
  await bench.line.publish(...events.all)
})
afterEach(() => bench.close())

const sent = (): string[] => bench.line.sent.map((command) => command.id)
const note = async (text: string): Promise<string> => (await bench.client.conversation.note({ conversationId: 'c1', text })).commandId

describe('the outbox', () => {
  test('sends in the order entered, one at a time', async () => {
    bench.line.cut()
    const ids = [await note('one'), await note('two'), await note('three')]
    bench.line.mend()
    bench.timers.advance(1_000)
    await settle()
    expect(sent()).toEqual(ids)
  })

  test('waits for the hub before it sends the next, and tries again what the hub refused', async () => {
    bench.line.failNextSends(2)
    const first = await note('one')
    const second = await note('two')
    await settle()
    expect(sent()).toEqual([])
    bench.timers.advance(250)
    await settle()
    expect(sent()).toEqual([])
    bench.timers.advance(500)
    await settle()
    expect(sent()).toEqual([first, second])
  })

  test('sends again what the hub never confirmed', async () => {
    bench.line.hangNextSends(1)
    const id = await note('one')
    await settle()
    expect(sent()).toEqual([id])
    bench.timers.advance(5_000)
    await settle()
    bench.timers.advance(250)
    await settle()
    expect(sent()).toEqual([id, id])
  })

  test('sends everything unanswered again after a reconnect, and nothing that was answered', async () => {
    const answered = await note('one')
    const open = await note('two')
    await settle()
    await bench.line.publish(events.add('command.accepted', { commandId: answered }))
    bench.line.cut()
    bench.line.mend()
    bench.timers.advance(1_000)
    await settle()
    expect(sent()).toEqual([answered, open, open])
  })

  test('sends again what nobody answered for long', async () => {
    const id = await note('one')
    await settle()
    bench.timers.advance(10_000)
    await settle()
    expect(sent()).toEqual([id, id])
  })

  test('survives a restart', async () => {
    bench.line.cut()
    const ids = [await note('one'), await note('two')]
    bench.restart()
    expect((await bench.client.desk.outbox()).map((row) => row.commandId)).toEqual(ids)
  })

  test('is settled at the next start when the process died between the answer and the end of the command', async () => {
    const accepted = await note('one')
    const refused = await note('two')
    const open = await note('three')
    // What intake commits first; the desk is then stopped before it told the outbox.
    appendToLog(
      bench.desk.reading().desk as Db, // a reading is the store's own connection, shown read-only
      'agent-lin',
      [
        events.add('command.accepted', { commandId: accepted }),
        events.add('command.rejected', { commandId: refused, code: 'not_available' })
      ]
    )
    expect(await bench.client.desk.outbox()).toHaveLength(3)
    bench.restart()
    expect(await bench.client.desk.outbox()).toMatchObject([
      { commandId: refused, state: 'refused', refusal: { code: 'not_available' } },
      { commandId: open, state: 'waiting' }
    ])
  })
})

describe('a refused command', () => {
  test('lands in the tray with its content and shows in the timeline', async () => {
    const commandId = await note('please call back')
    await bench.line.publish(events.add('command.rejected', { commandId, code: 'conversation_closed', detail: 'too late' }))
    expect(await bench.client.desk.outbox()).toEqual([
      expect.objectContaining({
        commandId,
        type: 'note.add',
        content: 'please call back',
        state: 'refused',
        customerName: 'Mei Lindqvist',
        refusal: { code: 'conversation_closed', detail: 'too late' }
      })
    ])
    const { rows } = await bench.client.conversation.timeline({ conversationId: 'c1' })
    expect(rows.filter((row) => row.kind !== 'system')).toMatchObject([
      { text: 'please call back', delivery: 'refused', refusal: { commandId, code: 'conversation_closed' } }
    ])
    expect(await bench.client.desk.line()).toMatchObject({ waiting: 0, refused: 1 })
  })

  test('is tried again as a new command, with the text changed', async () => {
    const commandId = await note('please call back')
    await bench.line.publish(events.add('command.rejected', { commandId, code: 'invalid' }))
    const again = await bench.client.desk.retry({ commandId, text: 'call 4111111111111111 back' })
    expect(again.commandId).not.toBe(commandId)
    await settle()
    expect(bench.line.sent.at(-1)).toMatchObject({ id: again.commandId, type: 'note.add', data: { text: 'call **** 1111 back' } })
    await expect(bench.client.desk.retry({ commandId })).rejects.toMatchObject({ data: { code: 'not_found' } })
  })

  test('can be discarded and brought back until the desk stops', async () => {
    const commandId = await note('never mind')
    await bench.line.publish(events.add('command.rejected', { commandId, code: 'invalid' }))
    await bench.client.desk.discard({ commandId })
    expect(await bench.client.desk.outbox()).toEqual([])
    await bench.client.desk.undoDiscard({ commandId })
    expect(await bench.client.desk.outbox()).toHaveLength(1)
    await bench.client.desk.discard({ commandId })
    bench.restart()
    await expect(bench.client.desk.undoDiscard({ commandId })).rejects.toMatchObject({ data: { code: 'not_found' } })
  })

  test('cannot be discarded while it waits', async () => {
    const commandId = await note('on its way')
    await expect(bench.client.desk.discard({ commandId })).rejects.toMatchObject({ data: { code: 'not_available' } })
  })
})

test('an answer that could not be written down when it came ends its command after the next reconnect', async () => {
  const id = await note('one')
  const own = bench.desk.reading().own as Db // the same object that the desk writes to
  own.exec(`create trigger broken before delete on command begin select raise(abort, 'no room'); end`)
  await bench.line.publish(events.add('command.accepted', { commandId: id }))
  expect(await bench.client.desk.line()).toMatchObject({ state: 'down', waiting: 1 })
  own.exec('drop trigger broken')
  bench.timers.advance(1_000)
  await settle()
  expect(await bench.client.desk.line()).toMatchObject({ state: 'up', waiting: 0 })
})

describe('my presence', () => {
  test('shows what I want until the centre says what is', async () => {
    const { commandId } = await bench.client.inbox.setPresence({ presence: 'break', reason: 'lunch' })
    expect(await bench.client.inbox.presence()).toMatchObject({ presence: 'offline', wanted: 'break' })
    expect(await bench.client.desk.outbox()).toMatchObject([{ type: 'presence.set', content: 'break', reason: 'lunch' }])
    await bench.line.publish(
      events.add('presence.changed', { personId: 'agent-lin', presence: 'break', reason: 'lunch', since: 5 }),
      events.add('command.accepted', { commandId })
    )
    expect(await bench.client.inbox.presence()).toEqual({ presence: 'break', reason: 'lunch', since: 5 })
  })
})
