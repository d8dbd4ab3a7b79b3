import type { Clock } from './clock.ts'
import type { TimerOrder } from './timer-worker.ts'

/** What is needed of a Worker. */
export interface TimerWorker {
  postMessage(order: TimerOrder): void
  onmessage: ((event: MessageEvent<number>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  terminate(): void
}

export interface SteadyClock extends Clock {
  close(): void
}

/**
 * The page's time with timers that go on in a hidden page (timer-worker.ts). Without a worker, or when it fails, the page's own timers do
 * what they can.
 */
export function createSteadyClock(open: () => TimerWorker): SteadyClock {
  const waiting = new Map<number, { at: number; run: () => void; own?: ReturnType<typeof setTimeout> }>()
  let last = 0
  let worker: TimerWorker | undefined

  const fire = (id: number) => {
    const one = waiting.get(id)
    if (waiting.delete(id)) one?.run()
  }
  const byPage = (id: number) => {
    const one = waiting.get(id)
    if (one) one.own = setTimeout(() => fire(id), Math.max(0, one.at - Date.now()))
  }
  try {
    worker = open()
    worker.onmessage = ({ data }) => fire(data)
    worker.onerror = (event) => {
      console.warn('the phone has no clock of its own', event.message)
      worker = undefined
      for (const id of waiting.keys()) byPage(id)
    }
  } catch (error) {
    console.warn('the phone has no clock of its own', error)
  }

  return {
    now: () => Date.now(),
    random: () => Math.random(),
    after(ms, run) {
      const id = ++last
      waiting.set(id, { at: Date.now() + ms, run })
      if (worker) worker.postMessage({ set: id, ms })
      else byPage(id)
      return () => {
        const one = waiting.get(id)
        if (!waiting.delete(id)) return
        if (one?.own !== undefined) clearTimeout(one.own)
        else worker?.postMessage({ clear: id })
      }
    },
    close() {
      worker?.terminate()
      worker = undefined
      for (const { own } of waiting.values()) clearTimeout(own)
      waiting.clear()
    }
  }
}
