/** What the connection needs of a WebSocket; the browser's own has it. */
export type Socket = Pick<WebSocket, 'readyState' | 'binaryType' | 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>

/** What a test may replace. */
export interface ReSocketPorts {
  open(url: string): Socket
  /** 0..1 */
  random(): number
  /** Calls back later. */
  after(ms: number, run: () => void): void
}

const BROWSER: ReSocketPorts = { open: (url) => new WebSocket(url), random: Math.random, after: (ms, run) => void setTimeout(run, ms) }

/** Ready states of the WebSocket standard. */
const CONNECTING = 0
const CLOSED = 3
/** The host no longer knows this seat: coming back would not help. */
const SEAT_INVALID = 4401

/** How long to wait before the next attempt: doubles from 0.2 s to 5 s, a quarter up or down by chance. */
export const reconnectDelayMs = (tries: number, random: number): number => Math.min(200 * 2 ** tries, 5_000) * (0.75 + random / 2)

/**
 * A WebSocket that comes back: the four members the RPC link needs, stable across reconnects. Waiting to reconnect counts as
 * CONNECTING, so calls made meanwhile are sent when it is open again; calls in flight at a drop are rejected by the link.
 */
export class ReSocket extends EventTarget {
  #socket: Socket
  #tries = 0
  #stopped = false
  readonly #url: string
  readonly #onState: (up: boolean) => void
  readonly #ports: ReSocketPorts

  constructor(url: string, onState: (up: boolean) => void, ports: ReSocketPorts = BROWSER) {
    super()
    this.#url = url
    this.#onState = onState
    this.#ports = ports
    this.#socket = this.#open()
  }

  get readyState(): WebSocket['readyState'] {
    return this.#socket.readyState === CLOSED && !this.#stopped ? CONNECTING : this.#socket.readyState
  }

  send(data: Parameters<WebSocket['send']>[0]): void {
    this.#socket.send(data)
  }

  close(): void {
    this.#stopped = true
    this.#socket.close()
  }

  #open(): Socket {
    const socket = this.#ports.open(this.#url)
    socket.binaryType = 'arraybuffer'
    let opened = false
    socket.onopen = () => {
      opened = true
      this.#tries = 0
      this.#onState(true)
      this.dispatchEvent(new Event('open'))
    }
    socket.onmessage = (event) => this.dispatchEvent(new MessageEvent('message', { data: event.data }))
    socket.onclose = (event) => {
      if (this.#stopped) {
        // Closed by us: nobody is left to tell but calls in flight.
        if (opened) this.dispatchEvent(new Event('close'))
        return
      }
      if (event.code === SEAT_INVALID) this.#stopped = true
      this.#onState(false)
      if (opened) this.dispatchEvent(new Event('close'))
      if (event.code === SEAT_INVALID) this.dispatchEvent(new CustomEvent('gone', { detail: event.code }))
      else this.#again()
    }
    return socket
  }

  #again(): void {
    this.#ports.after(reconnectDelayMs(this.#tries++, this.#ports.random()), () => {
      if (!this.#stopped) this.#socket = this.#open()
    })
  }
}
