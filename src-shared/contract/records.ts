import { z } from 'zod'
import { COMMAND_DATA } from '../commands.ts'
import { Article, Customer } from '../events.ts'
import { KnowledgeGap } from '../front-desk.ts'
import { CHANNELS, INTENTS } from '../taxonomy.ts'
import { base, Stored } from './base.ts'
import { ConversationRow } from './inbox.ts'

export const customers = {
  get: base.input(z.object({ customerId: z.string() })).output(z.object({ customer: Customer, conversations: z.array(ConversationRow) }))
}

/** A knowledge gap in a list: the question that says most, how often it was asked, and how many answers of people there are. */
export const GapRow = z.object({
  gapId: z.string(),
  language: z.enum(['en', 'zh']),
  intent: z.enum(INTENTS),
  question: z.string(),
  asked: z.number().int(),
  answers: z.number().int(),
  newestAt: z.number()
})
export type GapRow = z.infer<typeof GapRow>

export const knowledge = {
  list: base.input(z.object({ text: z.string().max(200).default('') })).output(z.array(Article)),
  get: base.input(z.object({ articleId: z.string() })).output(Article),
  /** Open ones, the most asked first. */
  gaps: base.output(z.array(GapRow)),
  gap: base.input(z.object({ gapId: z.string() })).output(KnowledgeGap),
  /** Makes an article of a gap. */
  approve: base.input(COMMAND_DATA['article.approve']).output(Stored),
  dismissGap: base.input(z.object({ gapId: z.string() })).output(Stored),
  reopenGap: base.input(z.object({ gapId: z.string() })).output(Stored)
}

/** One hit. `mark` are [start, end) offsets in `text` of what matched. */
export const Hit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('customer'), customerId: z.string(), text: z.string(), detail: z.string() }),
  z.object({
    kind: z.literal('conversation'),
    conversationId: z.string(),
    text: z.string(),
    detail: z.string(),
    channel: z.enum(CHANNELS),
    at: z.number()
  }),
  z.object({
    kind: z.literal('entry'),
    conversationId: z.string(),
    entryId: z.string(),
    text: z.string(),
    detail: z.string(),
    at: z.number()
  }),
  z.object({ kind: z.literal('article'), articleId: z.string(), text: z.string(), detail: z.string() })
])
export type Hit = z.infer<typeof Hit>

export const search = {
  /** Everything this desk has cached, as you type; English words match by prefix, Chinese by one or more characters. */
  find: base.input(z.object({ text: z.string().max(200), limit: z.number().int().min(1).max(100).default(30) })).output(z.array(Hit))
}
