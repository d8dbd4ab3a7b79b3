import { canTalk, isLive } from '../call/call.ts'
import type { Call } from '../call/state.ts'
import type { HeadsetOrder, HeadsetPress } from './port.ts'

/** The phone as a headset can show it: one thing rings, one call is in the ear. */
export interface HeadsetView {
  ringing?: { callId: string; name: string } | undefined
  /** Calls whose line is open, the one in the ear first. */
  up: readonly { callId: string; dialled: boolean }[]
  muted: boolean
  held: boolean
}
const AT_REST: HeadsetView = { up: [], muted: false, held: false }

/** What the headset was last told, and when: the phone's and the headset's buttons are two, their state must be one. */
export interface HeadsetState {
  /** What the phone wants shown. */
  wanted: HeadsetView
  /** What the headset was told to show; after a press of its mute or hold nobody knows for sure until it is told again. */
  shown: Omit<HeadsetView, 'muted' | 'held'> & { muted: boolean | undefined; held: boolean | undefined }
  /** Everything that rang at the headset and is not over. */
  rung: readonly string[]
  /** When it was last told each value, epoch ms. */
  told: Readonly<Partial<Record<`${'mute' | 'hold'} ${boolean}`, number>>>
}
export const NEW_HEADSET: HeadsetState = { wanted: AT_REST, shown: AT_REST, rung: [], told: {} }

export type HeadsetInput =
  /** The phone is so now; also told again after it was asked for something, whether or not that changed anything. */
  | { type: 'phone'; view: HeadsetView }
  | { type: 'press'; press: HeadsetPress }
  /** A headset was connected (anew): it knows nothing. */
  | { type: 'connected' }

/** What is to be done: at the headset, or with the phone. */
export type HeadsetEffect =
  | { type: 'tell'; order: HeadsetOrder }
  | {
      type: 'ask'
      intent: { type: 'answer' | 'decline' | 'hang-up'; callId: string } | { type: 'mute' | 'hold'; callId: string; on: boolean }
    }

/**
 * Headsets that report what they were told do so within this time. A value that the headset reports and was told so recently is no press:
 * either it is that report, or it crossed the order on the way, and the order is the later one.
 */
const ECHO_MS = 600

/** The calls as a headset can show them. Pure. */
export function headsetView(calls: readonly Call[]): HeadsetView {
  const ringing = calls.find((call) => call.phase === 'ringing')
  const up = calls
    .filter((call) => isLive(call) && call.phase !== 'ending')
    .toSorted((one, other) => Number(canTalk(other)) - Number(canTalk(one)) || other.turnedToAt - one.turnedToAt)
  const front = up[0]
  return {
    ringing: ringing && { callId: ringing.callId, name: ringing.name || ringing.number },
    up: up.map(({ callId, direction }) => ({ callId, dialled: direction === 'out' })),
    muted: front?.muted ?? false,
    held: front?.wantsHold ?? false
  }
}

/** Keeps phone and headset in step, both ways. Pure. */
export function decideHeadset(state: HeadsetState, input: HeadsetInput, now: number): { state: HeadsetState; effects: HeadsetEffect[] } {
  switch (input.type) {
    case 'phone':
      return bring({ ...state, wanted: input.view }, now)
    case 'connected':
      return bring({ ...NEW_HEADSET, wanted: state.wanted }, now)
    case 'press':
      return press(state, input.press, now)
  }
}

/** Tells the headset what differs from what it shows. */
function bring(state: HeadsetState, now: number): { state: HeadsetState; effects: HeadsetEffect[] } {
  const { wanted, shown } = state
  const orders: HeadsetOrder[] = []
  const isUp = (view: Pick<HeadsetView, 'up'>, callId: string) => view.up.some((one) => one.callId === callId)
  // A call that waits while another is talked on must not ring in the ear.
  const ringing = wanted.up.length === 0 ? wanted.ringing : undefined

  for (const { callId } of shown.up) if (!isUp(wanted, callId)) orders.push({ type: 'on-hook', callId, last: wanted.up.length === 0 })
  // Who hangs up a headset frees its buttons: it starts anew with the next call.
  const fresh = wanted.up.length === 0 && shown.up.length > 0
  const muteShown = fresh ? false : shown.muted
  const holdShown = fresh ? false : shown.held
  if (shown.ringing && shown.ringing.callId !== ringing?.callId && !isUp(wanted, shown.ringing.callId))
    orders.push({ type: 'stop-ring', callId: shown.ringing.callId })
  for (const { callId, dialled } of wanted.up.toReversed())
    if (!isUp(shown, callId))
      orders.push({ type: 'off-hook', callId, how: dialled ? 'dialled' : state.rung.includes(callId) ? 'rung' : 'unrung' })
  if (ringing && ringing.callId !== shown.ringing?.callId) orders.push({ type: 'ring', ...ringing })

  const front = wanted.up[0]
  const told = { ...state.told }
  if (front && wanted.muted !== muteShown) {
    orders.push({ type: 'mute', on: wanted.muted })
    told[`mute ${wanted.muted}`] = now
  }
  if (front && wanted.held !== holdShown) {
    orders.push({ type: 'hold', callId: front.callId, on: wanted.held })
    told[`hold ${wanted.held}`] = now
  }
  const living = [...wanted.up.map((one) => one.callId), ...(wanted.ringing ? [wanted.ringing.callId] : [])]
  const rung = [...state.rung, ...(ringing ? [ringing.callId] : [])].filter(
    (callId, i, all) => living.includes(callId) && all.indexOf(callId) === i
  )
  return {
    state: {
      wanted,
      rung,
      told,
      shown: { ringing, up: wanted.up, muted: front ? wanted.muted : muteShown, held: front ? wanted.held : holdShown }
    },
    effects: orders.map((order) => ({ type: 'tell', order }))
  }
}

function press(state: HeadsetState, { type, ...rest }: HeadsetPress, now: number): { state: HeadsetState; effects: HeadsetEffect[] } {
  const { wanted } = state
  const front = wanted.up[0]
  const ask = (intent: Extract<HeadsetEffect, { type: 'ask' }>['intent']) => ({ state, effects: [{ type: 'ask' as const, intent }] })
  const nothing = { state, effects: [] }
  switch (type) {
    case 'answer':
      // On many headsets lifting while a call is up means nothing new.
      return wanted.ringing ? ask({ type: 'answer', callId: wanted.ringing.callId }) : nothing
    case 'reject':
      return wanted.ringing ? ask({ type: 'decline', callId: wanted.ringing.callId }) : nothing
    case 'hang-up':
      if (front) return ask({ type: 'hang-up', callId: front.callId })
      return wanted.ringing ? ask({ type: 'decline', callId: wanted.ringing.callId }) : nothing
    case 'mute':
    case 'hold': {
      const on = 'on' in rest && rest.on
      const is = type === 'mute' ? wanted.muted : wanted.held
      // Whatever the phone makes of it, the headset is told: an order may have crossed the press on its way.
      const unsure = { ...state, shown: { ...state.shown, ...(type === 'mute' ? { muted: undefined } : { held: undefined }) } }
      // The hold button takes the call that waits, as on any telephone: the one in the ear goes on hold for it.
      if (type === 'hold' && on && front && wanted.ringing)
        return { state: unsure, effects: [{ type: 'ask', intent: { type: 'answer', callId: wanted.ringing.callId } }] }
      // Without a call there is nothing to mute or hold: the lamp goes out, at the latest with the next call.
      if (!front) return { state: unsure, effects: type === 'mute' && on ? [{ type: 'tell', order: { type: 'mute', on: false } }] : [] }
      const toldAt = state.told[`${type} ${on}`]
      if (on === is || (toldAt !== undefined && now - toldAt < ECHO_MS)) return nothing
      return { state: unsure, effects: [{ type: 'ask', intent: { type, callId: front.callId, on } }] }
    }
  }
}
