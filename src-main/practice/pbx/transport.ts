import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** One agent's WebSocket. */
export interface SipConnection {
  readonly id: number
  readonly address: string
  readonly open: boolean
  /** False when the socket is gone: the message was not sent. */
  send(text: string): boolean
}

export interface SipTransport {
  readonly port: number
  readonly host: string
  close(): Promise<void>
}

export interface TransportOptions {
  host: string
  port: number
  maxConnections: number
  onMessage(connection: SipConnection, frame: Uint8Array): void
  onClose(connection: SipConnection): void
  log(line: string): void
}

/** The largest message taken (RFC 3261 asks for 65,535 octets at least). */
const MAX_MESSAGE_OCTETS = 65_535
/** A socket that has not read this much is as good as dead. */
const MAX_BUFFERED_OCTETS = 1_048_576
const PING_MS = 15_000
const FAREWELL_MS = 500

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)

/** Listens for SIP over WebSocket (RFC 7118) on a loopback address; port 0 takes any free one. Throws when the address is not loopback. */
export async function listen(options: TransportOptions): Promise<SipTransport> {
  const { host, maxConnections, onMessage, onClose, log } = options
  if (!isLoopback(host)) throw new Error(`the practice PBX listens on loopback only, not on ${host}`)
  const alive = new WeakSet<WebSocket>()
  let ids = 0
  const server = new WebSocketServer({
    host,
    port: options.port,
    maxPayload: MAX_MESSAGE_OCTETS,
    perMessageDeflate: false,
    handleProtocols: () => 'sip',
    verifyClient: ({ req }, done) => {
      const offered = (req.headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim())
      if (!offered.includes('sip')) done(false, 400, 'The subprotocol sip is required')
      else if (server.clients.size >= maxConnections) done(false, 503, 'Too many connections')
      else done(true)
    }
  })
  server.on('connection', (socket, request) => {
    const connection = connect(socket, ++ids, request.socket.remoteAddress ?? host)
    alive.add(socket)
    socket.on('pong', () => alive.add(socket))
    socket.on('message', (data) => onMessage(connection, toBytes(data)))
    socket.on('error', (error) => log(`socket ${connection.id}: ${error.message}`))
    socket.on('close', () => onClose(connection))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  server.on('error', (error) => log(`listener: ${error.message}`))
  // A half-open socket looks open for ever: one that did not answer the last ping is cut.
  const pings = setInterval(() => {
    for (const socket of server.clients) {
      if (alive.delete(socket)) socket.ping()
      else socket.terminate()
    }
  }, PING_MS)
  pings.unref()

  return {
    port: (server.address() as AddressInfo).port, // a listening TCP server has an AddressInfo
    host,
    async close() {
      clearInterval(pings)
      // A close lets what was written last, a BYE perhaps, arrive; who does not answer it is cut.
      for (const socket of server.clients) socket.close(1001)
      const cut = setTimeout(() => {
        for (const socket of server.clients) socket.terminate()
      }, FAREWELL_MS)
      await new Promise<void>((resolve) => server.close(() => resolve()))
      clearTimeout(cut)
    }
  }
}

function connect(socket: WebSocket, id: number, address: string): SipConnection {
  return {
    id,
    address,
    get open() {
      return socket.readyState === socket.OPEN
    },
    send(text) {
      if (socket.readyState !== socket.OPEN) return false
      if (socket.bufferedAmount > MAX_BUFFERED_OCTETS) {
        socket.terminate()
        return false
      }
      socket.send(text)
      return true
    }
  }
}

function toBytes(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
