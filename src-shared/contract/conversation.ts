import { z } from 'zod'
import { ENTRY_KINDS, IntentScore, MoodScore, SPEAKERS, Span } from '../events.ts'
import { Advice, Handoff } from '../front-desk.ts'
import { ALERT_OUTCOMES, CodeCheck, RiskEvidence } from '../risk.ts'
import { CHANNELS, DISPOSITIONS, MOODS, PAUSE_REASONS, QUEUES } from '../taxonomy.ts'
import { base, DELIVERY, Stored } from './base.ts'
import { ConversationRow } from './inbox.ts'
import { RecordingGap } from './phone.ts'

export const TimelineRow = z.object({
  entryId: z.string(),
  conversationId: z.string(),
  channel: z.enum(CHANNELS),
  kind: z.enum(ENTRY_KINDS),
  speaker: z.enum(SPEAKERS),
  personName: z.string().optional(),
  text: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  at: z.number(),
  delivery: z.enum(DELIVERY),
  /** Why the centre refused it, and the command to retry or edit. */
  refusal: z.object({ commandId: z.string(), code: z.string() }).optional(),
  intent: IntentScore.optional(),
  mood: MoodScore.optional(),
  findings: z.array(z.object({ rule: z.string(), severity: z.enum(['info', 'caution', 'bad']), span: Span }))
})
export type TimelineRow = z.infer<typeof TimelineRow>

/** What whoever had the customer last gave to the next. */
export const HandoffView = Handoff.extend({
  /** Who hands over, in the reader's language; absent for the front desk, and for somebody whom this desk does not know. */
  fromName: z.string().optional()
})
export type HandoffView = z.infer<typeof HandoffView>

export const ConversationView = ConversationRow.extend({
  phone: z.string(),
  verification: z.enum(['none', 'started', 'verified', 'failed']),
  /** A check by one-time code that is under way. */
  code: CodeCheck.omit({ requestId: true, sealKey: true }).optional(),
  /** Reminders first, then the next best offer, then what may not be offered and why. */
  advice: z.array(Advice),
  /** Oldest first. */
  alerts: z.array(
    z.object({
      alertId: z.string(),
      kind: z.string(),
      text: z.string(),
      at: z.number(),
      evidence: z.array(RiskEvidence),
      resolvedAt: z.number().optional(),
      outcome: z.enum(ALERT_OUTCOMES).optional()
    })
  ),
  assignedAt: z.number().optional(),
  endedAt: z.number().optional(),
  call: z
    .object({
      callId: z.string(),
      state: z.enum(['ringing', 'up', 'held', 'ended']),
      answeredAt: z.number().optional(),
      endedAt: z.number().optional(),
      /** Level of my voice as the far end last measured it, RMS 0..1. */
      heardRms: z.number().optional(),
      /** Digits the far end received, in order. */
      digits: z.string(),
      direction: z.enum(['in', 'out']),
      /** Where the caller is parked, while they are. */
      slot: z.string().optional(),
      /** As the recorder confirmed it; absent: nothing is known of a recorder. */
      recording: z
        .object({
          state: z.enum(['on', 'paused', 'ended']),
          /** When a pause ends by itself. */
          until: z.number().optional(),
          reason: z.enum(PAUSE_REASONS).optional(),
          /** A pause or resume of mine waits for the recorder's word. */
          asked: z.enum(['pause', 'resume']).optional()
        })
        .optional(),
      /** Every stretch that was not recorded, oldest first: the gap ledger. */
      gaps: z.array(RecordingGap)
    })
    .optional(),
  /** Moods of the customer's utterances in order, for the mood line. */
  moods: z.array(z.object({ entryId: z.string(), at: z.number(), mood: z.enum(MOODS) })),
  /** Absent: nobody had it before. */
  handoff: HandoffView.optional(),
  disposition: z.enum(DISPOSITIONS).optional(),
  wrapUpNote: z.string().optional()
})
export type ConversationView = z.infer<typeof ConversationView>

/** A call that was up when this desk last stopped and that the centre has not ended. */
export const RecoverableCall = z.object({
  conversationId: z.string(),
  callId: z.string(),
  customerName: z.string(),
  lastSeenAt: z.number()
})
export type RecoverableCall = z.infer<typeof RecoverableCall>

const one = z.object({ conversationId: z.string() })
const withText = one.extend({ text: z.string().trim().min(1).max(10_000) })

export const conversation = {
  get: base.input(one).output(ConversationView),
  /** All channels of the conversation's customer, oldest first; `before` an entry's time for the page above. */
  timeline: base
    .input(one.extend({ before: z.number().optional(), limit: z.number().int().min(1).max(500).default(200) }))
    .output(z.object({ rows: z.array(TimelineRow), more: z.boolean() })),
  markRead: base.input(one).output(z.object({})),
  reply: base.input(withText).output(Stored.extend({ entryId: z.string() })),
  note: base.input(withText).output(Stored.extend({ entryId: z.string() })),
  /** On a call: what I said, typed. */
  said: base.input(withText).output(Stored.extend({ entryId: z.string() })),
  verify: base.input(one.extend({ how: z.string().max(200), passed: z.boolean() })).output(Stored),
  /** Has a one-time code sent to the customer's phone. */
  sendCode: base.input(one).output(Stored),
  /** Checks the code that the customer told. It is sealed before it is stored. Errors: `not_available` when no code is awaited. */
  checkCode: base.input(one.extend({ code: z.string().regex(/^\d{4,10}$/) })).output(Stored),
  resolveAlert: base.input(one.extend({ alertId: z.string(), outcome: z.enum(ALERT_OUTCOMES) })).output(Stored),
  transfer: base.input(one.extend({ queue: z.enum(QUEUES), reason: z.string().max(500) })).output(Stored),
  end: base.input(one).output(Stored),
  finish: base.input(one.extend({ disposition: z.enum(DISPOSITIONS), note: z.string().max(10_000) })).output(Stored),
  correctMood: base.input(one.extend({ entryId: z.string(), mood: z.enum(MOODS) })).output(Stored),
  /** An unsent text, kept across restarts; empty text forgets it. */
  draft: base.input(one).output(z.object({ text: z.string() })),
  saveDraft: base.input(one.extend({ text: z.string().max(10_000) })).output(z.object({}))
}
