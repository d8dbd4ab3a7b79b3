/** How long a page stays, ms. */
const TURN_MS = 20_000
const PAGES = 2

/**
 * Full-screen mode of a wallboard: dark, one page at a time, pages turning by themselves. A screen of its own (role `screen`) is in
 * this mode from the start; the browser's own full screen needs a key press, so there it is only asked for on a gesture.
 */
export class ScreenMode {
  on = $state(false)
  page = $state(0)
  turning = $state(true)
  readonly #element: () => HTMLElement | undefined

  constructor(element: () => HTMLElement | undefined, always: boolean) {
    this.#element = element
    this.on = always
  }

  /** Keys, page turning, and leaving when the browser leaves full screen. Returns what ends it. */
  attach(): () => void {
    const keys = (event: KeyboardEvent) => {
      if (
        !this.on ||
        event.ctrlKey ||
        event.altKey ||
        event.metaKey ||
        (event.target instanceof HTMLElement && event.target.closest('button, input, [role=dialog]'))
      )
        return
      if (event.key === 'ArrowRight') this.go(1)
      else if (event.key === 'ArrowLeft') this.go(-1)
      else if (event.key === ' ') this.pause()
      else return
      event.preventDefault()
    }
    const left = () => {
      if (!document.fullscreenElement) this.on = false
    }
    const timer = setInterval(() => {
      if (this.on && this.turning) this.page = (this.page + 1) % PAGES
    }, TURN_MS)
    document.addEventListener('keydown', keys)
    document.addEventListener('fullscreenchange', left)
    return () => {
      clearInterval(timer)
      document.removeEventListener('keydown', keys)
      document.removeEventListener('fullscreenchange', left)
    }
  }

  async toggle(): Promise<void> {
    this.on = !this.on
    this.page = 0
    if (!this.on) {
      if (document.fullscreenElement) await document.exitFullscreen()
      return
    }
    // Where the browser refuses (no gesture, no permission) the board still fills the window.
    await this.#element()
      ?.requestFullscreen?.()
      .catch(() => undefined)
  }

  go(by: number): void {
    this.page = (this.page + by + PAGES) % PAGES
  }

  pause(): void {
    this.turning = !this.turning
  }
}
