import { afterEach, describe, expect, test } from 'vitest'
import { type Bench, buildDesk, settle } from '../../build/desk.ts'
import { buildEvents } from '../../build/events.ts'

const open: Bench[] = []
const bench = (...options: Parameters<typeof buildDesk>): Bench => {
  const one = buildDesk(...options)
  open.push(one)
  return one
}
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

describe('a desk', () => {
  test('shows what the centre tells it', async () => {
    const { line, client } = bench()
    const events = buildEvents()
    events.chat({ conversationId: 'c1' })
    events.said('c1', 'The machine kept my card')
    await settle()
    await line.publish(...events.all)
    expect(await client.inbox.list({ view: 'mine' })).toMatchObject([
      { conversationId: 'c1', customerName: 'Mei Lindqvist', state: 'active', mine: true, lastText: 'The machine kept my card', unread: 1 }
    ])
    const { rows } = await client.conversation.timeline({ conversationId: 'c1' })
    expect(rows).toMatchObject([
      { kind: 'system', text: 'conversation_opened', values: { queue: 'cards' } },
      { kind: 'system', text: 'assigned', values: { person: 'Lin Yue' } },
      { text: 'The machine kept my card', delivery: 'sent', speaker: 'customer' }
    ])
    expect(await client.search.find({ text: 'machi' })).toMatchObject([{ kind: 'entry', conversationId: 'c1' }])
    expect(await client.desk.line()).toMatchObject({ state: 'up', waiting: 0, refused: 0 })
  })

  test('keeps a reply waiting while the line is cut, and sends it once it is back', async () => {
    const { line, client, timers } = bench()
    const events = buildEvents(timers.now() - 60_000)
    events.chat({ conversationId: 'c1' })
    await settle()
    await line.publish(...events.all)
    line.cut()
    const { commandId, entryId } = await client.conversation.reply({ conversationId: 'c1', text: 'It is blocked now, 4111111111111111' })
    const lines = async () => (await client.conversation.timeline({ conversationId: 'c1' })).rows.filter((row) => row.kind !== 'system')
    expect(await lines()).toMatchObject([{ entryId, delivery: 'waiting', text: 'It is blocked now, **** 1111' }])
    expect(await client.desk.line()).toMatchObject({ state: 'down', waiting: 1 })
    line.mend()
    timers.advance(1_000)
    await settle()
    expect(line.sent).toMatchObject([{ id: commandId, type: 'message.send', data: { text: 'It is blocked now, **** 1111' } }])
    await line.publish(
      events.said('c1', 'It is blocked now, **** 1111', { speaker: 'agent', entryId }),
      events.add('command.accepted', { commandId }, 'c1')
    )
    expect(await lines()).toMatchObject([{ entryId, delivery: 'sent' }])
    expect(await client.desk.line()).toMatchObject({ state: 'up', waiting: 0 })
  })

  test('names the colleague who wrote, in the language of the screen', async () => {
    const { line, client } = bench()
    const events = buildEvents()
    events.chat({ conversationId: 'c1' })
    const name = { en: 'Tom Becker', 'zh-CN': '汤姆·贝克', 'zh-TW': '湯姆·貝克' }
    events.add('conversation.assigned', { personId: 'agent-tom', name }, 'c1')
    events.add(
      'entry.added',
      { entryId: 'n1', kind: 'note', speaker: 'agent', personId: 'agent-tom', text: 'Card is blocked', at: events.at },
      'c1'
    )
    await settle()
    await line.publish(...events.all)
    const notes = async () => (await client.conversation.timeline({ conversationId: 'c1' })).rows.filter((row) => row.kind === 'note')
    expect(await notes()).toMatchObject([{ personName: 'Tom Becker' }])
    await client.desk.saveSettings({ locale: 'zh-TW' })
    expect(await notes()).toMatchObject([{ personName: '湯姆·貝克' }])
  })
})
