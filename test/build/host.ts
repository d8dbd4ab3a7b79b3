import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import WebSocket from 'ws'
import type { Context } from '../../src-main/desk/api/context.ts'
import type { Desk } from '../../src-main/desk/desk.ts'
import { type Host, startHost } from '../../src-main/host/host.ts'
import { createSeats, type Seats } from '../../src-main/workplace/seats.ts'
import type { Contract } from '../../src-shared/contract/contract.ts'
import type { PersonView } from '../../src-shared/contract/session.ts'
import { RefusalError } from '../../src-shared/errors.ts'
import { type Bench, buildDesk, noLobby, person } from './desk.ts'

export interface Answer {
  status: number
  headers: NodeJS.Dict<string | string[]>
  body: string
}

/** A host on a port of its own with two desks behind it: an agent's and a wallboard screen's. */
export interface HostBench {
  host: Host
  seats: Seats
  root: string
  now: { ms: number }
  attended: { personId: string | undefined; present: boolean }[]
  logged: { event: string; detail: Record<string, unknown> }[]
  origin: string
  desks: Record<'agent' | 'screen', Bench>
  /** The next seat's desk cannot be opened. */
  failNextSeat(): void
  /** A request as it is written, so that no client tidies its path or headers up. */
  ask(path: string, options?: { method?: string; headers?: Record<string, string>; body?: string | Buffer }): Promise<Answer>
  /** Sends bytes over a plain connection and resolves with what comes back until it closes. */
  raw(bytes: string): Promise<string>
  /** Goes through the front door and returns the cookie. */
  enter(): Promise<string>
  /** Opens the socket; rejects with `HTTP <status>` when refused. */
  socket(options?: { cookie?: string; origin?: string; host?: string; seat?: string; path?: string }): Promise<WebSocket>
  seat(who: 'agent' | 'screen', ttlMs?: number): string
  close(): Promise<void>
}

export const clientOver = (socket: WebSocket): ContractRouterClient<Contract> =>
  // ws speaks the part of the DOM's WebSocket that the link uses; its types differ in what it does not use
  createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))

export async function buildHost(): Promise<HostBench> {
  const base = mkdtempSync(join(tmpdir(), 'host-'))
  const root = join(base, 'page')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Sidetone</title>')
  writeFileSync(join(root, 'assets/app-1a2b.js'), 'export {}')
  writeFileSync(join(base, 'secret.txt'), 'not for the page')
  const now = { ms: 1_700_000_000_000 }
  const seats = createSeats(Buffer.alloc(32, 3), () => now.ms)
  const desks = {
    agent: buildDesk({ person: person('agent', 'agent-lin') }),
    screen: buildDesk({ person: person('screen', 'screen-1') })
  }
  const attended: HostBench['attended'] = []
  const logged: HostBench['logged'] = []
  let failing = false
  const lobby: Context['lobby'] = {
    ...noLobby,
    people: () => Object.values(desks).map((one) => one.desk.person),
    signIn(personId) {
      const found = Object.values(desks).find((one) => one.desk.person.personId === personId)
      if (!found) throw new RefusalError('not_found', `nobody is called ${personId}`, 'personId')
      return { deskId: personId, person: found.desk.person, seat: seats.issue({ kind: 'seat', deskId: personId, personId }, 60_000) }
    }
  }
  const context = (seat: string | undefined): Context | undefined => {
    if (seat === undefined) return { lobby }
    if (failing) {
      failing = false
      throw new Error('the disk is full')
    }
    const claim = seats.read('seat', seat)
    const found = Object.values(desks).find((one) => one.desk.person.personId === claim?.personId)
    if (!found) return undefined
    const { desk }: { desk: Desk } = found
    const who: PersonView = desk.person
    return { lobby, seat: { desk, person: who } }
  }
  const host = await startHost({
    root,
    port: 0,
    issueCookie: () => seats.issue({ kind: 'browser' }, 60_000),
    readCookie: (cookie) => seats.read('browser', cookie) !== undefined,
    context,
    attended: (one, present) => attended.push({ personId: one.seat?.person.personId, present }),
    phoneServers: () => ['ws://127.0.0.1:5999'],
    log: (event, detail) => logged.push({ event, detail })
  })
  const origin = `http://127.0.0.1:${host.port}`
  const open: WebSocket[] = []

  const bench: HostBench = {
    host,
    seats,
    root,
    now,
    attended,
    logged,
    origin,
    desks,
    failNextSeat: () => {
      failing = true
    },
    ask: (path, { method = 'GET', headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const sent = request(
          { host: '127.0.0.1', port: host.port, path, method, headers: { host: `127.0.0.1:${host.port}`, ...headers } },
          (response) => {
            let text = ''
            response.setEncoding('utf8').on('data', (chunk: string) => {
              text += chunk
            })
            response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
          }
        )
        sent.on('error', reject)
        sent.end(body)
      }),
    raw: (bytes) =>
      new Promise((resolve, reject) => {
        let text = ''
        const socket = connect(host.port, '127.0.0.1', () => socket.write(bytes))
        socket.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        socket.on('close', () => resolve(text))
        socket.on('error', reject)
      }),
    async enter() {
      const token = new URL(host.address()).hash.replace('#token=', '')
      const { headers, status } = await bench.ask('/session', {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: JSON.stringify({ token })
      })
      if (status !== 204) throw new Error(`the front door answered ${status}`)
      return String(headers['set-cookie']?.[0]).split(';')[0] ?? ''
    },
    socket: ({ cookie, origin: from = origin, host: named, seat, path = '/rpc' } = {}) =>
      new Promise((resolve, reject) => {
        const query = seat === undefined ? '' : `?seat=${encodeURIComponent(seat)}`
        const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}${query}`, {
          headers: { ...(cookie ? { cookie } : {}), ...(named ? { host: named } : {}), origin: from }
        })
        open.push(socket)
        socket.on('unexpected-response', (_request, response) => reject(new Error(`HTTP ${response.statusCode}`)))
        socket.on('error', reject)
        socket.on('open', () => resolve(socket))
      }),
    seat: (who, ttlMs = 60_000) => {
      const { personId } = desks[who].desk.person
      return seats.issue({ kind: 'seat', deskId: personId, personId }, ttlMs)
    },
    async close() {
      for (const one of open) one.terminate()
      await host.close()
      for (const one of Object.values(desks)) one.close()
      rmSync(base, { recursive: true, force: true })
    }
  }
  return bench
}
