import { describe, expect, it } from 'vitest'
import { historyOf, withNewestCalls } from '../../../src-renderer/softphone/screens/history.ts'
import type { CallRow } from '../../../src-shared/contract/calls.ts'

const NOON = new Date(2026, 2, 14, 12).getTime()
const HOUR = 3_600_000
const row = (callId: string, more: Partial<CallRow> = {}): CallRow => ({
  callId,
  conversationId: `c-${callId}`,
  customerId: 'k',
  customerName: 'Ada Lovelace',
  number: '+442079460103',
  direction: 'in',
  channel: 'voice',
  queue: 'cards',
  reason: 'A lost card',
  outcome: 'talked',
  startedAt: NOON,
  ...more
})
const ids = (rows: readonly CallRow[], ...how: [Parameters<typeof historyOf>[1], string]) =>
  historyOf(rows, ...how).flatMap((item) => (item.type === 'call' ? [item.row.callId] : []))

describe('the call history', () => {
  it('is newest first with a heading where a day begins', () => {
    const items = historyOf([row('old', { startedAt: NOON - 30 * HOUR }), row('new'), row('mid', { startedAt: NOON - HOUR })], 'all', '')
    expect(items.map((item) => (item.type === 'day' ? 'day' : item.row.callId))).toEqual(['day', 'new', 'mid', 'day', 'old'])
  })

  it('can be only what came, went or was missed', () => {
    const rows = [
      row('in'),
      row('out', { direction: 'out' }),
      row('nobody', { direction: 'out', outcome: 'not-reached' }),
      row('missed', { outcome: 'missed' }),
      row('declined', { outcome: 'declined' })
    ]
    expect(ids(rows, 'in', '')).toEqual(['in', 'missed', 'declined'])
    expect(ids(rows, 'out', '')).toEqual(['out', 'nobody'])
    expect(ids(rows, 'missed', '')).toEqual(['missed', 'declined'])
  })

  it('is searched by name, reason and number, however the number is written', () => {
    const rows = [row('ada'), row('wei', { customerName: '陈伟', number: '+8613800138000', reason: '挂失' })]
    expect(ids(rows, 'all', 'lovel')).toEqual(['ada'])
    expect(ids(rows, 'all', '挂失')).toEqual(['wei'])
    expect(ids(rows, 'all', '138 0013-8000')).toEqual(['wei'])
    expect(ids(rows, 'all', '(20) 7946')).toEqual(['ada'])
    expect(ids(rows, 'all', 'nobody')).toEqual([])
  })

  it('takes a fresh page over the rows it holds', () => {
    const held = [row('a', { outcome: 'running' }), row('b')]
    expect(withNewestCalls(held, [row('c'), row('a')])).toEqual([row('c'), row('a'), row('b')])
  })
})
