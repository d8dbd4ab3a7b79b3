import type { DeskEvent, Entry } from '../../../src-shared/events.ts'
import type { ReadDb } from '../../sqlite/sqlite.ts'
import { put } from './entry.ts'
import type { Scope } from './projection.ts'

/** One line about what happened: a key of the catalogue's `system` texts, its values, and whom it is about. */
interface SystemLine {
  key: string
  values?: NonNullable<Entry['values']>
  personId?: string
}

/**
 * What the timeline says about an event, after the event was applied. Only what a reader of the conversation would ask about has a
 * line: an offer that was accepted or a contact that closed after its wrap-up is told by the line beside it.
 */
function lineOf(db: ReadDb, event: DeskEvent): SystemLine | undefined {
  switch (event.type) {
    case 'conversation.opened':
      return event.data.direction === 'out' ? { key: 'dialled' } : { key: 'conversation_opened', values: { queue: event.data.queue } }
    case 'conversation.queued':
      return event.data.reason === 'agent_left' ? { key: 'agent_left', values: { queue: event.data.queue } } : undefined
    case 'conversation.offer-ended': {
      const { outcome, personId } = event.data
      return outcome === 'declined' || outcome === 'timeout' ? { key: `offer_${outcome}`, personId } : undefined
    }
    case 'conversation.assigned':
      // A call becomes somebody's by being answered, which has a line of its own.
      return isCall(db, event.conversationId) ? undefined : { key: 'assigned', personId: event.data.personId }
    case 'conversation.transferred': {
      const { queue, reason, fromPersonId } = event.data
      return { key: 'transferred', values: { queue, ...(reason === '' ? {} : { reason }) }, personId: fromPersonId }
    }
    case 'conversation.abandoned':
      return { key: 'abandoned' }
    case 'conversation.ended':
      return callTold(db, event.conversationId, event.at) ? undefined : { key: `ended_by_${event.data.by}` }
    case 'conversation.wrapped':
      return { key: 'wrapped', values: { disposition: event.data.disposition }, personId: event.data.personId }
    case 'call.answered':
      return { key: 'call_answered', personId: event.data.personId }
    case 'call.held':
      return { key: 'call_held' }
    case 'call.resumed':
      return { key: 'call_resumed' }
    case 'call.ended': {
      const { callId, by, talkMs, holdMs } = event.data
      // A ringing that ended is told by its offer; a leg that the centre took down, by the transfer.
      if (!wasAnswered(db, callId)) return wasDialled(db, callId) ? { key: 'call_not_reached' } : undefined
      if (by === 'centre') return undefined
      return { key: by === 'network' ? 'call_failed' : `call_ended_by_${by}`, values: { durationMs: talkMs + holdMs } }
    }
    case 'call.recording-paused':
      return isProlonged(db, event) ? undefined : { key: 'recording_paused', values: { pause: event.data.reason } }
    case 'call.recording-resumed': {
      const { endedBy, gapMs } = event.data
      if (endedBy === 'call-ended') return undefined
      return { key: endedBy === 'timer' ? 'recording_resumed_by_timer' : 'recording_resumed', values: { durationMs: gapMs } }
    }
    case 'call.parked':
      return { key: 'call_parked', values: { slot: event.data.slot }, personId: event.data.personId }
    case 'call.retrieved':
      return { key: 'call_retrieved', values: { slot: event.data.slot }, personId: event.data.personId }
    case 'verification.changed': {
      const { state, how } = event.data
      const values = how === undefined ? {} : { values: { how } }
      return state === 'verified'
        ? { key: 'verification_passed', ...values }
        : state === 'failed'
          ? { key: 'verification_failed', ...values }
          : undefined
    }
    case 'front-desk.ended': {
      const { outcome, because } = event.data
      if (outcome === 'contained') return { key: 'front_desk_served' }
      return outcome === 'left' ? undefined : { key: 'front_desk_handed_over', ...(because && { values: { because } }) }
    }
    case 'alert.raised':
      return isFirst(db, event) ? { key: 'alert_raised', values: { alert: event.data.kind } } : undefined
    case 'alert.resolved': {
      const { outcome = 'cleared', personId } = event.data
      const kind = db.get<{ kind: string }>('select kind from alert where alertId = ?', event.data.alertId)?.kind ?? ''
      return { key: `alert_${outcome}`, values: { alert: kind }, ...(personId === undefined ? {} : { personId }) }
    }
    default:
      return undefined
  }
}

const isCall = (db: ReadDb, conversationId: string | undefined): boolean =>
  db.get<{ channel: string }>('select channel from conversation where conversationId = ?', conversationId ?? '')?.channel === 'voice'

const wasAnswered = (db: ReadDb, callId: string): boolean =>
  db.get('select 1 from call where callId = ? and answeredAt is not null', callId) !== undefined

const wasDialled = (db: ReadDb, callId: string): boolean =>
  db.get(`select 1 from call where callId = ? and direction = 'out'`, callId) !== undefined

/** Evidence that came later to an alert that was raised before is no second alert. */
const isFirst = (db: ReadDb, { id, data }: Extract<DeskEvent, { type: 'alert.raised' }>): boolean =>
  db.get<{ firstId: string | null }>('select firstId from alert where alertId = ?', data.alertId)?.firstId === id

/** A pause whose end was only moved: its gap began before. */
const isProlonged = (db: ReadDb, { at, data }: Extract<DeskEvent, { type: 'call.recording-paused' }>): boolean =>
  db.get('select 1 from recording_gap where callId = ? and toAt is null and fromAt < ?', data.callId, at) !== undefined

/** The end of a contact is one line: that of its call where the two end in one moment. */
const callTold = (db: ReadDb, conversationId: string | undefined, at: number): boolean =>
  db.get('select 1 from call where conversationId = ? and answeredAt is not null and endedAt = ?', conversationId ?? '', at) !== undefined

/** Puts the event's line, where it has one, into the timeline. The id comes from the event, so a rebuild gives the same line. */
export function addSystemLine(scope: Scope, event: DeskEvent): void {
  if (event.conversationId === undefined) return
  const line = lineOf(scope.db, event)
  if (!line) return
  const { key, values, personId } = line
  put(scope, event.conversationId, event.deskSeq, {
    entryId: `event:${event.id}`,
    kind: 'system',
    speaker: 'system',
    text: key,
    at: event.at,
    ...(values === undefined ? {} : { values }),
    ...(personId === undefined ? {} : { personId })
  })
}
