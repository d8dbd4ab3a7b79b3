import { type Call, type CallContext, createCall } from './call.ts'
import { dialledTo, putThrough } from './dialling.ts'
import { newToken } from './dialog.ts'
import type { Dialplan } from './dialplan.ts'
import type { Leg } from './leg.ts'
import type { Legs } from './legs.ts'
import { header, type SipRequest } from './message.ts'
import { createParking } from './parking.ts'
import type { RingOptions } from './port.ts'
import { createTakeOver } from './take-over.ts'
import type { Timers } from './timers.ts'
import type { ServerTransaction } from './transactions.ts'
import { createTransfer } from './transfer.ts'
import { decodeUserToUser } from './uui.ts'

/** Joins customers and agents: how a call begins, moves to another leg, and ends. */
export interface Exchange {
  ring(options: RingOptions): void
  call(callId: string): Call | undefined
  /** An authenticated INVITE of an agent that opens a dialog. */
  dial(transaction: ServerTransaction, user: string): Promise<void>
  close(): void
}

export interface ExchangeOptions {
  domain: string
  hostPort: string
  maxCalls: number
  /** A parked call that nobody fetches rings its parker after this. */
  ringBackMs: number
  legs: Legs
  timers: Timers
  dialplan: Dialplan
  clock: CallContext['clock']
  recorder: CallContext['recorder']
  music: CallContext['music']
  emit: CallContext['emit']
  log(line: string): void
}

export function createExchange(options: ExchangeOptions): Exchange {
  const { domain, hostPort, maxCalls, legs, timers, dialplan, emit, log } = options
  const calls = new Map<string, Call>()
  const callOf = (leg: Leg): Call | undefined => [...calls.values()].find((call) => call.leg === leg || call.far === leg)
  const parking = createParking({ legs, timers, domain, hostPort, ringBackMs: options.ringBackMs, emit })
  const transfer = createTransfer({ legs, timers, parking, dialplan, callOf, emit })
  const takeOver = createTakeOver({ legs, parking, callOf, emit })
  const callContext: CallContext = {
    clock: options.clock,
    recorder: options.recorder,
    music: options.music,
    emit,
    onRefer(call, leg, target) {
      transfer(call, leg, target).catch((error: unknown) => {
        log(`transfer of ${call.callId}: ${String(error)}`)
        void leg.notifyRefer(500)
      })
    },
    onReleased(call) {
      parking.released(call)
      if (calls.get(call.callId) === call) calls.delete(call.callId)
    }
  }

  return {
    ring({ user, conversationId, callId, from, name, ringMs }) {
      calls.get(callId)?.release()
      const about = { callId, conversationId, user }
      const refuse = (status: number): void => queueMicrotask(() => emit({ type: 'refused', ...about, status }))
      if (legs.count >= maxCalls) return refuse(503)
      const call = createCall(callContext, { callId, conversationId, from, name, user, customer: true })
      const sipCallId = /^[\w.-]{1,100}$/.test(callId) ? callId : newToken()
      call.ringing = legs.ring(
        user,
        { callId: sipCallId, conversationId, number: from, name, ringMs },
        {
          ringing: () => emit({ type: 'ringing', ...about }),
          answered(leg) {
            call.follow(leg)
            call.begin()
          },
          refused(status) {
            call.release()
            emit({ type: 'refused', ...about, status })
          }
        }
      )
      if (call.ringing) calls.set(callId, call)
      else refuse(480)
    },
    call: (callId) => calls.get(callId),
    async dial(transaction, user) {
      const { request } = transaction
      if (legs.count >= maxCalls) return transaction.respond(503)
      if (request.contacts === '*' || !request.contacts[0]) return transaction.respond(400, { reason: 'Missing Contact' })
      const replaces = header(request, 'replaces')
      if (replaces !== undefined) return takeOver(transaction, user, replaces)
      const number = request.uri?.user ?? ''
      const slot = parking.slotOf(number)
      if (slot !== undefined) {
        const parked = parking.at(slot, user)
        return parked ? parking.retrieve(parked, transaction, user) : transaction.respond(404)
      }
      transaction.respond(100)
      const plan = dialplan(number, user)
      const party = plan.type === 'party' ? plan : undefined
      const leg = legs.incoming(transaction, user)
      const call = createCall(callContext, {
        callId: request.callId,
        conversationId: conversationOf(request),
        // The other side of the call: what a next agent would be shown. An agent who is rung is shown who calls.
        from: plan.type === 'agent' ? user : number,
        name: plan.type === 'agent' ? request.from.displayName : (party?.name ?? ''),
        user,
        customer: party?.party === 'customer',
        dialled: dialledTo(number, plan),
        partyId: party?.id
      })
      call.follow(leg)
      calls.set(call.callId, call)
      try {
        await putThrough({ legs, timers, hostPort, emit, log }, call, leg, transaction, plan)
      } catch (error) {
        call.end('network')
        throw error
      }
    },
    close() {
      for (const call of [...calls.values()]) call.release()
      legs.close()
    }
  }
}

/** An agent may dial on behalf of a conversation; else the call belongs to none. */
function conversationOf(request: SipRequest): string {
  const value = header(request, 'user-to-user')
  return (value === undefined ? undefined : decodeUserToUser(value)) ?? ''
}
