import { afterEach, describe, expect, test } from 'vitest'
import { newId } from '../../../src-shared/ids.ts'
import { type Bench, buildDesk, settle } from '../../build/desk.ts'
import { buildEvents } from '../../build/events.ts'

const open: Bench[] = []
const bench = (): Bench => {
  const one = buildDesk()
  open.push(one)
  return one
}
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

describe('what a recogniser heard', () => {
  test('goes masked, with who said it and when, and what was in clear', async () => {
    const b = bench()
    const events = buildEvents(b.timers.now() - 100_000)
    events.chat({ conversationId: 'k1', channel: 'voice' })
    await settle()
    await b.line.publish(...events.all)
    const startAt = b.timers.now() - 9_000
    await b.client.calls.heard({
      conversationId: 'k1',
      speaker: 'customer',
      text: 'my card is 4111111111111111',
      startAt,
      endAt: startAt + 2_000,
      confidence: 0.8
    })
    expect(b.line.sent).toMatchObject([
      { type: 'transcript.add', data: { speaker: 'customer', text: 'my card is **** 1111', saidAt: startAt, confidence: 0.8 } }
    ])
    const rows = (await b.client.conversation.timeline({ conversationId: 'k1' })).rows.filter((row) => row.kind === 'utterance')
    expect(rows).toMatchObject([{ speaker: 'customer', at: startAt, delivery: 'waiting' }])
    expect(rows[0]).not.toHaveProperty('personName')
  })

  test('is one line, however often a phone that heard no answer tells it: while it waits, and when it is stored', async () => {
    const b = bench()
    const events = buildEvents(b.timers.now() - 100_000)
    events.chat({ conversationId: 'k1', channel: 'voice' })
    await settle()
    await b.line.publish(...events.all)
    const startAt = b.timers.now() - 9_000
    const said = { conversationId: 'k1', entryId: newId(), speaker: 'agent', text: 'good morning', startAt, endAt: startAt + 1 } as const
    const first = await b.client.calls.heard(said)
    expect(await b.client.calls.heard(said)).toEqual(first)
    expect(b.line.sent.map(({ data }) => data)).toMatchObject([{ entryId: said.entryId }])
    await b.line.publish(
      events.add('entry.added', { entryId: said.entryId, kind: 'utterance', speaker: 'agent', text: said.text, at: startAt }, 'k1'),
      events.add('command.accepted', { commandId: first.commandId })
    )
    expect(await b.client.calls.heard(said)).toEqual(first)
    await settle()
    expect(b.line.sent).toHaveLength(1)
    const rows = (await b.client.conversation.timeline({ conversationId: 'k1' })).rows.filter((row) => row.kind === 'utterance')
    expect(rows).toMatchObject([{ text: 'good morning' }])
    await expect(b.client.calls.heard({ ...said, entryId: 'no id' })).rejects.toThrow()
  })
})
