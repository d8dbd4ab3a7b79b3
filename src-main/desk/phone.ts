import type { RecoverableCall } from '../../src-shared/contract/conversation.ts'
import { callsToTakeBack } from '../store/queries/conversation.ts'
import type { Reading } from '../store/queries/rows.ts'

/**
 * Which calls may be taken back. A call lives in the page's softphone: when the desk or the page starts anew, a call that was
 * answered before cannot be in it, so it is offered for recovery until the softphone reports it or the contact ends. A call that the
 * centre has lost (it was down itself) is offered too: its customer waits to be rung through.
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
    recoverable: () =>
      callsToTakeBack(reading(), since)
        .filter(({ lost, callId }) => lost || !live.has(callId))
        .map(({ lost: _, ...call }) => call)
  }
}
