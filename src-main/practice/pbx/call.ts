import type { Clock } from './clock.ts'
import { TICK_MS } from './clock.ts'
import type { Dialog } from './dialog.ts'
import type { Ringing } from './forking.ts'
import { DEAF, type Leg, type LegEvents } from './leg.ts'
import { createPlayer, type Player } from './player.ts'
import type { Dialled, OfCall, PbxEvent } from './port.ts'
import type { CallRecorder, Recorder } from './recorder.ts'
import type { ReferTarget } from './refer.ts'
import { silence } from './ulaw.ts'

/**
 * A call is the customer's side (or that of whoever an agent called). It outlives the legs it is on:
 *
 *   ringing --answered--> up <--> up on another leg (transferred, taken back)
 *                         up --park--> parked --retrieved, rung back--> up
 *   any --> released
 */
export interface Call {
  readonly callId: string
  readonly conversationId: string
  /** The number and name of the other side, for the next agent who is rung. */
  readonly from: string
  readonly name: string
  readonly dialled: Dialled | undefined
  /** Who was dialled, where somebody plays them: a person's id or a number. */
  readonly partyId: string | undefined
  /** What every event of this call says of it. */
  about(): OfCall
  readonly player: Player
  /** Absent: the other side is no customer, so it is not recorded. */
  readonly recorder: CallRecorder | undefined
  /** Whose call it is: who is on it, is rung for it, or parked it. */
  user: string
  /** Undefined while it rings and while it is parked. */
  leg: Leg | undefined
  ringing: Ringing | undefined
  /** The other agent's leg, when the call joins two. */
  far: Leg | undefined
  /** Where the agent's audio comes from: the player, the agent's own voice, or the far leg. */
  source: 'player' | 'echo' | 'far'
  readonly up: boolean
  /** A blind transfer is under way: the agent who asked may hang up already, and the customer stays. */
  transferring: boolean
  /** Where it waits without an agent, and the dialog that it was parked from. */
  parked: { slot: string; dialog: Dialog } | undefined
  /** Makes `leg` the agent's side of this call and follows it. */
  follow(leg: Leg): void
  /** The agent has answered: audio and reports begin. */
  begin(): void
  /** Makes the audio of `far` the agent's: what either says the other hears. */
  join(far: Leg): void
  /** Lets go of the agent's leg, which somebody else must end. */
  detach(): void
  end(by: 'customer' | 'agent' | 'centre' | 'network'): void
  /** Ends without an event of its own. */
  release(): void
}

export interface CallContext {
  clock: Clock
  recorder: Recorder
  music: { from(): () => Uint8Array }
  emit(event: PbxEvent): void
  onRefer(call: Call, leg: Leg, target: ReferTarget): void
  onReleased(call: Call): void
}

export interface CallParts {
  callId: string
  conversationId: string
  from: string
  name: string
  user: string
  /** The other side is a customer. */
  customer: boolean
  dialled?: Dialled | undefined
  partyId?: string | undefined
}

const HEARD_TICKS = 1_000 / TICK_MS
const NOTHING = silence()

export function createCall(context: CallContext, { customer, user, ...parts }: CallParts): Call {
  const { clock, emit } = context
  const music = context.music.from()
  let released = false
  let up = false
  let stopClock: () => void = () => undefined
  let ticks = 0

  const tick = (): void => {
    const { leg, far } = call
    // Who waits for an agent hears that somebody remembers them.
    if (far && (!leg || leg.held)) far.media.send(music(), far.held)
    if (!leg) {
      call.recorder?.tick(NOTHING)
      return
    }
    const paused = leg.held || !leg.media.connected
    const said = call.source === 'player' && !paused ? call.player.next() : NOTHING
    if (call.source === 'player') leg.media.send(said, paused)
    call.recorder?.tick(said)
    ticks++
    if (ticks % HEARD_TICKS === 0) emit({ type: 'heard', ...call.about(), ...leg.media.heard() })
  }
  const eventsOf = (leg: Leg): LegEvents => ({
    ...DEAF,
    answered: () => call.begin(),
    held(held) {
      call.far?.farHolds(held)
      emit({ type: held ? 'held' : 'resumed', ...call.about() })
    },
    digit: (digit) => emit({ type: 'digit', ...call.about(), digit }),
    audio(payload) {
      call.recorder?.heard(payload)
      if (call.source === 'echo') leg.media.send(payload, leg.held)
      else if (call.source === 'far' && call.far) call.far.media.send(payload, call.far.held)
    },
    record: (on) => call.recorder?.set(on) ?? false,
    refer: (target) => context.onRefer(call, leg, target),
    ended(by) {
      if (!(call.transferring && by === 'agent')) call.end(by)
    }
  })

  const call: Call = {
    ...parts,
    dialled: parts.dialled,
    partyId: parts.partyId,
    about: () => ({
      callId: parts.callId,
      conversationId: parts.conversationId,
      user: call.user,
      ...(parts.dialled ? { dialled: parts.dialled } : {})
    }),
    user,
    player: createPlayer(),
    recorder: customer ? context.recorder.ofCall(parts) : undefined,
    leg: undefined,
    ringing: undefined,
    far: undefined,
    source: 'player',
    get up() {
      return up
    },
    transferring: false,
    parked: undefined,
    follow(leg) {
      call.leg = leg
      call.user = leg.user
      call.ringing = undefined
      call.parked = undefined
      leg.events = eventsOf(leg)
      leg.farHolds(call.far?.held ?? false)
      call.far?.farHolds(leg.held)
    },
    begin() {
      if (released) return
      up = true
      stopClock()
      ticks = 0
      stopClock = clock.start(tick)
      emit({ type: 'answered', ...call.about() })
      call.recorder?.answered(call.user)
    },
    join(far) {
      call.far = far
      call.source = 'far'
      far.events = {
        ...DEAF,
        audio(payload) {
          const { leg } = call
          leg?.media.send(payload, leg.held)
        },
        held: (held) => call.leg?.farHolds(held),
        ended: () => call.end('customer')
      }
      far.farHolds(call.leg?.held ?? false)
      call.leg?.farHolds(far.held)
    },
    detach() {
      up = false
      if (call.leg) call.leg.events = DEAF
      call.leg = undefined
    },
    end(by) {
      if (released) return
      call.release()
      emit({ type: 'ended', ...call.about(), by })
    },
    release() {
      if (released) return
      released = true
      up = false
      stopClock()
      call.recorder?.over()
      call.ringing?.stop()
      call.leg?.end()
      call.far?.end()
      call.player.empty()
      context.onReleased(call)
    }
  }
  return call
}
