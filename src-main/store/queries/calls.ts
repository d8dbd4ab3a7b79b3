import type { CommandData } from '../../../src-shared/commands.ts'
import type { CallbackRow, CallRow } from '../../../src-shared/contract/calls.ts'
import type { EventData } from '../../../src-shared/events.ts'
import { openCommands } from '../own/commands.ts'
import { type InsideCall, insideCalls } from '../own/inside-calls.ts'
import type { Reading } from './rows.ts'

interface StoredCall extends Omit<CallRow, 'outcome' | 'colleague' | 'talkMs' | 'mos' | 'callbackId'> {
  callbackId: string | null
  state: 'ringing' | 'up' | 'held' | 'ended'
  answeredAt: number | null
  talkMs: number | null
  mos: number | null
  offerOutcome: string | null
}

export const HISTORY_SQL = `
  select k.callId, k.conversationId, k.direction, k.state, k.startedAt, k.answeredAt, k.talkMs, k.quality ->> '$.mos.average' as mos,
    c.customerId, c.channel, c.queue, c.reason, c.callbackId,
    coalesce((select name from customer where customerId = c.customerId), '') as customerName,
    coalesce(k.number, (select phone from customer where customerId = c.customerId), '') as number,
    (select outcome from offer where conversationId = k.conversationId and personId = k.personId and offeredAt <= k.startedAt
       order by offeredAt desc limit 1) as offerOutcome
  from call k join conversation c on c.conversationId = k.conversationId
  where k.personId = ? and k.startedAt < ? order by k.startedAt desc limit ?`

function outcomeOf({ state, answeredAt, direction, offerOutcome }: StoredCall): CallRow['outcome'] {
  if (state !== 'ended') return 'running'
  if (answeredAt !== null) return 'talked'
  if (direction === 'out') return 'not-reached'
  return offerOutcome === 'declined' ? 'declined' : 'missed'
}

const insideRow = ({ callId, number, direction, name, answeredAt, endedAt }: InsideCall): CallRow => ({
  callId,
  customerName: name,
  colleague: true,
  number,
  direction,
  channel: 'voice',
  reason: '',
  outcome: endedAt === null ? 'running' : 'talked',
  startedAt: answeredAt,
  ...(endedAt === null ? {} : { talkMs: Math.max(0, endedAt - answeredAt) })
})

/** My calls, talks with colleagues among them, whatever came of them, newest first; `before` is the `startedAt` of the last one of the page above. */
export function callHistory(
  { desk, own, personId }: Reading,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number | undefined; limit: number }
): { rows: CallRow[]; more: boolean } {
  const found = desk.all<StoredCall>(HISTORY_SQL, personId, before, limit + 1)
  const contacts = found.map((row): CallRow => {
    const { state: _, answeredAt: __, offerOutcome: ___, talkMs, mos, callbackId, ...call } = row
    return {
      ...call,
      outcome: outcomeOf(row),
      ...(talkMs === null || row.answeredAt === null ? {} : { talkMs }),
      ...(mos === null ? {} : { mos }),
      ...(callbackId === null ? {} : { callbackId })
    }
  })
  const all = [...contacts, ...insideCalls(own, before, limit + 1).map(insideRow)].sort((a, b) => b.startedAt - a.startedAt)
  return { rows: all.slice(0, limit), more: all.length > limit }
}

type StoredCallback = Omit<EventData<'callback.scheduled'>, 'conversationId' | 'customerId' | 'personId'> & {
  conversationId: string | null
  customerId: string | null
  personId: string | null
}

export const CALLBACKS_SQL = `select callbackId, conversationId, customerId, name, phone, queue, personId, at, note from callback
  where outcome is null and at >= 0 order by at`

/** Call-backs to come that are mine or my queues', soonest first. Those I entered and the centre has not answered are among them. */
export function callbacks({ desk, own, personId }: Reading): CallbackRow[] {
  const rows = desk.all<StoredCallback>(CALLBACKS_SQL).map(
    ({ conversationId, customerId, personId: whose, ...one }): CallbackRow => ({
      ...one,
      ...(conversationId === null ? {} : { conversationId }),
      ...(customerId === null ? {} : { customerId }),
      mine: whose === personId,
      waiting: false
    })
  )
  const known = new Map(rows.map((row) => [row.callbackId, row]))
  for (const command of openCommands(own)) {
    if (command.state !== 'waiting') continue
    if (command.type === 'callback.schedule') {
      const { conversationId, customerId, ...one } = command.data as CommandData<'callback.schedule'> // checked when stored
      if (!known.has(one.callbackId))
        known.set(one.callbackId, {
          ...one,
          ...(conversationId === undefined ? {} : { conversationId }),
          ...(customerId === undefined ? {} : { customerId }),
          waiting: true
        })
    } else if (command.type === 'callback.end') {
      const row = known.get((command.data as CommandData<'callback.end'>).callbackId) // as above
      if (row) known.set(row.callbackId, { ...row, waiting: true })
    }
  }
  return [...known.values()].sort((a, b) => a.at - b.at)
}

/** The conversation in which I keep a promise now. */
/** The conversation that this call was opened in, be it that the centre does not know yet. */
export const conversationOfCall = ({ desk, own }: Reading, callId: string): string | undefined =>
  (
    own.get<{ conversationId: string }>(
      `select conversationId from command where type = 'call.open' and state = 'waiting' and json_extract(json, '$.callId') = ?`,
      callId
    ) ?? desk.get<{ conversationId: string }>('select conversationId from call where callId = ?', callId)
  )?.conversationId

export const contactOfCallback = ({ desk, personId }: Reading, callbackId: string): string | undefined =>
  desk.get<{ conversationId: string }>(
    `select conversationId from conversation where ownerId = ? and state = 'active' and callbackId = ? order by rowId desc limit 1`,
    personId,
    callbackId
  )?.conversationId
