import type { CommandData } from '../../../src-shared/commands.ts'
import type { MoodScore } from '../../../src-shared/events.ts'
import type { Handoff } from '../../../src-shared/front-desk.ts'
import type { Channel, Intent, Language, Mood } from '../../../src-shared/taxonomy.ts'
import type { Turn } from '../../ai/ai.ts'
import { commandsOf } from '../../store/own/commands.ts'
import type { Reading } from '../../store/queries/rows.ts'
import { type Leaning, leaningsOf } from './leanings.ts'

/** A turn with what the centre has already said about it. */
export interface HeardTurn extends Turn {
  mood: MoodScore | undefined
}

/** What the co-pilot reads: the conversation as it stands, with my own lines that are still on their way. */
export interface Heard {
  turns: HeardTurn[]
  channel: Channel
  language: Language | undefined
  openedIntent: Intent | undefined
  alert: string | undefined
  /** Where it stands, while it is with me. */
  mine: 'active' | 'wrap-up' | undefined
  /** How the person before me verified the customer, where nothing has changed since. */
  verifiedBefore: VerifiedBefore | undefined
  /** Articles I rated in this conversation, and when I last did. */
  rated: ReadonlySet<string>
  lastRatedAt: number
  /** My ratings anywhere that the centre has not taken yet. */
  leanings: readonly Leaning[]
}

export interface VerifiedBefore {
  byFrontDesk: boolean
  how?: string | undefined
  at?: number | undefined
}

interface Row {
  entryId: string
  speaker: 'customer' | 'agent' | 'ai'
  text: string
  at: number
  mood: string | null
  correctedMood: Mood | null
}

/** `undefined` when the desk does not know the conversation. */
export function hear({ desk, own, personId }: Reading, conversationId: string): Heard | undefined {
  const about = desk.get<{
    channel: Channel
    language: Language
    intent: Intent | null
    alert: string | null
    state: string
    ownerId: string | null
    verification: string
    handoff: string | null
  }>(
    `select channel, language, intent, state, ownerId, verification,
       (select json from handoff where conversationId = c.conversationId) as handoff, coalesce((select text from alert where conversationId = c.conversationId and resolvedAt is null
       order by at desc limit 1),
       case when exists (select 1 from alert where conversationId = c.conversationId) then null else c.alert end) as alert
     from conversation c where conversationId = ?`,
    conversationId
  )
  if (!about) return undefined
  const turns = desk
    .all<Row>(
      `select entryId, speaker, text, at, mood, correctedMood from entry
       where conversationId = ? and kind in ('message', 'utterance') and speaker in ('customer', 'agent', 'ai') order by rowId`,
      conversationId
    )
    .map(
      (row): HeardTurn => ({
        entryId: row.entryId,
        // What the front desk's AI said was said in the bank's name, as an agent's words are.
        speaker: row.speaker === 'customer' ? 'customer' : 'agent',
        text: row.text,
        at: row.at,
        mood:
          row.correctedMood !== null
            ? { mood: row.correctedMood, confidence: 1 }
            : row.mood === null
              ? undefined
              : (JSON.parse(row.mood) as MoodScore) // written by the projection from checked data
      })
    )
  const known = new Set(turns.map((turn) => turn.entryId))
  const rated = new Map(
    desk
      .all<{ articleId: string; at: number }>('select articleId, at from rating where conversationId = ?', conversationId)
      .map((row) => [row.articleId, row.at] as const)
  )
  for (const command of commandsOf(own, conversationId)) {
    if (command.state !== 'waiting') continue
    // checked when stored; fields by type
    const data = command.data as Partial<CommandData<'transcript.add'> & CommandData<'suggestion.rate'>>
    if (command.type === 'suggestion.rate' && data.articleId !== undefined) rated.set(data.articleId, command.at)
    if (
      (command.type === 'message.send' || command.type === 'transcript.add') &&
      data.entryId !== undefined &&
      data.text !== undefined &&
      !known.has(data.entryId)
    )
      turns.push({
        entryId: data.entryId,
        speaker: data.speaker ?? 'agent',
        text: data.text,
        at: data.saidAt ?? command.at,
        mood: undefined
      })
  }
  turns.sort((a, b) => a.at - b.at)
  return {
    turns,
    channel: about.channel,
    language: about.language,
    openedIntent: about.intent ?? undefined,
    alert: about.alert ?? undefined,
    mine: about.ownerId === personId && (about.state === 'active' || about.state === 'wrap-up') ? about.state : undefined,
    verifiedBefore: about.verification === 'verified' && about.handoff !== null ? verifiedIn(about.handoff) : undefined,
    rated: new Set(rated.keys()),
    lastRatedAt: Math.max(0, ...rated.values()),
    leanings: leaningsOf({ desk, own })
  }
}

function verifiedIn(json: string): VerifiedBefore | undefined {
  const { verification, fromPersonId, tried } = JSON.parse(json) as Handoff // written by the projection from checked data
  const { state, how, at } = verification
  if (state !== 'verified') return undefined
  // What a person did says how; the front desk has but one way.
  const alone = tried.some((one) => one.what === 'verification' && one.at === at && one.detail === undefined)
  return { byFrontDesk: fromPersonId === undefined || alone, how, at }
}
