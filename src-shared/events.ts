import { z } from 'zod'
import { CallQuality } from './contract/phone.ts'
import { Advice, FrontDeskState, HANDOFF_REASONS, Handoff, KnowledgeGap, localText, Promised } from './front-desk.ts'
import { ALERT_OUTCOMES, CodeCheck, RiskEvidence } from './risk.ts'
import { CHANNELS, DISPOSITIONS, INTENTS, MOODS, PAUSE_REASONS, PRESENCES, QUEUES } from './taxonomy.ts'

/**
 * Facts of the centre and events of a desk's log share this catalogue: a desk's log is the part of the facts that desk may know.
 * Times are epoch ms. Adding an optional field keeps a version; changing a meaning makes a new one.
 */

/** One thing that was found in a text, with the characters that show it. `start`/`end` are UTF-16 offsets into the entry's text. */
export const Span = z.object({ start: z.number().int().nonnegative(), end: z.number().int().nonnegative(), text: z.string() })
export type Span = z.infer<typeof Span>

/** A weight of one word or phrase in a decision; positive speaks for it. */
export const Weighed = z.object({ words: z.string(), weight: z.number() })

/** What a customer wants. `confidence` is 0..1; under the threshold the intent is `unknown`. */
export const IntentScore = z.object({ intent: z.enum(INTENTS), confidence: z.number().min(0).max(1), why: z.array(Weighed) })
export type IntentScore = z.infer<typeof IntentScore>

/** How a customer seems in one utterance, and the phrase that shows it (absent when nothing stood out). */
export const MoodScore = z.object({ mood: z.enum(MOODS), confidence: z.number().min(0).max(1), span: Span.optional() })
export type MoodScore = z.infer<typeof MoodScore>

export const SPEAKERS = ['customer', 'agent', 'ai', 'system'] as const
/** `message`: sent in writing; `utterance`: said on a call; `note`: for colleagues only; `system`: what happened. */
export const ENTRY_KINDS = ['message', 'utterance', 'note', 'system'] as const

export const Entry = z.object({
  entryId: z.string(),
  kind: z.enum(ENTRY_KINDS),
  speaker: z.enum(SPEAKERS),
  /** Who of the staff wrote or said it. */
  personId: z.string().optional(),
  /** Plain text with card, identity and phone numbers already masked. For `system`: a key of the catalogue's `system` texts. */
  text: z.string().max(20_000),
  /** Values for a system text's placeholders. */
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  at: z.number()
})
export type Entry = z.infer<typeof Entry>

export const Customer = z.object({
  customerId: z.string(),
  name: z.string(),
  language: z.enum(['en', 'zh']),
  phone: z.string(),
  email: z.string().optional(),
  segment: z.enum(['standard', 'plus', 'private']),
  since: z.number(),
  /** C1 (cautious) to C5 (daring), and until when the assessment holds. */
  riskGrade: z.enum(['C1', 'C2', 'C3', 'C4', 'C5']).optional(),
  riskGradeUntil: z.number().optional(),
  products: z.array(z.object({ kind: z.string(), name: z.string(), masked: z.string(), detail: z.string() })),
  remarks: z.array(z.string()),
  /** Somebody without a file: known only to the desks that serve them. */
  casual: z.boolean().optional()
})
export type Customer = z.infer<typeof Customer>

export const Article = z.object({
  articleId: z.string(),
  revision: z.number().int(),
  language: z.enum(['en', 'zh']),
  title: z.string(),
  intents: z.array(z.enum(INTENTS)),
  /** What an agent can say to the customer, word for word. */
  say: z.string(),
  /** The rest, plain paragraphs separated by blank lines. */
  body: z.string(),
  /** How customers asked for it, in their words, masked. */
  asked: z.array(z.string()).max(30).optional(),
  /** How often people took (up) or refused (down) it as an answer to a wish. */
  ratings: z.array(z.object({ intent: z.enum(INTENTS), up: z.number().int(), down: z.number().int() })).optional(),
  updatedAt: z.number()
})
export type Article = z.infer<typeof Article>

const opened = z.object({
  customerId: z.string(),
  channel: z.enum(CHANNELS),
  queue: z.enum(QUEUES),
  language: z.enum(['en', 'zh']),
  /** One line of why they come, from the scenario, the front desk or the first words. */
  reason: z.string(),
  /** 0 normal .. 9 most urgent. */
  priority: z.number().int().min(0).max(9),
  intent: z.enum(INTENTS).optional(),
  alert: z.enum(['large_transfer', 'remote_login', 'many_small', 'new_payee']).optional(),
  /** True for contacts of the practice floor that simulated colleagues serve. */
  background: z.boolean().optional(),
  /** The one person it is offered to until they decline, miss or pass it on. */
  reservedFor: z.string().optional(),
  /** `out`: a person dialled. Absent: the customer came. */
  direction: z.enum(['in', 'out']).optional(),
  /** The call-back that this contact fulfils. */
  callbackId: z.string().optional()
})

/** A promise to ring somebody. `personId`: who keeps it; absent: whoever of the queue is free then. */
export const Callback = z.object({
  callbackId: z.string(),
  conversationId: z.string().optional(),
  customerId: z.string().optional(),
  name: z.string(),
  phone: z.string(),
  queue: z.enum(QUEUES),
  personId: z.string().optional(),
  at: z.number(),
  note: z.string()
})
export type Callback = z.infer<typeof Callback>

/** Figures of one queue and one quarter of an hour; sums only, so that they can be added up. */
export const QueueInterval = z.object({
  queue: z.enum(QUEUES),
  /** Start of the quarter hour. */
  startAt: z.number(),
  offered: z.number(),
  answered: z.number(),
  abandoned: z.number(),
  /** Abandoned before `shortMs`: counted in `abandoned` too. */
  shortAbandoned: z.number(),
  /** Answered within the target time. */
  answeredInTarget: z.number(),
  transferred: z.number(),
  waitMs: z.number(),
  talkMs: z.number(),
  holdMs: z.number(),
  wrapUpMs: z.number(),
  handled: z.number()
})
export type QueueInterval = z.infer<typeof QueueInterval>

/** Moods of one queue in one quarter of an hour. */
export const MoodCell = z.object({
  queue: z.enum(QUEUES),
  startAt: z.number(),
  /** Analysed customer utterances. */
  utterances: z.number(),
  strained: z.number(),
  /** Up to three phrases that showed strain, newest first. */
  phrases: z.array(z.string())
})
export type MoodCell = z.infer<typeof MoodCell>

export const QueueNow = z.object({
  queue: z.enum(QUEUES),
  waiting: z.number(),
  /** When the longest waiting contact arrived. A screen ticks from it on its own clock. */
  oldestAt: z.number().optional()
})

/** How somebody is shown to colleagues who may want to call them: no reason, nothing about their work but whether they talk. */
export const ColleagueNow = z.object({
  personId: z.string(),
  presence: z.enum(PRESENCES),
  since: z.number(),
  /** A customer's call is up at their phone, held ones included. */
  onCall: z.boolean()
})
export type ColleagueNow = z.infer<typeof ColleagueNow>

export const EVENT_DATA = {
  'conversation.opened': opened,
  'conversation.queued': z.object({
    queue: z.enum(QUEUES),
    reason: z.enum(['arrived', 'declined', 'timeout', 'transfer', 'agent_left', 'recovered'])
  }),
  /** The centre asks one person. `expiresAt` is when it asks the next. */
  'conversation.offered': z.object({ offerId: z.string(), personId: z.string(), expiresAt: z.number(), summary: z.string() }),
  'conversation.offer-ended': z.object({
    offerId: z.string(),
    personId: z.string(),
    outcome: z.enum(['accepted', 'declined', 'timeout', 'withdrawn'])
  }),
  /** `name`: who that is, so that every desk that follows can say who wrote what from then on. */
  'conversation.assigned': z.object({ personId: z.string(), name: localText.optional() }),
  'conversation.transferred': z.object({ fromPersonId: z.string(), queue: z.enum(QUEUES), reason: z.string() }),
  'conversation.abandoned': z.object({ waitedMs: z.number() }),
  /** The contact itself is over (hung up, left); wrap-up follows. */
  'conversation.ended': z.object({ by: z.enum(['customer', 'agent', 'centre']) }),
  'conversation.wrapped': z.object({ personId: z.string(), disposition: z.enum(DISPOSITIONS), note: z.string(), wrapUpMs: z.number() }),
  'conversation.closed': z.object({}),
  'entry.added': Entry,
  'entry.analysed': z.object({
    entryId: z.string(),
    intent: IntentScore.optional(),
    mood: MoodScore.optional(),
    findings: z.array(z.object({ rule: z.string(), severity: z.enum(['info', 'caution', 'bad']), span: Span }))
  }),
  'call.started': z.object({
    callId: z.string(),
    personId: z.string(),
    /** Absent: the centre rang this phone. */
    direction: z.enum(['in', 'out']).optional(),
    /** As dialled or shown, where the customer's own number does not say it. */
    number: z.string().optional(),
    /** The name that the telephone system keeps for the customer's call when it goes from one phone to another. */
    pbxCallId: z.string().optional()
  }),
  'call.answered': z.object({ callId: z.string(), personId: z.string() }),
  'call.held': z.object({ callId: z.string(), source: z.enum(['pbx', 'softphone']) }),
  'call.resumed': z.object({ callId: z.string(), source: z.enum(['pbx', 'softphone']) }),
  'call.digit': z.object({ callId: z.string(), digit: z.string() }),
  'call.quality': z.object({
    callId: z.string(),
    /** Level of the agent's voice as the far end measured it, RMS 0..1. */
    heardRms: z.number().optional(),
    rttMs: z.number().optional(),
    jitterMs: z.number().optional(),
    lossRatio: z.number().optional(),
    /** Mean opinion score 1..4.5 by the E-model, ITU-T G.107. */
    mos: z.number().optional()
  }),
  /** The whole call's quality, told by the phone when it is over. */
  'call.quality-recorded': CallQuality.extend({ callId: z.string(), personId: z.string() }),
  /** What the recorder confirmed, never what a button wished. */
  'call.recording-started': z.object({ callId: z.string(), recordingId: z.string() }),
  'call.recording-paused': z.object({
    callId: z.string(),
    reason: z.enum(PAUSE_REASONS),
    personId: z.string().optional(),
    /** When the centre resumes by itself. */
    until: z.number()
  }),
  'call.recording-resumed': z.object({
    callId: z.string(),
    endedBy: z.enum(['agent', 'timer', 'step-closed', 'call-ended']),
    gapMs: z.number()
  }),
  /** The recording is complete: where its gaps are, from its start. */
  'call.recorded': z.object({
    callId: z.string(),
    recordingId: z.string(),
    startedAt: z.number(),
    ms: z.number(),
    gaps: z.array(z.object({ atMs: z.number(), ms: z.number(), reason: z.enum(PAUSE_REASONS) }))
  }),
  'call.parked': z.object({ callId: z.string(), personId: z.string(), slot: z.string() }),
  'call.retrieved': z.object({ callId: z.string(), personId: z.string(), slot: z.string() }),
  'callback.scheduled': Callback,
  'callback.ended': z.object({ callbackId: z.string(), outcome: z.enum(['reached', 'not-reached', 'cancelled']) }),
  'call.ended': z.object({
    callId: z.string(),
    by: z.enum(['customer', 'agent', 'centre', 'network']),
    talkMs: z.number(),
    holdMs: z.number()
  }),
  /** The front desk answers from here on until it ends; the conversation stands in no queue. */
  'front-desk.started': z.object({ flowsVersion: z.string() }),
  'front-desk.moved': z.object({ state: FrontDeskState, promised: Promised.optional() }),
  /** `contained`: the customer has what they came for. `unanswered`: the question it had no answer to. */
  'front-desk.ended': z.object({
    outcome: z.enum(['contained', 'handed_over', 'left']),
    because: z.enum(HANDOFF_REASONS).optional(),
    unanswered: z.object({ entryId: z.string(), text: z.string() }).optional()
  }),
  'handoff.prepared': Handoff,
  /** The newest state of one gap replaces the one before. */
  'gap.changed': KnowledgeGap,
  /** What may be offered or reminded of in this conversation now; replaces what was said before. */
  'advice.given': z.object({ advice: z.array(Advice).max(10) }),
  'customer.updated': Customer,
  /** `code`: a person's check by one-time code is under way. */
  'verification.changed': z.object({
    state: z.enum(['none', 'started', 'verified', 'failed']),
    how: z.string().optional(),
    code: CodeCheck.optional()
  }),
  /** The same id again is the same alert, now with evidence. `text`: a line from the bank, or the kind once more. */
  'alert.raised': z.object({ alertId: z.string(), kind: z.string(), text: z.string(), evidence: z.array(RiskEvidence).max(10).optional() }),
  'alert.resolved': z.object({ alertId: z.string(), outcome: z.enum(ALERT_OUTCOMES).optional(), personId: z.string().optional() }),
  'presence.changed': z.object({
    personId: z.string(),
    presence: z.enum(PRESENCES),
    reason: z.string().optional(),
    since: z.number(),
    /** Offered no calls. */
    writtenOnly: z.boolean().optional()
  }),
  'suggestion.rated': z.object({
    personId: z.string(),
    articleId: z.string(),
    outcome: z.enum(['accepted', 'edited', 'rejected']),
    why: z.string().optional(),
    /** What the customer wanted then; absent when it was not known. */
    intent: z.enum(INTENTS).optional()
  }),
  'mood.corrected': z.object({ entryId: z.string(), mood: z.enum(MOODS), personId: z.string() }),
  'article.published': Article,
  /** The newest figures for a wallboard. Only changed intervals and cells are sent; a board adds them to what it has. */
  'stats.published': z.object({
    queues: z.array(QueueNow),
    people: z.array(
      z.object({ personId: z.string(), name: localText, presence: z.enum(PRESENCES), reason: z.string().optional(), since: z.number() })
    ),
    intervals: z.array(QueueInterval),
    cells: z.array(MoodCell)
  }),
  /** Who waits, for agents. Each one replaces the one before. */
  'queue.published': z.object({
    waiting: z.array(
      z.object({
        conversationId: z.string(),
        customerName: z.string(),
        channel: z.enum(CHANNELS),
        queue: z.enum(QUEUES),
        reason: z.string(),
        since: z.number(),
        priority: z.number()
      })
    )
  }),
  /** Colleagues who are shown differently since the one before; a centre that starts tells all of them. */
  'colleagues.published': z.object({ people: z.array(ColleagueNow) }),
  'command.accepted': z.object({ commandId: z.string() }),
  'command.rejected': z.object({ commandId: z.string(), code: z.string(), field: z.string().optional(), detail: z.string().optional() }),
  'desk.revoked': z.object({ reason: z.string() }),
  /** A snapshot stood here and has been replaced by a newer one; the number in the log stays taken. */
  'log.compacted': z.object({})
} as const
export type EventType = keyof typeof EVENT_DATA
export type EventData<T extends EventType> = z.infer<(typeof EVENT_DATA)[T]>

interface Head<T extends EventType> {
  id: string
  at: number
  type: T
  version: number
  conversationId?: string | undefined
}
/** A fact: something that happened in the centre. `T` narrows `data`. */
export type Fact = { [T in EventType]: Head<T> & { data: EventData<T> } }[EventType]
export type FactOf<T extends EventType> = Extract<Fact, { type: T }>
/** A fact in one desk's log, at its place in that log (1, 2, 3 ...). */
export type DeskEvent = Fact & { deskSeq: number }

/** The envelope only: what every event must have, whatever its type and version. */
export const Envelope = z.object({
  deskSeq: z.number().int().positive(),
  id: z.string().min(1),
  at: z.number(),
  type: z.string().min(1),
  version: z.number().int().positive(),
  conversationId: z.string().optional(),
  data: z.unknown()
})
export type Envelope = z.infer<typeof Envelope>

/** The version of each type that this build understands; newer ones are kept in the log and not applied. */
export const EVENT_VERSION = 1

/** Makes a fact of version {@link EVENT_VERSION}. Pure: id and time come from the caller. */
export function fact<T extends EventType>(type: T, data: EventData<T>, at: number, id: string, conversationId?: string): FactOf<T> {
  // Fact is a union keyed by `type`; TypeScript cannot see that this generic literal is one of its members.
  return { id, at, type, version: EVENT_VERSION, ...(conversationId === undefined ? {} : { conversationId }), data } as unknown as FactOf<T>
}

/** A desk event as its typed form, or why it cannot be applied (`unknown` types and versions are kept, `invalid` ones reported). */
export function readEvent(envelope: Envelope): { ok: DeskEvent } | { unknown: string } | { invalid: string } {
  const schema = EVENT_DATA[envelope.type as EventType] // may miss: checked on the next line
  if (!schema) return { unknown: `type ${envelope.type}` }
  if (envelope.version > EVENT_VERSION) return { unknown: `version ${envelope.version} of ${envelope.type}` }
  const data = schema.safeParse(envelope.data)
  if (!data.success) return { invalid: `${envelope.type}: ${data.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ')}` }
  return { ok: { ...envelope, data: data.data } as DeskEvent } // type and data were checked together just above
}
