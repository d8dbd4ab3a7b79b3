import type { ConversationView, RecoverableCall } from '../../../src-shared/contract/conversation.ts'
import type { PauseReason } from '../../../src-shared/contract/phone.ts'
import type { CodeCheck } from '../../../src-shared/risk.ts'
import type { Disposition, Mood } from '../../../src-shared/taxonomy.ts'
import type { ReadDb } from '../../sqlite/sqlite.ts'
import { commandsOf } from '../own/commands.ts'
import { gapsOf } from './gap-ledger.ts'
import { handoffOf } from './handoff.ts'
import { adviceOf, alertsOf, codeOf } from './risk.ts'
import { CONVERSATION_COLUMNS, conversationRow, type Reading, type StoredConversation } from './rows.ts'

type Stored = StoredConversation & {
  verification: ConversationView['verification']
  assignedAt: number | null
  endedAt: number | null
  disposition: Disposition | null
  wrapUpNote: string | null
  phone: string | null
}

interface StoredCall {
  callId: string
  state: 'ringing' | 'up' | 'held' | 'ended'
  answeredAt: number | null
  endedAt: number | null
  heardRms: number | null
  digits: string
  direction: 'in' | 'out'
  slot: string | null
  recordingState: 'on' | 'paused' | 'ended' | null
  recordingUntil: number | null
  recordingReason: PauseReason | null
}

export const CONVERSATION_SQL = `
  select ${CONVERSATION_COLUMNS}, c.verification, c.assignedAt, c.endedAt, c.disposition, c.wrapUpNote,
    (select phone from customer where customerId = c.customerId) as phone
  from conversation c where c.conversationId = ?`

/** The newest call of a conversation: a recovered or transferred one has several. */
export const latestCall = ({ desk }: Pick<Reading, 'desk'>, conversationId: string): StoredCall | undefined =>
  desk.get<StoredCall>(
    `select callId, state, answeredAt, endedAt, heardRms, digits, direction, slot, recordingState, recordingUntil, recordingReason
     from call where conversationId = ? order by startedAt desc limit 1`,
    conversationId
  )

function callView(reading: Reading, conversationId: string, call: StoredCall): NonNullable<ConversationView['call']> {
  const { recordingState: state, recordingUntil: until, recordingReason: reason } = call
  const asked = state === null ? undefined : recordingAsked(reading.own, conversationId)
  return {
    callId: call.callId,
    state: call.state,
    digits: call.digits,
    direction: call.direction,
    gaps: gapsOf(reading.desk, call.callId),
    ...(call.answeredAt === null ? {} : { answeredAt: call.answeredAt }),
    ...(call.endedAt === null ? {} : { endedAt: call.endedAt }),
    ...(call.heardRms === null ? {} : { heardRms: call.heardRms }),
    ...(call.slot === null ? {} : { slot: call.slot }),
    ...(state === null
      ? {}
      : {
          recording: {
            state,
            ...(until === null ? {} : { until }),
            ...(reason === null ? {} : { reason }),
            ...(asked === undefined ? {} : { asked })
          }
        })
  }
}

/** What I asked of the recorder last and the centre has not answered yet. */
function recordingAsked(own: ReadDb, conversationId: string): 'pause' | 'resume' | undefined {
  const last = commandsOf(own, conversationId).findLast(
    ({ state, type }) => state === 'waiting' && (type === 'recording.pause' || type === 'recording.resume')
  )
  return last && (last.type === 'recording.pause' ? 'pause' : 'resume')
}

/** One conversation, or `undefined` when this desk does not know it. */
export function conversationView(
  reading: Reading,
  conversationId: string,
  nameOf: (personId: string) => string | undefined
): ConversationView | undefined {
  const row = reading.desk.get<Stored>(CONVERSATION_SQL, conversationId)
  if (!row) return undefined
  const call = latestCall(reading, conversationId)
  const code = codeOf(reading.desk, conversationId)
  const handoff = handoffOf(reading.desk, conversationId, nameOf)
  return {
    ...conversationRow(reading, row),
    phone: row.phone ?? '',
    verification: row.verification,
    alerts: alertsOf(reading.desk, conversationId),
    advice: adviceOf(reading.desk, conversationId),
    ...(code && { code: forView(code) }),
    ...(row.assignedAt === null ? {} : { assignedAt: row.assignedAt }),
    ...(row.endedAt === null ? {} : { endedAt: row.endedAt }),
    ...(call ? { call: callView(reading, conversationId, call) } : {}),
    moods: reading.desk.all<{ entryId: string; at: number; mood: Mood }>(
      `select entryId, at, coalesce(correctedMood, mood ->> '$.mood') as mood from entry
       where conversationId = ? and speaker = 'customer' and (mood is not null or correctedMood is not null) order by rowId`,
      conversationId
    ),
    ...(handoff && { handoff }),
    ...(row.disposition === null ? {} : { disposition: row.disposition }),
    ...(row.wrapUpNote === null ? {} : { wrapUpNote: row.wrapUpNote })
  }
}

/** What was asked of the bank, and the key to seal with, are no business of a screen. */
const forView = ({ state, sentTo, until, wrong }: CodeCheck): NonNullable<ConversationView['code']> => ({
  state,
  wrong,
  ...(sentTo === undefined ? {} : { sentTo }),
  ...(until === undefined ? {} : { until })
})

/** Whether the centre keeps me busy for this conversation, or is about to: it has not told of it yet. */
export function isServedHere({ desk, personId }: Reading, conversationId: string): boolean {
  const known = desk.get<{ state: string; ownerId: string | null }>(
    'select state, ownerId from conversation where conversationId = ?',
    conversationId
  )
  return known === undefined || known.state === 'offered' || (known.state === 'active' && known.ownerId === personId)
}

/**
 * My calls that need taking back: answered before `since` and up as far as the centre knows, or lost by the centre (it went down, or
 * the network did) while the customer is still mine. One whose next ringing is under way is not among them.
 */
export function callsToTakeBack({ desk, personId }: Reading, since: number): (RecoverableCall & { lost: boolean })[] {
  return desk
    .all<RecoverableCall & { state: string }>(
      `select k.conversationId, k.callId, k.lastSeenAt, k.state,
         coalesce((select name from customer where customerId = c.customerId), '') as customerName
       from conversation c
       join call k on k.callId = (select callId from call where conversationId = c.conversationId order by startedAt desc limit 1)
       where c.ownerId = ? and c.state = 'active' and k.personId = ?
         and (k.state = 'ended' or (k.state in ('up', 'held') and k.answeredAt < ?))
       order by k.startedAt`,
      personId,
      personId,
      since
    )
    .map(({ state, ...call }) => ({ ...call, lost: state === 'ended' }))
}
