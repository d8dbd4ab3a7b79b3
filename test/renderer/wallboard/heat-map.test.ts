import { expect, test } from 'vitest'
import type { ChartTheme } from '../../../src-renderer/charts/option.ts'
import { contrast, inkOn, mixed } from '../../../src-renderer/wallboard/colour.ts'
import { heatCells, nextCell } from '../../../src-renderer/wallboard/figures.ts'
import { cellStrength, heatMap, strainColour } from '../../../src-renderer/wallboard/heat-map.ts'

const theme: ChartTheme = {
  ink: '#11181e',
  quiet: '#59656f',
  hairline: '#e1e5e9',
  paper: '#ffffff',
  accent: '#0a6f85',
  good: '#1d7044',
  caution: '#8a5a00',
  bad: '#b3261e',
  strained: ['#4f6a80', '#6d5f42', '#94520f', '#b8441a', '#8c2413'],
  font: 'sans',
  text: 12
}
const start = Date.UTC(2026, 0, 5, 9, 0)
const words = {
  queue: String,
  time: String,
  share: (ratio: number) => `${ratio * 100}%`,
  tell: (cell: { phrases: readonly string[] }) => cell.phrases.join('\n')
}

/** Draws one cell as ECharts would, in a field of 60 by 30. */
function drawn(utterances: number, strained: number) {
  const cells = heatCells([{ queue: 'cards', startAt: start, utterances, strained, phrases: [] }], ['cards'], [start])
  const { series } = heatMap(cells, ['cards'], [start], words, theme) as { series: { renderItem: (p: unknown, api: unknown) => Shape }[] }
  return series[0]?.renderItem({}, { value: (i: number) => [0, 0, 0, 0][i], coord: () => [30, 15], size: () => [60, 30] })
}
interface Shape {
  type: string
  style?: { fill: string; text?: string }
  children?: Shape[]
}

test('strain runs through the whole ramp and never past its end', () => {
  expect([0, 0.11, 0.25, 0.35, 0.5, 1].map((ratio) => theme.strained.indexOf(strainColour(ratio, theme)))).toEqual([0, 1, 2, 3, 4, 4])
})

test('a cell tells its share in figures when strain is worth telling, and is hatched when too little was said', () => {
  expect(drawn(10, 4)?.children?.at(-1)?.style?.text).toBe('40%')
  expect(drawn(10, 0)?.children?.at(-1)?.style?.text).toBe('')
  expect(drawn(2, 2)?.children?.filter((one) => one.type === 'line').length).toBeGreaterThan(5)
  expect(drawn(0, 0)?.type).toBe('rect')
})

test('more utterances make a stronger colour, and calm stays quieter than strain', () => {
  const cell = (utterances: number, strainedRatio: number) => ({
    queue: 'cards' as const,
    startAt: start,
    utterances,
    strainedRatio,
    enough: true,
    phrases: []
  })
  expect(cellStrength(cell(20, 0.4), 20)).toBeGreaterThan(cellStrength(cell(5, 0.4), 20))
  expect(cellStrength(cell(20, 0.05), 20)).toBeLessThan(cellStrength(cell(5, 0.4), 20))
})

test('figures in a cell stay legible on every colour and strength', () => {
  for (const colour of theme.strained)
    for (let strength = 0.18; strength <= 1; strength += 0.02) {
      const ground = mixed(colour, theme.paper, strength)
      expect(contrast(ground, inkOn(ground, theme.ink, theme.paper))).toBeGreaterThanOrEqual(4.2)
    }
})

test('a tooltip shows phrases as text, never as markup', () => {
  const cells = heatCells([{ queue: 'cards', startAt: start, utterances: 5, strained: 5, phrases: ['<img src=x>'] }], ['cards'], [start])
  const { formatter } = heatMap(cells, ['cards'], [start], words, theme).tooltip as { formatter: (given: unknown) => string }
  expect(formatter({ value: [0, 0, 1, 0] })).toBe('&#60;img src=x&#62;')
})

test('arrows choose a neighbouring cell and the edges hold', () => {
  expect(nextCell({ queue: 0, start: 3 }, 'ArrowUp', 7, 15)).toEqual({ queue: 0, start: 3 })
  expect(nextCell({ queue: 0, start: 3 }, 'ArrowDown', 7, 15)).toEqual({ queue: 1, start: 3 })
  expect(nextCell({ queue: 6, start: 14 }, 'ArrowRight', 7, 15)).toEqual({ queue: 6, start: 14 })
  expect(nextCell({ queue: 6, start: 14 }, 'Home', 7, 15)).toEqual({ queue: 6, start: 0 })
  expect(nextCell({ queue: 6, start: 14 }, 'Enter', 7, 15)).toBeUndefined()
})
