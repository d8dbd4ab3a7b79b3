import fc from 'fast-check'
import { type DeskEvent, type EventData, type EventType, fact } from '../../src-shared/events.ts'

type Made = { [T in EventType]: { type: T; data: EventData<T> } }[EventType]

const id = (prefix: string) => fc.integer({ min: 1, max: 4 }).map((n) => `${prefix}${n}`)
const person = fc.constantFrom('agent-lin', 'agent-tom')
const queue = fc.constantFrom('cards' as const, 'loans' as const)
const time = fc.integer({ min: 1_699_999_990, max: 1_700_000_010 }).map((s) => s * 1_000)
const words = fc
  .array(fc.constantFrom('word', 'reason', 'card', '卡', '信用卡', '👍', 'ok'), { minLength: 1, maxLength: 5 })
  .map((all) => all.join(' '))
const of = <T extends EventType>(type: T, data: fc.Arbitrary<EventData<T>>): fc.Arbitrary<Made> =>
  data.map((one) => ({ type, data: one }) as unknown as Made) // type and data belong together; the union does not show it

const call = id('call')
const made: fc.Arbitrary<Made> = fc.oneof(
  of(
    'conversation.opened',
    fc.record({
      customerId: id('customer'),
      channel: fc.constantFrom('voice', 'chat'),
      queue,
      language: fc.constant('en'),
      reason: words,
      priority: fc.constant(0),
      direction: fc.constantFrom('in', 'out'),
      callbackId: id('callback')
    })
  ),
  of('conversation.queued', fc.record({ queue, reason: fc.constantFrom('arrived', 'timeout', 'transfer') })),
  of('conversation.offered', fc.record({ offerId: id('offer'), personId: person, expiresAt: time, summary: words })),
  of(
    'conversation.offer-ended',
    fc.record({ offerId: id('offer'), personId: person, outcome: fc.constantFrom('accepted', 'declined', 'timeout') })
  ),
  of('conversation.assigned', fc.record({ personId: person })),
  of('conversation.transferred', fc.record({ fromPersonId: person, queue, reason: words })),
  of('conversation.abandoned', fc.record({ waitedMs: fc.nat() })),
  of('conversation.ended', fc.record({ by: fc.constantFrom('customer', 'agent') })),
  of(
    'conversation.wrapped',
    fc.record({ personId: person, disposition: fc.constantFrom('resolved', 'escalated'), note: words, wrapUpMs: fc.nat() })
  ),
  of('conversation.closed', fc.constant({})),
  of(
    'entry.added',
    fc.record({
      entryId: fc.integer({ min: 1, max: 30 }).map((n) => `entry${n}`),
      kind: fc.constantFrom('message', 'note', 'system'),
      speaker: fc.constantFrom('customer', 'agent'),
      text: words,
      at: time
    })
  ),
  of(
    'entry.analysed',
    fc.record({
      entryId: fc.integer({ min: 1, max: 30 }).map((n) => `entry${n}`),
      mood: fc.record({ mood: fc.constantFrom('calm', 'angry'), confidence: fc.constant(0.5) }),
      findings: fc.constant([])
    })
  ),
  of(
    'mood.corrected',
    fc.record({
      entryId: fc.integer({ min: 1, max: 30 }).map((n) => `entry${n}`),
      mood: fc.constantFrom('worried', 'satisfied'),
      personId: person
    })
  ),
  of('call.started', fc.record({ callId: call, personId: person, direction: fc.constantFrom('in', 'out'), number: fc.constant('1') })),
  of('call.answered', fc.record({ callId: call, personId: person })),
  of('call.held', fc.record({ callId: call, source: fc.constant('pbx') })),
  of('call.digit', fc.record({ callId: call, digit: fc.constantFrom('1', '#') })),
  of('call.ended', fc.record({ callId: call, by: fc.constant('customer'), talkMs: fc.nat(), holdMs: fc.nat() })),
  of('call.recording-started', fc.record({ callId: call, recordingId: id('recording') })),
  of('call.recording-paused', fc.record({ callId: call, reason: fc.constantFrom('payment', 'personal'), personId: person, until: time })),
  of('call.recording-resumed', fc.record({ callId: call, endedBy: fc.constantFrom('agent', 'timer', 'call-ended'), gapMs: fc.nat() })),
  of('call.recorded', fc.record({ callId: call, recordingId: id('recording'), startedAt: time, ms: fc.nat(), gaps: fc.constant([]) })),
  of(
    'call.quality-recorded',
    fc.record({ callId: call, personId: person, seconds: fc.nat(), warnings: fc.constant([]), codec: fc.constant('opus') })
  ),
  of('call.parked', fc.record({ callId: call, personId: person, slot: fc.constantFrom('1', '2') })),
  of('call.retrieved', fc.record({ callId: call, personId: person, slot: fc.constantFrom('1', '2') })),
  of('callback.scheduled', fc.record({ callbackId: id('callback'), name: words, phone: fc.constant('1'), queue, at: time, note: words })),
  of('callback.ended', fc.record({ callbackId: id('callback'), outcome: fc.constantFrom('reached', 'cancelled') })),
  of(
    'customer.updated',
    fc.record({
      customerId: id('customer'),
      name: fc.constantFrom('name one', 'other'),
      language: fc.constant('en'),
      phone: fc.constant('1'),
      segment: fc.constant('plus'),
      since: time,
      products: fc.constant([]),
      remarks: fc.constant([])
    })
  ),
  of(
    'article.published',
    fc.record({
      articleId: id('article'),
      revision: fc.integer({ min: 1, max: 3 }),
      language: fc.constant('en'),
      title: fc.constantFrom('title one', 'heading'),
      intents: fc.constant([]),
      say: words,
      body: words,
      updatedAt: time
    })
  ),
  of('verification.changed', fc.record({ state: fc.constantFrom('started', 'verified') })),
  of('alert.raised', fc.record({ alertId: id('alert'), kind: fc.constant('large_transfer'), text: words })),
  of('alert.resolved', fc.record({ alertId: id('alert') })),
  of('presence.changed', fc.record({ personId: person, presence: fc.constantFrom('available', 'break'), since: time })),
  of('suggestion.rated', fc.record({ personId: person, articleId: id('article'), outcome: fc.constantFrom('accepted', 'rejected') })),
  of('command.accepted', fc.record({ commandId: id('command') })),
  of('command.rejected', fc.record({ commandId: id('command'), code: fc.constant('invalid') })),
  of('queue.published', fc.constant({ waiting: [] })),
  of('stats.published', fc.constant({ queues: [], people: [], intervals: [], cells: [] }))
)

/** A desk's log of any events in any order, likely and unlikely. */
export const anyLog: fc.Arbitrary<DeskEvent[]> = fc.array(fc.tuple(made, id('c'), time), { minLength: 1, maxLength: 60 }).map(
  (all) =>
    all.map(
      ([{ type, data }, conversationId, at], i) =>
        ({ ...fact(type, data as never, at, `event${i + 1}`, conversationId), deskSeq: i + 1 }) as unknown as DeskEvent
    ) // paired above
)

/** The same log as a bad line delivers it: in pieces, some twice, some out of order, some left out at first. */
export function deliveriesOf(log: readonly DeskEvent[]): fc.Arbitrary<DeskEvent[][]> {
  const piece = fc.tuple(fc.nat({ max: log.length - 1 }), fc.integer({ min: 1, max: 12 }), fc.boolean())
  return fc
    .array(piece, { maxLength: 12 })
    .map((pieces) =>
      pieces.map(([from, length, turned]) => (turned ? log.slice(from, from + length).reverse() : log.slice(from, from + length)))
    )
}
