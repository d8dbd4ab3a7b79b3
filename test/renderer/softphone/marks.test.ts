import { describe, expect, it } from 'vitest'
import { causeOf } from '../../../src-renderer/frame/presence.ts'
import { gradeOf } from '../../../src-renderer/softphone/media/quality-mark.ts'
import { findColleagues } from '../../../src-renderer/softphone/screens/colleagues.ts'
import type { ColleagueRow } from '../../../src-shared/contract/calls.ts'

it.each([
  [4.5, 'best', 5],
  [4.34, 'best', 5],
  [4.33, 'good', 4],
  [4.03, 'good', 4],
  [3.6, 'fair', 3],
  [3.59, 'poor', 2],
  [3.1, 'poor', 2],
  [1, 'bad', 1]
] as const)('a MOS of %d is %s, %d bars', (mos, grade, bars) => {
  expect(gradeOf(mos)).toEqual({ grade, bars })
})

describe('colleagues', () => {
  const row = (personId: string, name: string, more: Partial<ColleagueRow> = {}): ColleagueRow => ({
    personId,
    name: { en: name, 'zh-CN': `${name}中`, 'zh-TW': `${name}繁` },
    role: 'agent',
    extension: '201',
    queues: [],
    ...more
  })
  const rows = [
    row('me', 'Lin'),
    row('off', 'Tom', { presence: 'offline' }),
    row('unknown', 'Tara'),
    row('free', 'Grace', { presence: 'available', extension: '307' })
  ]
  it('are others than me, those who are free first and those who left last', () => {
    expect(findColleagues(rows, 'me', '').map((one) => one.personId)).toEqual(['free', 'unknown', 'off'])
  })
  it('are found by a part of any name or of the extension', () => {
    expect(findColleagues(rows, 'me', 'gra').map((one) => one.personId)).toEqual(['free'])
    expect(findColleagues(rows, 'me', 'Tom中').map((one) => one.personId)).toEqual(['off'])
    expect(findColleagues(rows, 'me', '07').map((one) => one.personId)).toEqual(['free'])
  })
})

it('reads why somebody is technical out of the reason, and nothing out of others', () => {
  expect(causeOf('phone:microphone-denied')).toBe('microphone-denied')
  expect(causeOf('phone:full-moon')).toBeUndefined()
  expect(causeOf('lunch')).toBeUndefined()
  expect(causeOf(undefined)).toBeUndefined()
})
