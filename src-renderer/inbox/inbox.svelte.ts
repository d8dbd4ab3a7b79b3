import type { ConversationRow, WaitingRow } from '../../src-shared/contract/inbox.ts'
import type { DeskState } from '../desk.svelte.ts'
import { LiveQuery } from '../live-query.svelte.ts'
import { inOrder, nextAfter } from './rows.ts'

export const VIEWS = ['mine', 'queue', 'closed'] as const
export type View = (typeof VIEWS)[number]
type Counts = Record<View, number> & { unread: number }

/** The lists of the inbox. Create it while a component initialises. */
export class InboxState {
  view = $state<View>('mine')
  readonly mine: LiveQuery<ConversationRow[]>
  readonly closed: LiveQuery<ConversationRow[]>
  readonly queue: LiveQuery<{ at: number; waiting: WaitingRow[] }>
  readonly counts: LiveQuery<Counts>
  /** Finished here; the list may still carry them until the centre has agreed. */
  #finished = new Set<string>()
  readonly #desk: DeskState

  constructor(desk: DeskState) {
    this.#desk = desk
    const { client, live } = desk
    const topics = () => ['inbox', 'outbox'] as const
    this.mine = new LiveQuery(live, topics, () => client.inbox.list({ view: 'mine', limit: 100 }))
    this.closed = new LiveQuery(live, topics, () => client.inbox.list({ view: 'closed', limit: 500 }))
    this.queue = new LiveQuery(live, topics, () => client.inbox.queue())
    this.counts = new LiveQuery(live, topics, () => client.inbox.counts())
  }

  get rows(): ConversationRow[] {
    return inOrder(this.mine.data ?? [])
  }

  get openId(): string | undefined {
    const { place } = this.#desk
    return place.room === 'inbox' ? place.conversationId : undefined
  }

  open(conversationId: string): void {
    this.#desk.place = { room: 'inbox', conversationId }
  }

  /** Opens the n-th of mine, counted from 1. */
  openNth(n: number): void {
    const row = this.rows[n - 1]
    if (!row) return
    this.view = 'mine'
    this.open(row.conversationId)
  }

  /** The conversation to show when none is open. */
  get first(): ConversationRow | undefined {
    return this.rows.find((row) => !this.#finished.has(row.conversationId))
  }

  /** Turns from a conversation that was passed on to the one that needs me most; gives whether there is one. */
  leave(conversationId: string): boolean {
    const next = nextAfter(this.rows, conversationId)
    if (next) this.open(next.conversationId)
    return next !== undefined
  }

  /** Leaves a finished conversation for the one that needs me most; gives whether there is one. */
  goOn(doneId: string): boolean {
    this.#finished.add(doneId)
    const next = nextAfter(
      this.rows.filter((row) => !this.#finished.has(row.conversationId)),
      doneId
    )
    this.#desk.place = next ? { room: 'inbox', conversationId: next.conversationId } : { room: 'inbox' }
    return next !== undefined
  }
}
