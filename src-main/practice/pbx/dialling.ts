import type { Call } from './call.ts'
import { contactOf, newToken } from './dialog.ts'
import type { DialAnswer } from './dialplan.ts'
import type { Leg } from './leg.ts'
import type { Legs } from './legs.ts'
import type { Dialled, PbxEvent } from './port.ts'
import type { Timers } from './timers.ts'
import type { ServerTransaction } from './transactions.ts'

const RING_MS = 60_000

export interface DiallingOptions {
  legs: Legs
  timers: Timers
  hostPort: string
  emit(event: PbxEvent): void
  log(line: string): void
}

/** Who an agent reaches by a number, in the words of the events. */
export function dialledTo(number: string, plan: DialAnswer): Dialled {
  if (plan.type === 'party') return { number, party: plan.party }
  return { number, party: plan.type === 'agent' ? 'colleague' : 'other' }
}

/** Puts an agent's call through to what the dialplan says. `leg` is the agent's, which this INVITE opened. */
export async function putThrough(
  options: DiallingOptions,
  call: Call,
  leg: Leg,
  transaction: ServerTransaction,
  plan: DialAnswer
): Promise<void> {
  const { legs, timers, hostPort, emit, log } = options
  const toTag = leg.dialog.localTag
  const { conversationId } = call
  const ring = (): void => {
    transaction.respond(180, { toTag, lines: [['Contact', contactOf(hostPort)]] })
    emit({ type: 'ringing', ...call.about() })
  }
  const refuse = (status: number): void => {
    transaction.respond(status, { toTag })
    call.release()
    emit({ type: 'refused', ...call.about(), status })
  }
  const answer = (): void => {
    legs.accept(leg, transaction).catch((error: unknown) => {
      log(`dialling: ${String(error)}`)
      call.end('network')
    })
  }
  transaction.onCancel = () => {
    transaction.respond(487, { toTag })
    leg.over('agent')
  }
  switch (plan.type) {
    case 'refuse':
      return refuse(plan.status)
    case 'agent': {
      const invitation = { callId: newToken(), conversationId, number: call.from, name: call.name, ringMs: RING_MS }
      call.ringing = legs.ring(plan.user, invitation, {
        ringing: ring,
        refused: refuse,
        answered(far) {
          call.ringing = undefined
          call.join(far)
          answer()
        }
      })
      if (!call.ringing) refuse(480)
      return
    }
    case 'party': {
      ring()
      const { status } = plan
      const stop = timers.after(plan.ringMs, () => (status === undefined ? answer() : refuse(status)))
      call.ringing = { stop }
      return
    }
    case 'echo':
    case 'announcement':
      ring()
      if (plan.type === 'echo') call.source = 'echo'
      else void call.player.play(plan.ulaw, { loop: plan.loop ?? false })
      return answer()
    default:
      return plan satisfies never
  }
}
