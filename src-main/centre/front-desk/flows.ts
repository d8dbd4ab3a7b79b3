import { z } from 'zod'
import { BANK_ACTS } from '../../../src-shared/front-desk.ts'
import { HUMAN_ONLY, INTENTS } from '../../../src-shared/taxonomy.ts'

/** The front desk's flows: data that a supervisor can read and IT can replace. `resources/front-desk/flows.json` has the bank's own. */

/** In the words of each language; `{field}` or `{field:format}` stands for a value, see say.ts. */
export const Texts = z.object({ en: z.string().min(1), 'zh-CN': z.string().min(1), 'zh-TW': z.string().min(1) })
export type Texts = z.infer<typeof Texts>

const id = z.string().regex(/^[a-z][a-z-]{0,39}$/)
/** What a customer's words are read for. */
export const SLOTS = ['tail', 'kind', 'slotId'] as const
export type Slot = (typeof SLOTS)[number]

/** Asks for something that is missing. */
const Need = z.strictObject({ id, need: z.enum(SLOTS), ask: Texts })
/** Goes on only after the customer's own yes. */
const Confirm = z.strictObject({ id, confirm: Texts })
/** Asks the bank, and tells each row of what it says. */
const Act = z.strictObject({
  id,
  act: z.enum(BANK_ACTS),
  /** A word, or `$` and the name of a slot; what was not gathered is left out. */
  args: z.record(z.string(), z.string()),
  limit: z.number().int().min(1).max(10).default(8),
  intro: Texts.optional(),
  row: Texts,
  /** The rows are a choice: the customer says its number, and this field of the chosen row becomes the slot of that name. */
  choose: z.enum(SLOTS).optional(),
  /** What the customer has been promised by it. */
  promise: Texts.optional()
})
export const Step = z.union([Need, Confirm, Act])
export type Step = z.infer<typeof Step>
export type ActStep = z.infer<typeof Act>

export const Flow = z.strictObject({
  id,
  intents: z.array(z.enum(INTENTS)).min(1),
  title: Texts,
  /** The customer proves who they are first, by a one-time code. */
  verified: z.boolean(),
  steps: z.array(Step).min(1).max(12)
})
export type Flow = z.infer<typeof Flow>

const WORDS = [
  'hello',
  'again',
  'more',
  'bye',
  'cancelled',
  'handover',
  'code_sent',
  'code_ask',
  'code_wrong',
  'code_fine',
  'which',
  'nothing',
  'article_helped'
] as const
export type Word = (typeof WORDS)[number]

const Book = z.strictObject({ version: z.string().min(1), words: z.record(z.enum(WORDS), Texts), flows: z.array(Flow).min(1) })

/** What the bank tells anybody. */
const FOR_ANYBODY: readonly string[] = ['rates', 'fees', 'branches', 'appointment_slots']

/** All flows, ready to be looked up. */
export interface FlowBook {
  version: string
  words: Readonly<Record<Word, Texts>>
  flows: readonly Flow[]
}

/** The file cannot be used; the message names the place and what is wrong there. */
export class FlowsError extends Error {}

/**
 * Reads and checks a file of flows.
 * @throws FlowsError where it is no JSON, misses something, or a flow answers what only a person may
 */
export function readFlows(text: string): FlowBook {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    throw new FlowsError(`no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const read = Book.safeParse(raw)
  if (!read.success) {
    const issue = read.error.issues[0]
    throw new FlowsError(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`)
  }
  const seen = new Set<string>()
  for (const flow of read.data.flows) {
    for (const intent of flow.intents) {
      if (HUMAN_ONLY.includes(intent) || intent === 'unknown') throw new FlowsError(`${flow.id}.intents: ${intent} is for people only`)
      if (seen.has(intent)) throw new FlowsError(`${flow.id}.intents: ${intent} has a flow already`)
      seen.add(intent)
    }
    for (const [i, step] of flow.steps.entries()) {
      if (!('act' in step)) continue
      if (step.act === 'code_send' || step.act === 'code_check')
        throw new FlowsError(`${flow.id}.${step.id}: codes are sent and checked by themselves`)
      if (!flow.verified && !FOR_ANYBODY.includes(step.act))
        throw new FlowsError(`${flow.id}.verified: ${step.act} is for verified customers`)
      if (step.act === 'card_block' && !flow.steps.slice(0, i).some((before) => 'confirm' in before))
        throw new FlowsError(`${flow.id}.${step.id}: ${step.act} needs the customer's yes before`)
    }
    const ids = flow.steps.map((step) => step.id)
    if (new Set(ids).size < ids.length) throw new FlowsError(`${flow.id}.steps: two steps of one name`)
    for (const step of flow.steps)
      for (const value of 'act' in step ? Object.values(step.args) : [])
        if (value.startsWith('$') && !SLOTS.some((slot) => `$${slot}` === value))
          throw new FlowsError(`${flow.id}.${step.id}.args: there is no slot ${value}`)
  }
  return read.data
}
