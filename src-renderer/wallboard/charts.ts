import type { QueueInterval } from '../../src-shared/events.ts'
import { SERVICE_LEVEL } from '../../src-shared/metrics.ts'
import type { ChartOption, ChartTheme } from '../charts/option.ts'
import { byQuarter, figure, type HeatCell } from './figures.ts'

/** Pure: rows -> option. Words come in, so that charts know no language. */

const axis = (theme: ChartTheme) => ({
  axisLine: { lineStyle: { color: theme.hairline } },
  axisTick: { show: false },
  axisLabel: { color: theme.quiet, fontSize: theme.text, fontFamily: theme.font }
})
const valueAxis = (theme: ChartTheme) => ({ ...axis(theme), splitLine: { lineStyle: { color: theme.hairline } } })
const frame = (theme: ChartTheme): ChartOption => ({
  animation: false,
  textStyle: { fontFamily: theme.font, fontSize: theme.text, color: theme.ink },
  tooltip: {
    trigger: 'axis',
    confine: true,
    backgroundColor: theme.paper,
    borderColor: theme.hairline,
    textStyle: { color: theme.ink, fontSize: theme.text, fontFamily: theme.font }
  },
  grid: { left: 8, right: 12, top: theme.text * 2.4, bottom: 4, containLabel: true }
})
const legend = (theme: ChartTheme) => ({
  top: 0,
  left: 0,
  itemWidth: 10,
  itemHeight: 10,
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
    yAxis: { type: 'value', min: 0, max: 1, ...valueAxis(theme), axisLabel: { ...axis(theme).axisLabel, formatter: percent } },
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

export interface HeatWords {
  queue(queue: HeatCell['queue']): string
  time(at: number): string
  /** What hovering over or focusing a cell tells. */
  tell(cell: HeatCell): string
}

/** 0 calm .. 1 strained -> colour of the diverging mood ramp. Half of all utterances strained is already the deepest. */
export function strainColour(ratio: number, theme: ChartTheme): string {
  const index = Math.min(theme.strained.length - 1, Math.floor(ratio * 2 * theme.strained.length))
  return theme.strained[index] ?? theme.ink
}

/** Queue by quarter hour: colour = share of strained utterances, opacity = sample size, hatched = too few to say. */
export function heatMap(
  cells: readonly HeatCell[],
  queues: readonly HeatCell['queue'][],
  starts: readonly number[],
  words: HeatWords,
  theme: ChartTheme
): ChartOption {
  const most = Math.max(1, ...cells.map((cell) => cell.utterances))
  const data = cells.map((cell, i) => [starts.indexOf(cell.startAt), queues.indexOf(cell.queue), cell.strainedRatio ?? -1, i])
  return {
    ...frame(theme),
    grid: { left: 8, right: 8, top: 4, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'item',
      confine: true,
      backgroundColor: theme.paper,
      borderColor: theme.hairline,
      textStyle: { color: theme.ink, fontSize: theme.text, fontFamily: theme.font },
      formatter(given) {
        const one = Array.isArray(given) ? given[0] : given
        const cell = cells[Number((one?.value as number[] | undefined)?.[3])] // the row's fourth number is its index, set above
        return cell ? asText(words.tell(cell)).replaceAll('\n', '<br>') : ''
      }
    },
    xAxis: { type: 'category', data: starts.map(words.time), ...axis(theme), splitLine: { show: false } },
    yAxis: { type: 'category', data: queues.map(words.queue), inverse: true, ...axis(theme), splitLine: { show: false } },
    series: [
      {
        type: 'custom',
        data,
        renderItem(_params, api) {
          const cell = cells[Number(api.value(3))]
          const centre = api.coord([api.value(0), api.value(1)])
          const size = api.size?.([1, 1])
          const [x = 0, y = 0] = centre
          const [width = 0, height = 0] = Array.isArray(size) ? size : []
          const box = { x: x - width / 2 + 1, y: y - height / 2 + 1, width: Math.max(0, width - 2), height: Math.max(0, height - 2), r: 2 }
          if (!cell || cell.strainedRatio === null) return { type: 'rect', shape: box, style: { fill: theme.hairline, opacity: 0.35 } }
          const fill = strainColour(cell.strainedRatio, theme)
          if (cell.enough) return { type: 'rect', shape: box, style: { fill, opacity: 0.45 + 0.55 * (cell.utterances / most) } }
          const lines = Array.from({ length: Math.ceil((box.width + box.height) / 7) }, (_, i) => i * 7)
          return {
            type: 'group',
            children: [
              { type: 'rect', shape: box, style: { fill, opacity: 0.18 } },
              ...lines.map((offset) => ({
                type: 'line' as const,
                shape: {
                  x1: box.x + Math.max(0, offset - box.height),
                  y1: box.y + Math.min(offset, box.height),
                  x2: box.x + Math.min(offset, box.width),
                  y2: box.y + Math.max(0, offset - box.width)
                },
                style: { stroke: fill, lineWidth: 1, opacity: 0.6 }
              }))
            ]
          }
        }
      }
    ]
  }
}

/** Phrases are customers' words: they must not become markup in a tooltip. */
const asText = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
