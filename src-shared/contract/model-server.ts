import { z } from 'zod'
import { base } from './base.ts'

/** Why the model server gave nothing that could be used. The product then keeps its own wording. */
export const MODEL_FAILURES = [
  /** No connection, or it broke. */
  'unreachable',
  /** 401 or 403. */
  'key',
  /** 404: the address or the model. */
  'not_found',
  /** Any other status that is no answer, or an error told inside the stream. */
  'server',
  /** Not whole within the deadline. */
  'slow',
  /** No chat completion at all. */
  'not_understood',
  /** The stream ended, or was cut for its length, before the answer did. */
  'incomplete',
  /** Longer than any answer may be; not read to its end. */
  'too_large',
  /** It failed so often lately that it is left alone for a while. */
  'resting',
  /** Nothing was sent: the text could not be masked for certain, or tries to give orders to a machine. */
  'withheld',
  /** The answer was read and broke a rule. */
  'refused',
  /** Not wanted any more. */
  'cancelled'
] as const
export type ModelFailure = (typeof MODEL_FAILURES)[number]

/** What every answer must keep to before anybody sees it. */
export const ANSWER_RULES = [
  'form',
  'length',
  'language',
  'source',
  'personal_data',
  'steering',
  'promise',
  'figures',
  'names',
  'claims',
  'acts'
] as const
export type AnswerRule = (typeof ANSWER_RULES)[number]

const fields = {
  on: z.boolean(),
  /** Where the OpenAI-compatible API begins, `/v1` included; empty while off. */
  url: z.string().trim().max(300),
  model: z.string().trim().max(200),
  /** An answer that is not whole and checked by then is not used. */
  deadlineMs: z.number().int().min(500).max(30_000)
}

/** The key goes in and never comes out again: absent keeps the one there is, empty forgets it. */
export const ModelServerInput = z.object({
  ...fields,
  key: z
    .string()
    .trim()
    .max(500)
    .regex(/^[\x21-\x7e]*$/, 'must be printable ASCII without spaces')
    .optional()
})
export type ModelServerInput = z.infer<typeof ModelServerInput>

export const ModelServerSettings = z.object({ ...fields, hasKey: z.boolean() })
export type ModelServerSettings = z.infer<typeof ModelServerSettings>

export const ModelServerTrial = z.discriminatedUnion('ok', [
  /** `text` is what the model made of a made-up sample. */
  z.object({ ok: z.literal(true), tookMs: z.number(), text: z.string() }),
  z.object({
    ok: z.literal(false),
    tookMs: z.number(),
    failure: z.enum(MODEL_FAILURES),
    rule: z.enum(ANSWER_RULES).optional(),
    status: z.number().optional()
  })
])
export type ModelServerTrial = z.infer<typeof ModelServerTrial>

/** An optional server that words what the desk found by itself. Off until somebody names one. */
export const modelServer = {
  settings: base.output(ModelServerSettings),
  save: base.input(ModelServerInput).output(ModelServerSettings),
  /** Asks the server as it is entered, saved or not, to word a made-up sample. No customer's words are sent. */
  test: base.input(ModelServerInput).output(ModelServerTrial)
}
