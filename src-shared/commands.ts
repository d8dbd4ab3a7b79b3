import { z } from 'zod'
import { CallQuality } from './contract/phone.ts'
import { Callback } from './events.ts'
import { ALERT_OUTCOMES } from './risk.ts'
import { CHOOSABLE_PRESENCES, DISPOSITIONS, INTENTS, MOODS, PAUSE_REASONS, QUEUES } from './taxonomy.ts'

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
  'presence.set': z.object({
    presence: z.enum([...CHOOSABLE_PRESENCES, 'technical', 'busy']),
    reason: z.string().max(200).optional(),
    /** Offer me no calls: my phone is not used. */ writtenOnly: z.boolean().optional()
  }),
  'offer.accept': z.object({ conversationId, offerId: z.string() }),
  'offer.decline': z.object({ conversationId, offerId: z.string(), reason: z.string().max(200).optional() }),
  'message.send': z.object({ conversationId, entryId: z.string(), text, inClear }),
  'note.add': z.object({ conversationId, entryId: z.string(), text }),
  /** What was said on a call: typed by the agent, or heard by a recogniser, which tells who and when. */
  'transcript.add': z.object({
    conversationId,
    entryId: z.string(),
    text,
    inClear,
    /** Absent: the agent. */
    speaker: z.enum(['customer', 'agent']).optional(),
    saidAt: z.number().optional(),
    /** 0..1; present only for what a recogniser heard. */
    confidence: z.number().min(0).max(1).optional()
  }),
  /** A call that the centre did not offer: dialled here, or rung through directly. It becomes a contact of this person's. */
  'call.open': z.object({
    conversationId,
    callId: z.string(),
    direction: z.enum(['in', 'out']),
    /** E.164 where it could be had, else as dialled. */
    number: z.string().max(100),
    name: z.string().max(200).optional(),
    customerId: z.string().optional(),
    callbackId: z.string().optional()
  }),
  'call.quality': CallQuality.extend({ conversationId, callId: z.string() }),
  'recording.pause': z.object({ conversationId, reason: z.enum(PAUSE_REASONS), forMs: z.number().int().min(5_000).max(600_000) }),
  'recording.resume': z.object({ conversationId, endedBy: z.enum(['agent', 'step-closed']) }),
  /** The PBX confirmed to this phone what its recorder does. */
  'recording.confirmed': z.object({
    conversationId,
    callId: z.string(),
    state: z.enum(['paused', 'resumed']),
    reason: z.enum(PAUSE_REASONS).optional(),
    forMs: z.number().optional(),
    endedBy: z.enum(['agent', 'timer', 'step-closed', 'call-ended']).optional()
  }),
  'callback.schedule': Callback.omit({ personId: true }).extend({ mine: z.boolean() }),
  'callback.end': z.object({ callbackId: z.string(), outcome: z.enum(['reached', 'not-reached', 'cancelled']) }),
  'call.report': z.object({
    conversationId,
    callId: z.string(),
    what: z.enum(['answered', 'held', 'resumed', 'ended', 'failed', 'quality', 'parked']),
    heardRms: z.number().optional(),
    rttMs: z.number().optional(),
    jitterMs: z.number().optional(),
    lossRatio: z.number().optional(),
    mos: z.number().optional(),
    /** For `parked`: where. */
    slot: z.string().max(40).optional(),
    detail: z.string().max(500).optional()
  }),
  /** Take a call back that was up when the desk went down: the customer is rung through again. */
  'call.recover': z.object({ conversationId }),
  'transfer.blind': z.object({ conversationId, queue: z.enum(QUEUES), reason: z.string().max(500) }),
  /** The customer is with somebody else now: transferred by the phone after consulting, or blindly to an extension. */
  'transfer.done': z.object({ conversationId, callId: z.string(), to: z.string().max(200), reason: z.string().max(500) }),
  'conversation.end': z.object({ conversationId }),
  'verification.confirm': z.object({ conversationId, how: z.string().max(200), passed: z.boolean() }),
  /** Has the bank send the customer a one-time code; again for a new one. */
  'verification.start': z.object({ conversationId }),
  /** The code the customer told, sealed for the centre (hub/seal.ts), since commands are stored on their way. */
  'verification.check': z.object({ conversationId, sealed: z.string().min(1).max(400) }),
  'alert.resolve': z.object({ conversationId, alertId: z.string(), outcome: z.enum(ALERT_OUTCOMES) }),
  'wrapup.finish': z.object({ conversationId, disposition: z.enum(DISPOSITIONS), note: z.string().max(10_000) }),
  'suggestion.rate': z.object({
    conversationId,
    articleId: z.string(),
    outcome: z.enum(['accepted', 'edited', 'rejected']),
    why: z.string().max(500).optional()
  }),
  /** A supervisor's answer to a gap becomes an article of the knowledge base. */
  'article.approve': z.object({
    gapId: z.string().min(1),
    title: z.string().trim().min(1).max(300),
    say: z.string().trim().min(1).max(4_000),
    body: z.string().trim().max(10_000),
    intents: z.array(z.enum(INTENTS)).max(5),
    language: z.enum(['en', 'zh'])
  }),
  /** The question needs no article; `gap.reopen` takes that back. */
  'gap.dismiss': z.object({ gapId: z.string().min(1) }),
  'gap.reopen': z.object({ gapId: z.string().min(1) }),
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
