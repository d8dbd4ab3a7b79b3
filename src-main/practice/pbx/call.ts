import type { Clock } from './clock.ts'
import { TICK_MS } from './clock.ts'
import type { Leg, LegEvents } from './leg.ts'
import { createPlayer, type Player } from './player.ts'
import type { PbxEvent } from './port.ts'
import type { CallRecorder, Recorder } from './recorder.ts'
import type { ReferTarget } from './refer.ts'
import { silence } from './ulaw.ts'

/** A call is the customer's side; it outlives the leg it is on when it is transferred or taken over. */
export interface Call {
  readonly callId: string
  readonly conversationId: string
  /** The customer's number and name, for the next agent who is rung. */
  readonly from: string
  readonly name: string
  readonly player: Player
  /** Absent: the other side is no customer, so it is not recorded. */
  readonly recorder: CallRecorder | undefined
  leg: Leg
  /** The other agent's leg, when the call joins two agents or is being transferred. */
  far: Leg | undefined
  /** Where the agent's audio comes from: the player, the agent's own voice, or the far leg. */
  source: 'player' | 'echo' | 'far'
  up: boolean
  /** A blind transfer rings somebody: the agent who asked may hang up already, and the customer stays. */
  transferring: boolean
  /** Makes `leg` the agent's side of this call and follows it. */
  follow(leg: Leg): void
  /** The agent has answered: audio and reports begin. */
  begin(): void
  end(by: 'customer' | 'agent' | 'centre' | 'network'): void
  /** Ends without an event of its own. */
  release(): void
}

export interface CallContext {
  clock: Clock
  recorder: Recorder
  emit(event: PbxEvent): void
  onRefer(call: Call, leg: Leg, target: ReferTarget): void
  onReleased(call: Call): void
}

export interface CallParts {
  callId: string
  conversationId: string
  from: string
  name: string
  /** The other side is a customer. */
  customer: boolean
  leg: Leg
}

const HEARD_TICKS = 1_000 / TICK_MS
const NOTHING = silence()

export function createCall(context: CallContext, { leg: firstLeg, customer, ...parts }: CallParts): Call {
  const { clock, emit } = context
  let released = false
  let stopClock: () => void = () => undefined
  let ticks = 0
  const about = (): { callId: string; conversationId: string; user: string } => ({
    callId: parts.callId,
    conversationId: parts.conversationId,
    user: call.leg.user
  })

  const tick = (): void => {
    const { leg } = call
    const paused = leg.held || !leg.media.connected
    const said = call.source === 'player' && !paused ? call.player.next() : NOTHING
    if (call.source === 'player') leg.media.send(said, paused)
    call.recorder?.tick(said)
    ticks++
    if (ticks % HEARD_TICKS === 0) emit({ type: 'heard', ...about(), ...leg.media.heard() })
  }
  const eventsOf = (leg: Leg): LegEvents => ({
    ringing: () => emit({ type: 'ringing', ...about() }),
    answered: () => call.begin(),
    held: (held) => emit({ type: held ? 'held' : 'resumed', ...about() }),
    digit: (digit) => emit({ type: 'digit', ...about(), digit }),
    audio(payload) {
      call.recorder?.heard(payload)
      if (call.source === 'echo') leg.media.send(payload, leg.held)
      else if (call.source === 'far' && call.far) call.far.media.send(payload, call.far.held)
    },
    record: (on) => call.recorder?.set(on) ?? false,
    refer: (target) => context.onRefer(call, leg, target),
    refused(status) {
      if (released) return
      call.release()
      emit({ type: 'refused', ...about(), status })
    },
    ended(by) {
      if (!(call.transferring && by === 'agent')) call.end(by)
    }
  })

  const call: Call = {
    ...parts,
    player: createPlayer(),
    recorder: customer ? context.recorder.ofCall(parts) : undefined,
    leg: firstLeg,
    far: undefined,
    source: 'player',
    up: false,
    transferring: false,
    follow(leg) {
      call.leg = leg
      leg.events = eventsOf(leg)
    },
    begin() {
      if (released) return
      call.up = true
      stopClock()
      ticks = 0
      stopClock = clock.start(tick)
      emit({ type: 'answered', ...about() })
      call.recorder?.answered(call.leg.user)
    },
    end(by) {
      if (released) return
      call.release()
      emit({ type: 'ended', ...about(), by })
    },
    release() {
      if (released) return
      released = true
      call.up = false
      stopClock()
      call.recorder?.over()
      call.leg.end()
      call.far?.end()
      call.player.empty()
      context.onReleased(call)
    }
  }
  call.follow(firstLeg)
  return call
}
