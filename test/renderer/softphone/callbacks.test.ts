import { describe, expect, it } from 'vitest'
import {
  callbacksOf,
  dueOf,
  fromLocalInput,
  localInput,
  nextQuarter,
  tomorrowAt
} from '../../../src-renderer/softphone/screens/callbacks.ts'
import type { CallbackRow } from '../../../src-shared/contract/calls.ts'

const NOW = new Date(2026, 2, 14, 23, 41, 20).getTime()
const row = (callbackId: string, at: number, mine: boolean): CallbackRow => ({
  callbackId,
  name: 'Ada',
  phone: '+442079460103',
  queue: 'cards',
  at,
  note: '',
  mine,
  waiting: false
})

describe('call-backs', () => {
  it('are later, due a minute around their moment, and overdue after it', () => {
    expect(dueOf({ at: NOW + 61_000 }, NOW)).toBe('later')
    expect(dueOf({ at: NOW + 60_000 }, NOW)).toBe('due')
    expect(dueOf({ at: NOW - 60_000 }, NOW)).toBe('due')
    expect(dueOf({ at: NOW - 61_000 }, NOW)).toBe('overdue')
  })

  it('are mine or the queue’s, the earliest first', () => {
    const rows = [row('late', 3, true), row('queue', 2, false), row('early', 1, true)]
    expect(callbacksOf(rows, 'mine').map((one) => one.callbackId)).toEqual(['early', 'late'])
    expect(callbacksOf(rows, 'queue').map((one) => one.callbackId)).toEqual(['queue'])
  })

  it('have moments that a date field shows in local time and gives back to the minute', () => {
    expect(localInput(NOW)).toBe('2026-03-14T23:41')
    expect(fromLocalInput(localInput(NOW))).toBe(NOW - 20_000)
    expect(fromLocalInput('')).toBeUndefined()
    expect(fromLocalInput('2026-03-')).toBeUndefined()
  })

  it('are promised for a quarter of an hour, or for a morning', () => {
    expect(new Date(nextQuarter(NOW)).getMinutes() % 15).toBe(0)
    expect(nextQuarter(NOW)).toBeGreaterThanOrEqual(NOW)
    expect(nextQuarter(nextQuarter(NOW))).toBe(nextQuarter(NOW))
    const morning = new Date(tomorrowAt(NOW, 9))
    expect([morning.getDate(), morning.getHours(), morning.getMinutes()]).toEqual([15, 9, 0])
  })
})
