import type { RecoverableCall } from '../../src-shared/contract/conversation.ts'
import { callsUpBefore } from '../store/queries/conversation.ts'
import type { Reading } from '../store/queries/rows.ts'

/**
 * Which calls may be taken back. A call lives in the page's softphone: when the desk or the page starts anew, a call that was
 * answered before cannot be in it, so it is offered for recovery until the softphone reports it or the centre ends it.
 */
export interface Phone {
  /** A softphone has just started (it asks for its account): it has no call yet. */
  connected(): void
  /** The softphone saw this call: it is live here. */
  reported(callId: string, what: string): void
  recoverable(): RecoverableCall[]
}

export function createPhone({ reading, now }: { reading: () => Reading; now: () => number }): Phone {
  let since = now()
  const live = new Set<string>()
  return {
    connected() {
      since = now()
      live.clear()
    },
    reported(callId, what) {
      if (what === 'ended' || what === 'failed') live.delete(callId)
      else live.add(callId)
    },
    recoverable: () => callsUpBefore(reading(), since).filter((call) => !live.has(call.callId))
  }
}
