import { expect, test } from 'vitest'
import {
  figure,
  heatCells,
  isStale,
  quarters,
  queuesWithWork,
  serviceLevelState,
  today,
  waitState
} from '../../../src-renderer/wallboard/figures.ts'
import { emptyInterval, QUARTER_MS } from '../../../src-shared/metrics.ts'

const start = Date.UTC(2026, 0, 5, 9, 0)

test('a metric without intervals was never supplied, one without contacts has nothing to divide by', () => {
  expect(figure('service_level', [])).toBeUndefined()
  expect(figure('service_level', [emptyInterval('cards', start)])).toBeNull()
  expect(figure('offered', [emptyInterval('cards', start)])).toBe(0)
})

test('service level leaves short abandons out and counts late answers against the goal', () => {
  const interval = { ...emptyInterval('cards', start), answered: 8, answeredInTarget: 6, abandoned: 4, shortAbandoned: 2 }
  expect(figure('service_level', [interval])).toBeCloseTo(0.6)
  expect(figure('abandon_rate', [interval])).toBeCloseTo(4 / 12)
})

test('quarter hours run without gaps from the first with data to the current one', () => {
  const intervals = [emptyInterval('cards', start), emptyInterval('loans', start + 2 * QUARTER_MS)]
  expect(quarters(intervals, start + 3 * QUARTER_MS + 60_000)).toEqual([0, 1, 2, 3].map((i) => start + i * QUARTER_MS))
  expect(quarters([], start + 60_000)).toEqual([start])
  expect(quarters(intervals, start + 90 * QUARTER_MS, 10)).toHaveLength(10)
})

test('today holds nothing of yesterday', () => {
  const now = new Date(2026, 5, 2, 0, 20).getTime()
  const intervals = [emptyInterval('cards', now - 3_600_000), emptyInterval('cards', now - 600_000)]
  expect(today(intervals, now).map((one) => one.startAt)).toEqual([now - 600_000])
})

test('queues without traffic and without anybody waiting are left out', () => {
  expect(
    queuesWithWork(
      [emptyInterval('loans', start)],
      [
        { queue: 'cards', waiting: 1 },
        { queue: 'wealth', waiting: 0 }
      ]
    )
  ).toEqual(['cards', 'loans'])
})

test('a level is left only past its threshold by the hysteresis, and never set on a small sample', () => {
  expect(serviceLevelState(0.2, 3, 'normal')).toBe('normal')
  expect(serviceLevelState(0.79, 20, 'normal')).toBe('warn')
  expect(serviceLevelState(0.81, 20, 'warn')).toBe('warn')
  expect(serviceLevelState(0.84, 20, 'warn')).toBe('normal')
  expect(serviceLevelState(0.6, 20, 'normal')).toBe('alert')
  expect(serviceLevelState(0.66, 20, 'alert')).toBe('alert')
  expect(serviceLevelState(0.7, 20, 'alert')).toBe('warn')
})

test('the longest wait warns at twice the target and alerts at six times', () => {
  expect([undefined, 30_000, 41_000, 121_000].map(waitState)).toEqual(['normal', 'normal', 'warn', 'alert'])
})

test('the heat map has a cell for every queue and quarter, says how much it rests on, and divides nothing by zero', () => {
  const starts = [start, start + QUARTER_MS]
  const cells = heatCells([{ queue: 'cards', startAt: start, utterances: 8, strained: 2, phrases: ['fed up'] }], ['cards', 'loans'], starts)
  expect(cells).toHaveLength(4)
  expect(cells[0]).toMatchObject({ queue: 'cards', strainedRatio: 0.25, enough: true, phrases: ['fed up'] })
  expect(cells[3]).toMatchObject({ queue: 'loans', utterances: 0, strainedRatio: null, enough: false })
})

test('figures are stale when the line is down, when they are old, and when there are none', () => {
  expect(isStale(true, start, start + 5_000)).toBe(false)
  expect(isStale(true, start, start + 31_000)).toBe(true)
  expect(isStale(false, start, start + 1_000)).toBe(true)
  expect(isStale(true, undefined, start)).toBe(true)
})
