import { z } from 'zod'
import { CHOOSABLE_PRESENCES, DISPOSITIONS, MOODS, QUEUES } from './taxonomy.ts'

/** What a desk may ask of the centre. Every command ends in `command.accepted` or `command.rejected` in the desk's log. */

const text = z.string().trim().min(1).max(10_000)
const conversationId = z.string().min(1)
/** Where personal data stood in clear before the desk masked the text: offsets into the masked one. */
const inClear = z
  .array(
    z.object({
      start: z.number().int().nonnegative(),
      end: z.number().int().nonnegative(),
      severity: z.enum(['info', 'caution', 'bad'])
    })
  )
  .max(50)
  .optional()

export const COMMAND_DATA = {
  'presence.set': z.object({ presence: z.enum([...CHOOSABLE_PRESENCES, 'technical', 'busy']), reason: z.string().max(200).optional() }),
  'offer.accept': z.object({ conversationId, offerId: z.string() }),
  'offer.decline': z.object({ conversationId, offerId: z.string(), reason: z.string().max(200).optional() }),
  'message.send': z.object({ conversationId, entryId: z.string(), text, inClear }),
  'note.add': z.object({ conversationId, entryId: z.string(), text }),
  /** What the agent said on a call, typed; the recogniser comes later. */
  'transcript.add': z.object({ conversationId, entryId: z.string(), text, inClear }),
  'call.report': z.object({
    conversationId,
    callId: z.string(),
    what: z.enum(['answered', 'held', 'resumed', 'ended', 'failed', 'quality']),
    heardRms: z.number().optional(),
    rttMs: z.number().optional(),
    jitterMs: z.number().optional(),
    lossRatio: z.number().optional(),
    detail: z.string().max(500).optional()
  }),
  /** Take a call back that was up when the desk went down: the customer is rung through again. */
  'call.recover': z.object({ conversationId }),
  'transfer.blind': z.object({ conversationId, queue: z.enum(QUEUES), reason: z.string().max(500) }),
  'conversation.end': z.object({ conversationId }),
  'verification.confirm': z.object({ conversationId, how: z.string().max(200), passed: z.boolean() }),
  'wrapup.finish': z.object({ conversationId, disposition: z.enum(DISPOSITIONS), note: z.string().max(10_000) }),
  'suggestion.rate': z.object({
    conversationId,
    articleId: z.string(),
    outcome: z.enum(['accepted', 'edited', 'rejected']),
    why: z.string().max(500).optional()
  }),
  'emotion.correct': z.object({ conversationId, entryId: z.string(), mood: z.enum(MOODS) })
} as const
export type CommandType = keyof typeof COMMAND_DATA
export type CommandData<T extends CommandType> = z.infer<(typeof COMMAND_DATA)[T]>

/** A command on its way: who asks (the hub knows the desk), what, and when it was made on the desk's clock. */
export type Command = { [T in CommandType]: { id: string; at: number; type: T; data: CommandData<T> } }[CommandType]

/** A command as its typed form, or which field is wrong. */
export function readCommand(raw: {
  id: string
  at: number
  type: string
  data: unknown
}): { ok: Command } | { field: string; detail: string; unknown: boolean } {
  const schema = COMMAND_DATA[raw.type as CommandType] // may miss: checked on the next line
  if (!schema) return { field: 'type', detail: `unknown command ${raw.type}`, unknown: true }
  const data = schema.safeParse(raw.data)
  if (!data.success) {
    const issue = data.error.issues[0]
    return { field: issue?.path.join('.') ?? 'data', detail: issue?.message ?? 'invalid', unknown: false }
  }
  return { ok: { ...raw, data: data.data } as Command } // type and data were checked together just above
}
