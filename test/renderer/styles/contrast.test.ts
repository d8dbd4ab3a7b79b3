import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(resolve(import.meta.dirname, '../../../src-renderer/styles/tokens.css'), 'utf8')

/** The custom properties of one block. */
function block(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`)
  expect(start, selector).toBeGreaterThanOrEqual(0)
  const body = css.slice(start, css.indexOf('}', start))
  return new Map([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name ?? '', (value ?? '').trim()]))
}
const light = block(':root')
const themes = { light, dark: new Map([...light, ...block(':root[data-theme="dark"]')]) }

function colour(tokens: Map<string, string>, name: string): [number, number, number] {
  const value = tokens.get(name)
  const reference = /^var\(--([\w-]+)\)$/.exec(value ?? '')?.[1]
  if (reference) return colour(tokens, reference)
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(value ?? '')
  if (!hex) throw new Error(`--${name} is not a colour: ${value}`)
  return [Number.parseInt(hex[1] ?? '', 16), Number.parseInt(hex[2] ?? '', 16), Number.parseInt(hex[3] ?? '', 16)]
}

/** Relative luminance and contrast ratio of WCAG 2.2. */
function luminance(rgb: [number, number, number]): number {
  const [r, g, b] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}
function contrast(tokens: Map<string, string>, front: string, back: string): number {
  const [a, b] = [luminance(colour(tokens, front)), luminance(colour(tokens, back))].sort((x, y) => y - x)
  return ((a ?? 0) + 0.05) / ((b ?? 0) + 0.05)
}

const SURFACES = ['paper', 'panel', 'sunken', 'float']
const MEANINGS = ['accent', 'good', 'caution', 'bad', 'ai']
const MOODS = ['satisfied', 'calm', 'worried', 'frustrated', 'angry', 'abusive'].map((mood) => `mood-${mood}`)
const TEXT: [string, string][] = [
  ...['ink', 'ink-2', 'ink-3'].flatMap((ink) => SURFACES.map((surface): [string, string] => [ink, surface])),
  ...['ink', 'ink-2'].flatMap((ink) => MEANINGS.map((meaning): [string, string] => [ink, `${meaning}-soft`])),
  ...MEANINGS.flatMap((meaning) => ['paper', 'panel', 'float', `${meaning}-soft`].map((surface): [string, string] => [meaning, surface])),
  ...['accent', 'good', 'bad', 'accent-strong', 'good-strong', 'bad-strong'].map((button): [string, string] => ['on-accent', button]),
  ['n0', 'n10']
]
const CONTROLS: [string, string][] = [
  ...['control', 'accent'].flatMap((line) => SURFACES.map((surface): [string, string] => [line, surface])),
  ...MOODS.flatMap((mood) => ['paper', 'panel', 'float'].map((surface): [string, string] => [mood, surface]))
]
// A mood is written in its colour too.
const MOOD_TEXT = MOODS.flatMap((mood) => SURFACES.map((surface): [string, string] => [mood, surface]))

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const below = (pairs: [string, string][], least: number) =>
    pairs
      .map(([front, back]) => ({ pair: `${front} on ${back}`, ratio: Math.round(contrast(themes[theme], front, back) * 100) / 100 }))
      .filter(({ ratio }) => ratio < least)

  it('every text has a contrast of at least 4.5:1', () => {
    expect(below([...TEXT, ...MOOD_TEXT], 4.5)).toEqual([])
  })
  it('every control and mark has a contrast of at least 3:1', () => {
    expect(below(CONTROLS, 3)).toEqual([])
  })
})

it('black on white is 21:1, as WCAG says', () => {
  const plain = new Map([
    ['black', '#000000'],
    ['white', '#ffffff']
  ])
  expect(contrast(plain, 'black', 'white')).toBeCloseTo(21, 5)
})
