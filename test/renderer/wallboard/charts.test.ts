import { expect, test } from 'vitest'
import type { ChartTheme } from '../../../src-renderer/charts/option.ts'
import { serviceLevelChart, volumeChart } from '../../../src-renderer/wallboard/charts.ts'
import { emptyInterval, QUARTER_MS } from '../../../src-shared/metrics.ts'

const theme: ChartTheme = {
  ink: 'ink',
  quiet: 'quiet',
  hairline: 'hairline',
  paper: 'paper',
  accent: 'accent',
  good: 'good',
  caution: 'caution',
  bad: 'bad',
  strained: ['s0', 's1', 's2', 's3', 's4'],
  font: 'sans',
  text: 12
}
const start = Date.UTC(2026, 0, 5, 9, 0)
const starts = [start, start + QUARTER_MS]
const words = {
  answered: 'A',
  abandoned: 'B',
  transferred: 'T',
  serviceLevel: 'SL',
  goal: 'G',
  time: (at: number) => String((at - start) / QUARTER_MS)
}
const intervals = [
  { ...emptyInterval('cards', start), answered: 4, answeredInTarget: 2, abandoned: 1, transferred: 1 },
  { ...emptyInterval('loans', start), answered: 6, answeredInTarget: 6, transferred: 2 }
]
const dataOf = (option: { series?: unknown }) => (option.series as { data: unknown[] }[]).map((one) => one.data)

test('the volume chart adds queues up by quarter hour, and an empty quarter is zero', () => {
  expect(dataOf(volumeChart(intervals, starts, words, theme))).toEqual([
    [10, 0],
    [1, 0],
    [3, 0]
  ])
})

test('the service level chart marks quarters under the goal and has no bar where nothing happened', () => {
  const [bars, goal] = dataOf(serviceLevelChart(intervals, starts, words, theme))
  expect(bars).toEqual([{ value: 8 / 11, itemStyle: { color: 'caution' } }, '-'])
  expect(goal).toEqual([0.8, 0.8])
})
