import { type Page, remotePhone, servePhone } from './channel.ts'
import type { PhonePort, Watched } from './port.ts'

/** Web Locks (W3C), as far as it is used. */
export interface Locks {
  request(name: string, options: { signal: AbortSignal }, hold: () => Promise<void>): Promise<void>
}

export interface SharedDeps {
  deskId: string
  page: Page
  /** Absent where a browser has none: then every page is its own phone. */
  locks: Locks | undefined
  /** False for a page that never is the phone, because a window of its own is. */
  mayBePhone: boolean
  newId(): string
  /** Begins the phone in this page. */
  start(): PhonePort
}

export const lockName = (deskId: string): string => `sidetone-phone:${deskId}`

/**
 * The one phone of a desk that may be open in several pages: the page that holds the lock is the phone, the others are its screens. When
 * that page goes, the browser gives the lock to the next one, and the phone begins there.
 */
export function sharedPhone(deps: SharedDeps): PhonePort {
  const { page } = deps
  const listeners = new Set<() => void>()
  const watches = new Map<object, { what: Watched; listener: Parameters<PhonePort['watch']>[1]; end(): void }>()
  const leave = new AbortController()
  let release = () => {}
  let closed = false
  let current = remotePhone(page, deps.newId)
  const changed = () => {
    for (const listener of [...listeners]) listener()
  }
  let stop = current.subscribe(changed)
  let endServing = () => {}

  function begin(): void {
    for (const one of watches.values()) one.end()
    stop()
    void current.close()
    current = deps.start()
    stop = current.subscribe(changed)
    for (const one of watches.values()) one.end = current.watch(one.what, one.listener)
    endServing = servePhone(current, page)
    changed()
  }

  if (deps.mayBePhone) {
    if (!deps.locks) begin()
    else
      deps.locks
        .request(lockName(deps.deskId), { signal: leave.signal }, () => {
          if (closed) return Promise.resolve()
          begin()
          return new Promise<void>((resolve) => {
            release = resolve
          })
        })
        .catch((error: unknown) => {
          if (closed) return // we left the queue ourselves
          console.warn('the phone cannot be shared between pages', error)
          begin()
        })
  }

  return {
    get view() {
      return current.view
    },
    get place() {
      return current.place
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    watch(what, listener) {
      const key = {}
      watches.set(key, { what, listener, end: current.watch(what, listener) })
      return () => {
        watches.get(key)?.end()
        watches.delete(key)
      }
    },
    act: (action) => current.act(action),
    async close() {
      if (closed) return
      closed = true
      leave.abort()
      for (const one of watches.values()) one.end()
      watches.clear()
      stop()
      try {
        // The next page must not register before this one has gone.
        await current.close()
      } finally {
        endServing()
        release()
        page.wire.close()
      }
    }
  }
}
