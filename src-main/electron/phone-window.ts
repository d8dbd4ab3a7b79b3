import type { ElectronApi } from './app.ts'

/** How long to wait before a phone that crashed is made again; more each time, so that one that cannot live does not burn the machine. */
const AGAIN_MS = [250, 1_000, 4_000, 15_000] as const
/** How long a phone may take to hang up and say goodbye. */
const END_MS = 2_000
/** A phone that lived this long starts counting anew. */
const STEADY_MS = 60_000

export interface PhoneWindowOptions {
  preload: string
  /** The phone's page. */
  url: string
  log(event: string, detail: Record<string, unknown>): void
  /** Runs once after `ms`; gives what takes it back. */
  after(ms: number, run: () => void): () => void
  now(): number
}

/**
 * The phone of the desk that is open, in a hidden window of its own: a reload or a crash of what the agent sees does not touch a call. It
 * never learns the seat; its connection gets the one that is told here.
 */
export interface PhoneWindow {
  /** The seat of the desk that is open, or none: then there is no phone. */
  follow(seat: string | undefined): void
  /** Is this the phone's page? */
  owns(contents: unknown): boolean
  readonly seat: string | undefined
  /** Tells the phone's page something; nobody hears it when there is none. */
  tell(message: PhoneNews): void
  close(): void
}

/** What main tells a page. */
export type PhoneNews = { type: 'sidetone:hurry' | 'sidetone:end' } | { type: 'sidetone:dial'; text: string }

export function createPhoneWindow(electron: Pick<ElectronApi, 'BrowserWindow'>, options: PhoneWindowOptions): PhoneWindow {
  let seat: string | undefined
  let window: Electron.BrowserWindow | undefined
  let cancel = () => {}
  let crashes = 0
  let openedAt = 0

  function open(): void {
    openedAt = options.now()
    const mine = new electron.BrowserWindow({
      show: false,
      width: 400,
      height: 300,
      skipTaskbar: true,
      title: 'Sidetone phone',
      webPreferences: {
        preload: options.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
        // Nobody sees or touches it, and it must ring in time all the same.
        backgroundThrottling: false,
        autoplayPolicy: 'no-user-gesture-required'
      }
    })
    window = mine
    mine.webContents.on('render-process-gone', (_event, { reason }) => again(mine, reason))
    mine.loadURL(options.url).catch((error: unknown) => again(mine, String(error)))
  }

  function again(crashed: Electron.BrowserWindow, reason: string): void {
    if (crashed !== window) return // closed by us, or made anew already
    options.log('phone.gone', { reason })
    shut()
    crashes = options.now() - openedAt > STEADY_MS ? 0 : crashes
    const ms = AGAIN_MS[Math.min(crashes, AGAIN_MS.length - 1)] ?? 0
    crashes++
    cancel = options.after(ms, open)
  }

  function shut(): void {
    cancel()
    const old = window
    window = undefined
    if (old && !old.isDestroyed()) old.destroy()
  }

  /** Calls of a phone that is not wanted any more are hung up; its page then closes itself. */
  function end(): void {
    cancel()
    const old = window
    window = undefined
    if (!old || old.isDestroyed()) return
    send(old, { type: 'sidetone:end' })
    options.after(END_MS, () => {
      if (!old.isDestroyed()) old.destroy()
    })
  }

  const send = (to: Electron.BrowserWindow, message: PhoneNews) => to.webContents.send('sidetone:tell', message)

  return {
    get seat() {
      return seat
    },
    follow(next) {
      if (next === seat) return
      seat = next
      end()
      crashes = 0
      if (seat !== undefined) open()
    },
    owns: (contents) => window !== undefined && !window.isDestroyed() && contents === window.webContents,
    tell(message) {
      if (window && !window.isDestroyed()) send(window, message)
    },
    close() {
      seat = undefined
      end()
    }
  }
}
