import type { Call } from './call.ts'
import { contactOf } from './dialog.ts'
import type { Leg } from './leg.ts'
import type { Legs } from './legs.ts'
import type { PbxEvent } from './port.ts'
import type { Timers } from './timers.ts'
import type { ServerTransaction } from './transactions.ts'
import { encodeUserToUser } from './uui.ts'

/** REFER to one of these parks the call; dialling `RETRIEVE` and a slot fetches it, by anybody. */
const PARK = new Set(['*70', 'park'])
const RETRIEVE = '*71'
const RING_BACK_RINGS_MS = 30_000

/** Customers who wait without an agent. Nobody fetched in time: who parked them is rung, and again after the same time. */
export interface Parking {
  isPark(target: string): boolean
  /** The slot of a number that fetches; '' when it names none; undefined for any other number. */
  slotOf(number: string): string | undefined
  /** Parks the call of this leg, which asked by REFER. */
  park(call: Call, leg: Leg): void
  /** The call in a slot, or with '' the one that this user parked last. */
  at(slot: string, user: string): Call | undefined
  /** The call that was parked from this dialog. */
  fromDialog(callId: string, localTag: string): Call | undefined
  /** Answers an INVITE that fetches a parked call. */
  retrieve(call: Call, transaction: ServerTransaction, user: string): Promise<void>
  /** The leg has the parked call from now on; false when somebody was quicker. */
  fetched(call: Call, leg: Leg): boolean
  released(call: Call): void
}

export interface ParkingOptions {
  legs: Legs
  timers: Timers
  domain: string
  hostPort: string
  ringBackMs: number
  emit(event: PbxEvent): void
}

export function createParking({ legs, timers, domain, hostPort, ringBackMs, emit }: ParkingOptions): Parking {
  const slots = new Map<string, Call>()
  const waits = new Map<Call, () => void>()

  const ringBackLater = (call: Call): void => {
    waits.set(
      call,
      timers.after(ringBackMs, () => {
        const { callId, conversationId, from, name } = call
        const again = (): void => {
          call.ringing = undefined
          if (call.parked) ringBackLater(call)
        }
        const invitation = { callId, conversationId, number: from, name, ringMs: RING_BACK_RINGS_MS }
        call.ringing = legs.ring(call.user, invitation, {
          ringing: () => undefined,
          answered: (leg) => void parking.fetched(call, leg),
          refused: again
        })
        if (!call.ringing) again()
      })
    )
  }
  const freeSlot = (): string => {
    for (let slot = 1; ; slot++) if (!slots.has(String(slot))) return String(slot)
  }
  const leave = (call: Call): void => {
    waits.get(call)?.()
    waits.delete(call)
    if (call.parked && slots.get(call.parked.slot) === call) slots.delete(call.parked.slot)
  }

  const parking: Parking = {
    isPark: (target) => PARK.has(target.toLowerCase()),
    slotOf: (number) => (number.startsWith(RETRIEVE) ? number.slice(RETRIEVE.length) : undefined),
    park(call, leg) {
      const slot = freeSlot()
      call.detach()
      call.parked = { slot, dialog: leg.dialog }
      slots.set(slot, call)
      ringBackLater(call)
      emit({ type: 'parked', ...call.about(), slot })
      // The Contact tells the phone where the call is (RFC 3515, 2.4.5, lets a sipfrag carry headers).
      void leg.notifyRefer(200, [['Contact', `<sip:${RETRIEVE}${slot}@${domain}>`]]).then(() => leg.end())
    },
    at: (slot, user) => (slot === '' ? [...slots.values()].findLast((call) => call.user === user) : slots.get(slot)),
    fromDialog: (callId, localTag) =>
      [...slots.values()].find(({ parked }) => parked?.dialog.callId === callId && parked.dialog.localTag === localTag),
    async retrieve(call, transaction, user) {
      const leg = legs.incoming(transaction, user)
      // The phone learns whom it has now (RFC 3325, RFC 7433).
      const { from, name, conversationId } = call
      leg.answerLines = [
        ['P-Asserted-Identity', `"${name.replace(/["\\]/g, '\\$&')}" <sip:${encodeURIComponent(from).replaceAll('%2B', '+')}@${domain}>`],
        ...(conversationId === '' ? [] : [['User-to-User', encodeUserToUser(conversationId)] as const])
      ]
      leg.events = {
        ...leg.events,
        answered() {
          if (!parking.fetched(call, leg)) leg.fail('SIP;cause=410;text="Fetched by another"')
        }
      }
      transaction.onCancel = () => {
        transaction.respond(487, { toTag: leg.dialog.localTag })
        leg.end()
      }
      transaction.respond(180, { toTag: leg.dialog.localTag, lines: [['Contact', contactOf(hostPort)]] })
      await legs.accept(leg, transaction)
    },
    fetched(call, leg) {
      const { parked } = call
      if (!parked) return false
      leave(call)
      call.ringing?.stop('SIP;cause=200;text="Call completed elsewhere"')
      call.follow(leg)
      emit({ type: 'retrieved', ...call.about(), slot: parked.slot, legCallId: leg.dialog.callId })
      call.begin()
      return true
    },
    released: leave
  }
  return parking
}
