import type { Recordings } from '../recordings/recordings.ts'
import { createClock } from './clock.ts'
import { newToken } from './dialog.ts'
import { createDialplan, type Dialplan } from './dialplan.ts'
import { createDigestAuthority } from './digest.ts'
import { createExchange, type Exchange } from './exchange.ts'
import { createFrontDoor, type PbxCounts } from './front-door.ts'
import type { Pbx, PbxEvent } from './port.ts'
import { createRecorder } from './recorder.ts'
import { createRegistrar } from './registrar.ts'
import { createTimers } from './timers.ts'
import { createTransactions } from './transactions.ts'
import { listen, type SipConnection } from './transport.ts'

export interface PbxOptions {
  /** 0 or absent: any free port. */
  port?: number
  /** A loopback address; 127.0.0.1 by default. */
  host?: string
  domain?: string
  /** Epoch ms, for what expires: registrations and nonces. */
  now?: () => number
  /** Makes a user's secret; random by default. */
  secrets?: (user: string) => string
  log?: (line: string) => void
  /** What becomes of numbers that agents dial. */
  dialplan?: Dialplan
  maxConnections?: number
  /** Dialogs at once. */
  maxCalls?: number
  /** Where customers' calls are recorded; without it nothing is. */
  recordings?: Recordings | undefined
  /** How long a call whose audio is gone may wait for it. */
  mediaLostMs?: number
}

export interface PracticePbx extends Pbx {
  /** What has come in since the start; `crashed` counts faults of our own, which cost one message each. */
  counts(): PbxCounts
}

/** Starts the practice PBX: SIP over WebSocket on loopback, WebRTC audio, one process with its owner. */
export async function createPbx(options: PbxOptions = {}): Promise<PracticePbx> {
  const host = options.host ?? '127.0.0.1'
  const domain = options.domain ?? 'practice.invalid'
  const now = options.now ?? Date.now
  const log = options.log ?? (() => undefined)
  const secretFor = options.secrets ?? (() => newToken())
  const secrets = new Map<string, string>()
  const listeners = new Set<(event: PbxEvent) => void>()
  const owed = new Map<string, Set<() => void>>()
  const timers = createTimers()
  const clock = createClock()
  const transactions = createTransactions(timers, () => newToken(8))
  let closed = false

  const emit = (event: PbxEvent): boolean => {
    if (closed) return false
    for (const listener of listeners) {
      try {
        listener(event)
      } catch (error) {
        log(`a listener failed on ${event.type}: ${String(error)}`)
      }
    }
    return listeners.size > 0
  }
  const recorder = createRecorder(options.recordings, now, emit, log)
  const registrar = createRegistrar({
    now,
    onReachable(user) {
      const actions = [...(owed.get(user) ?? [])]
      owed.delete(user)
      emit({ type: 'registered', user })
      for (const action of actions) action()
    },
    onUnreachable: (user) => void emit({ type: 'unregistered', user })
  })
  const authority = createDigestAuthority({ realm: domain, secretOf: (user) => secrets.get(user), now })
  let receive: (connection: SipConnection, frame: Uint8Array) => void = () => undefined
  const transport = await listen({
    host,
    port: options.port ?? 0,
    maxConnections: options.maxConnections ?? 64,
    onMessage: (connection, frame) => receive(connection, frame),
    onClose: () => {
      if (!closed) registrar.sweep()
    },
    log
  })
  const hostPort = `${host.includes(':') ? `[${host}]` : host}:${transport.port}`
  const exchange: Exchange = createExchange({
    domain,
    maxCalls: options.maxCalls ?? 200,
    dialplan: options.dialplan ?? createDialplan((user) => secrets.has(user)),
    reach: (user) => registrar.reach(user),
    clock,
    recorder,
    emit,
    legs: {
      hostPort,
      mediaAddress: host === 'localhost' ? '127.0.0.1' : host,
      mediaLostMs: options.mediaLostMs ?? 30_000,
      timers,
      transactions,
      connectionOf: (user) => registrar.reach(user)?.connection,
      whenReachable(user, action) {
        const actions = owed.get(user) ?? new Set()
        owed.set(user, actions.add(action))
        return () => void actions.delete(action)
      },
      closed: (leg, mediaClosed) => exchange.forget(leg, mediaClosed),
      log
    }
  })
  const door = createFrontDoor({ domain, host, port: transport.port, hostPort, authority, registrar, transactions, exchange, log })
  receive = door.receive
  const sweeps = setInterval(() => registrar.sweep(), 1_000)
  sweeps.unref()

  return {
    port: transport.port,
    recorder: recorder.port,
    account(user) {
      const secret = secrets.get(user) ?? secretFor(user)
      secrets.set(user, secret)
      return { server: `ws://${hostPort}`, domain, user, secret }
    },
    isRegistered: (user) => registrar.reach(user) !== undefined,
    ring: (ring) => exchange.ring(ring),
    hangUp: (callId, by) => exchange.call(callId)?.end(by),
    async play(callId, ulaw) {
      const call = exchange.call(callId)
      if (call?.up) await call.player.play(ulaw)
    },
    on(listener) {
      listeners.add(listener)
      return { close: () => void listeners.delete(listener) }
    },
    counts: () => door.counts(),
    async close() {
      if (closed) return
      closed = true
      clearInterval(sweeps)
      exchange.close()
      transactions.close()
      timers.close()
      clock.close()
      await transport.close()
      await exchange.settled()
    }
  }
}
