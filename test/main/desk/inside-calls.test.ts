import { afterEach, expect, test } from 'vitest'
import type { Colleague } from '../../../src-main/desk/colleagues.ts'
import type { DialogRecord } from '../../../src-shared/contract/phone.ts'
import { type Bench, buildDesk, settle } from '../../build/desk.ts'
import { buildEvents } from '../../build/events.ts'

const open: Bench[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})
const TOM: Colleague = { personId: 'tom', name: { en: 'Tom', 'zh-CN': 'Tom', 'zh-TW': 'Tom' }, role: 'agent', extension: '201', queues: [] }
const SEAT = { servers: [], domain: '', user: 'agent-lin', secret: '', displayName: '' }

async function seat() {
  const b = buildDesk({ account: () => SEAT, colleagues: () => [TOM] })
  open.push(b)
  await settle()
  const dialog = (callId: string, number: string, more: Partial<DialogRecord> = {}): DialogRecord => ({
    callId,
    localTag: 'a',
    remoteTag: 'b',
    localUri: 'sip:a@x',
    remoteUri: 'sip:b@x',
    remoteTarget: 'sip:b@x',
    routeSet: [],
    localSeq: 1,
    direction: 'out',
    name: 'Tom',
    number,
    state: 'up',
    answeredAt: b.timers.now(),
    muted: false,
    conferenced: false,
    savedAt: b.timers.now(),
    ...more
  })
  const up = (...dialogs: DialogRecord[]) => b.client.calls.saveDialogs({ dialogs })
  const history = async () => (await b.client.calls.history({ limit: 50 })).rows
  return { b, dialog, up, history }
}

test('a talk with a colleague stands in the history, running and then talked; the echo and numbers of nobody do not', async () => {
  const { b, dialog, up, history } = await seat()
  const talk = dialog('k1', '201')
  await up(
    talk,
    dialog('k2', '600', { name: '' }),
    dialog('k3', '+442079460103'),
    dialog('k4', '201', { conversationId: 'c1', answeredAt: 5 })
  )
  expect(await history()).toEqual([
    {
      callId: 'k1',
      colleague: true,
      customerName: 'Tom',
      number: '201',
      direction: 'out',
      channel: 'voice',
      reason: '',
      outcome: 'running',
      startedAt: talk.answeredAt
    }
  ])
  b.timers.advance(61_000)
  await up()
  expect(await history()).toMatchObject([{ callId: 'k1', outcome: 'talked', talkMs: 61_000 }])
})

test('one that another page took over is one call', async () => {
  const { b, dialog, up, history } = await seat()
  const talk = dialog('k1', 'tom')
  await up(talk)
  b.timers.advance(5_000)
  await up()
  b.timers.advance(1_000)
  await up({ ...talk, callId: 'k9' })
  expect(await history()).toMatchObject([{ callId: 'k9', outcome: 'running' }])
  b.timers.advance(4_000)
  await up()
  expect(await history()).toMatchObject([{ callId: 'k9', outcome: 'talked', talkMs: 10_000 }])
})

test('they stand among the customers’ calls in order, page by page, and go when conversations go', async () => {
  const { b, dialog, up, history } = await seat()
  const called = async (id: string) => {
    const events = buildEvents(b.timers.now())
    const news = [
      ...events.chat({ conversationId: id, channel: 'voice' }),
      events.add('call.started', { callId: `call-${id}`, personId: 'agent-lin' }, id)
    ]
    await b.line.publish(...news)
    b.timers.advance(60_000)
  }
  await called('c1')
  await up(dialog('k1', '201'))
  b.timers.advance(60_000)
  await up()
  const ids = (rows: { callId: string }[]) => rows.map((row) => row.callId)
  expect(ids(await history())).toEqual(['k1', 'call-c1'])
  const first = await b.client.calls.history({ limit: 1 })
  expect([ids(first.rows), first.more]).toEqual([['k1'], true])
  const next = await b.client.calls.history({ limit: 1, before: first.rows[0]?.startedAt })
  expect([ids(next.rows), next.more]).toEqual([['call-c1'], false])
  b.timers.advance(31 * 24 * 3_600_000)
  await up()
  expect(ids(await history())).not.toContain('k1')
})
