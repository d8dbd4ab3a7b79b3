import type { CallbackRow } from '../../../src-shared/contract/calls.ts'
import type { Queue } from '../../../src-shared/taxonomy.ts'

/** From this long before its moment a call-back counts as due. */
const DUE_MS = 60_000

export type Due = 'later' | 'due' | 'overdue'
export const dueOf = (row: Pick<CallbackRow, 'at'>, now: number): Due =>
  now - row.at > DUE_MS ? 'overdue' : row.at - now <= DUE_MS ? 'due' : 'later'

/** Mine or those of the queue, the earliest first. */
export const callbacksOf = (rows: readonly CallbackRow[], whose: 'mine' | 'queue'): CallbackRow[] =>
  rows.filter((row) => row.mine === (whose === 'mine')).toSorted((a, b) => a.at - b.at)

/** A moment as `<input type="datetime-local">` wants it: local time, to the minute. */
export function localInput(at: number): string {
  const moment = new Date(at)
  return new Date(at - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** What such a field says, epoch ms; `undefined` while it is empty or half typed. */
export function fromLocalInput(text: string): number | undefined {
  // A parser on its own reads half a date as something.
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return undefined
  const at = new Date(text).getTime()
  return Number.isNaN(at) ? undefined : at
}

/** Rounds up to a quarter of an hour: nobody promises 14:37. */
export const nextQuarter = (at: number): number => Math.ceil(at / 900_000) * 900_000

/** Tomorrow at an hour of local time. */
export function tomorrowAt(now: number, hour: number): number {
  const day = new Date(now)
  day.setDate(day.getDate() + 1)
  day.setHours(hour, 0, 0, 0)
  return day.getTime()
}

/** Whom a call-back is for, as far as it is known where it is scheduled. */
export interface CallbackFor {
  name: string
  phone: string
  queue: Queue
  customerId?: string
  conversationId?: string
}
