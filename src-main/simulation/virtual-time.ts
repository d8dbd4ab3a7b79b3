import type { Clock } from '../practice/clock.ts'

interface Task {
  when: number
  order: number
  run: () => void
  cancelled: boolean
}

/**
 * A clock, in whole ms, on which nothing happens but what was arranged, one thing after another and as fast as it goes. Answers that come as promises
 * (the bank's) are awaited before time moves on, so that the same plan always runs in the same order.
 */
export interface VirtualTime extends Clock {
  /** Time stands still until this has come. */
  hold(promise: Promise<void>): void
  /** Lives until nothing is arranged up to `until`. */
  live(until: number): Promise<void>
}

export function createVirtualTime(start: number): VirtualTime {
  const heap: Task[] = []
  const held: Promise<void>[] = []
  let now = start
  let order = 0

  const before = (a: Task | undefined, b: Task | undefined): boolean =>
    a !== undefined && b !== undefined && (a.when < b.when || (a.when === b.when && a.order < b.order))
  const swap = (i: number, j: number) => {
    const [a, b] = [heap[i], heap[j]]
    if (a && b) [heap[i], heap[j]] = [b, a]
  }
  function push(task: Task): void {
    heap.push(task)
    for (let i = heap.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1
      if (!before(heap[i], heap[parent])) break
      swap(i, parent)
      i = parent
    }
  }
  function pop(): Task | undefined {
    swap(0, heap.length - 1)
    const first = heap.pop()
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2]
      let least = before(heap[left], heap[i]) ? left : i
      if (before(heap[right], heap[least])) least = right
      if (least === i) return first
      swap(i, least)
      i = least
    }
  }

  return {
    now: () => now,
    at(when, run) {
      const task: Task = { when: Math.max(Math.round(when), now), order: order++, run, cancelled: false }
      push(task)
      return {
        cancel() {
          task.cancelled = true
        }
      }
    },
    hold: (promise) => void held.push(promise),
    async live(until) {
      for (;;) {
        for (let one = held.shift(); one; one = held.shift()) await one
        const next = heap[0]
        if (!next || next.when > until) break
        pop()
        if (next.cancelled) continue
        now = Math.max(now, next.when)
        next.run()
      }
      now = Math.max(now, until)
    },
    close: () => void heap.splice(0)
  }
}
