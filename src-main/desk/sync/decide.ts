/**
 * The line to the centre: what is wanted and what is, compared.
 *
 *   closed --want--> opening --up--> up
 *     ^                 |  ^          |
 *     |               down |        down
 *   unwant              v  | timer    |
 *     |              waiting <--------+
 *   (from anywhere)
 */
export type LineState =
  | { name: 'closed' }
  /** Opened, not answered yet. */
  | { name: 'opening'; attempt: number }
  | { name: 'up' }
  /** Lost or refused; the next attempt is planned. */
  | { name: 'waiting'; attempt: number }

export interface SyncState {
  wanted: boolean
  actual: LineState
}

export type SyncInput =
  | { type: 'want'; wanted: boolean }
  | { type: 'up' }
  | { type: 'down' }
  /** The pause is over. */
  | { type: 'timer' }
  /** The log has a gap: read it again from the cursor. `again`: reading it again did not close the gap. */
  | { type: 'gap'; again: boolean }

export type SyncEffect = { type: 'open' } | { type: 'close' } | { type: 'wait'; ms: number } | { type: 'cancel-wait' }

export const CLOSED: SyncState = { wanted: false, actual: { name: 'closed' } }

const FIRST_MS = 250
const LONGEST_MS = 15_000

/** Doubling pauses, each shortened by up to half at random, so that desks do not come back all at once. */
export function backOffMs(attempt: number, random: () => number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16))
  return Math.round(full * (0.5 + 0.5 * random()))
}

/** Pure: the next state and what the driver has to do. An input that means nothing in a state changes nothing. */
export function decide(state: SyncState, input: SyncInput, random: () => number): { state: SyncState; effects: SyncEffect[] } {
  const { actual } = state
  const pause = (attempt: number): { state: SyncState; effects: SyncEffect[] } => ({
    state: { ...state, actual: { name: 'waiting', attempt } },
    effects: [{ type: 'wait', ms: backOffMs(attempt, random) }]
  })
  switch (input.type) {
    case 'want':
      if (input.wanted) {
        if (actual.name !== 'closed') return { state: { ...state, wanted: true }, effects: [] }
        return { state: { wanted: true, actual: { name: 'opening', attempt: 0 } }, effects: [{ type: 'open' }] }
      }
      return {
        state: CLOSED,
        effects: actual.name === 'closed' ? [] : actual.name === 'waiting' ? [{ type: 'cancel-wait' }] : [{ type: 'close' }]
      }
    case 'up':
      return actual.name === 'opening' ? { state: { ...state, actual: { name: 'up' } }, effects: [] } : { state, effects: [] }
    case 'down':
      if (actual.name === 'up') return pause(0)
      if (actual.name === 'opening') return pause(actual.attempt + 1)
      return { state, effects: [] }
    case 'timer':
      if (actual.name !== 'waiting') return { state, effects: [] }
      return { state: { ...state, actual: { name: 'opening', attempt: actual.attempt } }, effects: [{ type: 'open' }] }
    case 'gap': {
      if (actual.name !== 'up' && actual.name !== 'opening') return { state, effects: [] }
      if (!input.again)
        return { state: { ...state, actual: { name: 'opening', attempt: 0 } }, effects: [{ type: 'close' }, { type: 'open' }] }
      const paused = pause(actual.name === 'opening' ? actual.attempt + 1 : 1)
      return { state: paused.state, effects: [{ type: 'close' }, ...paused.effects] }
    }
    default: {
      const never: never = input
      throw new Error(`unknown input ${JSON.stringify(never)}`)
    }
  }
}
