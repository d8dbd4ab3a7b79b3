import type { z } from 'zod'
import type { ConversationRow, OfferView, PresenceView, WaitingRow } from '../../../src-shared/contract/inbox.ts'
import type { FactOf } from '../../../src-shared/events.ts'
import type { Handoff } from '../../../src-shared/front-desk.ts'
import type { Language, Presence } from '../../../src-shared/taxonomy.ts'
import { newestWaiting } from '../own/commands.ts'
import { firstRowOf } from '../projections/time-row.ts'
import { CONVERSATION_COLUMNS, conversationRow, type Reading, type StoredConversation } from './rows.ts'

export const LIST_SQL = {
  mine: `select ${CONVERSATION_COLUMNS} from conversation c where c.ownerId = ? and c.state in ('active', 'wrap-up') and c.rowId < ?
         order by c.rowId desc limit ?`,
  closed: `select ${CONVERSATION_COLUMNS} from conversation c where c.ownerId = ? and c.state = 'closed' and c.rowId < ?
           order by c.rowId desc limit ?`
} as const

/** My conversations, newest first; `before` is the `openedAt` of the last one of the page above. */
export function listConversations(
  reading: Reading,
  { view, limit, before }: { view: 'mine' | 'closed'; limit: number; before?: number | undefined }
): z.infer<typeof ConversationRow>[] {
  const end = before === undefined ? Number.MAX_SAFE_INTEGER : firstRowOf(before)
  return reading.desk.all<StoredConversation>(LIST_SQL[view], reading.personId, end, limit).map((row) => conversationRow(reading, row))
}

/** Who waits, as the centre last said. `at` is 0 when it never did. */
export function waitingQueue({ desk }: Reading): { at: number; waiting: z.infer<typeof WaitingRow>[] } {
  const row = desk.get<{ at: number; json: string }>(`select at, json from snapshot where name = 'queue'`)
  if (!row) return { at: 0, waiting: [] }
  // Written by the projection of `queue.published` from checked data.
  return { at: row.at, waiting: (JSON.parse(row.json) as FactOf<'queue.published'>['data']).waiting }
}

export function countInbox(reading: Reading): { mine: number; queue: number; closed: number; unread: number } {
  const count = (state: string): number =>
    reading.desk.get<{ n: number }>('select count(*) as n from conversation where ownerId = ? and state = ?', reading.personId, state)?.n ??
    0
  const mine = listConversations(reading, { view: 'mine', limit: 500 })
  return {
    mine: mine.length,
    queue: waitingQueue(reading).waiting.length,
    closed: count('closed'),
    unread: mine.reduce((sum, row) => sum + row.unread, 0)
  }
}

export const OFFERS_SQL = `
  select o.offerId, o.conversationId, o.summary, o.offeredAt, o.expiresAt, c.channel, c.queue, c.reason,
    coalesce((select text from alert where conversationId = c.conversationId and resolvedAt is null order by at desc limit 1), c.alert) as alert,
    coalesce((select name from customer where customerId = c.customerId), '') as customerName,
    c.language, (select json from handoff where conversationId = c.conversationId) as handoff,
    c.callbackId, (select note from callback where callbackId = c.callbackId) as note,
    coalesce(
      (select phone from callback where callbackId = c.callbackId),
      (select phone from customer where customerId = c.customerId),
      ''
    ) as phone
  from offer o join conversation c on c.conversationId = o.conversationId
  where o.personId = ? and o.outcome is null and o.expiresAt > ?
  order by o.offeredAt`

type OfferHandoff = NonNullable<z.infer<typeof OfferView>['handoff']>
type Optional = 'alert' | 'callbackId' | 'note' | 'handoff'

/** Offers to me that are still open and that I have not answered yet (an answer on its way counts as one). */
export function openOffers(reading: Reading, now: number): z.infer<typeof OfferView>[] {
  const { desk, own, personId } = reading
  return desk
    .all<Omit<z.infer<typeof OfferView>, Optional> & Record<Optional, string | null> & { language: Language }>(OFFERS_SQL, personId, now)
    .filter(
      (offer) =>
        own.get(
          `select 1 from command where conversationId = ? and state = 'waiting' and type in ('offer.accept', 'offer.decline') and json ->> '$.offerId' = ?`,
          offer.conversationId,
          offer.offerId
        ) === undefined
    )
    .map(({ alert, callbackId, note, handoff, language, ...offer }) => ({
      ...offer,
      ...(handoff === null ? {} : { handoff: inShort(JSON.parse(handoff) as Handoff, language) }), // written by the projection from checked data
      ...(alert === null ? {} : { alert }),
      ...(callbackId === null ? {} : { callbackId }),
      ...(note === null ? {} : { note })
    }))
}

const inShort = ({ because, verification, intent, mood, spoken }: Handoff, language: Language): OfferHandoff => ({
  because,
  verified: verification.state === 'verified',
  intent,
  ...(mood && { mood: mood.mood }),
  spoken,
  language
})

/** My own presence as the centre last said, and the one I chose that it has not answered yet. */
export function ownPresence(reading: Reading, now: number): z.infer<typeof PresenceView> {
  const row = reading.desk.get<{ presence: Presence; reason: string | null; since: number }>(
    'select presence, reason, since from presence where personId = ?',
    reading.personId
  )
  const wanted = newestWaiting(reading.own, 'presence.set')
  return {
    presence: row?.presence ?? 'offline',
    ...(row?.reason ? { reason: row.reason } : {}),
    since: row?.since ?? now,
    // Only checked `presence.set` commands are stored.
    ...(wanted ? { wanted: (wanted.data as { presence: Presence }).presence } : {})
  }
}
