/**
 * A clock that a hidden page cannot slow down: browsers let timers of hidden pages fire once a second, and after five minutes once a
 * minute, which is too late for a phone. Timers of workers are left alone.
 */
export type TimerOrder = { set: number; ms: number } | { clear: number }

// This file runs in a worker of its own, whose global scope the page's types do not know.
const scope = globalThis as unknown as { onmessage: ((event: MessageEvent<TimerOrder>) => void) | null; postMessage(id: number): void }
const timers = new Map<number, ReturnType<typeof setTimeout>>()

scope.onmessage = ({ data }) => {
  if ('clear' in data) {
    clearTimeout(timers.get(data.clear))
    timers.delete(data.clear)
    return
  }
  const { set, ms } = data
  timers.set(
    set,
    setTimeout(() => {
      timers.delete(set)
      scope.postMessage(set)
    }, ms)
  )
}
