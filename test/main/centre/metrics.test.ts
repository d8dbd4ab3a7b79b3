import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCounters } from '../../../src-main/centre/metrics/counters.ts'
import { recompute } from '../../../src-main/centre/metrics/recompute.ts'
import { type Fact, fact } from '../../../src-shared/events.ts'
import { METRICS, QUARTER_MS, sumIntervals } from '../../../src-shared/metrics.ts'
import { MOODS, QUEUES } from '../../../src-shared/taxonomy.ts'
import { contact, floor, MORNING } from '../../build/centre.ts'

const counted = (facts: Iterable<Fact>) => {
  const counters = createCounters()
  for (const one of facts) counters.apply(one)
  return counters.since(0)
}

describe('The figures of a queue', () => {
  it('count a contact in the quarter hour it came in, whenever it is answered and wrapped up', () => {
    const f = floor()
    f.advance(14 * 60_000)
    const id = f.centre.contactArrived(contact())
    f.advance(3 * 60_000)
    f.centre.setPresence('lin', 'available')
    f.centre.accept('lin', id)
    f.advance(60_000)
    f.centre.end('lin', id)
    f.advance(10_000)
    f.centre.finish('lin', id, 'resolved', '')
    const { intervals } = counted(f.facts())
    expect(intervals).toHaveLength(1)
    expect(intervals[0]).toMatchObject({ queue: 'accounts', startAt: MORNING, offered: 1, answered: 1, answeredInTarget: 0, handled: 1 })
    expect(intervals[0]).toMatchObject({ waitMs: 180_000, talkMs: 60_000, wrapUpMs: 10_000, holdMs: 0 })
  })

  it('leave short abandons out of the service level', () => {
    const f = floor()
    const short = f.centre.contactArrived(contact())
    const long = f.centre.contactArrived(contact({ customerId: 'c2' }))
    f.advance(4_999)
    f.centre.customerLeft(short)
    f.advance(60_000)
    f.centre.customerLeft(long)
    f.centre.setPresence('lin', 'available')
    f.centre.accept('lin', f.centre.contactArrived(contact()))
    const sum = sumIntervals(counted(f.facts()).intervals)
    expect(sum).toMatchObject({ offered: 3, answered: 1, abandoned: 2, shortAbandoned: 1, answeredInTarget: 1 })
    expect(sum && METRICS.service_level.compute(sum)).toBe(1 / 2)
  })

  it('count a transfer out of one queue and into the other', () => {
    const f = floor()
    f.centre.setPresence('lin', 'available')
    const id = f.centre.contactArrived(contact())
    f.centre.accept('lin', id)
    f.centre.transfer('lin', id, 'cards', 'lost card')
    const { intervals } = counted(f.facts())
    expect(intervals.find((one) => one.queue === 'accounts')).toMatchObject({ offered: 1, answered: 1, transferred: 1, handled: 1 })
    expect(intervals.find((one) => one.queue === 'cards')).toMatchObject({ offered: 1, answered: 0 })
  })

  it('show moods of customers where and when they were shown, newest phrase first, as people corrected them', async () => {
    const f = floor()
    f.centre.setPresence('lin', 'available')
    const id = f.centre.contactArrived(contact())
    f.centre.accept('lin', id)
    f.centre.customerSaid(id, 'hello', 'e1')
    f.centre.customerSaid(id, 'well #frustrated', 'e2')
    f.centre.customerSaid(id, 'now #angry', 'e3')
    expect(counted(f.facts()).cells).toEqual([
      { queue: 'accounts', startAt: MORNING, utterances: 3, strained: 2, phrases: ['#angry', '#frustrated'] }
    ])
    expect(await f.command('lin', 'emotion.correct', { conversationId: id, entryId: 'e2', mood: 'calm' })).toBe('accepted')
    expect(counted(f.facts()).cells[0]).toMatchObject({ utterances: 3, strained: 1 })
    expect(await f.command('lin', 'emotion.correct', { conversationId: id, entryId: 'nope', mood: 'calm' })).toBe('not_found')
  })

  it('forget what is older than two days', () => {
    const counters = createCounters()
    for (let hour = 0; hour < 72; hour += 1) {
      const at = MORNING + hour * 3_600_000
      const data = { customerId: 'c1', channel: 'chat', queue: 'cards', language: 'en', reason: '', priority: 0 } as const
      counters.apply(fact('conversation.opened', data, at, `o${hour}`, `v${hour}`))
      counters.apply(fact('conversation.queued', { queue: 'cards', reason: 'arrived' }, at, `q${hour}`, `v${hour}`))
    }
    expect(counters.since(0).intervals.length).toBeLessThanOrEqual(49)
    expect(counters.since(0).intervals.at(-1)?.startAt).toBe(MORNING + 71 * 3_600_000)
  })
})

const step = fc.record({
  conversation: fc.integer({ min: 0, max: 1 }),
  type: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom('opened', 'closed') },
    {
      weight: 20,
      arbitrary: fc.constantFrom(
        'queued',
        'transfer',
        'assigned',
        'transferred',
        'abandoned',
        'ended',
        'wrapped',
        'call',
        'mood',
        'correct'
      )
    }
  ),
  queue: fc.constantFrom(...QUEUES.slice(0, 3)),
  voice: fc.boolean(),
  mood: fc.constantFrom(...MOODS),
  entry: fc.integer({ min: 0, max: 3 }),
  ms: fc.integer({ min: 0, max: QUARTER_MS }),
  again: fc.boolean()
})

/** Histories that need not make sense: figures must agree on those too. */
const history = fc.tuple(fc.array(step, { maxLength: 60, size: 'max' }), fc.boolean()).map(([steps, dialled]) => {
  let at = MORNING
  const facts: Fact[] = ['c0', 'c1'].flatMap((id) => [
    fact(
      'conversation.opened',
      {
        customerId: 'c',
        channel: id === 'c0' ? 'voice' : 'chat',
        queue: 'cards',
        language: 'en',
        reason: '',
        priority: 0,
        ...(dialled && id === 'c0' ? { direction: 'out' as const } : {})
      },
      at,
      `o${id}`,
      id
    ),
    fact('conversation.queued', { queue: 'cards', reason: 'arrived' }, at, `q${id}`, id)
  ])
  steps.forEach((one, n) => {
    at += one.ms
    const id = `c${one.conversation}`
    const add = (type: Fact['type'], data: object) =>
      // The data below is that of the type beside it.
      facts.push({ id: `f${n}`, at, type, version: 1, conversationId: id, data } as Fact)
    const { queue } = one
    const opened = { customerId: 'c', channel: one.voice ? 'voice' : 'chat', queue, language: 'en', reason: '', priority: 0 }
    if (one.type === 'opened') add('conversation.opened', opened)
    else if (one.type === 'queued') add('conversation.queued', { queue, reason: 'declined' })
    else if (one.type === 'transfer') add('conversation.queued', { queue, reason: 'transfer' })
    else if (one.type === 'assigned') add('conversation.assigned', { personId: 'lin' })
    else if (one.type === 'transferred') add('conversation.transferred', { fromPersonId: 'lin', queue, reason: '' })
    else if (one.type === 'abandoned') add('conversation.abandoned', { waitedMs: one.ms })
    else if (one.type === 'ended') add('conversation.ended', { by: 'customer' })
    else if (one.type === 'wrapped') add('conversation.wrapped', { personId: 'lin', disposition: 'resolved', note: '', wrapUpMs: one.ms })
    else if (one.type === 'closed') add('conversation.closed', {})
    else if (one.type === 'call') add('call.ended', { callId: 'k', by: 'agent', talkMs: one.ms, holdMs: one.entry })
    else if (one.type === 'correct') add('mood.corrected', { entryId: `e${one.entry}`, mood: one.mood, personId: 'lin' })
    else {
      const span = { start: 0, end: 1, text: `words ${n}` }
      add('entry.analysed', { entryId: `e${one.entry}`, mood: { mood: one.mood, confidence: 1, span }, findings: [] })
    }
    const last = facts.at(-1)
    if (one.again && last) facts.push(last)
  })
  return facts
})

describe('The running figures', () => {
  it('equal those worked out from the whole history, whatever happened and however often it is told', () => {
    fc.assert(
      fc.property(history, (facts) => {
        expect(counted(facts)).toEqual(recompute(facts))
        expect(counted([...facts, ...facts])).toEqual(recompute(facts))
      }),
      { numRuns: 500 }
    )
  })

  it('tell what changed, so that adding it up gives the whole', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 7 }), (facts, every) => {
        const counters = createCounters()
        const board = new Map<string, object>()
        facts.forEach((one, n) => {
          counters.apply(one)
          if (n % every !== 0) return
          const { intervals, cells } = counters.takeChanged()
          for (const row of intervals) board.set(`i ${row.queue} ${row.startAt}`, row)
          for (const row of cells) board.set(`c ${row.queue} ${row.startAt}`, row)
        })
        const { intervals, cells } = counters.takeChanged()
        for (const row of intervals) board.set(`i ${row.queue} ${row.startAt}`, row)
        for (const row of cells) board.set(`c ${row.queue} ${row.startAt}`, row)
        const whole = counters.since(0)
        expect(board.size).toBe(whole.intervals.length + whole.cells.length)
        for (const row of whole.intervals) expect(board.get(`i ${row.queue} ${row.startAt}`)).toEqual(row)
        for (const row of whole.cells) expect(board.get(`c ${row.queue} ${row.startAt}`)).toEqual(row)
      })
    )
  })
})
