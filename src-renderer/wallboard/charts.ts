import type { QueueInterval } from '../../src-shared/events.ts'
import { SERVICE_LEVEL } from '../../src-shared/metrics.ts'
import type { ChartOption, ChartTheme } from '../charts/option.ts'
import { byQuarter, figure } from './figures.ts'

/** Pure: rows -> option. Words come in, so that charts know no language. */

export const axis = (theme: ChartTheme) => ({
  axisLine: { lineStyle: { color: theme.hairline } },
  axisTick: { show: false },
  axisLabel: { color: theme.quiet, fontSize: theme.text, fontFamily: theme.font, hideOverlap: true }
})
const valueAxis = (theme: ChartTheme) => ({ ...axis(theme), splitNumber: 4, splitLine: { lineStyle: { color: theme.hairline } } })
export const tip = (theme: ChartTheme) => ({
  confine: true,
  backgroundColor: theme.paper,
  borderColor: theme.hairline,
  textStyle: { color: theme.ink, fontSize: theme.text, fontFamily: theme.font }
})
export const frame = (theme: ChartTheme): ChartOption => ({
  animation: false,
  textStyle: { fontFamily: theme.font, fontSize: theme.text, color: theme.ink },
  tooltip: { trigger: 'axis', ...tip(theme) },
  grid: { left: 0, right: 4, top: theme.text * 2.4, bottom: 0, containLabel: true }
})
const legend = (theme: ChartTheme) => ({
  top: 0,
  left: 0,
  padding: 0,
  itemGap: theme.text,
  itemWidth: theme.text * 0.85,
  itemHeight: theme.text * 0.85,
  icon: 'rect',
  textStyle: { color: theme.quiet, fontSize: theme.text }
})

export interface IntervalWords {
  answered: string
  abandoned: string
  transferred: string
  serviceLevel: string
  goal: string
  time(at: number): string
}

/** Answered and abandoned stacked, transferred as a line, by quarter hour. */
export function volumeChart(
  intervals: readonly QueueInterval[],
  starts: readonly number[],
  words: IntervalWords,
  theme: ChartTheme
): ChartOption {
  const groups = byQuarter(intervals, starts)
  const sums = (metric: 'answered' | 'abandoned') => groups.map((group) => figure(metric, group) ?? 0)
  return {
    ...frame(theme),
    legend: legend(theme),
    xAxis: { type: 'category', data: starts.map(words.time), ...axis(theme) },
    yAxis: { type: 'value', minInterval: 1, ...valueAxis(theme) },
    series: [
      { type: 'bar', name: words.answered, stack: 'contacts', data: sums('answered'), itemStyle: { color: theme.accent }, barMaxWidth: 28 },
      {
        type: 'bar',
        name: words.abandoned,
        stack: 'contacts',
        data: sums('abandoned'),
        itemStyle: { color: theme.caution },
        barMaxWidth: 28
      },
      {
        type: 'line',
        name: words.transferred,
        data: groups.map((group) => group.reduce((sum, one) => sum + one.transferred, 0)),
        symbolSize: 6,
        lineStyle: { color: theme.quiet, width: 1.5 },
        itemStyle: { color: theme.quiet }
      }
    ]
  }
}

/** Service level by quarter hour as bars, the goal as a line across. Quarters without contacts have no bar. */
export function serviceLevelChart(
  intervals: readonly QueueInterval[],
  starts: readonly number[],
  words: IntervalWords,
  theme: ChartTheme
): ChartOption {
  const values = byQuarter(intervals, starts).map((group) => figure('service_level', group) ?? null)
  const percent = (value: number) => `${Math.round(value * 100)}%`
  return {
    ...frame(theme),
    legend: legend(theme),
    tooltip: { ...frame(theme).tooltip, valueFormatter: (value) => (typeof value === 'number' ? percent(value) : '–') },
    xAxis: { type: 'category', data: starts.map(words.time), ...axis(theme) },
    yAxis: {
      type: 'value',
      min: 0,
      max: 1,
      interval: 0.2,
      ...valueAxis(theme),
      axisLabel: { ...axis(theme).axisLabel, formatter: percent }
    },
    series: [
      {
        type: 'bar',
        name: words.serviceLevel,
        barMaxWidth: 28,
        itemStyle: { color: theme.accent },
        data: values.map((value) =>
          value !== null && value < SERVICE_LEVEL.goalRatio ? { value, itemStyle: { color: theme.caution } } : (value ?? '-')
        )
      },
      {
        type: 'line',
        name: words.goal,
        data: starts.map(() => SERVICE_LEVEL.goalRatio),
        symbol: 'none',
        lineStyle: { color: theme.ink, type: 'dashed', width: 1.5 },
        itemStyle: { color: theme.ink }
      }
    ]
  }
}
