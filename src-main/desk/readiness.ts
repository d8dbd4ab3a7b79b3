import type { ReadinessCause } from '../../src-shared/contract/phone.ts'
import type { Presence } from '../../src-shared/taxonomy.ts'

/**
 * Whether this person may be available: wanted is one thing, the phone another.
 *
 *   no wish --chooses available--> waits --phone proven ready--> available
 *      ^                             ^                              |
 *      |                             +---- lost for longer than 3 s-+
 *      +--- chooses something else, or the centre moved them (missed offer, gone) ---
 *
 * While they wait the centre is told `technical` with the cause; while they want no disturbance, or somebody is on their line of whom
 * the centre does not know, `busy`.
 */
export interface ReadinessState {
  /** Available is wanted. */
  wished: boolean
  /** What the centre was told for the wish last. */
  told?: Told | undefined
  ready: boolean
  cause: ReadinessCause
  /** When the phone last said anything, or this began. */
  heardAt: number
  /** Since when the phone has not been what the centre was told. */
  lostAt?: number | undefined
  doNotDisturb: boolean
  writtenOnly: boolean
  /** Somebody is on the line whom the centre does not keep them busy for: the other party of a conference that its customer has left. */
  engaged: boolean
}

export interface Told {
  presence: 'available' | 'technical' | 'busy'
  cause?: ReadinessCause | undefined
  writtenOnly: boolean
}

export type ReadinessInput =
  | { type: 'chosen'; presence: Presence }
  | { type: 'heard'; ready: boolean; cause?: ReadinessCause | undefined }
  | { type: 'settings'; doNotDisturb: boolean; writtenOnly: boolean }
  | { type: 'engaged'; on: boolean }
  /** As the centre shows this person, with no choice of theirs on its way. */
  | { type: 'shown'; presence: Presence; reason?: string | undefined }
  | { type: 'time' }

/** A loss that is over sooner is not told: a Wi-Fi that blinks must not throw people out of the queue. */
const LOSS_MS = 3_000
/** The centre hears that a customer hung up a moment before or after the phone does: within it nobody is left on the line. */
export const ENGAGED_MS = 1_000
/** A page that is loaded again needs so long until its phone can say how it is. */
const START_MS = 10_000
/** A phone that says nothing for so long is gone, and its page with it. */
export const SILENCE_MS = 40_000

export function startReadiness(
  of: { wished: boolean; told?: Told | undefined; doNotDisturb: boolean; writtenOnly: boolean },
  now: number
): ReadinessState {
  return { ...of, ready: false, cause: 'checking', heardAt: now, engaged: false }
}

/** What the centre should be told; `undefined` while nothing is wished. */
function targetOf({ wished, ready, cause, doNotDisturb, writtenOnly, engaged }: ReadinessState): Told | undefined {
  if (!wished) return undefined
  if (writtenOnly) return { presence: 'available', writtenOnly: true }
  // The phone says so too, and a moment later that it is over: that is no fault in between.
  if (doNotDisturb || (!ready && cause === 'do-not-disturb')) return { presence: 'busy', cause: 'do-not-disturb', writtenOnly: false }
  if (!ready) return { presence: 'technical', cause, writtenOnly: false }
  return { presence: engaged ? 'busy' : 'available', writtenOnly: false }
}

const same = (a: Told | undefined, b: Told | undefined): boolean =>
  a?.presence === b?.presence && a?.cause === b?.cause && a?.writtenOnly === b?.writtenOnly

/** Presences that the person did not choose and that end the wish: they must say again that they are there. */
const ENDS_WISH: readonly string[] = ['not-responding', 'offline', 'break', 'training', 'meeting']

/** Pure. `tell`: the centre is to hear this now; `wakeAt`: ask again then. */
export function decideReadiness(
  before: ReadinessState,
  input: ReadinessInput,
  now: number
): { state: ReadinessState; tell?: Told | undefined; wakeAt?: number | undefined } {
  const state = { ...before }
  let atOnce = false
  switch (input.type) {
    case 'chosen':
      state.wished = input.presence === 'available'
      state.told = undefined
      atOnce = true
      break
    case 'heard':
      state.heardAt = now
      state.ready = input.ready
      state.cause = input.ready ? 'checking' : (input.cause ?? 'probe-failed')
      break
    case 'settings':
      atOnce = state.doNotDisturb !== input.doNotDisturb || state.writtenOnly !== input.writtenOnly
      state.doNotDisturb = input.doNotDisturb
      state.writtenOnly = input.writtenOnly
      break
    case 'engaged':
      state.engaged = input.on
      break
    case 'shown':
      // While work keeps them it shows as what comes after: `then_not-responding:missed_offer`.
      if (ENDS_WISH.includes(input.presence) || ENDS_WISH.includes(/^then_([a-z-]+)/.exec(input.reason ?? '')?.[1] ?? '')) {
        state.wished = false
        state.told = undefined
      }
      break
    case 'time':
      break
    default:
      return input satisfies never
  }
  if (now - state.heardAt >= SILENCE_MS) {
    state.ready = false
    state.cause = 'no-phone-page'
  }
  return settle(state, now, atOnce)
}

function settle(state: ReadinessState, now: number, atOnce: boolean): ReturnType<typeof decideReadiness> {
  const silentAt = state.heardAt + SILENCE_MS
  const waking = (at?: number) => {
    const next = now < silentAt ? Math.min(at ?? silentAt, silentAt) : at
    return next === undefined ? {} : { wakeAt: next }
  }
  const target = targetOf(state)
  if (target === undefined || same(target, state.told)) {
    state.lostAt = undefined
    return { state, ...waking() }
  }
  const engaged = target.presence === 'busy' && target.cause === undefined
  const isLoss = (target.presence === 'technical' || engaged) && state.told !== undefined && !atOnce
  if (isLoss) {
    state.lostAt ??= now
    const tellAt = state.lostAt + (engaged ? ENGAGED_MS : state.cause === 'checking' ? START_MS : LOSS_MS)
    if (now < tellAt) return { state, ...waking(tellAt) }
  }
  state.lostAt = undefined
  state.told = target
  return { state, tell: target, ...waking() }
}
