import type { Apply } from './projection.ts'

/** Promised call-backs that this desk is told of. One that was ended stays ended, whatever comes late. */
export const scheduled: Apply<'callback.scheduled'> = ({ db, touch }, { data }) => {
  db.run(
    `insert into callback (callbackId, conversationId, customerId, name, phone, queue, personId, at, note) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (callbackId) do nothing`,
    data.callbackId,
    data.conversationId ?? null,
    data.customerId ?? null,
    data.name,
    data.phone,
    data.queue,
    data.personId ?? null,
    data.at,
    data.note
  )
  touch('calls')
}

export const ended: Apply<'callback.ended'> = ({ db, touch }, { data }) => {
  db.run('update callback set outcome = coalesce(outcome, ?) where callbackId = ?', data.outcome, data.callbackId)
  touch('calls')
}
