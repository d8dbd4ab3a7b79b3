import type { Change, Topic } from '../../src-shared/topics.ts'

/** Counts changes of topics and tells subscribers, several at once: a view needs to know that something changed, not how often. */
export interface Topics {
  bump(topics: Iterable<Topic>): void
  /** The first batch says where all revisions stand (possibly none); ends on `close` or when `signal` aborts. */
  changes(signal?: AbortSignal): AsyncGenerator<Change[], void, void>
  close(): void
}

interface Subscriber {
  pending: Set<Topic>
  wake: (() => void) | undefined
}

/** `schedule` runs the flush a moment later (16 ms: one frame); injected so that tests need not wait. */
export function createTopics(schedule: (flush: () => void) => void = (flush) => void setTimeout(flush, 16).unref()): Topics {
  const revisions = new Map<Topic, number>()
  const subscribers = new Set<Subscriber>()
  let scheduled = false
  let closed = false

  const flush = (): void => {
    scheduled = false
    for (const one of subscribers) if (one.pending.size > 0) one.wake?.()
  }
  const batchOf = (topics: Iterable<Topic>): Change[] => [...topics].map((topic) => ({ topic, revision: revisions.get(topic) ?? 0 }))

  async function* changes(signal?: AbortSignal): AsyncGenerator<Change[], void, void> {
    const me: Subscriber = { pending: new Set(), wake: undefined }
    const stop = (): void => me.wake?.()
    signal?.addEventListener('abort', stop)
    subscribers.add(me)
    try {
      yield batchOf(revisions.keys())
      while (!closed && !signal?.aborted) {
        // What came while the last batch was on its way goes with the next flush, not at once: a slow reader gets fewer, fuller batches.
        await new Promise<void>((resolve) => {
          me.wake = resolve
          if (closed || signal?.aborted) resolve()
          else if (me.pending.size > 0 && !scheduled) resolve()
        })
        me.wake = undefined
        if (me.pending.size === 0) continue
        const batch = batchOf(me.pending)
        me.pending.clear()
        yield batch
      }
    } finally {
      subscribers.delete(me)
      signal?.removeEventListener('abort', stop)
    }
  }

  return {
    bump(topics) {
      for (const topic of topics) {
        revisions.set(topic, (revisions.get(topic) ?? 0) + 1)
        for (const one of subscribers) one.pending.add(topic)
      }
      if (scheduled || closed) return
      scheduled = true
      schedule(flush)
    },
    changes,
    close() {
      closed = true
      for (const one of subscribers) one.wake?.()
    }
  }
}
