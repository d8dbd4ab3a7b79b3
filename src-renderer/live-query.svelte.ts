import type { Change, Topic } from '../src-shared/topics.ts'
import type { Client } from './connect.ts'

/** Topics and their newest revisions, fed by the host's one stream of changes. */
export class Live {
  #listeners = new Map<Topic, Set<() => void>>()
  #all = new Set<() => void>()
  #unanswered = new Set<object>()
  #onAnswered: (() => void)[] = []

  /** How many queries still wait for their first answer. */
  get unanswered(): number {
    return this.#unanswered.size
  }

  /** Resolves when no query waits for its first answer. */
  async answered(): Promise<void> {
    if (this.#unanswered.size > 0) await new Promise<void>((resolve) => this.#onAnswered.push(resolve))
  }

  /** A query asks for the first time; the returned function says that it was answered, refused or given up. */
  asking(): () => void {
    const query = {}
    this.#unanswered.add(query)
    return () => {
      if (!this.#unanswered.delete(query) || this.#unanswered.size > 0) return
      for (const resolve of this.#onAnswered.splice(0)) resolve()
    }
  }

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
 * `topics` and `ask` are re-read when the runes they use change. An answer that a newer one
 * has overtaken is thrown away; under a steady stream of changes the screen still moves on with every answer.
 */
export class LiveQuery<T> {
  /** The newest answer; stays while the next one is fetched. */
  data = $state.raw<T | undefined>(undefined)
  error = $state.raw<unknown>(undefined)
  loading = $state(true)
  /** Questions are numbered; an answer counts when no newer one is on screen already and the question still stands. */
  #asked = 0
  #shown = 0
  #ask: () => Promise<T>
  #answered: () => void

  constructor(live: Live, topics: () => readonly Topic[], ask: () => Promise<T>) {
    this.#ask = ask
    this.#answered = live.asking()
    $effect(() => {
      const ends = topics().map((topic) => live.on(topic, () => void this.refetch()))
      void this.refetch()
      return () => {
        this.#shown = this.#asked
        this.#answered()
        for (const end of ends) end()
      }
    })
  }

  async refetch(): Promise<void> {
    const mine = ++this.#asked
    this.loading = true
    try {
      const data = await this.#ask()
      if (mine <= this.#shown) return
      this.#shown = mine
      this.data = data
      this.error = undefined
    } catch (error) {
      if (mine <= this.#shown) return
      this.#shown = mine
      this.error = error
    }
    if (mine === this.#asked) this.loading = false
    this.#answered()
  }
}
