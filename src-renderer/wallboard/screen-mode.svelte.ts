/** How long a page stays, ms. */
const TURN_MS = 20_000
/** What a page of the screen shows; a room shows all of it at once. */
export const PAGES = ['now', 'queues', 'today'] as const
export type Page = (typeof PAGES)[number]

/**
 * Full-screen mode of a wallboard: dark, over everything else, one page at a time, pages turning by themselves. A screen of its own
 * (role `screen`) is in this mode from the start; the browser's own full screen needs a key press, so there it is only asked for on a
 * gesture.
 */
export class ScreenMode {
  on = $state(false)
  #page = $state(0)
  turning = $state(true)
  readonly #element: () => HTMLElement | undefined

  constructor(element: () => HTMLElement | undefined, always: boolean) {
    this.#element = element
    this.on = always
  }

  get page(): Page {
    return PAGES[this.#page] ?? 'now'
  }

  /** Is this page's content on the screen now? */
  shows(page: Page): boolean {
    return !this.on || this.page === page
  }

  /** Keys, page turning, and leaving when the browser leaves full screen. Returns what ends it. */
  attach(): () => void {
    const keys = (event: KeyboardEvent) => {
      if (!this.on || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
      const inside = event.target instanceof HTMLElement ? event.target : undefined
      if (inside?.closest('input, [role=dialog], [data-keys]')) return
      if (event.key === 'ArrowRight') this.go(1)
      else if (event.key === 'ArrowLeft') this.go(-1)
      else if (event.key === ' ' && !inside?.closest('button')) this.pause()
      else if (event.key === 'Escape') void this.toggle()
      else return
      event.preventDefault()
    }
    const left = () => {
      if (!document.fullscreenElement) this.on = false
    }
    const timer = setInterval(() => {
      if (this.on && this.turning) this.go(1)
    }, TURN_MS)
    document.addEventListener('keydown', keys)
    document.addEventListener('fullscreenchange', left)
    return () => {
      clearInterval(timer)
      document.removeEventListener('keydown', keys)
      document.removeEventListener('fullscreenchange', left)
    }
  }

  /** Puts what lies behind the board out of reach of keys and screen readers. Returns what gives it back. */
  cover(): () => void {
    const hidden: HTMLElement[] = []
    for (let at = this.#element(); at?.parentElement; at = at.parentElement) {
      for (const beside of at.parentElement.children) {
        if (beside === at || !(beside instanceof HTMLElement) || beside.inert) continue
        beside.inert = true
        hidden.push(beside)
      }
      if (at.parentElement === document.body) break
    }
    return () => {
      for (const one of hidden) one.inert = false
    }
  }

  async toggle(): Promise<void> {
    this.on = !this.on
    this.#page = 0
    if (!this.on) {
      if (document.fullscreenElement) await document.exitFullscreen()
      return
    }
    // The whole document, so that dialogs show too. Where the browser refuses (no gesture, no permission) the board still fills the
    // window.
    await document.documentElement.requestFullscreen?.().catch(() => undefined)
  }

  go(by: number): void {
    this.#page = (this.#page + by + PAGES.length) % PAGES.length
  }

  pause(): void {
    this.turning = !this.turning
  }
}
