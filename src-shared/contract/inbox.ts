import { z } from 'zod'
import { HANDOFF_REASONS } from '../front-desk.ts'
import { CHANNELS, CHOOSABLE_PRESENCES, INTENTS, MOODS, PRESENCES, QUEUES, READINESS_CAUSES } from '../taxonomy.ts'
import { base, Stored } from './base.ts'

/**
 * Life of a conversation as a desk sees it:
 *
 *   waiting -> offered -> active -> wrap-up -> closed
 *      ^________|  |________^ (transfer, lost agent)
 */
export const CONVERSATION_STATES = ['waiting', 'offered', 'active', 'wrap-up', 'closed'] as const

export const ConversationRow = z.object({
  conversationId: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  channel: z.enum(CHANNELS),
  queue: z.enum(QUEUES),
  state: z.enum(CONVERSATION_STATES),
  mine: z.boolean(),
  /** Why they come; empty where nobody said. */
  reason: z.string(),
  /** A person dialled. Absent: the customer came. */
  direction: z.literal('out').optional(),
  /** The promised call-back that this contact keeps. */
  callbackId: z.string().optional(),
  intent: z.enum(INTENTS).optional(),
  mood: z.enum(MOODS).optional(),
  /** The last line of the timeline, one line, masked. */
  lastText: z.string(),
  lastAt: z.number(),
  openedAt: z.number(),
  /** The customer spoke last and nobody has answered since; for the wait ring. */
  unansweredSince: z.number().optional(),
  unread: z.number(),
  waitingActions: z.number(),
  alert: z.string().optional()
})
export type ConversationRow = z.infer<typeof ConversationRow>

export const OfferView = z.object({
  offerId: z.string(),
  conversationId: z.string(),
  customerName: z.string(),
  phone: z.string(),
  channel: z.enum(CHANNELS),
  queue: z.enum(QUEUES),
  reason: z.string(),
  summary: z.string(),
  offeredAt: z.number(),
  expiresAt: z.number(),
  alert: z.string().optional(),
  /** A promised call-back: accepting dials `phone`. */
  callbackId: z.string().optional(),
  note: z.string().optional(),
  /** In short, where somebody or the front desk had the customer before; the whole of it is in the conversation. */
  handoff: z
    .object({
      because: z.enum(HANDOFF_REASONS),
      verified: z.boolean(),
      intent: z.enum(INTENTS),
      mood: z.enum(MOODS).optional(),
      /** All of it in one sentence, in the conversation's language. */
      spoken: z.string(),
      language: z.enum(['en', 'zh'])
    })
    .optional()
})
export type OfferView = z.infer<typeof OfferView>

export const WaitingRow = z.object({
  conversationId: z.string(),
  customerName: z.string(),
  channel: z.enum(CHANNELS),
  queue: z.enum(QUEUES),
  reason: z.string(),
  since: z.number(),
  priority: z.number()
})
export type WaitingRow = z.infer<typeof WaitingRow>

export const PresenceView = z.object({
  presence: z.enum(PRESENCES),
  reason: z.string().optional(),
  since: z.number(),
  /** Set while a choice of mine waits for the centre. */
  wanted: z.enum(PRESENCES).optional(),
  /** Why I am technical although I want to be available; it ends by itself. */
  notReady: z.enum(READINESS_CAUSES).optional()
})
export type PresenceView = z.infer<typeof PresenceView>

export const inbox = {
  list: base
    .input(
      z.object({ view: z.enum(['mine', 'closed']), limit: z.number().int().min(1).max(500).default(100), before: z.number().optional() })
    )
    .output(z.array(ConversationRow)),
  queue: base.output(z.object({ at: z.number(), waiting: z.array(WaitingRow) })),
  counts: base.output(z.object({ mine: z.number(), queue: z.number(), closed: z.number(), unread: z.number() })),
  offers: base.output(z.array(OfferView)),
  accept: base.input(z.object({ conversationId: z.string(), offerId: z.string() })).output(Stored),
  decline: base.input(z.object({ conversationId: z.string(), offerId: z.string(), reason: z.string().optional() })).output(Stored),
  presence: base.output(PresenceView),
  setPresence: base
    .input(z.object({ presence: z.enum([...CHOOSABLE_PRESENCES, 'technical']), reason: z.string().max(200).optional() }))
    .output(Stored)
}
