import type { Decision, Effect, Input, LineState, TimerName } from './state.ts'

export const NEW_LINE: LineState = { wantsOnline: false, registration: 'off', since: 0, attempt: 0, server: 0 }

/**
 * A REGISTER without an answer after this long is given up: SIP.js would wait 32 s and refuse to send another. Every round through the
 * servers waits longer, since a registrar that a whole floor has come back to answers late, and giving up would add to its work.
 */
const STUCK_MS = 6_000
const LONGEST_STUCK_MS = 24_000
/** How often the socket is asked whether it is still there, and how long the answer may take. */
const PING_MS = 12_000
const PONG_MS = 4_000
/** The network said that it changed: an answer that is not there by then does not come through the old one. */
const HURRIED_PONG_MS = 1_500
const FIRST_RETRY_MS = 400
const LONGEST_RETRY_MS = 15_000
/** How often a phone that had to go to another server looks whether the first one is back. */
const RETURN_MS = 300_000

type LineTimer = Extract<TimerName, 'retry' | 'stuck' | 'ping' | 'ping-lost' | 'return'>
const off = (...names: LineTimer[]): Effect[] => names.map((name) => ({ type: 'timer-off', name }))
const start = (name: LineTimer, ms: number, jitterMs = 0): Effect => ({ type: 'timer', name, ms, jitterMs })

const rounds = (attempt: number, servers: number) => Math.floor(attempt / Math.max(1, servers))

/**
 * Doubles from 0.4 s to 15 s with every round through the servers; what is waited lies evenly between half of that and half again (RFC 5626
 * 4.5 asks for a spread of one to two), so that a floor of phones does not come back in one instant.
 */
function retryAfter(attempt: number, servers: number): Effect {
  const ms = Math.min(FIRST_RETRY_MS * 2 ** Math.min(rounds(attempt, servers), 10), LONGEST_RETRY_MS)
  return start('retry', ms / 2, ms)
}

const stuckAfter = (attempt: number, servers: number): Effect =>
  start('stuck', Math.min(STUCK_MS * (1 + rounds(attempt, servers)), LONGEST_STUCK_MS))

/** `servers`: how many addresses there are; `busy`: a call is up, so nothing that works is given up. */
export interface LineContext {
  now: number
  servers: number
  busy: boolean
}

/** The line's part of the phone: which registration is wanted, which there is, and what closes the gap. Pure. */
export function decideLine(line: LineState, input: Input, { now, servers, busy }: LineContext): Decision<LineState> {
  const to = (registration: LineState['registration'], change: Partial<LineState> = {}): LineState => ({
    ...line,
    registration,
    since: registration === line.registration ? line.since : now,
    ...change
  })
  const connect = (server = line.server): Effect => ({ type: 'connect', server })
  /** `next`: this server is at fault, not what we asked of it. */
  const fail = (reason: string, registration: 'waiting' | 'refused', next: boolean, effects: Effect[] = []): Decision<LineState> => ({
    state: to(registration, { reason, attempt: line.attempt + 1, server: next ? (line.server + 1) % Math.max(1, servers) : line.server }),
    effects: [...off('stuck', 'ping', 'ping-lost', 'return'), ...effects, retryAfter(line.attempt, servers)]
  })
  const stay: Decision<LineState> = { state: line, effects: [] }

  switch (input.type) {
    case 'go-online':
      if (line.wantsOnline && line.registration !== 'off') return stay
      return { state: to('connecting', { wantsOnline: true, attempt: 0, server: 0, reason: undefined }), effects: [connect(0)] }
    case 'go-offline':
      return {
        state: to('off', { wantsOnline: false, attempt: 0, reason: undefined }),
        effects: [
          ...off('retry', 'stuck', 'ping', 'ping-lost', 'return'),
          ...(line.registration === 'registered' ? [{ type: 'unregister' } as const] : []),
          { type: 'disconnect' }
        ]
      }
    case 'hurry':
      if (line.registration === 'registered') return { state: line, effects: [{ type: 'ping' }, start('ping-lost', HURRIED_PONG_MS)] }
      if (line.registration !== 'waiting' && line.registration !== 'refused') return stay
      return { state: to('connecting'), effects: [...off('retry'), connect()] }
    case 'connected':
      if (!line.wantsOnline) return { state: line, effects: [{ type: 'disconnect' }] }
      return { state: to('registering'), effects: [...off('retry'), { type: 'register' }, stuckAfter(line.attempt, servers)] }
    case 'disconnected':
      // A connection that was good is tried again first: most often it is the network that went, not the server.
      return line.wantsOnline && line.registration !== 'waiting' ? fail(input.reason, 'waiting', line.registration !== 'registered') : stay
    case 'registered':
      if (!line.wantsOnline) return stay
      return {
        state: to('registered', { attempt: 0, reason: undefined }),
        effects: [
          ...off('stuck', 'retry'),
          start('ping', PING_MS),
          ...(line.server > 0 ? [start('return', RETURN_MS, RETURN_MS / 10)] : [])
        ]
      }
    case 'unregistered': {
      if (!line.wantsOnline || (line.registration !== 'registering' && line.registration !== 'registered')) return stay
      const { status, reason } = input
      const next = status === 503 || status === 408
      // Another server needs another connection.
      const leave: Effect[] = next && servers > 1 ? [{ type: 'disconnect' }] : []
      return fail(status ? `${status} ${reason}` : reason, next && servers > 1 ? 'waiting' : 'refused', next, leave)
    }
    case 'pong':
      if (line.registration !== 'registered') return stay
      return { state: line, effects: [...off('ping-lost'), start('ping', PING_MS)] }
    case 'server-back':
      if (line.registration !== 'registered' || line.server === 0 || busy) return stay
      return {
        state: to('connecting', { server: 0 }),
        effects: [...off('ping', 'ping-lost', 'return'), { type: 'unregister' }, { type: 'disconnect' }, connect(0)]
      }
    case 'timer':
      return timer(input.name)
    default:
      return stay
  }

  function timer(name: string): Decision<LineState> {
    if (!line.wantsOnline) return stay
    if (name === 'retry') return { state: to('connecting'), effects: [connect()] }
    // A new Registerer is made by every `register`; the old one's late answer is not listened to any more.
    if (name === 'stuck' && line.registration === 'registering')
      return fail('REGISTER was not answered', 'waiting', true, [{ type: 'disconnect' }])
    if (name === 'ping' && line.registration === 'registered')
      return { state: line, effects: [{ type: 'ping' }, start('ping-lost', PONG_MS)] }
    if (name === 'ping-lost' && line.registration === 'registered')
      return fail('the connection does not answer', 'waiting', false, [{ type: 'disconnect' }])
    if (name === 'return' && line.registration === 'registered')
      return {
        state: line,
        effects: [...(busy ? [] : [{ type: 'probe', server: 0 } as const]), start('return', RETURN_MS, RETURN_MS / 10)]
      }
    return stay
  }
}
