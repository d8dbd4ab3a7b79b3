import { describe, expect, it } from 'vitest'
import { recompute } from '../../../src-main/centre/metrics/recompute.ts'
import type { DeskEvent } from '../../../src-shared/events.ts'
import { article, contact, customer, floor, person } from '../../build/centre.ts'

const team = [
  person('lin'),
  person('tom'),
  person('ruth', { role: 'supervisor', queues: [] }),
  person('wall', { role: 'screen', queues: [] }),
  person('sim', { colleague: true })
]
const typesOf = (log: DeskEvent[], id: string) => log.filter((event) => event.conversationId === id).map((event) => event.type)
const board = (log: DeskEvent[]) => {
  const rows = new Map<string, object>()
  for (const event of log)
    if (event.type === 'stats.published')
      for (const row of [...event.data.intervals, ...event.data.cells]) rows.set(`${row.queue} ${row.startAt} ${'offered' in row}`, row)
  return rows
}

describe('A desk learns', () => {
  it('the customers and the articles once for each revision, wherever people serve or lead, and on no screen', async () => {
    const f = floor({ people: team, articles: [article('a1')] })
    f.restart()
    f.restart()
    for (const desk of ['lin', 'tom', 'ruth']) {
      const log = await f.log(desk)
      expect(log.filter((event) => event.type === 'article.published')).toHaveLength(1)
      expect(log.filter((event) => event.type === 'customer.updated')).toHaveLength(2)
    }
    expect((await f.log('wall')).some((event) => event.type === 'customer.updated')).toBe(false)
    f.centre.updateCustomer(customer('c1', { remarks: ['moved house'] }))
    expect((await f.log('lin')).filter((event) => event.type === 'customer.updated')).toHaveLength(3)
  })

  it('what led to a conversation before it is offered: the customer’s earlier ones, then this one from its beginning', async () => {
    const f = floor({ people: team })
    f.centre.setPresence('lin', 'available')
    const earlier = f.centre.contactArrived(contact())
    f.centre.accept('lin', earlier)
    f.centre.finish('lin', earlier, 'resolved', 'all fine')
    f.centre.setPresence('lin', 'break')
    const id = f.centre.contactArrived(contact())
    f.centre.customerSaid(id, 'anybody there?', 'e1')
    expect(typesOf(await f.log('tom'), id)).toEqual([])
    f.centre.setPresence('tom', 'available')
    const log = await f.log('tom')
    expect(typesOf(log, earlier)).toEqual(
      f.hub
        .centre()
        .factsOf(earlier)
        .map((fact) => fact.type)
    )
    expect(typesOf(log, id)).toEqual([
      'conversation.opened',
      'conversation.queued',
      'entry.added',
      'entry.analysed',
      'conversation.offered'
    ])
    const last = (one: string) => log.findLastIndex((event) => event.conversationId === one)
    expect(last(earlier)).toBeLessThan(log.findIndex((event) => event.conversationId === id))
    expect(typesOf(await f.log('lin'), id)).toEqual([])
  })

  it('how a conversation goes on that was offered to it, whoever serves it then, also after a restart', async () => {
    const f = floor({ people: team })
    f.centre.setPresence('lin', 'available')
    const id = f.centre.contactArrived(contact())
    f.centre.setPresence('tom', 'available')
    f.centre.decline('lin', id)
    f.restart()
    f.centre.accept('tom', id)
    f.centre.finish('tom', id, 'resolved', '')
    expect(typesOf(await f.log('lin'), id).at(-1)).toBe('conversation.closed')
  })

  it('only its own presence', async () => {
    const f = floor({ people: team })
    f.centre.setPresence('lin', 'available')
    f.centre.setPresence('tom', 'break')
    const people = (await f.log('tom')).flatMap((event) => (event.type === 'presence.changed' ? [event.data.personId] : []))
    expect(people).toEqual(['tom'])
  })

  it('who waits in its own queues, and not what is kept for others', async () => {
    const f = floor({ people: [person('lin', { queues: ['accounts'] }), person('tom', { queues: ['cards'] })] })
    f.centre.contactArrived(contact())
    f.centre.contactArrived(contact({ reservedFor: 'tom' }))
    f.advance(1_000)
    const newest = (log: DeskEvent[]) => log.findLast((event) => event.type === 'queue.published')
    expect(newest(await f.log('lin'))?.data).toMatchObject({
      waiting: [{ customerName: 'Customer c1', queue: 'accounts', reason: 'Asks about the balance' }]
    })
    expect(newest(await f.log('tom'))?.data).toEqual({ waiting: [] })
  })
})

describe('A board', () => {
  it('gets at most one set of figures a second, only what changed, and together they are the figures of the facts', async () => {
    const f = floor({ people: team })
    f.centre.setPresence('sim', 'available')
    for (let n = 0; n < 60; n += 1) {
      const id = f.centre.contactArrived(
        contact({ background: true, channel: n % 2 ? 'chat' : 'voice', queue: n % 3 ? 'cards' : 'accounts' })
      )
      f.advance((n * 377) % 9_000)
      const mine = f.centre.view().conversations.find((one) => one.offeredTo === 'sim')
      if (!mine || n % 5 === 0) {
        f.centre.customerLeft(id)
        continue
      }
      f.centre.accept('sim', mine.conversationId)
      f.centre.customerSaid(mine.conversationId, n % 4 ? 'fine' : 'oh #angry')
      f.advance(40_000)
      f.centre.finish('sim', mine.conversationId, 'resolved', '')
    }
    f.advance(1_000)
    const { intervals, cells } = recompute(f.facts())
    expect(intervals.length).toBeGreaterThan(4)
    for (const desk of ['ruth', 'wall']) {
      const log = await f.log(desk)
      const rows = board(log)
      for (const row of [...intervals, ...cells]) expect(rows.get(`${row.queue} ${row.startAt} ${'offered' in row}`)).toEqual(row)
      expect(rows.size).toBe(intervals.length + cells.length)
      const newest = log.findLast((event) => event.type === 'stats.published')
      expect(newest?.type === 'stats.published' && newest.data.people.map((one) => one.personId)).toEqual(['lin', 'tom', 'sim'])
    }
    const times = f.publishedAt('wall')
    expect(times.length).toBeGreaterThan(60)
    expect(Math.min(...times.slice(1).map((at, n) => at - (times[n] ?? 0)))).toBeGreaterThanOrEqual(1_000)
    f.restart()
    expect(board(await f.log('wall'))).toEqual(board(await f.log('ruth')))
  })

  it('hears from a quiet centre too, so that it knows its figures are fresh', async () => {
    const f = floor({ people: team })
    f.advance(60_000)
    expect((await f.log('wall')).at(-1)?.at).toBeGreaterThanOrEqual(f.now() - 10_000)
  })

  it('of a rehearsed morning comes once, when it is over', async () => {
    const f = floor({ people: team })
    const before = (await f.log('wall')).length
    f.centre.rehearse(() => {
      f.centre.setPresence('sim', 'available')
      for (let n = 0; n < 20; n += 1) {
        const id = f.centre.contactArrived(contact({ background: true }))
        f.centre.accept('sim', id)
        f.advance(60_000)
        f.centre.finish('sim', id, 'resolved', '')
      }
    })
    expect((await f.log('wall')).length).toBe(before + 1)
    const rows = board(await f.log('wall'))
    for (const row of recompute(f.facts()).intervals) expect(rows.get(`${row.queue} ${row.startAt} true`)).toEqual(row)
  })
})

describe('Colleagues', () => {
  const told = (log: DeskEvent[]) => log.flatMap((event) => (event.type === 'colleagues.published' ? [event.data.people] : []))
  const nowOf = (log: DeskEvent[], personId: string) =>
    told(log)
      .flat()
      .findLast((one) => one.personId === personId)

  it('are told to whoever may call them: who is there and who talks, and nothing else', async () => {
    const f = floor({ people: team })
    f.centre.setPresence('tom', 'break', 'lunch')
    f.advance(1_000)
    for (const desk of ['lin', 'tom', 'ruth']) {
      expect(nowOf(await f.log(desk), 'tom')).toEqual({ personId: 'tom', presence: 'break', since: f.now() - 1_000, onCall: false })
      expect(nowOf(await f.log(desk), 'sim')).toMatchObject({ presence: 'offline', onCall: false })
    }
    expect(told(await f.log('wall'))).toEqual([])
    expect(JSON.stringify(told(await f.log('lin')))).not.toContain('lunch')
  })

  it('are on a call from its answer to its end, and not while its customer is parked', async () => {
    const f = floor({ people: team })
    f.centre.setPresence('lin', 'available')
    const conversationId = f.centre.contactArrived(contact({ channel: 'voice' }))
    const ring = f.effects.findLast((one) => one.type === 'ring')
    if (ring?.type !== 'ring') throw new Error('nobody was rung')
    const pbx = { callId: ring.callId, conversationId, user: 'lin' }
    const talks = async () => {
      f.advance(1_000)
      return nowOf(await f.log('tom'), 'lin')?.onCall
    }
    expect(await talks()).toBe(false)
    f.centre.pbx({ type: 'answered', ...pbx })
    expect(await talks()).toBe(true)
    f.centre.pbx({ type: 'held', ...pbx })
    expect(await talks()).toBe(true)
    f.centre.pbx({ type: 'parked', ...pbx, slot: '701' })
    expect(await talks()).toBe(false)
    f.centre.pbx({ type: 'retrieved', ...pbx, slot: '701', legCallId: 'leg' })
    expect(await talks()).toBe(true)
    f.centre.pbx({ type: 'ended', ...pbx, by: 'customer' })
    expect(await talks()).toBe(false)
    expect(nowOf(await f.log('tom'), 'lin')?.presence).toBe('wrap-up')
  })

  it('are told once a second at most, and only those who changed, however many there are', async () => {
    const people = Array.from({ length: 500 }, (_, i) => person(`p${i}`))
    const f = floor({ people })
    f.advance(1_000)
    const before = told(await f.log('p0')).length
    for (let n = 0; n < 40; n += 1) {
      f.centre.setPresence(`p${1 + (n % 20)}`, n < 20 ? 'available' : 'break')
      f.advance(50)
    }
    f.advance(1_000)
    const news = told(await f.log('p0')).slice(before)
    expect(news.length).toBeGreaterThan(0)
    expect(news.length).toBeLessThanOrEqual(4)
    expect(new Set(news.flat().map((one) => one.personId)).size).toBe(20)
    expect(news.flat().length).toBeLessThanOrEqual(60)
    expect(nowOf(await f.log('p0'), 'p7')?.presence).toBe('break')
  })

  it('are told anew by a centre that starts, so that nobody stands there as they were', async () => {
    const f = floor({ people: team })
    f.centre.setPresence('tom', 'available')
    f.advance(1_000)
    f.restart()
    f.advance(1_000)
    expect(
      told(await f.log('lin'))
        .at(-1)
        ?.map((one) => one.personId)
        .sort()
    ).toEqual(['lin', 'ruth', 'sim', 'tom'])
  })
})
