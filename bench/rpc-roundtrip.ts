import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import WebSocket, { WebSocketServer } from 'ws'
import type { Contract } from '../src-shared/contract/contract.ts'
import { percentile } from './corpus.ts'
import type { BenchRow } from './row.ts'
import { ROOT, startWebHost } from './web-host.ts'

/** One query over the API's WebSocket, answered by a desk's store, beside a bare echo over a bare WebSocket. */

const CALLS = 3_000

async function timed(calls: number, call: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  for (let i = 0; i < calls; i++) {
    const start = performance.now()
    await call()
    took.push(performance.now() - start)
  }
  return took
}

async function echoed(): Promise<number[]> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (socket) => socket.on('message', (data) => socket.send(data)))
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number } // listening on TCP
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  await new Promise((resolve) => socket.once('open', resolve))
  const once = () =>
    new Promise((resolve) => {
      socket.once('message', resolve)
      socket.send('{"i":"1","p":{"u":"/inbox/counts"}}')
    })
  await timed(300, once)
  const took = await timed(CALLS, once)
  socket.terminate()
  await new Promise((resolve) => server.close(resolve))
  return took
}

export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sidetone-bench-'))
  const host = await startWebHost(ROOT, folder)
  try {
    const token = new URL(host.url).hash.replace('#token=', '')
    const session = await fetch(`${host.origin}/session`, {
      method: 'POST',
      headers: { origin: host.origin, 'content-type': 'application/json' },
      body: JSON.stringify({ token })
    })
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? ''
    const open = async (query: string) => {
      const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/rpc${query}`, { headers: { cookie, origin: host.origin } })
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
      // `ws` has the members of the DOM's socket that the link uses.
      const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
      return { socket, client }
    }
    const door = await open('')
    const { seat } = await door.client.session.signIn({ personId: 'agent-tom' })
    door.socket.terminate()
    const { socket, client } = await open(`?seat=${encodeURIComponent(seat)}`)
    await timed(300, () => client.inbox.counts())
    const ours = await timed(CALLS, () => client.inbox.counts())
    socket.terminate()
    const bare = await echoed()
    const value = percentile(ours, 0.5)
    const baseline = percentile(bare, 0.5)
    return [{ name: 'rpc-roundtrip', value, unit: 'ms', baseline, ratio: value / baseline, goal: 'value <= 2', ok: value <= 2 }]
  } finally {
    await host.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
