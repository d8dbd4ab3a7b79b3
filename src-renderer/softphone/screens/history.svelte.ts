import { untrack } from 'svelte'
import type { CallRow } from '../../../src-shared/contract/calls.ts'
import type { DeskState } from '../../desk.svelte.ts'
import { LiveQuery } from '../../live-query.svelte.ts'
import { type CallFilter, type HistoryItem, historyOf, withNewestCalls } from './history.ts'

const PAGE = 100

/** The calls of this person, as far back as has been asked for; made while a component initialises. */
export class CallHistory {
  filter = $state<CallFilter>('all')
  text = $state('')
  loadingOlder = $state(false)
  readonly newest: LiveQuery<{ rows: CallRow[]; more: boolean }>
  #rows = $state.raw<readonly CallRow[]>([])
  #more = $state(false)
  #filled = false
  readonly #desk: DeskState
  readonly items: HistoryItem[] = $derived(historyOf(this.#rows, this.filter, this.text))
  readonly empty = $derived(this.#rows.length === 0)

  constructor(desk: DeskState) {
    this.#desk = desk
    this.newest = new LiveQuery(
      desk.live,
      () => ['calls', 'inbox'],
      () => desk.client.calls.history({ limit: PAGE })
    )
    $effect(() => {
      const page = this.newest.data
      if (!page) return
      untrack(() => {
        this.#rows = withNewestCalls(this.#rows, page.rows)
        if (!this.#filled) this.#more = page.more
        this.#filled = true
      })
    })
  }

  async loadOlder(): Promise<void> {
    const last = this.#rows.reduce<CallRow | undefined>(
      (oldest, row) => (oldest && oldest.startedAt <= row.startedAt ? oldest : row),
      undefined
    )
    if (!this.#more || this.loadingOlder || !last) return
    this.loadingOlder = true
    const page = await this.#desk.attempt(() => this.#desk.client.calls.history({ before: last.startedAt, limit: PAGE }))
    this.loadingOlder = false
    if (!page) return
    const ids = new Set(this.#rows.map((row) => row.callId))
    this.#rows = [...this.#rows, ...page.rows.filter((row) => !ids.has(row.callId))]
    this.#more = page.more
  }

  /** Puts filter and words aside. */
  clear(): void {
    this.filter = 'all'
    this.text = ''
  }
}
