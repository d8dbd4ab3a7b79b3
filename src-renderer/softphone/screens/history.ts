import type { CallRow } from '../../../src-shared/contract/calls.ts'

/** Which calls are shown. `missed`: those that came and were not talked to. */
export const CALL_FILTERS = ['all', 'in', 'out', 'missed'] as const
export type CallFilter = (typeof CALL_FILTERS)[number]

/** What the list shows, top to bottom: a heading where a day begins, then its calls. `at` is a moment of that day. */
export type HistoryItem = { type: 'day'; id: string; at: number } | { type: 'call'; id: string; row: CallRow }

const digitsOf = (text: string): string => text.replace(/\D/g, '')

function fits(row: CallRow, filter: CallFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'missed':
      return row.direction === 'in' && (row.outcome === 'missed' || row.outcome === 'declined')
    default:
      return row.direction === filter
  }
}

/** Numbers are compared by their digits, so that `138 0000` finds `+8613800001234`; anything else by its letters. */
function matches(row: CallRow, text: string): boolean {
  const words = text.trim().toLowerCase()
  if (words === '') return true
  const digits = digitsOf(words)
  if (digits !== '' && /^[\d\s()+./-]+$/.test(words)) return digitsOf(row.number).includes(digits)
  return `${row.customerName} ${row.reason} ${row.number}`.toLowerCase().includes(words)
}

/** Newest first, one heading a day. Pure. */
export function historyOf(rows: readonly CallRow[], filter: CallFilter, text: string): HistoryItem[] {
  const items: HistoryItem[] = []
  let day: string | undefined
  for (const row of rows.toSorted((a, b) => b.startedAt - a.startedAt)) {
    if (!fits(row, filter) || !matches(row, text)) continue
    const date = new Date(row.startedAt).toDateString()
    if (date !== day) items.push({ type: 'day', id: `day:${date}`, at: row.startedAt })
    day = date
    items.push({ type: 'call', id: row.callId, row })
  }
  return items
}

/** Puts the newest page over what is held: rows of the page win, older ones stay. */
export function withNewestCalls(held: readonly CallRow[], page: readonly CallRow[]): CallRow[] {
  const ids = new Set(page.map((row) => row.callId))
  return [...page, ...held.filter((row) => !ids.has(row.callId))]
}
