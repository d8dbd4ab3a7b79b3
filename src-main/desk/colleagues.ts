import type { ColleagueRow } from '../../src-shared/contract/calls.ts'
import { colleaguesNow } from '../store/queries/colleagues.ts'
import type { Desk } from './desk.ts'

/** Somebody of the centre who has a phone. */
export type Colleague = Omit<ColleagueRow, 'presence' | 'since' | 'onCall' | 'asOf'>

/** Whom this desk can call, with how the centre shows them; while the line is down, how it showed them last and when. */
export function colleagues(desk: Desk): ColleagueRow[] {
  const { told, at } = colleaguesNow(desk.reading())
  const asOf = desk.lineView().state === 'up' || at === undefined ? {} : { asOf: at }
  return desk
    .colleagues()
    .filter((one) => one.personId !== desk.person.personId)
    .map((one) => {
      const now = told.get(one.personId)
      return now === undefined ? one : { ...one, presence: now.presence, since: now.since, onCall: now.onCall, ...asOf }
    })
}
