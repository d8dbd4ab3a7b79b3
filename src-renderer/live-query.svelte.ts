import type { Change, Topic } from '../src-shared/topics.ts'
import type { Client } from './connect.ts'

/** Topics and their newest revisions, fed by the host's one stream of changes. */
export class Live {
  #listeners = new Map<Topic, Set<() => void>>()
  #all = new Set<() => void>()

  /** Calls back on every later change of the topic, and after a reconnect. Returns what ends it. */
  on(topic: Topic, listener: () => void): () => void {
    const set = this.#listeners.get(topic) ?? new Set()
    this.#listeners.set(topic, set)
    set.add(listener)
    this.#all.add(listener)
    return () => {
      set.delete(listener)
      this.#all.delete(listener)
      if (set.size === 0) this.#listeners.delete(topic)
    }
  }

  apply(changes: readonly Change[]): void {
    const due = new Set<() => void>()
    for (const { topic } of changes) for (const listener of this.#listeners.get(topic) ?? []) due.add(listener)
    for (const listener of due) listener()
  }

  /** After a gap in the stream anything may have changed. */
  refetchAll(): void {
    for (const listener of [...this.#all]) listener()
  }

  /** Follows the host's stream until the signal ends it; the link itself reconnects. */
  async follow(client: Client, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const stream = await client.live.changes(undefined, { signal })
        this.refetchAll()
        for await (const batch of stream) this.apply(batch)
      } catch {
        // A dropped connection ends the stream; the loop opens the next one when the socket is back.
      }
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 300))
    }
  }
}

/**
 * The answer to one query, kept fresh: asked again whenever one of its topics changes. Create it while a component initialises;
 * `topics` and `ask` are re-read when the runes they use change. Answers that come late (out of order) are thrown away.
 */
export class LiveQuery<T> {
  /** The newest answer; stays while the next one is fetched. */
  data = $state.raw<T | undefined>(undefined)
  error = $state.raw<unknown>(undefined)
  loading = $state(true)
  #asked = 0
  #ask: () => Promise<T>

  constructor(live: Live, topics: () => readonly Topic[], ask: () => Promise<T>) {
    this.#ask = ask
    $effect(() => {
      const ends = topics().map((topic) => live.on(topic, () => void this.refetch()))
      void this.refetch()
      return () => {
        this.#asked++
        for (const end of ends) end()
      }
    })
  }

  async refetch(): Promise<void> {
    const mine = ++this.#asked
    this.loading = true
    try {
      const data = await this.#ask()
      if (mine !== this.#asked) return
      this.data = data
      this.error = undefined
    } catch (error) {
      if (mine !== this.#asked) return
      this.error = error
    }
    this.loading = false
  }
}
