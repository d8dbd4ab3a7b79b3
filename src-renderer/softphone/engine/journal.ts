import type { DialogRecord } from '../../../src-shared/contract/phone.ts'
import { isEstablished, isHeld } from '../call/moves.ts'
import type { Call } from '../call/state.ts'

/** What another page needs to take the established dialogs over when this one is gone (RFC 3891). Pure. */
export function recordsOf(calls: readonly Call[], savedAt: number): DialogRecord[] {
  return calls.flatMap((call) => {
    const { dialog, conversationId, name, number, direction, answeredAt, muted, consultFor, conferenced } = call
    if (!dialog || !isEstablished(call) || answeredAt === undefined) return []
    const { sipCallId, ours: _ours, ...ids } = dialog
    return [
      {
        callId: sipCallId,
        ...ids,
        direction,
        ...(conversationId === undefined ? {} : { conversationId }),
        ...(consultFor === undefined ? {} : { consultFor }),
        name,
        number,
        state: isHeld(call) || call.wantsHold ? ('held' as const) : ('up' as const),
        answeredAt,
        muted,
        conferenced,
        savedAt
      }
    ]
  })
}

/** Is there anything new to write down? */
export const sameRecords = (before: readonly Call[], after: readonly Call[]): boolean =>
  JSON.stringify(recordsOf(before, 0)) === JSON.stringify(recordsOf(after, 0))
