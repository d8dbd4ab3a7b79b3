import type { Estimate } from './statistics.ts'

/** One line of a chart: a value with its interval at each place. */
export interface Series {
  name: string
  colour: string
  points: { x: number; y: Estimate }[]
}

export interface Chart {
  title: string
  /** What runs along the bottom. */
  along: string
  show: (value: number) => string
  series: readonly Series[]
  /** A level to be compared with. */
  goal?: number
}

const WIDTH = 460
const HEIGHT = 260
const LEFT = 62
const RIGHT = 12
const TOP = 34
const BOTTOM = 44
const TICKS = 4

export const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The chart as an SVG element: lines with bars for the intervals, on a logarithmic scale along the bottom when it spans a lot. */
export function svgOf({ title, along, show, series, goal }: Chart): string {
  const points = series.flatMap((one) => one.points).filter(({ y }) => Number.isFinite(y.mean))
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b)
  const top = Math.max(goal ?? 0, ...points.map(({ y }) => (Number.isFinite(y.high) ? y.high : y.mean)), 1e-9) * 1.05
  const [first = 0, last = 1] = [xs[0], xs.at(-1)]
  const log = first > 0 && last / first > 6
  const scale = (x: number) => (log ? Math.log(x) : x)
  const span = scale(last) - scale(first) || 1
  const px = (x: number) => round(LEFT + ((scale(x) - scale(first)) / span) * (WIDTH - LEFT - RIGHT))
  const py = (y: number) => round(HEIGHT - BOTTOM - (Math.min(Math.max(y, 0), top) / top) * (HEIGHT - TOP - BOTTOM))
  const grid = Array.from({ length: TICKS + 1 }, (_, i) => (top * i) / TICKS).map(
    (y) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${py(y)}" y2="${py(y)}" stroke="#ddd"/><text x="${LEFT - 6}" y="${py(y) + 4}" text-anchor="end">${escapeText(show(y))}</text>`
  )
  const ticks = xs
    .filter((x, i) => i === 0 || px(x) - px(xs[i - 1] ?? x) > 24)
    .map((x) => `<text x="${px(x)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${x}</text>`)
  const lines = series.map(({ colour, points: all }) => {
    const known = all.filter(({ y }) => Number.isFinite(y.mean)).sort((a, b) => a.x - b.x)
    const bars = known
      .filter(({ y }) => Number.isFinite(y.low))
      .map(
        ({ x, y }) =>
          `<line x1="${px(x)}" x2="${px(x)}" y1="${py(y.low)}" y2="${py(y.high)}" stroke="${colour}" stroke-width="3" opacity=".45"/>`
      )
    const dots = known.map(({ x, y }) => `<circle cx="${px(x)}" cy="${py(y.mean)}" r="2.5" fill="${colour}"/>`)
    return `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${known.map(({ x, y }) => `${px(x)},${py(y.mean)}`).join(' ')}"/>${bars.join('')}${dots.join('')}`
  })
  const level =
    goal === undefined
      ? ''
      : `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${py(goal)}" y2="${py(goal)}" stroke="#b00" stroke-dasharray="4 3"/>`
  const legend = series.map(
    ({ name, colour }, i) => `<text x="${LEFT + i * 130}" y="${TOP - 6}" fill="${colour}">${escapeText(name)}</text>`
  )
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escapeText(title).replaceAll('"', '&quot;')}"><text x="${LEFT}" y="14" font-weight="bold">${escapeText(title)}</text>${grid.join('')}${ticks.join('')}${level}${lines.join('')}${legend.join('')}<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${escapeText(along)}</text></svg>`
}

const round = (value: number): number => Math.round(value * 10) / 10
