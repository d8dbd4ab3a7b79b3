import { createServer } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { until } from './until.ts'

/**
 * A tap on the softphone's WebSocket: everything passes to the proxy and back, and a test can put messages of its own into the page's
 * ear. What the softphone answers to those does not reach the proxy.
 */
export interface Tap {
  readonly port: number
  inject(message: string | Uint8Array): void
  /** What the softphone said since the last injection that began, apart from what belongs to the proxy. */
  readonly answers: readonly string[]
  /** Sends an OPTIONS of its own and waits for the answer: then all that was sent before has been dealt with. */
  probe(uri: string): Promise<void>
  clear(): void
  close(): Promise<void>
}

/** Call-IDs of injected messages hold this, so that their answers are told from the rest. */
const ODD = 'odd.invalid'

/** An ordinary OPTIONS: when it is answered, all that was sent before has been dealt with. */
export function probeOf(uri: string, serial: number): { callId: string; text: string } {
  const callId = `probe-${serial}@${ODD}`
  const lines = [
    `OPTIONS ${uri} SIP/2.0`,
    `Via: SIP/2.0/WS ${ODD};branch=z9hG4bKprobe${serial}`,
    'Max-Forwards: 70',
    `From: <sip:probe@${ODD}>;tag=probe`,
    `To: <${uri}>`,
    `Call-ID: ${callId}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    ''
  ]
  return { callId, text: lines.join('\r\n') }
}

export async function openTap(target: string): Promise<Tap> {
  const http: Server & ReturnType<typeof createServer> = createServer()
  const server = new WebSocketServer({ server: http, handleProtocols: () => 'sip' })
  let near: WebSocket | undefined
  let answers: string[] = []
  let probes = 0
  server.on('connection', (socket) => {
    near = socket
    const far = new WebSocket(target, 'sip')
    const waiting: string[] = []
    far.on('open', () => {
      for (const text of waiting.splice(0)) far.send(text)
    })
    far.on('message', (data) => socket.send(data.toString()))
    far.on('error', () => socket.terminate())
    far.on('close', () => socket.close())
    socket.on('close', () => far.close())
    socket.on('message', (data) => {
      const text = data.toString()
      if (text.includes(ODD)) answers.push(text)
      else if (far.readyState === WebSocket.OPEN) far.send(text)
      else waiting.push(text)
    })
  })
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  // A server that listens on a port has an address of this shape.
  const { port } = http.address() as AddressInfo
  return {
    port,
    get answers() {
      return answers
    },
    inject(message) {
      if (!near) throw new Error('the softphone is not connected')
      near.send(message)
    },
    async probe(uri) {
      const { callId, text } = probeOf(uri, ++probes)
      near?.send(text)
      await until('the probe is answered', () => answers.some((answer) => answer.includes(callId)))
      answers = answers.filter((answer) => !answer.includes(callId))
    },
    clear() {
      answers = []
    },
    async close() {
      for (const client of server.clients) client.terminate()
      server.close()
      await new Promise((done) => http.close(done))
    }
  }
}
