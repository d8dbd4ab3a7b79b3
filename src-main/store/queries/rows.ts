import type { z } from 'zod'
import type { ConversationRow as ConversationRowSchema } from '../../../src-shared/contract/inbox.ts'
import type { ReadDb } from '../../sqlite/sqlite.ts'
import { readMark } from '../own/keep.ts'

type ConversationRow = z.infer<typeof ConversationRowSchema>

/** What a query reads from: both databases, and for whom. */
export interface Reading {
  desk: ReadDb
  own: ReadDb
  personId: string
}

interface Row {
  conversationId: string
  customerId: string
  customerName: string | null
  channel: ConversationRow['channel']
  queue: ConversationRow['queue']
  state: ConversationRow['state']
  ownerId: string | null
  reason: string
  direction: 'in' | 'out'
  callbackId: string | null
  openedAt: number
  openedIntent: ConversationRow['intent'] | null
  openedAlert: string | null
  raisedAlert: string | null
  lastText: string | null
  lastAt: number | null
  intent: string | null
  mood: ConversationRow['mood'] | null
  answeredSeq: number | null
}

/** Columns of {@link ConversationRow} for one row of `conversation c`; every subquery is one step in an index. */
export const CONVERSATION_COLUMNS = `
  c.conversationId, c.customerId, c.channel, c.queue, c.state, c.ownerId, c.reason, c.direction, c.callbackId, c.openedAt,
  c.intent as openedIntent,
  case when exists (select 1 from alert where conversationId = c.conversationId) then null else c.alert end as openedAlert,
  (select name from customer where customerId = c.customerId) as customerName,
  (select text from alert where conversationId = c.conversationId and resolvedAt is null order by at desc limit 1) as raisedAlert,
  (select text from entry where conversationId = c.conversationId and kind <> 'system' order by rowId desc limit 1) as lastText,
  (select at from entry where conversationId = c.conversationId and kind <> 'system' order by rowId desc limit 1) as lastAt,
  (select intent ->> '$.intent' from entry where conversationId = c.conversationId and intent is not null
     and intent ->> '$.intent' <> 'unknown' order by rowId desc limit 1) as intent,
  (select coalesce(correctedMood, mood ->> '$.mood') from entry where conversationId = c.conversationId
     and (correctedMood is not null or mood is not null) order by rowId desc limit 1) as mood,
  (select max(coalesce((select max(deskSeq) from entry where conversationId = c.conversationId and speaker = 'agent' and kind <> 'note'), 0),
              coalesce((select max(deskSeq) from entry where conversationId = c.conversationId and speaker = 'ai'), 0))) as answeredSeq`

/** A stored row as views see it. */
export function conversationRow(reading: Reading, row: Row): ConversationRow {
  const { desk, own, personId } = reading
  const live = row.state === 'active' || row.state === 'offered' || row.state === 'waiting'
  const mine = row.ownerId === personId
  const unansweredSince = live
    ? (desk.get<{ at: number }>(
        `select at from entry where conversationId = ? and speaker = 'customer' and deskSeq > ? order by deskSeq limit 1`,
        row.conversationId,
        row.answeredSeq ?? 0
      )?.at ?? undefined)
    : undefined
  const unread = mine
    ? (desk.get<{ n: number }>(
        `select count(*) as n from entry where conversationId = ? and speaker = 'customer' and deskSeq > ?`,
        row.conversationId,
        readMark(own, row.conversationId)
      )?.n ?? 0)
    : 0
  const waitingActions =
    own.get<{ n: number }>(`select count(*) as n from command where conversationId = ? and state = 'waiting'`, row.conversationId)?.n ?? 0
  const alert = row.raisedAlert ?? row.openedAlert ?? undefined
  // What was heard in the conversation outranks what it was opened with; the column holds ids that the events' schema checked.
  const intent = (row.intent as ConversationRow['intent'] | null) ?? row.openedIntent ?? undefined
  return {
    conversationId: row.conversationId,
    customerId: row.customerId,
    customerName: row.customerName ?? '',
    channel: row.channel,
    queue: row.queue,
    state: row.state,
    mine,
    reason: row.reason,
    ...(row.direction === 'out' ? { direction: row.direction } : {}),
    ...(row.callbackId === null ? {} : { callbackId: row.callbackId }),
    ...(intent === undefined ? {} : { intent }),
    ...(row.mood === null || row.mood === undefined ? {} : { mood: row.mood }),
    lastText: (row.lastText ?? '').replace(/\s+/g, ' '),
    lastAt: row.lastAt ?? row.openedAt,
    openedAt: row.openedAt,
    ...(unansweredSince === undefined ? {} : { unansweredSince }),
    unread,
    waitingActions,
    ...(alert === undefined ? {} : { alert })
  }
}

export type { Row as StoredConversation }
