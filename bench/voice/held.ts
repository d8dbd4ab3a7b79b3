import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { MeasuredPhone } from './phones.ts'

/** What a phone's page and its host hold at one moment, both after a forced collection of garbage. Memory in MB. */
export interface Held {
  /** Objects of the page's scripts and their compiled code. */
  pageHeap: number
  /** Resident memory of the page's process: also what scripts do not see, such as audio nodes and peer connections. */
  pageResident: number
  /** Nodes of all audio graphs that are not closed; one that a running context keeps for ever is counted for ever. */
  audioNodes: number
  /** Elements of the page, shown or kept. */
  domNodes: number
  /** Peer connections and WebSockets that are not closed. */
  connections: number
  sockets: number
  /** Objects of the host's scripts, and the buffers outside their heap. */
  hostHeap: number
  hostResident: number
  /** Open files and sockets of the host. */
  hostHandles: number
}

const MB = 1024 * 1024
const resident = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

async function pageHolds(page: Page): Promise<Omit<Held, `host${string}`>> {
  const session = await page.context().newCDPSession(page)
  const whole = await page.context().browser()?.newBrowserCDPSession()
  try {
    await session.send('HeapProfiler.enable')
    await session.send('HeapProfiler.collectGarbage')
    await session.send('Performance.enable')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    const { metrics } = await session.send('Performance.getMetrics')
    const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN
    const processes = (await whole?.send('SystemInfo.getProcessInfo'))?.processInfo ?? []
    // The page's process is the renderer that holds most: the spare one that Chromium keeps ready is small.
    const renderers = processes.filter(({ type }) => type === 'renderer').map(({ id }) => resident(id))
    return {
      pageHeap: usedSize / MB,
      pageResident: Math.max(0, ...renderers),
      audioNodes: metric('AudioHandlers'),
      domNodes: metric('Nodes'),
      ...(await page.evaluate(() => window.voiceProbe.open()))
    }
  } finally {
    await session.detach()
    await whole?.detach()
  }
}

/** Asks a process of Node over its inspector. @throws Error when the inspector refuses or goes away. */
async function inspect<T>(url: string, expression: string): Promise<T> {
  const socket = new WebSocket(url)
  try {
    await new Promise((done, fail) => {
      socket.addEventListener('open', done, { once: true })
      socket.addEventListener('error', () => fail(new Error(`no inspector answers at ${url}`)), { once: true })
    })
    const send = (id: number, method: string, params: object = {}) =>
      new Promise<unknown>((done, fail) => {
        socket.addEventListener('close', () => fail(new Error('the inspector went away')), { once: true })
        socket.addEventListener('message', ({ data }) => {
          // The inspector's own JSON; what is not an answer to this request is passed over.
          const answer = JSON.parse(String(data)) as { id?: number; result?: unknown }
          if (answer.id === id) done(answer.result)
        })
        socket.send(JSON.stringify({ id, method, params }))
      })
    await send(1, 'HeapProfiler.enable')
    // The second one takes what the first one's finalizers let go.
    await send(2, 'HeapProfiler.collectGarbage')
    await send(3, 'HeapProfiler.collectGarbage')
    // What `Runtime.evaluate` answers with, where the value is asked for.
    const { result } = (await send(4, 'Runtime.evaluate', { expression, returnByValue: true })) as { result: { value: T } }
    return result.value
  } finally {
    socket.close()
  }
}

/** What a phone holds now. @throws Error for a phone without a host of its own. */
export async function heldBy({ page, host }: MeasuredPhone): Promise<Held> {
  if (!host?.inspector) throw new Error('the host was started without its inspector')
  const memory = await inspect<NodeJS.MemoryUsage>(host.inspector, 'process.memoryUsage()')
  return {
    ...(await pageHolds(page)),
    hostHeap: (memory.heapUsed + memory.external) / MB,
    hostResident: resident(host.pid),
    hostHandles: readdirSync(`/proc/${host.pid}/fd`).length
  }
}

/** What of a heap snapshot is no object of the scripts: V8's compiled code, which grows until all that is hot has been optimised, and Blink's. */
const NO_OBJECTS: ReadonlySet<string> = new Set(['code', 'native', 'synthetic'])

/** Chromium's heap snapshot, as far as it is read here. */
interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } }
  nodes: number[]
}

/** The objects that a page's scripts hold, MB, without compiled code. Writes the whole snapshot to `file` where one is named. */
export async function objectsOf(page: Page, file?: string): Promise<number> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  if (file) writeFileSync(file, chunks.join(''))
  // Chromium's own format.
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as Snapshot
  const { node_fields: fields, node_types: types } = snapshot.meta
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')]
  let bytes = 0
  for (let at = 0; at < nodes.length; at += fields.length)
    if (!NO_OBJECTS.has(types[0][nodes[at + type] ?? 0] ?? '')) bytes += nodes[at + size] ?? 0
  return bytes / MB
}

/** How a figure changes with every hundred calls: the slope of the straight line through what was seen (least squares). */
export function perHundredCalls(seen: readonly { calls: number; value: number }[]): number {
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
  const [x, y] = [mean(seen.map(({ calls }) => calls)), mean(seen.map(({ value }) => value))]
  const spread = seen.reduce((sum, { calls }) => sum + (calls - x) ** 2, 0)
  return spread === 0 ? 0 : (seen.reduce((sum, { calls, value }) => sum + (calls - x) * (value - y), 0) / spread) * 100
}
