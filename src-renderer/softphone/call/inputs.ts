import type { DialogRecord } from '../../../src-shared/contract/phone.ts'
import type { DialogIds, EndedBy, Problem, Rules, TimerName } from './state.ts'

/** What the phone is told: by the agent, by the SIP driver, and by its timers. */
export type Input = AgentInput | LineInput | CallNews

/** What the agent (or the engine in the agent's name) wants. */
export type AgentInput =
  | { type: 'configure'; rules: Partial<Rules> }
  | { type: 'go-online' }
  | { type: 'go-offline' }
  /** The network may be back: do not wait any longer. */
  | { type: 'hurry' }
  | { type: 'do-not-disturb'; on: boolean }
  /** Calls a number or a sip: address. `callId` is new and becomes the SIP Call-ID. @throws PhoneInputError */
  | {
      type: 'dial'
      callId: string
      to: string
      name?: string | undefined
      conversationId?: string | undefined
      consultFor?: string | undefined
      /** Keyed after the answer: digits, and commas for pauses. */
      postDial?: string | undefined
    }
  | { type: 'accept'; callId: string }
  | { type: 'expect'; conversationId: string; forMs: number; auto?: boolean | undefined }
  /** The call's conversation became known after it began. */
  | { type: 'belongs'; callId: string; conversationId: string }
  | { type: 'decline'; callId: string; busy?: boolean | undefined }
  | { type: 'hang-up'; callId: string }
  | { type: 'hold'; callId: string; on: boolean }
  | { type: 'mute'; callId: string; on: boolean }
  | { type: 'digit'; callId: string; digit: string }
  /** Passes the call on without asking. @throws PhoneInputError */
  | { type: 'transfer'; callId: string; to: string }
  /** Leaves the call in an orbit: `retrieval` fetches it again. @throws PhoneInputError */
  | { type: 'park'; callId: string; to: string; slot: string; retrieval: string }
  /** Talks to the other one of a call and its consultation. */
  | { type: 'swap'; callId: string }
  /** Drops the consultation and goes back to the call. */
  | { type: 'abort-consult'; callId: string }
  /** Joins the call with whom was consulted and leaves; blind when that one has not answered yet. */
  | { type: 'complete'; callId: string }
  /** Mixes calls so that everybody hears everybody. */
  | { type: 'conference'; callIds: readonly string[] }
  /** Ends the mixing: the call named goes on, the others are held. */
  | { type: 'split'; callId: string }
  /** Joins the two others of a conference and leaves it. */
  | { type: 'leave-conference' }
  /** Fetches a dialog of a page that is gone. `callId` is new. */
  | { type: 'take-back'; callId: string; record: DialogRecord }
  | { type: 'timer'; name: TimerName }

export type LineInput =
  | { type: 'connected' }
  | { type: 'disconnected'; reason: string }
  | { type: 'registered' }
  | { type: 'unregistered'; status?: number | undefined; reason: string }
  | { type: 'pong' }
  /** The first server takes connections again. */
  | { type: 'server-back' }

/** What the far end or the media did. */
export type CallNews =
  | {
      type: 'invite'
      callId: string
      conversationId?: string | undefined
      name: string
      number: string
      /** The INVITE asks to be answered without a hand, after so many ms. */
      answerAfterMs?: number | undefined
      /** Our call that it replaces. */
      replaces?: string | undefined
    }
  /** 18x. `early`: with sound. */
  | { type: 'progress'; callId: string; status: number; early: boolean }
  /** 3xx with where to go, the most wanted first. */
  | { type: 'redirected'; callId: string; status: number; targets: readonly string[] }
  /** The INVITE got 4xx, 5xx or 6xx (408 and 503 also when nothing came). */
  | { type: 'refused'; callId: string; status: number; reason: string }
  | { type: 'established'; callId: string }
  /** The dialog as it is now; after every INVITE in it. */
  | { type: 'dialog'; callId: string; dialog: DialogIds }
  | { type: 'accept-failed'; callId: string; problem: Problem; detail: string }
  /** The answer to our re-INVITE was applied; `confirmed` says whether it agreed that it is on hold. */
  | { type: 'reinvite-answered'; callId: string; confirmed: boolean }
  | { type: 'reinvite-refused'; callId: string; status: number }
  /** RTP since the last refresh: packets came, packets went. */
  | { type: 'proof'; callId: string; received: boolean; sent: boolean }
  | { type: 'session-timer'; callId: string; expiresS: number; refresher: 'us' | 'them' }
  | { type: 'far-hold'; callId: string; on: boolean }
  | { type: 'digit-failed'; callId: string }
  /** The final answer to our REFER. */
  | { type: 'refer-answered'; callId: string; status: number }
  /** A NOTIFY about it (message/sipfrag). */
  | { type: 'refer-progress'; callId: string; status: number; reason: string }
  /** The far end asks us to call somebody; `newCallId` is for that call. */
  | { type: 'referred'; callId: string; newCallId: string; to: string; replaces?: string | undefined }
  | { type: 'media'; callId: string; state: 'flowing' | 'lost' }
  | { type: 'terminated'; callId: string; by: EndedBy; detail: string }
