import { z } from 'zod'
import { PAUSE_REASONS, QUEUES } from '../taxonomy.ts'
import { base } from './base.ts'
import { TimelineRow } from './conversation.ts'
import { CallQuality } from './phone.ts'

/** One call that can be listened to or looked at again. */
export const ReviewRow = z.object({
  conversationId: z.string(),
  callId: z.string(),
  recordingId: z.string().optional(),
  customerName: z.string(),
  personName: z.string(),
  queue: z.enum(QUEUES),
  startedAt: z.number(),
  talkMs: z.number(),
  quality: CallQuality.optional(),
  gaps: z.number()
})
export type ReviewRow = z.infer<typeof ReviewRow>

export const ReviewView = ReviewRow.extend({
  /** Place in the recording is `at - recordingStartedAt`; gaps are not in it. */
  rows: z.array(TimelineRow),
  recording: z
    .object({
      recordingId: z.string(),
      startedAt: z.number(),
      ms: z.number(),
      gaps: z.array(z.object({ atMs: z.number(), ms: z.number(), reason: z.enum(PAUSE_REASONS) }))
    })
    .optional()
})
export type ReviewView = z.infer<typeof ReviewView>

export const review = {
  /** Newest first. */
  list: base
    .input(z.object({ before: z.number().optional(), limit: z.number().int().min(1).max(200).default(50) }))
    .output(z.object({ rows: z.array(ReviewRow), more: z.boolean() })),
  get: base.input(z.object({ conversationId: z.string(), callId: z.string() })).output(ReviewView),
  /** A piece of a recording as WAV, left the customer and right the agent; every opening is in the audit trail. */
  audio: base
    .input(z.object({ recordingId: z.string(), piece: z.number().int().nonnegative() }))
    .output(z.object({ base64: z.string(), pieces: z.number().int() }))
}
