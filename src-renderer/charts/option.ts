import type { BarSeriesOption, CustomSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'

/** What a chart function returns: pure data, tested without a canvas. */
export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | CustomSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>

/** The tokens a chart draws with, as the theme in force defines them. */
export interface ChartTheme {
  ink: string
  quiet: string
  hairline: string
  paper: string
  accent: string
  good: string
  caution: string
  bad: string
  strained: readonly string[]
  font: string
  /** Text size, px. */
  text: number
}

export function readTheme(element: HTMLElement): ChartTheme {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: token('--ink'),
    quiet: token('--ink-3'),
    hairline: token('--hairline'),
    paper: token('--paper'),
    accent: token('--accent'),
    good: token('--good'),
    caution: token('--caution'),
    bad: token('--bad'),
    strained: ['--mood-calm', '--mood-worried', '--mood-frustrated', '--mood-angry', '--mood-abusive'].map(token),
    font: style.fontFamily,
    text: Math.max(11, Number.parseFloat(style.fontSize) * 0.86)
  }
}
