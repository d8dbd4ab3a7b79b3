import { afterEach, expect, test } from 'vitest'
import type { Colleague } from '../../../src-main/desk/colleagues.ts'
import { type Bench, buildDesk, settle } from '../../build/desk.ts'
import { buildEvents } from '../../build/events.ts'

const open: Bench[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})
const colleague = (personId: string): Colleague => ({
  personId,
  name: { en: personId, 'zh-CN': personId, 'zh-TW': personId },
  role: 'agent',
  extension: '201',
  queues: []
})

async function seat() {
  const b = buildDesk({ colleagues: () => ['agent-lin', 'tom', 'ina'].map(colleague) })
  open.push(b)
  await settle()
  return { b, events: buildEvents(b.timers.now()), rows: () => b.client.calls.colleagues() }
}
const tom = { personId: 'tom', presence: 'busy', since: 5, onCall: true } as const

test('colleagues are shown as the centre tells, change by change; one it never told of is not known', async () => {
  const { b, events, rows } = await seat()
  expect(await rows()).toEqual([colleague('tom'), colleague('ina')])
  await b.line.publish(events.add('colleagues.published', { people: [tom] }))
  expect(await rows()).toEqual([{ ...colleague('tom'), presence: 'busy', since: 5, onCall: true }, colleague('ina')])
  await b.line.publish(
    events.add('colleagues.published', { people: [{ personId: 'ina', presence: 'break', since: 6, onCall: false }] }),
    events.add('colleagues.published', { people: [{ ...tom, presence: 'available', onCall: false }] })
  )
  expect((await rows()).map(({ presence, onCall }) => [presence, onCall])).toEqual([
    ['available', false],
    ['break', false]
  ])
})

test('while the line is down they are shown as they were, with the moment; nothing is claimed of now', async () => {
  const { b, events, rows } = await seat()
  const news = events.add('colleagues.published', { people: [tom] })
  await b.line.publish(news)
  b.line.cut()
  await settle()
  expect(await rows()).toEqual([{ ...colleague('tom'), presence: 'busy', since: 5, onCall: true, asOf: news.at }, colleague('ina')])
})

test('views hear of it by a topic of their own, and of the line too', async () => {
  const { b, events } = await seat()
  const heard: string[] = []
  const stop = new AbortController()
  const watching = (async () => {
    for await (const changes of b.desk.topics.changes(stop.signal)) heard.push(...changes.map((one) => one.topic))
  })()
  await settle()
  heard.length = 0
  await b.line.publish(events.add('colleagues.published', { people: [tom] }))
  await settle()
  expect(heard).toContain('colleagues')
  expect(heard).not.toContain('calls')
  heard.length = 0
  b.line.cut()
  await settle()
  expect(heard).toContain('colleagues')
  stop.abort()
  await watching
})
