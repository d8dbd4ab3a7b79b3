import { composeResponse, type ResponseParts } from './compose.ts'
import type { SipRequest, SipResponse } from './message.ts'
import type { Timers } from './timers.ts'
import type { SipConnection } from './transport.ts'

/** A request of ours, ready to send. */
export interface OutgoingRequest {
  method: string
  branch: string
  cseq: number
  text: string
}

export interface ServerTransaction {
  readonly request: SipRequest
  readonly connection: SipConnection
  readonly answered: boolean
  respond(status: number, parts?: ResponseParts): void
  /** Sends the last response once more. */
  repeat(send: (text: string) => boolean): void
  /** Called once when the peer cancels this INVITE before it was answered. */
  onCancel: (() => void) | undefined
}

export interface Transactions {
  /**
   * Sends and waits for the final response; undefined when the socket is gone or none came within 32 s (timers B and F of RFC 3261; a
   * provisional response to an INVITE ends that limit).
   */
  request(
    outgoing: OutgoingRequest,
    send: (text: string) => boolean,
    onProvisional?: (response: SipResponse) => void
  ): Promise<SipResponse | undefined>
  /** Gives up on a request that was cancelled unless its final response comes within 32 s. */
  limit(outgoing: OutgoingRequest): void
  /** Hands a response to its request; false when nobody waits for it. */
  response(response: SipResponse): boolean
  /** Opens the transaction of a new request; undefined when it was a repetition, which then got the same answer again. */
  open(request: SipRequest, connection: SipConnection): ServerTransaction | undefined
  /** The INVITE that a CANCEL is about. */
  invitation(cancel: SipRequest): ServerTransaction | undefined
  close(): void
}

/** 64 times T1 (RFC 3261, 17.1.1.2). */
export const TRANSACTION_MS = 32_000
const SERVER_REMEMBERED = 1_024

/** WebSocket is reliable, so requests are never repeated; a response finds its request over whichever socket it comes. */
export function createTransactions(timers: Timers, newTag: () => string): Transactions {
  const waiting = new Map<string, { onResponse(response: SipResponse): void; giveUp(): void; stopTimer(): void }>()
  const served = new Map<string, { transaction: ServerTransaction; last(): string | undefined }>()

  return {
    request(outgoing, send, onProvisional) {
      return new Promise((resolve) => {
        const key = `${outgoing.branch} ${outgoing.method}`
        const end = (response: SipResponse | undefined): void => {
          waiting.get(key)?.stopTimer()
          waiting.delete(key)
          resolve(response)
        }
        const entry = {
          stopTimer: timers.after(TRANSACTION_MS, () => end(undefined)),
          giveUp: () => end(undefined),
          onResponse(response: SipResponse) {
            if (response.status >= 200) return end(response)
            if (outgoing.method === 'INVITE') entry.stopTimer()
            onProvisional?.(response)
          }
        }
        waiting.set(key, entry)
        if (!send(outgoing.text)) end(undefined)
      })
    },
    limit(outgoing) {
      const entry = waiting.get(`${outgoing.branch} ${outgoing.method}`)
      if (!entry) return
      entry.stopTimer()
      entry.stopTimer = timers.after(TRANSACTION_MS, entry.giveUp)
    },
    response(response) {
      const entry = waiting.get(`${response.via.parameters.get('branch') ?? ''} ${response.method}`)
      entry?.onResponse(response)
      return entry !== undefined
    },
    open(request, connection) {
      const key = `${request.transactionKey} ${request.method}`
      const before = served.get(key)
      if (before) {
        const text = before.last()
        if (text !== undefined) connection.send(text)
        return undefined
      }
      let last: string | undefined
      let final = false
      const toTag = newTag()
      const transaction: ServerTransaction = {
        request,
        connection,
        get answered() {
          return final
        },
        onCancel: undefined,
        respond(status, parts = {}) {
          if (final) return
          final = status >= 200
          last = composeResponse(request, status, status === 100 ? parts : { toTag, ...parts })
          connection.send(last)
        },
        repeat(send) {
          if (last !== undefined) send(last)
        }
      }
      served.set(key, { transaction, last: () => last })
      for (const oldest of served.keys()) {
        if (served.size <= SERVER_REMEMBERED) break
        served.delete(oldest)
      }
      return transaction
    },
    invitation: (cancel) => served.get(`${cancel.transactionKey} INVITE`)?.transaction,
    close() {
      for (const entry of [...waiting.values()]) entry.giveUp()
      served.clear()
    }
  }
}
