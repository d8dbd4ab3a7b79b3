/** Something that will happen at a time. */
export interface Appointment {
  cancel(): void
}

/**
 * The practice centre's clock. It first lives through the past as fast as it can (`liveThrough`), then keeps real time; what was
 * arranged for later in the past's time happens in real time when its moment comes.
 */
export interface Clock {
  now(): number
  /** Calls back at `when` (epoch ms), or as soon as possible when that is past. */
  at(when: number, run: () => void): Appointment
  close(): void
}

interface Task {
  when: number
  order: number
  run: () => void
  cancelled: boolean
}

export interface LivableClock extends Clock {
  /**
   * Runs everything due up to `until` on virtual time, giving way to others every few milliseconds; then real time begins. `slice`
   * goes around each of those stretches.
   */
  liveThrough(until: () => number, slice: <T>(run: () => T) => T): Promise<void>
}

export interface ClockOptions {
  realNow: () => number
  /** The first virtual moment; absent: real time from the first moment on. */
  start?: number | undefined
  /** Told what an appointment threw in real time; the others are kept all the same. While the past is lived through it is thrown on. */
  failed: (error: unknown) => void
}

export function createClock({ realNow, start, failed }: ClockOptions): LivableClock {
  const tasks: Task[] = []
  let virtual = start
  let order = 0
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const before = (a: Task, b: Task) => a.when < b.when || (a.when === b.when && a.order < b.order)
  const now = () => virtual ?? realNow()

  function push(task: Task): void {
    let low = 0
    let high = tasks.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = tasks[middle]
      if (other && before(task, other)) low = middle + 1
      else high = middle
    }
    tasks.splice(low, 0, task) // kept latest first, so that the next one is popped from the end
  }

  function runDue(until: number, more: () => boolean): boolean {
    for (let next = tasks.at(-1); next && next.when <= until; next = tasks.at(-1)) {
      if (!more()) return false
      tasks.pop()
      if (next.cancelled) continue
      if (virtual !== undefined) {
        virtual = Math.max(virtual, next.when)
        next.run()
        continue
      }
      try {
        next.run()
      } catch (error) {
        failed(error)
      }
    }
    return true
  }

  function arm(): void {
    clearTimeout(timer)
    const next = tasks.at(-1)
    if (closed || virtual !== undefined || !next) return
    timer = setTimeout(
      () => {
        runDue(realNow(), () => !closed)
        arm()
      },
      Math.min(Math.max(0, next.when - realNow()), 60_000)
    )
  }

  return {
    now,
    at(when, run) {
      const task: Task = { when: Math.max(when, now()), order: order++, run, cancelled: false }
      push(task)
      if (tasks.at(-1) === task) arm()
      return {
        cancel() {
          task.cancelled = true
        }
      }
    },
    async liveThrough(until, slice) {
      for (;;) {
        const end = performance.now() + 12
        if (closed) return
        if (slice(() => runDue(until(), () => performance.now() < end && !closed))) break
        await new Promise((resolve) => setImmediate(resolve))
      }
      virtual = undefined
      arm()
    },
    close() {
      closed = true
      clearTimeout(timer)
      tasks.length = 0
    }
  }
}
