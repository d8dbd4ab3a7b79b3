import type { Apply } from './projection.ts'

/** Presence, figures and the queue: how the centre stands. */
export const presenceChanged: Apply<'presence.changed'> = ({ db, touch, personId }, { data }) => {
  db.run(
    `insert into presence (personId, presence, reason, since) values (?, ?, ?, ?)
     on conflict (personId) do update set presence = excluded.presence, reason = excluded.reason, since = excluded.since`,
    data.personId,
    data.presence,
    data.reason ?? null,
    data.since
  )
  if (data.personId === personId) touch('presence')
}

const KEEP_SNAPSHOT = `insert into snapshot (name, at, json) values (?, ?, ?) on conflict (name) do update set at = excluded.at, json = excluded.json`

export const statsPublished: Apply<'stats.published'> = ({ db, touch }, { at, data }) => {
  db.run(KEEP_SNAPSHOT, 'stats', at, JSON.stringify({ queues: data.queues, people: data.people }))
  for (const one of data.intervals)
    db.run(
      'insert into interval (queue, startAt, json) values (?, ?, ?) on conflict (startAt, queue) do update set json = excluded.json',
      one.queue,
      one.startAt,
      JSON.stringify(one)
    )
  for (const one of data.cells)
    db.run(
      'insert into mood_cell (queue, startAt, json) values (?, ?, ?) on conflict (startAt, queue) do update set json = excluded.json',
      one.queue,
      one.startAt,
      JSON.stringify(one)
    )
  touch('wallboard')
}

export const queuePublished: Apply<'queue.published'> = ({ db, touch }, { at, data }) => {
  db.run(KEEP_SNAPSHOT, 'queue', at, JSON.stringify(data))
  touch('inbox')
}

export const colleaguesPublished: Apply<'colleagues.published'> = ({ db, touch }, { at, data }) => {
  db.run(KEEP_SNAPSHOT, 'colleagues', at, '{}')
  for (const { personId, presence, since, onCall } of data.people)
    db.run(
      `insert into colleague (personId, presence, since, onCall) values (?, ?, ?, ?)
       on conflict (personId) do update set presence = excluded.presence, since = excluded.since, onCall = excluded.onCall`,
      personId,
      presence,
      since,
      onCall ? 1 : 0
    )
  touch('colleagues')
}
