import { z } from 'zod'
import { BANK_ACTS } from '../front-desk.ts'
import { INTENTS } from '../taxonomy.ts'
import { base } from './base.ts'

/** The front desk's words in each language of the screen; `{field}` or `{field:format}` stands for a value. */
const Texts = z.object({ en: z.string(), 'zh-CN': z.string(), 'zh-TW': z.string() })

/** One step of a flow: it asks for something, waits for the customer's own yes, or has the bank tell or do something. */
export const FlowStepView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ask'), slot: z.string(), text: Texts }),
  z.object({ kind: z.literal('confirm'), text: Texts }),
  z.object({
    kind: z.literal('act'),
    act: z.enum(BANK_ACTS),
    intro: Texts.optional(),
    /** Said for each row of the bank's answer. */
    row: Texts,
    /** The customer chooses one of the rows by its number. */
    choice: z.boolean(),
    promise: Texts.optional()
  })
])
export type FlowStepView = z.infer<typeof FlowStepView>

export const FlowView = z.object({
  flowId: z.string(),
  title: Texts,
  intents: z.array(z.enum(INTENTS)),
  /** The customer proves who they are before the first step. */
  verified: z.boolean(),
  steps: z.array(FlowStepView)
})
export type FlowView = z.infer<typeof FlowView>

/** What the front desk does by itself, to be read. */
export const FlowsView = z.object({
  version: z.string(),
  flows: z.array(FlowView),
  /** Never answered by it, and never learnt. */
  humanOnly: z.array(z.enum(INTENTS))
})
export type FlowsView = z.infer<typeof FlowsView>

export const frontDesk = {
  /** Refused with `not_available` where no front desk is known. */
  flows: base.output(FlowsView)
}
