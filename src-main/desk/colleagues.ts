import type { ColleagueRow } from '../../src-shared/contract/calls.ts'
import type { FactOf } from '../../src-shared/events.ts'
import type { Desk } from './desk.ts'

/** Somebody of the centre who has a phone. */
export type Colleague = Omit<ColleagueRow, 'presence'>

/** Whom this desk can call, with how they are shown where the centre tells this desk. */
export function colleagues(desk: Desk): ColleagueRow[] {
  const row = desk.reading().desk.get<{ json: string }>(`select json from snapshot where name = 'stats'`)
  // Written by the projection of `stats.published` from checked data.
  const told = row ? (JSON.parse(row.json) as Pick<FactOf<'stats.published'>['data'], 'people'>).people : []
  const presences = new Map(told.map(({ personId, presence }) => [personId, presence]))
  return desk
    .colleagues()
    .filter((one) => one.personId !== desk.person.personId)
    .map((one) => {
      const presence = presences.get(one.personId)
      return presence === undefined ? one : { ...one, presence }
    })
}
