import type { WriteDb } from '../../sqlite/sqlite.ts'
import type { Apply, Scope } from './projection.ts'
import { freeRow } from './time-row.ts'

/** The topics of touched conversations: their own views, the lists, and whatever else shows their customers' one timeline. */
export function touchAll({ db, touch, touched }: Scope): void {
  for (const conversationId of touched) {
    touch('inbox')
    touch(`conversation:${conversationId}`)
    const customerId = db.get<{ customerId: string }>(
      'select customerId from conversation where conversationId = ?',
      conversationId
    )?.customerId
    if (customerId === undefined) continue
    touch(`customer:${customerId}`)
    for (const other of db.all<{ conversationId: string }>(
      `select conversationId from conversation where customerId = ? and state in ('waiting', 'offered', 'active', 'wrap-up')`,
      customerId
    ))
      touch(`conversation:${other.conversationId}`)
  }
  touched.clear()
}

const customerName = (db: WriteDb, customerId: string): string =>
  db.get<{ name: string }>('select name from customer where customerId = ?', customerId)?.name ?? ''

/** What a conversation is found by. */
export const conversationWords = (db: WriteDb, customerId: string, reason: string): string => `${customerName(db, customerId)} ${reason}`

export const opened: Apply<'conversation.opened'> = (scope, { conversationId, at, data }) => {
  if (conversationId === undefined) return
  const { db, search } = scope
  const rowId = freeRow(db, 'conversation', at)
  const added = db.run(
    `insert into conversation (rowId, conversationId, customerId, channel, queue, language, reason, intent, alert, direction,
       callbackId, state, openedAt)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?) on conflict (conversationId) do nothing`,
    rowId,
    conversationId,
    data.customerId,
    data.channel,
    data.queue,
    data.language,
    data.reason,
    data.intent ?? null,
    data.alert ?? null,
    data.direction ?? 'in',
    data.callbackId ?? null,
    at
  )
  if (added.changes === 0) return
  db.run('update entry set customerId = ? where conversationId = ? and customerId is null', data.customerId, conversationId)
  search.put('conversation', rowId, conversationWords(db, data.customerId, data.reason), false)
  scope.touched.add(conversationId)
}

export const queued: Apply<'conversation.queued'> = (scope, { conversationId, data }) => {
  if (conversationId === undefined) return
  scope.db.run(`update conversation set state = 'waiting', ownerId = null, queue = ? where conversationId = ?`, data.queue, conversationId)
  scope.touched.add(conversationId)
}

export const offered: Apply<'conversation.offered'> = (scope, { conversationId, at, data }) => {
  if (conversationId === undefined) return
  const { db } = scope
  db.run(
    `insert into offer (offerId, conversationId, personId, summary, offeredAt, expiresAt) values (?, ?, ?, ?, ?, ?)
     on conflict (offerId) do nothing`,
    data.offerId,
    conversationId,
    data.personId,
    data.summary,
    at,
    data.expiresAt
  )
  db.run(`update conversation set state = 'offered' where conversationId = ? and state in ('waiting', 'offered')`, conversationId)
  scope.touched.add(conversationId)
}

export const offerEnded: Apply<'conversation.offer-ended'> = (scope, { conversationId, data }) => {
  if (conversationId === undefined) return
  const { db } = scope
  db.run('update offer set outcome = ? where offerId = ?', data.outcome, data.offerId)
  if (data.outcome !== 'accepted')
    db.run(`update conversation set state = 'waiting' where conversationId = ? and state = 'offered'`, conversationId)
  scope.touched.add(conversationId)
}

export const assigned: Apply<'conversation.assigned'> = (scope, { conversationId, at, data }) => {
  if (conversationId === undefined) return
  scope.db.run(
    `update conversation set state = 'active', ownerId = ?, assignedAt = ?, endedAt = null where conversationId = ?`,
    data.personId,
    at,
    conversationId
  )
  if (data.name)
    scope.db.run(
      'insert into person (personId, name) values (?, ?) on conflict (personId) do update set name = excluded.name',
      data.personId,
      JSON.stringify(data.name)
    )
  scope.touched.add(conversationId)
}

export const transferred: Apply<'conversation.transferred'> = (scope, { conversationId, data }) => {
  if (conversationId === undefined) return
  scope.db.run(
    `update conversation set state = 'waiting', ownerId = null, assignedAt = null, queue = ? where conversationId = ?`,
    data.queue,
    conversationId
  )
  scope.touched.add(conversationId)
}

/** The customer left while waiting: nobody has to wrap it up, so it is over. Its offers end by events of their own. */
export const abandoned: Apply<'conversation.abandoned'> = (scope, { conversationId, at }) => {
  if (conversationId === undefined) return
  scope.db.run(`update conversation set state = 'closed', endedAt = ?, closedAt = ? where conversationId = ?`, at, at, conversationId)
  scope.touched.add(conversationId)
}

export const ended: Apply<'conversation.ended'> = (scope, { conversationId, at }) => {
  if (conversationId === undefined) return
  // `closed` stays: a late `ended` of the other witness must not open it again.
  scope.db.run(
    `update conversation set endedAt = coalesce(endedAt, ?), state = case state when 'closed' then 'closed' else 'wrap-up' end
     where conversationId = ?`,
    at,
    conversationId
  )
  scope.touched.add(conversationId)
}

export const wrapped: Apply<'conversation.wrapped'> = (scope, { conversationId, at, data }) => {
  if (conversationId === undefined) return
  scope.db.run(
    `update conversation set state = 'closed', closedAt = coalesce(closedAt, ?), disposition = ?, wrapUpNote = ? where conversationId = ?`,
    at,
    data.disposition,
    data.note,
    conversationId
  )
  scope.touched.add(conversationId)
}

export const closed: Apply<'conversation.closed'> = (scope, { conversationId, at }) => {
  if (conversationId === undefined) return
  scope.db.run(`update conversation set state = 'closed', closedAt = coalesce(closedAt, ?) where conversationId = ?`, at, conversationId)
  scope.touched.add(conversationId)
}

export const verificationChanged: Apply<'verification.changed'> = (scope, { conversationId, data }) => {
  if (conversationId === undefined) return
  const code = data.code === undefined ? null : JSON.stringify(data.code)
  scope.db.run('update conversation set verification = ?, code = ? where conversationId = ?', data.state, code, conversationId)
  scope.touched.add(conversationId)
}

export const adviceGiven: Apply<'advice.given'> = (scope, { conversationId, data }) => {
  if (conversationId === undefined) return
  scope.db.run('update conversation set advice = ? where conversationId = ?', JSON.stringify(data.advice), conversationId)
  scope.touched.add(conversationId)
}

export const alertRaised: Apply<'alert.raised'> = (scope, { id, conversationId, at, data }) => {
  scope.db.run(
    `insert into alert (alertId, conversationId, kind, text, at, evidence, firstId) values (?, ?, ?, ?, ?, ?, ?)
     on conflict (alertId) do update set evidence = coalesce(excluded.evidence, evidence)`,
    data.alertId,
    conversationId ?? null,
    data.kind,
    data.text,
    at,
    data.evidence === undefined ? null : JSON.stringify(data.evidence),
    id
  )
  if (conversationId !== undefined) scope.touched.add(conversationId)
}

export const alertResolved: Apply<'alert.resolved'> = (scope, { conversationId, at, data }) => {
  scope.db.run(
    'update alert set resolvedAt = coalesce(resolvedAt, ?), outcome = coalesce(outcome, ?) where alertId = ?',
    at,
    data.outcome ?? null,
    data.alertId
  )
  if (conversationId !== undefined) scope.touched.add(conversationId)
}
