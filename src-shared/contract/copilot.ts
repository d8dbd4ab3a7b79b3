import { z } from 'zod'
import { IntentScore, MoodScore } from '../events.ts'
import { CHECKS, INTENTS } from '../taxonomy.ts'
import { base, Stored } from './base.ts'

export const Suggestion = z.object({
  articleId: z.string(),
  title: z.string(),
  /** The words to say or send. */
  say: z.string(),
  /** The passage it comes from. */
  passage: z.string(),
  /** 0..1 */
  confidence: z.number()
})
export type Suggestion = z.infer<typeof Suggestion>

/** Law or guidance behind a rule, and the ISO date from which it binds. */
const Law = z.object({ source: z.string(), version: z.number(), appliesFrom: z.string() })

export const CheckRow = z.object({
  check: z.enum(CHECKS),
  state: z.enum(['open', 'done', 'broken']),
  /** The words that ticked or broke it, who said them and when. */
  quote: z.string().optional(),
  entryId: z.string().optional(),
  at: z.number().optional(),
  speaker: z.enum(['customer', 'agent']).optional(),
  law: Law.optional()
})
export type CheckRow = z.infer<typeof CheckRow>

/** What a rule found in one line. */
const FoundRow = z.object({
  rule: z.string(),
  severity: z.enum(['info', 'caution', 'bad']),
  quote: z.string(),
  entryId: z.string(),
  speaker: z.enum(['customer', 'agent']),
  at: z.number(),
  law: Law.optional()
})
export type FoundRow = z.infer<typeof FoundRow>

export const CopilotCard = z.object({
  conversationId: z.string(),
  intent: IntentScore.optional(),
  /** True when a person must decide: material, but no script. */
  humanOnly: z.boolean(),
  mood: MoodScore.extend({ entryId: z.string(), at: z.number() }).optional(),
  suggestion: Suggestion.optional(),
  /** Further articles that fit, without a script. */
  material: z.array(z.object({ articleId: z.string(), title: z.string(), passage: z.string() })),
  checks: z.array(CheckRow),
  /** Findings of the rules, oldest first. */
  findings: z.array(FoundRow).optional(),
  /** Running summary in the conversation's language; becomes the wrap-up note. */
  summary: z.string(),
  entities: z.array(z.object({ kind: z.enum(['amount', 'date', 'card', 'phone', 'policy', 'product', 'code']), text: z.string() })),
  alert: z.string().optional(),
  /**
   * Better words for the same, from the model server, checked: they come later than the card, or never. A view shows them in place of
   * `suggestion.say` and `summary` while nobody has touched those.
   */
  wording: z.object({ by: z.literal('model'), say: z.string().optional(), summary: z.string().optional() }).optional(),
  /** How long the co-pilot took for the newest utterance. */
  tookMs: z.number()
})
export type CopilotCard = z.infer<typeof CopilotCard>

export const copilot = {
  card: base.input(z.object({ conversationId: z.string() })).output(CopilotCard),
  rate: base
    .input(
      z.object({
        conversationId: z.string(),
        articleId: z.string(),
        outcome: z.enum(['accepted', 'edited', 'rejected']),
        why: z.string().max(500).optional()
      })
    )
    .output(Stored),
  intents: base.output(z.array(z.enum(INTENTS)))
}
