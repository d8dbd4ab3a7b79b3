import type { Db } from '../sqlite/sqlite.ts'
import { firstRowOf } from './projections/time-row.ts'

/** So many conversations leave in one transaction, and so many places of the log are looked at: a few milliseconds each. */
const CONVERSATIONS = 20
const LOG_PLACES = 2_000

export const EXPIRED_SQL = `select rowId, conversationId from conversation
  where rowId > ? and rowId < ? and state = 'closed' and closedAt < ? order by rowId limit ?`

/** One pass over a desk's store that takes out what is too old to be kept. */
export interface Sweep {
  /** Does a small piece. `removed`: conversations that left; `more`: call again. */
  step(): { removed: number; more: boolean }
}

/**
 * Conversations closed before `before` leave the desk with everything that belongs to them: lines, calls, offers, ratings, search
 * index, drafts, and their places in the log, so that no rebuild brings them back. One with a command of mine that still waits or was
 * refused stays: what a user entered is never lost. Figures and answers of before go too. A pass that a crash broke off is taken up by
 * the next one.
 *
 * @param before epoch ms
 */
export function createSweep({ desk, own }: { desk: Db; own: Db }, before: number): Sweep {
  let phase: 'conversations' | 'log' | 'done' = 'conversations'
  let afterRow = -1
  let afterSeq = 0

  const leaves = (conversationId: string): boolean =>
    own.get(`select 1 from command where conversationId = ? and state in ('waiting', 'refused') limit 1`, conversationId) === undefined

  function conversations(): number {
    const expired = desk.all<{ rowId: number; conversationId: string }>(EXPIRED_SQL, afterRow, firstRowOf(before), before, CONVERSATIONS)
    afterRow = expired.at(-1)?.rowId ?? afterRow
    if (expired.length < CONVERSATIONS) phase = 'log'
    const going = expired.filter((one) => leaves(one.conversationId))
    if (going.length === 0) return 0
    // First what nobody can give again: a crash in between leaves a closed conversation without its draft.
    own.transaction(() => {
      for (const { conversationId } of going)
        for (const table of ['draft', 'read_mark']) own.run(`delete from ${table} where conversationId = ?`, conversationId)
    })
    desk.transaction(() => {
      for (const one of going) forget(one)
      desk.run(`insert or ignore into snapshot (name, at, json) values ('sweep', ?, '{}')`, before)
    })
    return going.length
  }

  function forget({ rowId, conversationId }: { rowId: number; conversationId: string }): void {
    for (const entry of desk.all<{ rowId: number }>('select rowId from entry where conversationId = ? order by rowId', conversationId))
      desk.run('delete from entry_search where rowid = ?', entry.rowId)
    desk.run('delete from conversation_search where rowid = ?', rowId)
    desk.run('delete from recording_gap where callId in (select callId from call where conversationId = ?)', conversationId)
    for (const table of ['entry', 'call', 'offer', 'alert', 'rating', 'handoff', 'conversation'])
      desk.run(`delete from ${table} where conversationId = ?`, conversationId)
  }

  function log(): void {
    const last = desk.get<{ top: number | null }>('select max(deskSeq) as top from log')?.top ?? 0
    const wanted = desk.get(`select 1 from snapshot where name = 'sweep'`) !== undefined
    desk.transaction(() => {
      if (wanted && afterSeq < last) {
        desk.run(
          `delete from log where deskSeq > ? and deskSeq <= ? and at < ? and (type in ('command.accepted', 'command.rejected')
             or (conversationId is not null
                 and not exists (select 1 from conversation c where c.conversationId = log.conversationId)))`,
          afterSeq,
          afterSeq + LOG_PLACES,
          before
        )
        afterSeq += LOG_PLACES
        return
      }
      desk.run('delete from answer where at < ?', before)
      for (const table of ['interval', 'mood_cell']) desk.run(`delete from ${table} where startAt < ?`, before)
      desk.run(`delete from snapshot where name = 'sweep'`)
      phase = 'done'
    })
  }

  return {
    step() {
      let removed = 0
      if (phase === 'conversations') removed = conversations()
      else if (phase === 'log') log()
      return { removed, more: phase !== 'done' }
    }
  }
}
