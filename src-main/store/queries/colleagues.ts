import type { ColleagueNow } from '../../../src-shared/events.ts'
import type { Reading } from './rows.ts'

/** How colleagues are shown, by their id, and when the centre told this desk last; nothing before it ever has. */
export function colleaguesNow({ desk }: Pick<Reading, 'desk'>): { told: ReadonlyMap<string, ColleagueNow>; at: number | undefined } {
  const rows = desk.all<Omit<ColleagueNow, 'onCall'> & { onCall: 0 | 1 }>('select personId, presence, since, onCall from colleague')
  const at = desk.get<{ at: number }>(`select at from snapshot where name = 'colleagues'`)?.at
  return { told: new Map(rows.map((row) => [row.personId, { ...row, onCall: row.onCall === 1 }])), at }
}
