import type { Call } from './call.ts'
import { DEAF, type Leg } from './leg.ts'
import type { Legs } from './legs.ts'
import type { Parking } from './parking.ts'
import type { PbxEvent } from './port.ts'
import { readReplaces } from './refer.ts'
import type { ServerTransaction } from './transactions.ts'

export interface TakeOverOptions {
  legs: Legs
  parking: Parking
  callOf(leg: Leg): Call | undefined
  emit(event: PbxEvent): void
}

/**
 * An INVITE with Replaces (RFC 3891): the user's reloaded page takes its call back on a new dialog, whether the old one is up, on hold,
 * without its audio, or was parked.
 */
export function createTakeOver({ legs, parking, callOf, emit }: TakeOverOptions) {
  /** What was on hold stays so only when the new dialog says it too. */
  function replace(call: Call, old: Leg, leg: Leg): void {
    const wasHeld = old.held
    old.events = DEAF
    if (call.far === old) {
      call.join(leg)
      old.end()
      return
    }
    call.follow(leg)
    old.end()
    call.begin()
    // The direction of the new dialog is known when this turn is over.
    queueMicrotask(() => {
      if (wasHeld && call.leg === leg && !leg.held) emit({ type: 'resumed', ...call.about() })
    })
  }

  return async (transaction: ServerTransaction, user: string, value: string): Promise<void> => {
    const wanted = readReplaces(value)
    if (!wanted) return transaction.respond(400, { reason: 'Bad Replaces' })
    const old = legs.find(wanted.callId, wanted.toTag)
    const parked = parking.fromDialog(wanted.callId, wanted.toTag)
    const remoteTag = old?.dialog.remoteTag ?? parked?.parked?.dialog.remoteTag
    const owner = old?.user ?? parked?.user
    if (remoteTag !== wanted.fromTag) return transaction.respond(481)
    if (owner !== user) return transaction.respond(403)
    if (wanted.earlyOnly) return transaction.respond(486)
    if (parked) return parking.retrieve(parked, transaction, user)
    const call = old && callOf(old)
    if (!old || !call?.up || old.state !== 'up') return transaction.respond(481)
    const leg = legs.incoming(transaction, user)
    leg.events = { ...DEAF, answered: () => replace(call, old, leg) }
    transaction.onCancel = () => {
      transaction.respond(487, { toTag: leg.dialog.localTag })
      leg.end()
    }
    await legs.accept(leg, transaction)
  }
}
