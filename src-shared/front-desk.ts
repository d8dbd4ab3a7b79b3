import { z } from 'zod'
import { INTENTS, MOODS, QUEUES } from './taxonomy.ts'

/** What the front desk knows, does and hands over. Texts in here are masked before they are made. */

/** What a bank can be asked to tell or to do; the practice bank and the HTTP adapter speak these. */
export const BANK_ACTS = [
  'balance',
  'transactions',
  'rates',
  'repayment_date',
  'fees',
  'statement_send',
  'card_block',
  'transfer_status',
  'loan_status',
  'policy_status',
  'branches',
  'appointment_slots',
  'appointment_book',
  'code_send',
  'code_check'
] as const
export type BankAct = (typeof BANK_ACTS)[number]

/** Why a person takes over. */
export const HANDOFF_REASONS = [
  'requested',
  'human_only',
  'strain',
  'risk',
  'not_understood',
  'verification_failed',
  'refused',
  'bank_unavailable',
  'not_for_front_desk',
  'passed_on'
] as const
export type HandoffReason = (typeof HANDOFF_REASONS)[number]

/** One thing that was tried for the customer, by the front desk or by a person. */
export const Tried = z.object({
  what: z.enum([...BANK_ACTS, 'question', 'verification', 'article']),
  outcome: z.enum(['done', 'refused', 'failed', 'not_understood']),
  /** The answer in short, or why not. */
  detail: z.string().max(500).optional(),
  at: z.number()
})
export type Tried = z.infer<typeof Tried>

/** Something the customer said that an act needs, so that nobody asks for it again. `name` is a slot of the flows. */
export const Gathered = z.object({ name: z.string().max(60), value: z.string().max(300), entryId: z.string().optional(), at: z.number() })
export type Gathered = z.infer<typeof Gathered>

/** Where the front desk stands in one conversation. The whole of it is in every fact, so the newest one is enough to go on. */
export const FrontDeskState = z.object({
  flow: z.string().max(60).optional(),
  step: z.string().max(60).optional(),
  intent: z.enum(INTENTS).optional(),
  gathered: z.array(Gathered).max(40),
  tried: z.array(Tried).max(60),
  /** The question that an article was told for, until the customer has said whether it helped. */
  question: z.object({ entryId: z.string(), text: z.string() }).optional(),
  /** How often in a row nothing fitting came. */
  misses: z.number().int(),
  /** What the bank was asked and has not answered. */
  asked: z.object({ requestId: z.string(), act: z.enum(BANK_ACTS), at: z.number() }).optional()
})
export type FrontDeskState = z.infer<typeof FrontDeskState>

/** Something that was promised to the customer. */
export const Promised = z.object({
  text: z.string().max(500),
  by: z.enum(['front_desk', 'agent']),
  personId: z.string().optional(),
  until: z.number().optional(),
  at: z.number()
})
export type Promised = z.infer<typeof Promised>

/** Everything the next person needs, so that the customer is asked nothing twice. */
export const Handoff = z.object({
  /** Who hands over: absent for the front desk. */
  fromPersonId: z.string().optional(),
  because: z.enum(HANDOFF_REASONS),
  /** In the words of who hands over, where they gave some. */
  note: z.string().max(500).optional(),
  queue: z.enum(QUEUES),
  verification: z.object({
    state: z.enum(['none', 'started', 'verified', 'failed']),
    how: z.string().optional(),
    at: z.number().optional()
  }),
  intent: z.enum(INTENTS),
  /** One sentence in the conversation's language. */
  wanted: z.string().max(500),
  tried: z.array(Tried).max(60),
  mood: z.object({ mood: z.enum(MOODS), confidence: z.number(), quote: z.string().optional() }).optional(),
  gathered: z.array(Gathered).max(40),
  promised: z.array(Promised).max(40),
  /** What to do next, one sentence in the conversation's language. */
  nextStep: z.string().max(500),
  /** All of it in one sentence to be whispered, in the conversation's language. */
  spoken: z.string().max(600),
  at: z.number()
})
export type Handoff = z.infer<typeof Handoff>

/** Questions of customers that the front desk could not answer and that mean the same, with what people answered. */
export const KnowledgeGap = z.object({
  gapId: z.string(),
  language: z.enum(['en', 'zh']),
  intent: z.enum(INTENTS),
  questions: z.array(z.object({ text: z.string(), conversationId: z.string(), at: z.number() })).max(200),
  /** What people said who took over, best first. */
  answers: z.array(z.object({ text: z.string(), personId: z.string(), conversationId: z.string(), score: z.number() })).max(20),
  state: z.enum(['open', 'published', 'dismissed']),
  articleId: z.string().optional(),
  at: z.number()
})
export type KnowledgeGap = z.infer<typeof KnowledgeGap>

export const localText = z.object({ en: z.string(), 'zh-CN': z.string(), 'zh-TW': z.string() })

/** A product that may be offered now, or a reminder; and what speaks for and against it. */
export const Advice = z.object({
  adviceId: z.string(),
  kind: z.enum(['offer', 'reminder']),
  /** Of a reminder: the last characters of its number. */
  productId: z.string(),
  name: localText,
  /** Keys of the catalogue's `advice` texts with their values. */
  why: z.array(z.object({ key: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])).optional() })),
  /** Why it may not be offered; empty: it may. */
  whyNot: z.array(z.object({ key: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])).optional() })),
  /** 0..1 */
  score: z.number(),
  /** Of a reminder: when it falls due. */
  dueAt: z.number().optional()
})
export type Advice = z.infer<typeof Advice>
