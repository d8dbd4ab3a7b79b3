/** Runs in every measured page before anything else, so that all phones are looked at with the same eyes. Times are epoch ms. */
export interface VoiceProbe {
  /** When `selector` was first painted after {@link arm}. */
  ringingAt: number | undefined
  /** When the accept button was pressed. */
  acceptedAt: number | undefined
  /** When the far end's voice was first heard (RMS above 0.01). */
  audioAt: number | undefined
  /** Peer connections and WebSockets that are not closed. */
  open(): { connections: number; sockets: number }
  arm(ringing: string, accept: string): void
}

declare global {
  interface Window {
    voiceProbe: VoiceProbe
  }
}

const now = () => performance.timeOrigin + performance.now()
/** Those not closed: one that is must be held by nobody, or the probe would be the leak that it looks for. */
const connections = new Set<RTCPeerConnection>()
const sockets = new Set<WebSocket>()
let selectors = { ringing: '', accept: '' }
let listening: (() => void) | undefined

const probe: VoiceProbe = {
  ringingAt: undefined,
  acceptedAt: undefined,
  audioAt: undefined,
  open: () => ({
    connections: connections.size,
    sockets: sockets.size
  }),
  arm(ringing, accept) {
    selectors = { ringing, accept }
    probe.ringingAt = probe.acceptedAt = probe.audioAt = undefined
    listening?.()
    const look = () => {
      if (probe.ringingAt !== undefined || !document.querySelector(ringing)) return
      // After the frame in which it stands there.
      requestAnimationFrame(() => {
        probe.ringingAt ??= now()
      })
    }
    const observer = new MutationObserver(look)
    observer.observe(document, { childList: true, subtree: true, attributes: true })
    listening = () => observer.disconnect()
    look()
  }
}
window.voiceProbe = probe

document.addEventListener(
  'click',
  (event) => {
    if (selectors.accept && event.target instanceof Element && event.target.closest(selectors.accept)) probe.acceptedAt ??= now()
  },
  { capture: true }
)

function hear(track: MediaStreamTrack): void {
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 256 })
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    const rms = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length)
    if (rms > 0.01) probe.audioAt ??= now()
    if (rms <= 0.01 && track.readyState !== 'ended') return
    clearInterval(timer)
    void context.close()
  }, 2)
}

const Connection = window.RTCPeerConnection
window.RTCPeerConnection = class extends Connection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration)
    connections.add(this)
    this.addEventListener('track', ({ track }) => hear(track))
  }
  override close() {
    connections.delete(this) // no event tells that a page closed its own connection
    super.close()
  }
}
const Socket = window.WebSocket
window.WebSocket = class extends Socket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols)
    sockets.add(this)
    this.addEventListener('close', () => sockets.delete(this))
  }
}
