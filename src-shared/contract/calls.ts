import { z } from 'zod'
import { CHANNELS, PAUSE_REASONS, PRESENCES, QUEUES, READINESS_CAUSES, ROLES } from '../taxonomy.ts'
import { base, Stored } from './base.ts'
import { RecoverableCall } from './conversation.ts'
import { CallQuality, DialogRecord, PhoneAccount, PhoneSettings, PhoneSettingsInput } from './phone.ts'

const one = z.object({ conversationId: z.string() })
const localText = z.object({ en: z.string(), 'zh-CN': z.string(), 'zh-TW': z.string() })

/** One call of this person's, whatever came of it. */
export const CallRow = z.object({
  callId: z.string(),
  /** Absent, as are customer and queue, for a talk with a colleague, who is nobody's contact. */
  conversationId: z.string().optional(),
  customerId: z.string().optional(),
  /** The colleague's name where `colleague` is set. */
  customerName: z.string(),
  colleague: z.boolean().optional(),
  /** E.164 or as it was dialled. */
  number: z.string(),
  direction: z.enum(['in', 'out']),
  channel: z.enum(CHANNELS),
  queue: z.enum(QUEUES).optional(),
  reason: z.string(),
  /** The promised call-back that it was dialled for. */
  callbackId: z.string().optional(),
  outcome: z.enum(['talked', 'missed', 'declined', 'not-reached', 'running']),
  startedAt: z.number(),
  talkMs: z.number().optional(),
  mos: z.number().optional()
})
export type CallRow = z.infer<typeof CallRow>

export const CallbackRow = z.object({
  callbackId: z.string(),
  conversationId: z.string().optional(),
  customerId: z.string().optional(),
  name: z.string(),
  phone: z.string(),
  queue: z.enum(QUEUES),
  at: z.number(),
  note: z.string(),
  mine: z.boolean(),
  /** Its command has not been answered yet. */
  waiting: z.boolean()
})
export type CallbackRow = z.infer<typeof CallbackRow>

/** Somebody of the centre who can be called. */
export const ColleagueRow = z.object({
  personId: z.string(),
  name: localText,
  role: z.enum(ROLES),
  extension: z.string(),
  /** As the centre told it last; absent where it has not. */
  presence: z.enum(PRESENCES).optional(),
  /** Since when. */
  since: z.number().optional(),
  /** A customer's call is up at their phone. */
  onCall: z.boolean().optional(),
  /** The line is down: this is how they were shown at that moment; how they are now is not known. */
  asOf: z.number().optional(),
  queues: z.array(z.enum(QUEUES))
})
export type ColleagueRow = z.infer<typeof ColleagueRow>

export const calls = {
  /** How the softphone reaches the PBX. The secret is for this seat only. `null` for roles without a phone. */
  account: base.output(PhoneAccount.nullable()),
  phoneSettings: base.output(PhoneSettings),
  /** Takes effect at once: the phone registers anew when no call is up, else after it. */
  savePhoneSettings: base.input(PhoneSettingsInput).output(PhoneSettings),

  /** What the softphone saw; stored first, then sent. */
  report: base
    .input(
      z.object({
        conversationId: z.string(),
        callId: z.string(),
        what: z.enum(['answered', 'held', 'resumed', 'ended', 'failed', 'quality', 'parked']),
        heardRms: z.number().optional(),
        rttMs: z.number().optional(),
        jitterMs: z.number().optional(),
        lossRatio: z.number().optional(),
        mos: z.number().optional(),
        slot: z.string().max(40).optional(),
        detail: z.string().max(500).optional()
      })
    )
    .output(Stored),
  /** The whole call's quality, once, when it is over. */
  quality: base.input(CallQuality.extend({ conversationId: z.string(), callId: z.string() })).output(Stored),
  /** A call that the centre did not offer becomes a contact; a customer with that number is found. */
  open: base
    .input(
      z.object({
        callId: z.string(),
        direction: z.enum(['in', 'out']),
        number: z.string().max(100),
        name: z.string().max(200).optional(),
        customerId: z.string().optional(),
        callbackId: z.string().optional()
      })
    )
    .output(Stored.extend({ conversationId: z.string() })),
  history: base
    .input(z.object({ before: z.number().optional(), limit: z.number().int().min(1).max(200).default(50) }))
    .output(z.object({ rows: z.array(CallRow), more: z.boolean() })),
  colleagues: base.output(z.array(ColleagueRow)),
  /** The phone moved the customer to somebody else (REFER done). */
  transferred: base.input(one.extend({ callId: z.string(), to: z.string().max(200), reason: z.string().max(500) })).output(Stored),

  /** Dialogs that are up in the phone's page, replacing those saved before; written before it returns. */
  saveDialogs: base.input(z.object({ dialogs: z.array(DialogRecord).max(12) })).output(z.object({})),
  dialogs: base.output(z.array(DialogRecord)),
  recoverable: base.output(z.array(RecoverableCall)),
  recover: base.input(one).output(Stored),
  /** I do not want it back: the call counts as ended and goes to wrap-up. */
  giveUp: base.input(one).output(Stored),

  /** Asks the recorder; what it confirms shows in the conversation's call. */
  pauseRecording: base.input(one.extend({ reason: z.enum(PAUSE_REASONS), forMs: z.number().int().min(5_000).max(600_000) })).output(Stored),
  resumeRecording: base.input(one.extend({ endedBy: z.enum(['agent', 'step-closed']) })).output(Stored),
  /** The PBX told this phone what its recorder does now. */
  recorderConfirmed: base
    .input(
      one.extend({
        callId: z.string(),
        state: z.enum(['paused', 'resumed']),
        reason: z.enum(PAUSE_REASONS).optional(),
        forMs: z.number().optional(),
        endedBy: z.enum(['agent', 'timer', 'step-closed', 'call-ended']).optional()
      })
    )
    .output(Stored),

  callbacks: base.output(z.array(CallbackRow)),
  scheduleCallback: base
    .input(
      z.object({
        conversationId: z.string().optional(),
        customerId: z.string().optional(),
        name: z.string().max(200),
        phone: z.string().min(1).max(100),
        queue: z.enum(QUEUES),
        at: z.number(),
        note: z.string().max(2_000),
        mine: z.boolean()
      })
    )
    .output(Stored.extend({ callbackId: z.string() })),
  endCallback: base.input(z.object({ callbackId: z.string(), outcome: z.enum(['reached', 'not-reached', 'cancelled']) })).output(Stored),

  /** A final result of the recogniser. Told again under the same `entryId`, because no answer was heard, it is the same line. */
  heard: base
    .input(
      one.extend({
        /** Made by the phone (UUIDv7). */
        entryId: z.uuid({ version: 'v7' }).optional(),
        speaker: z.enum(['customer', 'agent']),
        text: z.string().trim().min(1).max(10_000),
        startAt: z.number(),
        endAt: z.number(),
        confidence: z.number().min(0).max(1).optional()
      })
    )
    .output(Stored.extend({ entryId: z.string() })),

  /**
   * Whether this seat's phone is proven ready. While it is not, who wants to be available is shown as technical with the cause, and
   * returns by itself.
   */
  readiness: base.input(z.object({ ready: z.boolean(), cause: z.enum(READINESS_CAUSES).optional() })).output(z.object({}))
}
