import type { ChartOption, ChartTheme } from '../charts/option.ts'
import { axis, frame, tip } from './charts.ts'
import { inkOn, mixed } from './colour.ts'
import type { HeatCell } from './figures.ts'

export interface HeatWords {
  queue(queue: HeatCell['queue']): string
  time(at: number): string
  /** 0.34 -> "34%". */
  share(ratio: number): string
  /** What hovering over or choosing a cell tells. */
  tell(cell: HeatCell): string
}

/** 0 calm .. 1 strained -> colour of the diverging mood ramp. Two of five utterances strained is already the deepest. */
export function strainColour(ratio: number, theme: ChartTheme): string {
  const index = Math.min(theme.strained.length - 1, Math.floor(ratio * 2 * theme.strained.length))
  return theme.strained[index] ?? theme.ink
}

/** How strong a cell's colour is: more utterances, stronger; a calm cell stays quiet so that strain stands out. */
export function cellStrength(cell: HeatCell, most: number): number {
  const weight = 0.4 + 0.6 * Math.sqrt(cell.utterances / most)
  return cell.strainedRatio !== null && cell.strainedRatio < 0.1 ? weight * 0.45 : weight
}

/** Queue by quarter hour: colour = share of strained utterances, strength = sample size, hatched = too few to say. */
export function heatMap(
  cells: readonly HeatCell[],
  queues: readonly HeatCell['queue'][],
  starts: readonly number[],
  words: HeatWords,
  theme: ChartTheme,
  /** Index of the cell chosen by key, drawn with a frame. */
  chosen = -1
): ChartOption {
  const most = Math.max(1, ...cells.map((cell) => cell.utterances))
  const data = cells.map((cell, i) => [starts.indexOf(cell.startAt), queues.indexOf(cell.queue), cell.strainedRatio ?? -1, i])
  return {
    ...frame(theme),
    grid: { left: 0, right: 2, top: 2, bottom: 0, containLabel: true },
    tooltip: {
      ...tip(theme),
      trigger: 'item',
      formatter(given) {
        const one = Array.isArray(given) ? given[0] : given
        const cell = cells[Number((one?.value as number[] | undefined)?.[3])] // the row's fourth number is its index, set above
        return cell ? asText(words.tell(cell)).replaceAll('\n', '<br>') : ''
      }
    },
    xAxis: { type: 'category', data: starts.map(words.time), ...axis(theme), axisLine: { show: false }, splitLine: { show: false } },
    yAxis: {
      type: 'category',
      data: queues.map(words.queue),
      inverse: true,
      ...axis(theme),
      axisLine: { show: false },
      axisLabel: { ...axis(theme).axisLabel, color: theme.ink, interval: 0 },
      splitLine: { show: false }
    },
    series: [
      {
        type: 'custom',
        data,
        renderItem(_params, api) {
          const cell = cells[Number(api.value(3))]
          const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)])
          const size = api.size?.([1, 1])
          const [width = 0, height = 0] = Array.isArray(size) ? size : []
          const box = { x: x - width / 2 + 1, y: y - height / 2 + 1, width: Math.max(0, width - 2), height: Math.max(0, height - 2), r: 2 }
          const mark = Number(api.value(3)) === chosen ? { stroke: theme.ink, lineWidth: 2 } : {}
          if (!cell || cell.strainedRatio === null) {
            return { type: 'rect', shape: box, style: { fill: mixed(theme.hairline, theme.paper, 0.45), ...mark } }
          }
          const colour = strainColour(cell.strainedRatio, theme)
          if (!cell.enough) {
            return {
              type: 'group',
              children: [
                { type: 'rect', shape: box, style: { fill: mixed(colour, theme.paper, 0.14), ...mark } },
                ...hatching(box).map((shape) => ({
                  type: 'line' as const,
                  shape,
                  style: { stroke: mixed(colour, theme.paper, 0.6), lineWidth: 1 }
                }))
              ]
            }
          }
          const fill = mixed(colour, theme.paper, cellStrength(cell, most))
          // The share in figures where it fits, because colour alone says nothing to some eyes.
          const fits = cell.strainedRatio >= 0.1 && box.width > theme.text * 2.4 && box.height > theme.text * 1.3
          const share = fits ? words.share(cell.strainedRatio) : ''
          return {
            type: 'group',
            children: [
              { type: 'rect', shape: box, style: { fill, ...mark } },
              {
                type: 'text',
                silent: true,
                style: {
                  text: share,
                  x,
                  y,
                  align: 'center',
                  verticalAlign: 'middle',
                  fill: inkOn(fill, theme.ink, theme.paper),
                  font: `${theme.text}px ${theme.font}`
                }
              }
            ]
          }
        }
      }
    ]
  }
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Slanted lines across a box, 7 px apart. */
function hatching(box: Box): { x1: number; y1: number; x2: number; y2: number }[] {
  return Array.from({ length: Math.ceil((box.width + box.height) / 7) }, (_, i) => i * 7).map((offset) => ({
    x1: box.x + Math.max(0, offset - box.height),
    y1: box.y + Math.min(offset, box.height),
    x2: box.x + Math.min(offset, box.width),
    y2: box.y + Math.max(0, offset - box.width)
  }))
}

/** Phrases are customers' words: they must not become markup in a tooltip. */
const asText = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
