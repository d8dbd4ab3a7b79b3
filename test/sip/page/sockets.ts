/** One message on a WebSocket, as the page sent or got it. */
export interface Frame {
  /** Epoch ms. */
  at: number
  sent: boolean
  text: string
}

/** Writes down what goes over every WebSocket that the page will open. */
export function watchSockets(): Frame[] {
  const frames: Frame[] = []
  const note = (sent: boolean, data: unknown) => {
    if (typeof data === 'string') frames.push({ at: Date.now(), sent, text: data })
  }
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', (event) => note(false, event.data))
    }
    override send(data: string | Blob | BufferSource): void {
      note(true, data)
      super.send(data)
    }
  }
  return frames
}
