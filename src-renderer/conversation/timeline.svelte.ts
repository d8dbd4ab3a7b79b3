import type { TimelineRow } from '../../src-shared/contract/conversation.ts'
import { itemsOf, type TimelineItem, withNewest, withOlder } from './timeline.ts'

export interface TimelinePage {
  rows: TimelineRow[]
  more: boolean
}
const NEAR_BOTTOM_PX = 48
const NEAR_TOP_PX = 300

/** The rows held of one customer's timeline, and whether the view stays at its end. */
export class TimelineState {
  rows = $state.raw<readonly TimelineRow[]>([])
  more = $state(false)
  /** At the end: new rows pull the view along. */
  atEnd = $state(true)
  /** Customer's lines that came while the view was scrolled up. */
  unseen = $state(0)
  /** The newest line of the customer that came while this was on the screen; for screen readers. */
  heard = $state.raw<TimelineRow | undefined>(undefined)
  /** True while older rows are put in front: the view then keeps its place from the end. */
  prepending = $state(false)
  #loadingOlder = false
  #filled = false
  readonly #conversationId: string
  readonly #older: (before: number) => Promise<TimelinePage | undefined>

  constructor(conversationId: string, older: (before: number) => Promise<TimelinePage | undefined>) {
    this.#conversationId = conversationId
    this.#older = older
  }

  get items(): TimelineItem[] {
    return itemsOf(this.rows, this.#conversationId)
  }

  /** The phrase that showed the mood of an entry, where one stood out and the entry is loaded. */
  phraseOf(entryId: string): string | undefined {
    return this.rows.find((row) => row.entryId === entryId)?.mood?.span?.text
  }

  /** Takes the newest page; gives the rows that were not held before. */
  take(page: TimelinePage): TimelineRow[] {
    const known = new Set(this.rows.map((row) => row.entryId))
    const fresh = this.#filled ? page.rows.filter((row) => !known.has(row.entryId)) : []
    this.prepending = false
    this.rows = withNewest(this.rows, page.rows, page.more)
    if (!this.#filled) this.more = page.more
    this.#filled = true
    const fromCustomer = fresh.filter((row) => row.speaker === 'customer')
    this.heard = fromCustomer.at(-1) ?? this.heard
    if (!this.atEnd) this.unseen += fromCustomer.length
    return fresh
  }

  /** The view was scrolled: `offset` from the top, both sizes in px. */
  scrolled(offset: number, contentPx: number, viewPx: number): void {
    this.atEnd = contentPx - viewPx - offset <= NEAR_BOTTOM_PX
    if (this.atEnd) this.unseen = 0
    else if (offset < NEAR_TOP_PX) void this.loadOlder()
  }

  async loadOlder(): Promise<void> {
    const first = this.rows[0]
    if (!this.more || this.#loadingOlder || !first) return
    this.#loadingOlder = true
    const page = await this.#older(first.at)
    this.#loadingOlder = false
    if (!page) return
    this.prepending = true
    this.rows = withOlder(this.rows, page.rows)
    this.more = page.more
  }
}
