import type { Entry } from '../../../src-shared/events.ts'
import type { Apply, Scope } from './projection.ts'
import { freeRow } from './time-row.ts'

export const added: Apply<'entry.added'> = (scope, { conversationId, deskSeq, data }) => {
  if (conversationId !== undefined) put(scope, conversationId, deskSeq, data)
}

/** Puts a line into the timeline at its time, once. */
export function put(scope: Scope, conversationId: string, deskSeq: number, data: Entry): void {
  const { db, search } = scope
  const rowId = freeRow(db, 'entry', data.at)
  const inserted = db.run(
    `insert into entry (rowId, entryId, conversationId, customerId, deskSeq, kind, speaker, personId, text, "values", at)
     values (?, ?, ?, (select customerId from conversation where conversationId = ?), ?, ?, ?, ?, ?, ?, ?) on conflict (entryId) do nothing`,
    rowId,
    data.entryId,
    conversationId,
    conversationId,
    deskSeq,
    data.kind,
    data.speaker,
    data.personId ?? null,
    data.text,
    data.values ? JSON.stringify(data.values) : null,
    data.at
  )
  if (inserted.changes === 0) return
  // A system line's text is a key of the catalogue, nothing that anybody would look for.
  if (data.kind !== 'system') search.put('entry', rowId, data.text, false)
  scope.touched.add(conversationId)
}

export const analysed: Apply<'entry.analysed'> = (scope, { conversationId, data }) => {
  scope.db.run(
    'update entry set intent = coalesce(?, intent), mood = coalesce(?, mood), findings = ? where entryId = ?',
    data.intent ? JSON.stringify(data.intent) : null,
    data.mood ? JSON.stringify(data.mood) : null,
    JSON.stringify(data.findings),
    data.entryId
  )
  if (conversationId !== undefined) scope.touched.add(conversationId)
}

/** What a person saw outranks what was computed, whichever comes last. */
export const moodCorrected: Apply<'mood.corrected'> = (scope, { conversationId, data }) => {
  scope.db.run('update entry set correctedMood = ? where entryId = ?', data.mood, data.entryId)
  if (conversationId !== undefined) scope.touched.add(conversationId)
}

export const suggestionRated: Apply<'suggestion.rated'> = (scope, { conversationId, at, data }) => {
  if (conversationId === undefined) return
  scope.db.run(
    `insert into rating (conversationId, articleId, personId, outcome, at) values (?, ?, ?, ?, ?)
     on conflict (conversationId, articleId) do update set personId = excluded.personId, outcome = excluded.outcome, at = excluded.at`,
    conversationId,
    data.articleId,
    data.personId,
    data.outcome,
    at
  )
  scope.touch(`conversation:${conversationId}`)
}
