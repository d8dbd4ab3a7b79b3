import type { ResponseParts } from './compose.ts'
import type { SipRequest } from './message.ts'
import type { Timers } from './timers.ts'
import { type ServerTransaction, TRANSACTION_MS } from './transactions.ts'

/** Sends the 200 of an INVITE again until its ACK comes (RFC 3261, 13.3.1.4). */
export interface Confirmation {
  begin(transaction: ServerTransaction, parts: ResponseParts, onAck: (ack: SipRequest) => void): void
  acknowledged(ack: SipRequest): void
  stop(): void
}

/** T1 and T2 of RFC 3261. */
const REPEAT_MS = 500
const REPEAT_MAX_MS = 4_000

/** `onLost`: no ACK came within 32 s. */
export function createConfirmation(timers: Timers, send: (text: string) => boolean, onLost: () => void): Confirmation {
  let waiting: { cseq: number; stop(): void; onAck(ack: SipRequest): void } | undefined
  const stop = (): void => {
    waiting?.stop()
    waiting = undefined
  }
  return {
    begin(transaction, parts, onAck) {
      stop()
      transaction.respond(200, parts)
      let waited = REPEAT_MS
      let total = 0
      const repeat = (): void => {
        total += waited
        if (total >= TRANSACTION_MS) {
          onLost()
          return
        }
        transaction.repeat(send)
        waited = Math.min(waited * 2, REPEAT_MAX_MS)
        stopTimer = timers.after(waited, repeat)
      }
      let stopTimer = timers.after(waited, repeat)
      waiting = { cseq: transaction.request.cseq, stop: () => stopTimer(), onAck }
    },
    acknowledged(ack) {
      if (waiting?.cseq !== ack.cseq) return
      const { onAck } = waiting
      stop()
      onAck(ack)
    },
    stop
  }
}
