import { type DeskEvent, type EventData, type EventType, fact } from '../../src-shared/events.ts'

/** Makes events of one desk's log, numbered 1, 2, 3 ... with a clock that goes on by a second each. */
export interface EventBuilder {
  add<T extends EventType>(type: T, data: EventData<T>, conversationId?: string): DeskEvent
  /** A customer who wrote, was offered to and assigned to `personId`. Returns the events. */
  chat(options?: {
    conversationId?: string
    customerId?: string
    personId?: string
    name?: string
    channel?: 'chat' | 'voice'
  }): DeskEvent[]
  said(
    conversationId: string,
    text: string,
    options?: { speaker?: 'customer' | 'agent' | 'ai' | 'system'; kind?: 'message' | 'utterance' | 'note' | 'system'; entryId?: string }
  ): DeskEvent
  readonly all: DeskEvent[]
  at: number
}

export function buildEvents(startAt = 1_700_000_000_000): EventBuilder {
  const all: DeskEvent[] = []
  let n = 0
  const builder: EventBuilder = {
    all,
    at: startAt,
    add(type, data, conversationId) {
      builder.at += 1_000
      // `fact` gives the right member of the union; adding a number to it keeps it one.
      const event = {
        ...fact(type, data, builder.at, `event-${all.length + 1}`, conversationId),
        deskSeq: all.length + 1
      } as unknown as DeskEvent
      all.push(event)
      return event
    },
    chat({
      conversationId = `c${++n}`,
      customerId = `customer-${conversationId}`,
      personId = 'agent-lin',
      name = 'Mei Lindqvist',
      channel = 'chat'
    } = {}) {
      const offerId = `offer-${conversationId}`
      return [
        builder.add('customer.updated', {
          customerId,
          name,
          language: 'en',
          phone: '+44 **** 1204',
          segment: 'plus',
          since: startAt,
          remarks: [],
          products: [{ kind: 'card', name: 'Everyday card', masked: '**** 7731', detail: '' }]
        }),
        builder.add(
          'conversation.opened',
          { customerId, channel, queue: 'cards', language: 'en', reason: 'Card was swallowed', priority: 0 },
          conversationId
        ),
        builder.add('conversation.queued', { queue: 'cards', reason: 'arrived' }, conversationId),
        builder.add('conversation.offered', { offerId, personId, expiresAt: builder.at + 20_000, summary: 'Lost a card' }, conversationId),
        builder.add('conversation.offer-ended', { offerId, personId, outcome: 'accepted' }, conversationId),
        builder.add('conversation.assigned', { personId }, conversationId)
      ]
    },
    said(conversationId, text, { speaker = 'customer', kind = 'message', entryId = `entry-${all.length + 1}` } = {}) {
      return builder.add('entry.added', { entryId, kind, speaker, text, at: builder.at + 1_000 }, conversationId)
    }
  }
  return builder
}
