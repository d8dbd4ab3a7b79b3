import { createPhone, type Phone } from '../../src-renderer/softphone/engine/driver.ts'
import type { Microphone } from '../../src-renderer/softphone/media/microphone.ts'
import { openSipLine } from '../../src-renderer/softphone/sip/sip.ts'
import { REALM, secretOf } from '../../test/sip/lab/kamailio.ts'
import { type Lab, openLab } from '../../test/sip/lab/lab.ts'
import { until } from '../../test/sip/lab/until.ts'
import type { BenchRow } from '../row.ts'

/** As many as kamailio.cfg has users for. */
const DESKS = Number(process.env['BENCH_STORM_DESKS'] ?? 500)
const WINDOW_MS = 100
/** How long the server is down: longer than a retry, shorter than the longest. */
const DOWN_MS = 3_000
/** The longest that one phone may wait for its next try: 15 s and half of it again. */
const LONGEST_WAIT_MS = 22_500
const noMicrophone: Microphone = {
  take: () => Promise.reject(new Error('nobody speaks here')),
  choose: () => undefined,
  close: () => undefined
} as unknown as Microphone // registering needs none; what else a microphone can do is not asked

/** What the phones put on the wire: epoch ms of every REGISTER, and of every connection that came about. */
interface Wire {
  registers: number[]
  connections: number[]
  unwatch(): void
}

function watchWire(): Wire {
  const Socket = globalThis.WebSocket
  const registers: number[] = []
  const connections: number[] = []
  globalThis.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('open', () => connections.push(Date.now()))
    }
    override send(data: Parameters<WebSocket['send']>[0]) {
      if (typeof data === 'string' && data.startsWith('REGISTER')) registers.push(Date.now())
      super.send(data)
    }
  }
  return {
    registers,
    connections,
    unwatch: () => {
      globalThis.WebSocket = Socket
    }
  }
}

/** The most of `times` within one window. */
function peakOf(times: readonly number[]): number {
  const windows = new Map<number, number>()
  for (const at of times) windows.set(Math.floor(at / WINDOW_MS), (windows.get(Math.floor(at / WINDOW_MS)) ?? 0) + 1)
  return Math.max(0, ...windows.values())
}

interface Storm {
  /** When each desk was back, ms after the server was, in order. */
  backMs: number[]
  /** When each desk got a connection, ms after the server was back. */
  connectedMs: number[]
  /** REGISTERs from the moment the server was back until the last desk was. */
  registers: number
}

/** All phones lose their registrar at one moment and come back. */
async function oneStorm(lab: Lab, wire: Wire, random: () => number): Promise<Storm> {
  const phones: Phone[] = []
  const backAt = new Map<Phone, number>()
  const open = (user: string): Phone => {
    const phone: Phone = createPhone({
      open: (emit) =>
        openSipLine(
          {
            servers: [`ws://127.0.0.1:${lab.proxy.wsPort}`],
            domain: REALM,
            user,
            secret: secretOf(user),
            iceServers: [],
            conversationHeader: 'User-to-User'
          },
          noMicrophone,
          emit
        ),
      onState(state) {
        if (state.line.registration !== 'registered') backAt.delete(phone)
        else if (!backAt.has(phone)) backAt.set(phone, Date.now())
      },
      sound: () => undefined,
      report: () => undefined,
      now: () => Date.now(),
      random,
      after(ms, run) {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      }
    })
    return phone
  }
  try {
    for (let i = 0; i < DESKS; i++) phones.push(open(`desk${i}`))
    for (const phone of phones) phone.send({ type: 'go-online' })
    await until(`${DESKS} desks are registered`, () => backAt.size === DESKS, { withinMs: 180_000, seen: () => backAt.size })
    await lab.proxy.kill()
    await until('all desks know it', () => backAt.size === 0, { withinMs: 60_000, seen: () => backAt.size })
    await new Promise((done) => setTimeout(done, DOWN_MS))
    wire.registers.length = 0
    wire.connections.length = 0
    const startedAt = Date.now()
    await lab.proxy.start()
    await until(`${DESKS} desks are back`, () => backAt.size === DESKS, { withinMs: 180_000, seen: () => backAt.size })
    const since = (times: Iterable<number>) => [...times].map((at) => at - startedAt).sort((a, b) => a - b)
    return { backMs: since(backAt.values()), connectedMs: since(wire.connections), registers: wire.registers.length }
  } finally {
    await Promise.all(phones.map((phone) => phone.close()))
  }
}

function tell(name: string, { backMs, connectedMs, registers }: Storm): void {
  const last = backMs.at(-1) ?? 0
  const perSecond = Array.from(
    { length: Math.floor(last / 1_000) + 1 },
    (_, s) => backMs.filter((at) => Math.floor(at / 1_000) === s).length
  )
  console.error(`  ${name}: ${backMs.length} of ${DESKS} back, the last after ${last} ms; in each second: ${perSecond.join(' ')}`)
  console.error(`  ${name}: ${registers} REGISTERs; at most ${peakOf(connectedMs)} connections in ${WINDOW_MS} ms`)
}

/**
 * Five hundred phones lose their registrar at one moment: how long until all are back, how evenly they come, and what it costs the server.
 * Beside it the same phones without chance in their waiting.
 * @throws Error when a desk stays lost
 */
export async function storm(): Promise<BenchRow[]> {
  const wire = watchWire()
  const { debug, warn } = console
  console.debug = console.warn = () => undefined // every phone says that its connection broke
  const lab = await openLab()
  try {
    const jittered = await oneStorm(lab, wire, Math.random)
    tell('with jitter', jittered)
    const together = await oneStorm(lab, wire, () => 0.5)
    tell('without', together)
    const row = (name: string, value: number, unit: string, baseline: number, most: number): BenchRow => ({
      name: `storm-${name}`,
      value,
      unit,
      baseline,
      ratio: value / baseline,
      goal: `ratio <= ${most}`,
      ok: value / baseline <= most
    })
    return [
      // Beside the longest that one phone may wait for its next try.
      row('last-back', jittered.backMs.at(-1) ?? Number.POSITIVE_INFINITY, 'ms', LONGEST_WAIT_MS, 1),
      // Beside the same phones when all of them wait equally long.
      row('peak', peakOf(jittered.connectedMs), `connections in ${WINDOW_MS} ms`, peakOf(together.connectedMs), 0.5),
      // Beside what digest asks of each desk: one that is challenged and one that answers. More is a floor that thrashes.
      row('registers', jittered.registers, 'REGISTERs', 2 * DESKS, 1.5)
    ]
  } finally {
    await lab.close()
    wire.unwatch()
    Object.assign(console, { debug, warn })
  }
}
