/**
 * A WebSocket that comes back: the four members the RPC link needs, stable across reconnects. Waiting to reconnect counts as
 * CONNECTING, so calls made meanwhile are sent when it is open again; calls in flight at a drop are rejected by the link.
 */
export class ReSocket extends EventTarget {
  #ws!: WebSocket // set by #open in the constructor
  #tries = 0
  #stopped = false
  readonly #url: string
  readonly #onState: (up: boolean) => void

  constructor(url: string, onState: (up: boolean) => void) {
    super()
    this.#url = url
    this.#onState = onState
    this.#open()
  }

  get readyState(): number {
    return this.#ws.readyState === WebSocket.CLOSED && !this.#stopped ? WebSocket.CONNECTING : this.#ws.readyState
  }

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    this.#ws.send(data as never) // the DOM's own overloads differ between lib versions
  }

  close(): void {
    this.#stopped = true
    this.#ws.close()
  }

  #open(): void {
    const ws = new WebSocket(this.#url)
    this.#ws = ws
    ws.binaryType = 'arraybuffer'
    let opened = false
    ws.onopen = () => {
      opened = true
      this.#tries = 0
      this.#onState(true)
      this.dispatchEvent(new Event('open'))
    }
    ws.onmessage = (event) => this.dispatchEvent(new MessageEvent('message', { data: event.data }))
    ws.onclose = (event) => {
      this.#onState(false)
      if (opened) this.dispatchEvent(new Event('close'))
      // 4401: the host no longer knows this seat; coming back would not help.
      if (event.code === 4401) this.#stopped = true
      if (this.#stopped) this.dispatchEvent(new CustomEvent('gone', { detail: event.code }))
      else setTimeout(() => this.#open(), Math.min(200 * 2 ** this.#tries++, 5_000) * (0.75 + Math.random() / 2))
    }
  }
}
