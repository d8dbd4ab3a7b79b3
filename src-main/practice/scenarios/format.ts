import { z } from 'zod'
import { INTENTS, QUEUES } from '../../../src-shared/taxonomy.ts'

/**
 * A practice customer's script, in resources/practice/scenarios/*.json.
 *
 * The customer says `opening`, then waits at each step: when what the agent wrote or typed contains one of `expects` (or, on a call
 * without typed words, when the agent has spoken and paused), the customer says `say` and goes on. When nothing fitting comes within
 * `patienceMs`, the customer says `nudge`, once; then goes on waiting.
 */
export const Line = z.object({
  /** Unique in the scenario; names the voice file `voices/<scenario>/<line>.ulaw`. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  text: z.string().min(1).max(600)
})
export type Line = z.infer<typeof Line>

export const Step = z.object({
  /** Words or phrases (any of them, letter case ignored) that move the customer on. Empty: anything the agent says does. */
  expects: z.array(z.string().min(1)),
  say: Line,
  nudge: Line.optional(),
  patienceMs: z.number().int().min(2_000).max(120_000).default(25_000)
})
export type Step = z.infer<typeof Step>

export const Scenario = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  language: z.enum(['en', 'zh']),
  intent: z.enum(INTENTS),
  queue: z.enum(QUEUES),
  title: z.string().max(80),
  /** Why they come, one line, shown in the offer. */
  reason: z.string().max(140),
  channels: z.array(z.enum(['voice', 'chat'])).min(1),
  customerId: z.string(),
  priority: z.number().int().min(0).max(9).default(0),
  alert: z.enum(['large_transfer', 'remote_login', 'many_small', 'new_payee']).optional(),
  opening: Line,
  steps: z.array(Step).min(2).max(8),
  /** What a good agent would say, in order: offered to the agent as prompts during a call. */
  agentPrompts: z.array(z.string()).min(2)
})
export type Scenario = z.infer<typeof Scenario>

/** Somebody who answers when an agent dials: says the opening, then one reply each time the agent has spoken and paused. */
export const Part = z.object({
  opening: Line,
  replies: z.array(Line).min(1).max(8),
  /** Said when the agent stays silent. */
  nudge: Line
})
export type Part = z.infer<typeof Part>

/** resources/practice/parties.json; voices in `voices/<language>-<role>/<line>.ulaw`. */
export const Parties = z.object({
  en: z.object({ colleague: Part, customer: Part }),
  zh: z.object({ colleague: Part, customer: Part })
})
export type Parties = z.infer<typeof Parties>

/** resources/practice/articles.json: knowledge articles (src-shared Article). customers.json: Customer[]. */
