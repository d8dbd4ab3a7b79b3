import type { TimelineRow } from '../../../src-shared/contract/conversation.ts'
import type { Mood } from '../../../src-shared/taxonomy.ts'
import { commandsOf, type StoredCommand } from '../own/commands.ts'
import { firstRowOf } from '../projections/time-row.ts'
import type { Reading } from './rows.ts'

interface Stored {
  rowId: number
  entryId: string
  conversationId: string
  channel: TimelineRow['channel'] | null
  kind: TimelineRow['kind']
  speaker: TimelineRow['speaker']
  personId: string | null
  text: string
  values: string | null
  at: number
  intent: string | null
  mood: string | null
  correctedMood: Mood | null
  findings: string | null
}

const COLUMNS = `e.rowId, e.entryId, e.conversationId, e.kind, e.speaker, e.personId, e.text, e."values", e.at, e.intent, e.mood,
  e.correctedMood, e.findings, (select channel from conversation where conversationId = e.conversationId) as channel`
export const TIMELINE_SQL = {
  customer: `select ${COLUMNS} from entry e where e.customerId = ? and e.rowId < ? order by e.rowId desc limit ?`,
  /** The rest of the millisecond that the page would split, so that no line is lost between two pages. */
  sameMoment: `select ${COLUMNS} from entry e where e.customerId = ? and e.rowId < ? and e.rowId >= ? order by e.rowId desc`,
  conversation: `select ${COLUMNS} from entry e where e.conversationId = ? order by e.rowId`
} as const

/**
 * All channels of the conversation's customer, oldest first. `before` (an entry's time) gives the page above; a page may be longer
 * than `limit` by the lines of one millisecond. My lines that the centre has not shown yet stand at their time, waiting or refused.
 */
export function timeline(
  reading: Reading,
  conversationId: string,
  page: { before?: number | undefined; limit: number },
  nameOf: (personId: string) => string | undefined
): { rows: TimelineRow[]; more: boolean } | undefined {
  const { desk } = reading
  const customerId = desk.get<{ customerId: string }>(
    'select customerId from conversation where conversationId = ?',
    conversationId
  )?.customerId
  if (customerId === undefined) return undefined
  const end = page.before === undefined ? Number.MAX_SAFE_INTEGER : firstRowOf(page.before)
  const found = desk.all<Stored>(TIMELINE_SQL.customer, customerId, end, page.limit + 1)
  const more = found.length > page.limit
  const rows = found.slice(0, page.limit)
  const oldest = rows.at(-1)
  if (more && oldest) rows.push(...desk.all<Stored>(TIMELINE_SQL.sameMoment, customerId, oldest.rowId, firstRowOf(oldest.at)))
  const lines = rows.map((row) => line(row, nameOf)).reverse()
  const from = more ? (oldest?.at ?? 0) : Number.NEGATIVE_INFINITY
  const mine = provisional(reading, customerId, nameOf).filter(
    (row) => row.at >= from && (page.before === undefined || row.at < page.before)
  )
  return { rows: [...lines, ...mine].sort((a, b) => a.at - b.at), more }
}

/** All lines of one conversation alone, oldest first. */
export const conversationLines = (
  desk: Reading['desk'],
  conversationId: string,
  nameOf: (personId: string) => string | undefined
): TimelineRow[] => desk.all<Stored>(TIMELINE_SQL.conversation, conversationId).map((row) => line(row, nameOf))

function line(row: Stored, nameOf: (personId: string) => string | undefined): TimelineRow {
  const personName = row.personId === null ? undefined : nameOf(row.personId)
  // The JSON columns were written by projections from checked data.
  const mood = row.mood === null ? undefined : (JSON.parse(row.mood) as NonNullable<TimelineRow['mood']>)
  const stored = row.values === null ? {} : (JSON.parse(row.values) as Record<string, string | number>)
  // Names are the reader's: in their language, and known or not at their desk.
  const values = { ...stored, ...(row.kind === 'system' && personName !== undefined ? { person: personName } : {}) }
  return {
    entryId: row.entryId,
    conversationId: row.conversationId,
    channel: row.channel ?? 'chat',
    kind: row.kind,
    speaker: row.speaker,
    ...(personName === undefined ? {} : { personName }),
    text: row.text,
    ...(Object.keys(values).length === 0 ? {} : { values }),
    at: row.at,
    delivery: 'sent',
    ...(row.intent === null ? {} : { intent: JSON.parse(row.intent) as NonNullable<TimelineRow['intent']> }),
    // A person's correction is certain and needs no phrase.
    ...(row.correctedMood !== null ? { mood: { mood: row.correctedMood, confidence: 1 } } : mood ? { mood } : {}),
    findings: row.findings === null ? [] : (JSON.parse(row.findings) as TimelineRow['findings'])
  }
}

const KIND_OF = { 'message.send': 'message', 'note.add': 'note', 'transcript.add': 'utterance' } as const
const kindOf = (command: StoredCommand): TimelineRow['kind'] | undefined =>
  command.type in KIND_OF ? KIND_OF[command.type as keyof typeof KIND_OF] : undefined // the line before checked it

interface Line {
  entryId: string
  text: string
  speaker?: 'customer' | 'agent'
  saidAt?: number
}

/** Lines entered here that are not in the log yet: computed from the outbox, so that they cannot disagree with it. */
function provisional(reading: Reading, customerId: string, nameOf: (personId: string) => string | undefined): TimelineRow[] {
  const { desk, own, personId } = reading
  const personName = nameOf(personId)
  const rows: TimelineRow[] = []
  for (const { conversationId } of own.all<{ conversationId: string }>(
    `select distinct conversationId from command where state <> 'discarded' and type in ('message.send', 'note.add', 'transcript.add')`
  )) {
    const owner = desk.get<{ customerId: string; channel: TimelineRow['channel'] }>(
      'select customerId, channel from conversation where conversationId = ?',
      conversationId
    )
    if (owner?.customerId !== customerId) continue
    for (const command of commandsOf(own, conversationId)) {
      const kind = kindOf(command)
      if (kind === undefined) continue
      // Commands with a kind carry both, checked when stored; what a recogniser heard says who and when.
      const { entryId, text, speaker = 'agent', saidAt } = command.data as Line
      // The centre's own line has come, its answer not yet: show the line once.
      if (desk.get('select 1 from entry where entryId = ?', entryId)) continue
      rows.push({
        entryId,
        conversationId,
        channel: owner.channel,
        kind,
        speaker,
        ...(personName === undefined || speaker === 'customer' ? {} : { personName }),
        text,
        at: saidAt ?? command.at,
        delivery: command.state === 'refused' ? 'refused' : 'waiting',
        ...(command.refusal ? { refusal: { commandId: command.commandId, code: command.refusal.code } } : {}),
        findings: []
      })
    }
  }
  return rows
}
