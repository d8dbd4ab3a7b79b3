import type { DialogRecord } from '../../../src-shared/contract/phone.ts'
import type { ReadDb, WriteDb } from '../../sqlite/sqlite.ts'

/** A talk with a colleague. A page that took the call over knows it by another id, so it is told by who and since when. */
export interface InsideCall {
  answeredAt: number
  number: string
  callId: string
  direction: 'in' | 'out'
  name: string
  /** Absent while it is up. */
  endedAt: number | null
}

/**
 * Notes which talks with colleagues are up; those that no longer are have ended at `at`. Ended ones from before `since` are forgotten.
 *
 * @returns whether the history shows anything new
 */
export function noteInsideCalls(own: WriteDb, up: readonly DialogRecord[], at: number, since: number): boolean {
  return own.transaction(() => {
    let changed = 0
    for (const { answeredAt, number, callId, direction, name } of up)
      changed += own.run(
        `insert into inside_call (answeredAt, number, callId, direction, name) values (?, ?, ?, ?, ?)
         on conflict (answeredAt, number) do update set callId = excluded.callId, endedAt = null
         where callId <> excluded.callId or endedAt is not null`,
        answeredAt,
        number,
        callId,
        direction,
        name
      ).changes
    for (const one of own.all<InsideCall>('select * from inside_call where endedAt is null'))
      if (!up.some(({ answeredAt, number }) => answeredAt === one.answeredAt && number === one.number))
        changed += own.run('update inside_call set endedAt = ? where answeredAt = ? and number = ?', at, one.answeredAt, one.number).changes
    own.run('delete from inside_call where answeredAt < ? and endedAt is not null', since)
    return changed > 0
  })
}

export const INSIDE_CALLS_SQL = 'select * from inside_call where answeredAt < ? order by answeredAt desc limit ?'

/** Those that began before, newest first. */
export const insideCalls = (own: ReadDb, before: number, limit: number): InsideCall[] =>
  own.all<InsideCall>(INSIDE_CALLS_SQL, before, limit)
