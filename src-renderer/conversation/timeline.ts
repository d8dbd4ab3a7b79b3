import type { TimelineRow } from '../../src-shared/contract/conversation.ts'
import type { Channel, Intent } from '../../src-shared/taxonomy.ts'

export type TimelineItem =
  | { type: 'conversation'; id: string; conversationId: string; channel: Channel; at: number; current: boolean }
  | { type: 'day'; id: string; at: number }
  | {
      type: 'entry'
      id: string
      row: TimelineRow
      /** First of a run by the same speaker: it carries the name. */
      leads: boolean
      /** The intent reads differently from the customer's line before: worth a chip. */
      intentChanged: boolean
    }

/** A pause after which a speaker's next line starts a new run, so that its time is shown. */
const RUN_MS = 3 * 60_000

const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString()

/** What the timeline shows, top to bottom: separators where a conversation or a day begins, then its entries. */
export function itemsOf(rows: readonly TimelineRow[], currentId: string): TimelineItem[] {
  const items: TimelineItem[] = []
  const intents = new Map<string, Intent>()
  let before: TimelineRow | undefined
  for (const row of rows) {
    const begins = before?.conversationId !== row.conversationId
    if (begins) {
      const { conversationId, channel, at } = row
      items.push({
        type: 'conversation',
        id: `c:${conversationId}:${row.entryId}`,
        conversationId,
        channel,
        at,
        current: conversationId === currentId
      })
    } else if (before && !sameDay(before.at, row.at)) {
      items.push({ type: 'day', id: `d:${row.entryId}`, at: row.at })
    }
    const leads =
      begins ||
      before === undefined ||
      before.speaker !== row.speaker ||
      before.kind !== row.kind ||
      before.personName !== row.personName ||
      row.at - before.at > RUN_MS
    const intent = row.speaker === 'customer' ? row.intent?.intent : undefined
    const intentChanged = intent !== undefined && intent !== 'unknown' && intents.get(row.conversationId) !== intent
    if (intentChanged) intents.set(row.conversationId, intent)
    items.push({ type: 'entry', id: row.entryId, row, leads, intentChanged })
    before = row
  }
  return items
}

const inTime = (a: TimelineRow, b: TimelineRow): number => a.at - b.at

/**
 * Puts the newest page over what is held: inside the page's time the page alone is right (a discarded message is gone), above it the
 * older rows stay. `more` false means that the page is all there is.
 */
export function withNewest(held: readonly TimelineRow[], page: readonly TimelineRow[], more: boolean): TimelineRow[] {
  const first = page[0]
  if (!more || first === undefined) return [...page]
  const ids = new Set(page.map((row) => row.entryId))
  return [...held.filter((row) => row.at <= first.at && !ids.has(row.entryId)), ...page].sort(inTime)
}

/** Puts an older page before what is held. */
export function withOlder(held: readonly TimelineRow[], page: readonly TimelineRow[]): TimelineRow[] {
  const ids = new Set(held.map((row) => row.entryId))
  return [...page.filter((row) => !ids.has(row.entryId)), ...held].sort(inTime)
}
