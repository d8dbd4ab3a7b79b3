import type { DialogRecord } from '../../../src-shared/contract/phone.ts'
import type { Report, Sound, TimerName, Transfer } from './state.ts'

/** What the phone asks for. A driver obeys and tells what came of it as an Input. */
export type Effect =
  /** `server`: which of the account's addresses. */
  | { type: 'connect'; server: number }
  | { type: 'disconnect' }
  /** Can this server be reached? Comes back as `server-back`. */
  | { type: 'probe'; server: number }
  | { type: 'register' }
  | { type: 'unregister' }
  | { type: 'ping' }
  /** Sets (again) one timer; it fires after `ms` plus a random part of `jitterMs`. */
  | { type: 'timer'; name: TimerName; ms: number; jitterMs: number }
  | { type: 'timer-off'; name: TimerName }
  /** `attempt` counts from 0; each 3xx followed is another one with the same SIP Call-ID (RFC 3261 8.1.3.4). */
  | {
      type: 'dial'
      callId: string
      to: string
      attempt: number
      conversationId?: string | undefined
      /** Value of a Replaces header that the target must obey. */
      replaces?: string | undefined
    }
  | { type: 'take-back'; callId: string; to: string; record: DialogRecord; hold: boolean }
  | { type: 'cancel'; callId: string }
  | { type: 'accept'; callId: string }
  | { type: 'reject'; callId: string; status: number; reason?: string | undefined }
  | { type: 'bye'; callId: string }
  | { type: 'reinvite'; callId: string; hold: boolean; purpose: 'hold' | 'refresh'; restartIce: boolean }
  /** Watch the RTP until told to stop by the call's end; comes back as `proof`. */
  | { type: 'prove'; callId: string }
  /** `partner`: the call whose dialog the new one is to replace (RFC 3891). */
  | { type: 'refer'; callId: string; to: string; partner?: string | undefined }
  /** 202 or 603 to a REFER. */
  | { type: 'answer-refer'; callId: string; accept: boolean }
  /** NOTIFY about a call that was dialled for the far end. */
  | { type: 'refer-progress'; callId: string; status: number }
  /** Whether the far end may hear the agent. */
  | { type: 'microphone'; callId: string; open: boolean }
  /** Whose voices are mixed for each other; empty: nobody's. */
  | { type: 'mix'; callIds: readonly string[] }
  | { type: 'digit'; callId: string; digit: string }
  | { type: 'forget'; callId: string }
  | { type: 'sound'; sound: Sound }
  | {
      type: 'report'
      callId: string
      conversationId: string
      what: Report
      detail?: string | undefined
      /** Parked: where. */
      slot?: string | undefined
    }
  /** The far end was passed on: REFER has done its work. */
  | { type: 'transferred'; callId: string; conversationId?: string | undefined; kind: Transfer['kind']; to: string }
  /** The established dialogs, replacing those told before. */
  | { type: 'journal'; records: readonly DialogRecord[] }
