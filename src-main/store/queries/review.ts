import type { z } from 'zod'
import type { CallQuality } from '../../../src-shared/contract/phone.ts'
import type { ReviewRow as ReviewRowSchema, ReviewView } from '../../../src-shared/contract/review.ts'
import type { EventData } from '../../../src-shared/events.ts'
import type { Queue } from '../../../src-shared/taxonomy.ts'
import type { Reading } from './rows.ts'
import { conversationLines } from './timeline.ts'

type ReviewRow = z.infer<typeof ReviewRowSchema>
type Recording = Omit<EventData<'call.recorded'>, 'callId'>

interface Stored {
  conversationId: string
  callId: string
  personId: string
  customerName: string
  queue: Queue
  startedAt: number
  talkMs: number | null
  quality: string | null
  recording: string | null
  gaps: number
}

const COLUMNS = `k.conversationId, k.callId, k.personId, c.queue, k.startedAt, k.talkMs, k.quality, k.recording,
  coalesce((select name from customer where customerId = c.customerId), '') as customerName,
  (select count(*) from recording_gap where callId = k.callId) as gaps`
export const REVIEW_SQL = {
  list: `select ${COLUMNS} from call k join conversation c on c.conversationId = k.conversationId
    where k.state = 'ended' and k.answeredAt is not null and k.startedAt < ? order by k.startedAt desc limit ?`,
  one: `select ${COLUMNS} from call k join conversation c on c.conversationId = k.conversationId
    where k.callId = ? and k.conversationId = ? and k.state = 'ended' and k.answeredAt is not null`,
  recording: `select callId, conversationId from call where recording is not null and recording ->> '$.recordingId' = ?`
} as const

const recordingOf = ({ recording }: Stored): Recording | undefined =>
  recording === null ? undefined : (JSON.parse(recording) as Recording) // written by the projection from checked data

function rowOf(stored: Stored, nameOf: (personId: string) => string | undefined): ReviewRow {
  const recording = recordingOf(stored)
  return {
    conversationId: stored.conversationId,
    callId: stored.callId,
    ...(recording ? { recordingId: recording.recordingId } : {}),
    customerName: stored.customerName,
    personName: nameOf(stored.personId) ?? '',
    queue: stored.queue,
    startedAt: stored.startedAt,
    talkMs: stored.talkMs ?? 0,
    ...(stored.quality === null ? {} : { quality: JSON.parse(stored.quality) as CallQuality }), // as above
    gaps: stored.gaps
  }
}

/** Ended calls that were answered, newest first; `before` is the `startedAt` of the last one of the page above. */
export function reviewList(
  { desk }: Reading,
  { before, limit }: { before?: number | undefined; limit: number },
  nameOf: (personId: string) => string | undefined
): { rows: ReviewRow[]; more: boolean } {
  const found = desk.all<Stored>(REVIEW_SQL.list, before ?? Number.MAX_SAFE_INTEGER, limit + 1)
  return { rows: found.slice(0, limit).map((row) => rowOf(row, nameOf)), more: found.length > limit }
}

/** One call with the lines of its conversation, or `undefined` when this desk does not know it as ended. */
export function reviewView(
  reading: Reading,
  { conversationId, callId }: { conversationId: string; callId: string },
  nameOf: (personId: string) => string | undefined
): z.infer<typeof ReviewView> | undefined {
  const stored = reading.desk.get<Stored>(REVIEW_SQL.one, callId, conversationId)
  if (!stored) return undefined
  const recording = recordingOf(stored)
  return {
    ...rowOf(stored, nameOf),
    rows: conversationLines(reading.desk, conversationId, nameOf),
    ...(recording ? { recording } : {})
  }
}

/** The conversation and call of a recording that this desk knows. */
export const callOfRecording = ({ desk }: Reading, recordingId: string): { callId: string; conversationId: string } | undefined =>
  desk.get(REVIEW_SQL.recording, recordingId)
