import { type Chart, escapeText, type Series, svgOf } from './chart.ts'
import type { Point, Summary } from './experiment.ts'
import { GOAL, type Study } from './study.ts'
import { assumptions, findings, tablesOf } from './words.ts'

/** The study as text for the terminal. */
export function textOf(study: Study): string {
  const tables = tablesOf(study).map(({ title, head, rows }) => {
    const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)))
    const line = (cells: readonly string[]) =>
      cells
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd()
    return [title, line(head), ...rows.map(line)].join('\n')
  })
  return [study.source, findings(study).join('\n'), ...tables, assumptions(study).join('\n'), asideOf(study).join('\n')].join('\n\n')
}

const asideOf = ({ log }: Study): string[] =>
  (log?.setAside ?? []).map(
    ({ reason, rows, firstLine }) => `set aside: ${rows} rows, ${reason}${firstLine > 0 ? ` (first in line ${firstLine})` : ''}`
  )

const percent = (ratio: number): string => `${(ratio * 100).toFixed(0)} %`
const seconds = (ms: number): string => `${(ms / 1000).toFixed(0)} s`

const FIGURES: readonly { key: keyof Summary; title: string; show: (value: number) => string; goal?: number; onOnly?: boolean }[] = [
  { key: 'asaMs', title: 'Average speed of answer of people', show: seconds, goal: GOAL.asaMs },
  { key: 'serviceLevelRatio', title: 'Service level (within 20 s)', show: percent },
  { key: 'abandonRatio', title: 'Abandoned', show: percent },
  { key: 'toPeopleRatio', title: 'Calls that go to people', show: percent, goal: 1 - GOAL.fewerRatio },
  { key: 'containedRatio', title: 'Contained by the front desk', show: percent, onOnly: true },
  { key: 'occupancyRatio', title: 'Occupancy', show: percent }
]

function chartsOf(points: readonly Point[], along: string, x: (point: Point) => number): string {
  const lineOf = (arm: 'off' | 'on', key: keyof Summary): Series => ({
    name: arm === 'off' ? 'people alone' : 'with the front desk',
    colour: arm === 'off' ? '#8a4b08' : '#0b6e6e',
    points: points.map((point) => ({ x: x(point), y: point[arm][key] }))
  })
  return FIGURES.map(({ key, onOnly, title, show, goal }) => {
    const series = onOnly ? [lineOf('on', key)] : [lineOf('off', key), lineOf('on', key)]
    const chart: Chart = { title, show, along, series, ...(goal === undefined ? {} : { goal }) }
    return svgOf(chart)
  }).join('\n')
}

const STYLE =
  'body{font:14px/1.5 system-ui,sans-serif;max-width:1440px;margin:2rem auto;padding:0 1rem;color:#222}svg{font:11px system-ui,sans-serif;margin:0 8px 16px 0}table{border-collapse:collapse;font-size:12px;margin-bottom:1.5rem}td,th{border:1px solid #ccc;padding:3px 7px;text-align:left;white-space:nowrap}td:first-child{white-space:normal}li{max-width:100ch}'

/** The study as one page that needs nothing else. */
export function pageOf(study: Study): string {
  const list = (lines: readonly string[]) => `<ul>${lines.map((line) => `<li>${escapeText(line)}</li>`).join('')}</ul>`
  const tables = tablesOf(study).map(({ title, head, rows }) => {
    const row = (cells: readonly string[], tag: string) =>
      `<tr>${cells.map((cell) => `<${tag}>${escapeText(cell)}</${tag}>`).join('')}</tr>`
    return `<h3>${escapeText(title)}</h3><table>${row(head, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>`
  })
  const at = study.goal ? ` (load x${study.goal.knobs.load})` : ''
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Simulation</title><style>${STYLE}</style></head><body>
<h1>What the front desk does to a centre's day</h1>
<p>${escapeText(study.source)}</p>
<h2>Findings</h2>${list(findings(study))}
<h2>With the load</h2><div>${chartsOf(study.loads, 'times the calls', ({ knobs }) => knobs.load)}</div>
${study.staff.length > 1 ? `<h2>With the staff${at}</h2><div>${chartsOf(study.staff, 'times the people', ({ knobs }) => knobs.staff)}</div>` : ''}
${study.routine.length > 1 ? `<h2>With what can be deflected${at}</h2><div>${chartsOf(study.routine, 'share of callers whose wish has a flow', ({ knobs }) => knobs.routineRatio ?? 0)}</div>` : ''}
<h2>Figures</h2>${tables.join('\n')}
<h2>Measured, read, assumed</h2>${list(assumptions(study))}
${study.log ? `<h2>Set aside from the log</h2>${list(asideOf(study))}` : ''}
</body></html>
`
}
