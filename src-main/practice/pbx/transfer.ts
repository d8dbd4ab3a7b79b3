import type { Call } from './call.ts'
import { newToken } from './dialog.ts'
import type { DialAnswer, Dialplan } from './dialplan.ts'
import { DEAF, type Leg } from './leg.ts'
import type { Legs } from './legs.ts'
import type { Parking } from './parking.ts'
import type { PbxEvent } from './port.ts'
import type { ReferTarget } from './refer.ts'
import type { Timers } from './timers.ts'

const RING_MS = 60_000

export interface TransferOptions {
  legs: Legs
  timers: Timers
  parking: Parking
  dialplan: Dialplan
  callOf(leg: Leg): Call | undefined
  emit(event: PbxEvent): void
}

/** Carries out a REFER inside a call (RFC 3515; RFC 5589 for the shapes of transfer): park, blind, or attended. */
export function createTransfer(options: TransferOptions): (call: Call, leg: Leg, target: ReferTarget) => Promise<void> {
  const { legs, timers, parking, dialplan, callOf, emit } = options

  /** The call goes on with another agent; the one before is let go. */
  function moveTo(call: Call, from: Leg, to: Leg): void {
    const before = call.about()
    from.events = DEAF
    call.far = undefined
    call.transferring = false
    call.source = 'player'
    call.follow(to)
    emit({ type: 'transferred', ...before, to: to.user, legCallId: to.dialog.callId })
    void from.notifyRefer(200).then(() => from.end())
    call.begin()
  }
  /** The customer is with somebody who has no phone here: the owner of the PBX goes on with them. */
  async function handOver(call: Call, leg: Leg, to: string): Promise<void> {
    const before = call.about()
    call.transferring = false
    call.detach()
    call.release()
    emit({ type: 'transferred', ...before, to })
    await leg.notifyRefer(200)
    leg.end()
  }
  /** The customer leaves the house. */
  async function sendAway(call: Call, leg: Leg): Promise<void> {
    await leg.notifyRefer(200)
    call.end('agent')
  }
  const comeBack = (call: Call, leg: Leg, status: number): void => {
    call.ringing = undefined
    call.transferring = false
    void leg.notifyRefer(status)
    if (leg.state === 'over') call.end('agent')
  }

  function blind(call: Call, leg: Leg, plan: Extract<DialAnswer, { type: 'agent' | 'party' }>): void {
    call.transferring = true
    void leg.notifyRefer(180)
    if (plan.type === 'party') {
      const stop = timers.after(plan.ringMs, () => {
        if (plan.status !== undefined) comeBack(call, leg, plan.status)
        else void handOver(call, leg, plan.id)
      })
      call.ringing = { stop }
      return
    }
    const { conversationId, from: number, name } = call
    call.ringing = legs.ring(
      plan.user,
      { callId: newToken(), conversationId, number, name, ringMs: RING_MS },
      {
        ringing: () => undefined,
        refused: (status) => comeBack(call, leg, status),
        answered: (far) => moveTo(call, leg, far)
      }
    )
    if (!call.ringing) comeBack(call, leg, 480)
  }

  /** Joins the customer with whom the agent consulted. Either of the two calls may carry the REFER. */
  async function attended(one: Call, leg: Leg, replaces: NonNullable<ReferTarget['replaces']>): Promise<void> {
    const otherLeg = legs.find(replaces.callId, replaces.toTag)
    const other = otherLeg && callOf(otherLeg)
    if (!otherLeg || !other?.up || other === one || otherLeg.user !== leg.user || otherLeg.dialog.remoteTag !== replaces.fromTag) {
      return leg.notifyRefer(481)
    }
    const swapped = one.recorder === undefined && other.recorder !== undefined
    const [call, consultation] = swapped ? [other, one] : [one, other]
    const customerLeg = swapped ? otherLeg : leg
    // The answer goes to whoever asked, before their calls end.
    if (swapped) await leg.notifyRefer(200)
    const { far } = consultation
    if (far?.state === 'up') {
      consultation.far = undefined
      consultation.end('agent')
      return moveTo(call, customerLeg, far)
    }
    const colleague = consultation.dialled?.party === 'colleague' ? consultation.partyId : undefined
    if (colleague !== undefined) await handOver(call, customerLeg, colleague)
    else await sendAway(call, customerLeg)
    consultation.end('agent')
  }

  return async (call, leg, { target, replaces }) => {
    emit({ type: 'refer', ...call.about(), target })
    // A listener that moved or ended the call itself has answered the REFER by that.
    if (leg.state !== 'up' || call.leg !== leg) return
    if (replaces) return attended(call, leg, replaces)
    if (parking.isPark(target)) return parking.park(call, leg)
    const plan = dialplan(target, leg.user)
    if (plan.type === 'refuse') return leg.notifyRefer(plan.status)
    if (plan.type === 'agent' || (plan.type === 'party' && plan.party === 'colleague')) return blind(call, leg, plan)
    return sendAway(call, leg)
  }
}
