import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RPCHandler } from '@orpc/server/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Context } from '../desk/api/context.ts'
import { router } from '../desk/api/router.ts'
import { contentSecurityPolicy } from './policy.ts'
import { serveFile } from './static-files.ts'

/**
 * The web host: the same renderer over HTTP on the loopback interface, the API over one WebSocket a tab.
 *
 * Who may in: the one-time token of the printed address is exchanged (POST /session) for an HttpOnly SameSite=Strict cookie; the
 * WebSocket needs that cookie and our own Origin; what it may do is the seat's (`/rpc?seat=...`). The Host header must be ours,
 * which stops DNS rebinding.
 */
export interface HostOptions {
  /** Folder of the built renderer. */
  root: string
  port: number
  /** Issues and checks the browser cookie. */
  issueCookie(): string
  readCookie(cookie: string): boolean
  /** What a seat may use; `undefined` when it is not (or no longer) valid. No seat: may sign in only. */
  context(seat: string | undefined): Context | undefined
  /** A page with this context opened its connection, or lost it. */
  attended(context: Context, present: boolean): void
  /** Where the softphone's SIP socket is, once known: the page must be allowed to reach it. */
  phoneServers(): readonly string[]
  log(event: string, detail: Record<string, unknown>): void
}

export interface Host {
  port: number
  /** The address to open, good for one browser. Each call makes a new token. */
  address(): string
  close(): Promise<void>
}

const COOKIE_MAX_AGE_S = 12 * 3600
const MAX_TOKENS = 16
const MAX_BODY_BYTES = 4096
/** WebSocket close code of ours: the seat is not valid. */
const NO_SEAT = 4401

export async function startHost(options: HostOptions): Promise<Host> {
  const tokens = new Set<string>()
  const handler = new RPCHandler(router)
  const http = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      options.log('http', { error: String(error) })
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 })
  const port = () => (http.address() as AddressInfo).port // listening on a TCP port, so never a string
  const cookieName = () => `sidetone_${port()}` // cookies are shared by all ports of a host
  const ours = (request: IncomingMessage) => request.headers.host === `127.0.0.1:${port()}`
  const knows = (request: IncomingMessage) => {
    const all = (request.headers.cookie ?? '').split(';').map((one) => one.trim().split('='))
    const mine = all.find(([name]) => name === cookieName())?.[1]
    return mine !== undefined && options.readCookie(mine)
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('content-security-policy', contentSecurityPolicy([`ws://127.0.0.1:${port()}`, ...options.phoneServers()]))
    response.setHeader('referrer-policy', 'no-referrer')
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('cross-origin-opener-policy', 'same-origin')
    response.setHeader('cross-origin-resource-policy', 'same-origin')
    response.setHeader(
      'permissions-policy',
      'microphone=(self), speaker-selection=(self), fullscreen=(self), camera=(), geolocation=(), display-capture=()'
    )
    if (!ours(request)) return void response.writeHead(421).end()
    const url = addressOf(request)
    if (!url) return void response.writeHead(400).end()
    if (url.pathname === '/session') return session(request, response)
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end()
    await serveFile(options.root, url.pathname, response)
  }

  /** GET: 204 when this browser has a session, 403 when not. POST {token}: a session for the one-time token. */
  async function session(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') return void response.writeHead(knows(request) ? 204 : 403).end()
    if (request.method !== 'POST') return void response.writeHead(405, { allow: 'GET, POST' }).end()
    if (request.headers.origin !== `http://127.0.0.1:${port()}`) return void response.writeHead(403).end()
    const body = await bodyOf(request, MAX_BODY_BYTES)
    if (body === undefined) return void response.writeHead(413, { connection: 'close' }).end()
    const token = tokenOf(body)
    const known = token === undefined ? undefined : [...tokens].find((one) => same(one, token))
    if (known === undefined) return void response.writeHead(403).end()
    tokens.delete(known)
    response
      .writeHead(204, {
        'set-cookie': `${cookieName()}=${options.issueCookie()}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${COOKIE_MAX_AGE_S}`
      })
      .end()
  }

  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy()) // a client that vanished while shaking hands
    const url = addressOf(request)
    if (!url || !ours(request) || request.headers.origin !== `http://127.0.0.1:${port()}` || !knows(request) || url.pathname !== '/rpc') {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    let context: Context | undefined
    try {
      context = options.context(url.searchParams.get('seat') ?? undefined)
    } catch (error) {
      // A desk that cannot be opened (its disk is full, another program has it) costs this connection, not the host.
      options.log('seat', { error: String(error) })
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (ws: WebSocket) => {
      ws.on('error', (error) => options.log('socket', { error: error.message }))
      if (!context) return ws.close(NO_SEAT, 'seat not valid')
      const mine = context
      options.attended(mine, true)
      ws.once('close', () => options.attended(mine, false))
      handler.upgrade(ws, { context: mine })
    })
  })

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(options.port, '127.0.0.1', () => resolve())
  })
  return {
    port: port(),
    address() {
      if (tokens.size >= MAX_TOKENS) for (const oldest of [...tokens].slice(0, 1)) tokens.delete(oldest)
      const token = randomBytes(32).toString('base64url')
      tokens.add(token)
      return `http://127.0.0.1:${port()}/#token=${token}`
    },
    async close() {
      for (const ws of sockets.clients) ws.terminate()
      http.closeAllConnections()
      await new Promise<void>((resolve) => http.close(() => resolve()))
    }
  }
}

const same = (a: string, b: string) => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** The address asked for; `undefined` when it is no path on this host (a request line may say `//elsewhere`, `*` or worse). */
function addressOf(request: IncomingMessage): URL | undefined {
  const path = request.url ?? ''
  if (!path.startsWith('/') || path.startsWith('//')) return undefined
  return URL.parse(path, 'http://127.0.0.1') ?? undefined
}

/** The body as text; `undefined` when it is longer than `limit` bytes, of which no more is read then. */
async function bodyOf(request: IncomingMessage, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Leaving the loop must not destroy the socket: the answer has to go out on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer) // no encoding was set
    bytes += (chunk as Buffer).length
    if (bytes > limit) return undefined
  }
  return Buffer.concat(chunks).toString('utf8')
}

function tokenOf(body: string): string | undefined {
  try {
    const said = JSON.parse(body) as { token?: unknown } | null // checked on the next line
    return typeof said?.token === 'string' ? said.token : undefined
  } catch {
    return undefined // not JSON: no token
  }
}
