import type { Recordings } from '../recordings/recordings.ts'
import { createClock } from './clock.ts'
import { newToken } from './dialog.ts'
import { createDialplan, type Dialplan } from './dialplan.ts'
import { createDigestAuthority } from './digest.ts'
import { createExchange, type Exchange } from './exchange.ts'
import { createFrontDoor, type PbxCounts } from './front-door.ts'
import { createLegs, type Legs } from './legs.ts'
import { createMusic } from './music.ts'
import type { Pbx, PbxEvent } from './port.ts'
import { createRecorder } from './recorder.ts'
import { createRegistrar } from './registrar.ts'
import type { Reoffer } from './reoffer.ts'
import type { SessionOptions } from './session.ts'
import { createTimers, type Timers } from './timers.ts'
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
  /** Everything but the media waits by these. */
  timers?: Timers
  /** What becomes of numbers that agents dial. */
  dialplan?: Dialplan
  maxConnections?: number
  /** Dialogs at once. */
  maxCalls?: number
  /** Where customers' calls are recorded; without it nothing is. */
  recordings?: Recordings | undefined
  /** How long a call whose audio is gone may wait for it. */
  mediaLostMs?: number
  /** How long a call may be parked before its parker is rung. */
  ringBackMs?: number
  /** Session timers (RFC 4028); without it none is asked for, and phones get what they ask for. */
  session?: Partial<SessionOptions>
  /** INVITEs carry no offer. */
  lateOffer?: boolean
}

export interface PracticePbx extends Pbx {
  /** What has come in since the start; `crashed` counts faults of our own, which cost one message each. */
  counts(): PbxCounts
  /** Renegotiates a call from the customer's end, such as its hold (`sendonly`, `inactive`); the final status, 481 when it is not up. */
  reoffer(callId: string, wish: Reoffer): Promise<number>
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
  const timers = options.timers ?? createTimers()
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
  const session = { minSeconds: 90, ...options.session }
  const hostPort = `${host.includes(':') ? `[${host}]` : host}:${transport.port}`
  let plan = options.dialplan ?? createDialplan((user) => secrets.has(user))
  const legs: Legs = createLegs({
    domain,
    reach: (user) => registrar.reach(user),
    context: {
      hostPort,
      mediaAddress: host === 'localhost' ? '127.0.0.1' : host,
      mediaLostMs: options.mediaLostMs ?? 30_000,
      lateOffer: options.lateOffer ?? false,
      session,
      timers,
      transactions,
      connectionOf(user, device) {
        const places = registrar.reach(user)
        return (places.find((place) => place.device === device) ?? places.at(-1))?.connection
      },
      whenReachable(user, action) {
        const actions = owed.get(user) ?? new Set()
        owed.set(user, actions.add(action))
        return () => void actions.delete(action)
      },
      closed: (leg, mediaClosed) => legs.forget(leg, mediaClosed),
      log
    }
  })
  const exchange: Exchange = createExchange({
    domain,
    hostPort,
    maxCalls: options.maxCalls ?? 200,
    ringBackMs: options.ringBackMs ?? 180_000,
    legs,
    timers,
    dialplan: (number, user) => plan(number, user),
    clock,
    recorder,
    music: createMusic(),
    emit,
    log
  })
  const door = createFrontDoor({
    domain,
    host,
    port: transport.port,
    hostPort,
    minSessionSeconds: session.minSeconds,
    authority,
    registrar,
    transactions,
    legs,
    exchange,
    log
  })
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
    isRegistered: (user) => registrar.reach(user).length > 0,
    ring: (ring) => exchange.ring(ring),
    hangUp: (callId, by) => exchange.call(callId)?.end(by),
    async play(callId, ulaw) {
      const call = exchange.call(callId)
      if (call?.up || call?.parked) await call.player.play(ulaw)
    },
    async reoffer(callId, wish) {
      return (await exchange.call(callId)?.leg?.reoffer(wish)) ?? 481
    },
    dialTo(dialplan) {
      plan = dialplan
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
      await legs.settled()
    }
  }
}
