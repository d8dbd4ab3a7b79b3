import type { Apply } from './projection.ts'

/** The newest package replaces the one before: it carries what was in it. */
export const prepared: Apply<'handoff.prepared'> = (scope, { conversationId, at, data }) => {
  if (conversationId === undefined) return
  scope.db.run(
    `insert into handoff (conversationId, at, json) values (?, ?, ?)
     on conflict (conversationId) do update set at = excluded.at, json = excluded.json`,
    conversationId,
    at,
    JSON.stringify(data)
  )
  scope.touched.add(conversationId)
}
