import type { Decision, Effect, Input, LineState } from './state.ts'

export const NEW_LINE: LineState = { wantsOnline: false, registration: 'off', since: 0, attempt: 0, server: 0 }

/** A REGISTER without an answer after this long is given up: SIP.js would wait 32 s and refuse to send another. */
const STUCK_MS = 6_000
/** How often the socket is asked whether it is still there, and how long the answer may take. */
const PING_MS = 12_000
const PONG_MS = 4_000
const FIRST_RETRY_MS = 400
const LONGEST_RETRY_MS = 15_000

const off = (...names: ('retry' | 'stuck' | 'ping' | 'ping-lost')[]): Effect[] => names.map((name) => ({ type: 'timer-off', name }))
const start = (name: 'stuck' | 'ping' | 'ping-lost', ms: number): Effect => ({ type: 'timer', name, ms, jitterMs: 0 })

/** Doubles from 0.4 s to 15 s; the driver adds up to half again, so that a floor of phones does not come back in one instant. */
function retryAfter(attempt: number): Effect {
  const ms = Math.min(FIRST_RETRY_MS * 2 ** attempt, LONGEST_RETRY_MS)
  return { type: 'timer', name: 'retry', ms, jitterMs: ms / 2 }
}

/** The line's part of the phone: which registration is wanted, which there is, and what closes the gap. Pure. */
export function decideLine(line: LineState, input: Input, now: number): Decision<LineState> {
  const to = (registration: LineState['registration'], change: Partial<LineState> = {}): LineState => ({
    ...line,
    registration,
    since: registration === line.registration ? line.since : now,
    ...change
  })
  const fail = (reason: string, registration: 'waiting' | 'refused', effects: Effect[] = []): Decision<LineState> => ({
    state: to(registration, { reason, attempt: line.attempt + 1 }),
    effects: [...off('stuck', 'ping', 'ping-lost'), ...effects, retryAfter(line.attempt)]
  })
  const stay: Decision<LineState> = { state: line, effects: [] }

  switch (input.type) {
    case 'go-online':
      if (line.wantsOnline && line.registration !== 'off') return stay
      return {
        state: to('connecting', { wantsOnline: true, attempt: 0, reason: undefined }),
        effects: [{ type: 'connect', server: line.server }]
      }
    case 'go-offline':
      return {
        state: to('off', { wantsOnline: false, attempt: 0, reason: undefined }),
        effects: [
          ...off('retry', 'stuck', 'ping', 'ping-lost'),
          ...(line.registration === 'registered' ? [{ type: 'unregister' } as const] : []),
          { type: 'disconnect' }
        ]
      }
    case 'hurry':
      if (line.registration === 'registered') return { state: line, effects: [{ type: 'ping' }, start('ping-lost', PONG_MS)] }
      if (line.registration !== 'waiting' && line.registration !== 'refused') return stay
      return { state: to('connecting'), effects: [...off('retry'), { type: 'connect', server: line.server }] }
    case 'connected':
      if (!line.wantsOnline) return { state: line, effects: [{ type: 'disconnect' }] }
      return { state: to('registering'), effects: [...off('retry'), { type: 'register' }, start('stuck', STUCK_MS)] }
    case 'disconnected':
      return line.wantsOnline && line.registration !== 'waiting' ? fail(input.reason, 'waiting') : stay
    case 'registered':
      if (!line.wantsOnline) return stay
      return { state: to('registered', { attempt: 0, reason: undefined }), effects: [...off('stuck', 'retry'), start('ping', PING_MS)] }
    case 'unregistered':
      if (!line.wantsOnline || (line.registration !== 'registering' && line.registration !== 'registered')) return stay
      return fail(input.status ? `${input.status} ${input.reason}` : input.reason, 'refused')
    case 'pong':
      if (line.registration !== 'registered') return stay
      return { state: line, effects: [...off('ping-lost'), start('ping', PING_MS)] }
    case 'timer':
      return timer(input.name)
    default:
      return stay
  }

  function timer(name: string): Decision<LineState> {
    if (!line.wantsOnline) return stay
    if (name === 'retry') return { state: to('connecting'), effects: [{ type: 'connect', server: line.server }] }
    // A new Registerer is made by every `register`; the old one's late answer is not listened to any more.
    if (name === 'stuck' && line.registration === 'registering')
      return fail('REGISTER was not answered', 'waiting', [{ type: 'disconnect' }])
    if (name === 'ping' && line.registration === 'registered')
      return { state: line, effects: [{ type: 'ping' }, start('ping-lost', PONG_MS)] }
    if (name === 'ping-lost' && line.registration === 'registered')
      return fail('the connection does not answer', 'waiting', [{ type: 'disconnect' }])
    return stay
  }
}
