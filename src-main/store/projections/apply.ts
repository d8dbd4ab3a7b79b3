import type { DeskEvent, EventType } from '../../../src-shared/events.ts'
import * as answer from './answer.ts'
import * as call from './call.ts'
import * as callback from './callback.ts'
import * as conversation from './conversation.ts'
import * as entry from './entry.ts'
import * as floor from './floor.ts'
import * as handoff from './handoff.ts'
import type { Apply, Scope } from './projection.ts'
import * as recording from './recording.ts'
import * as records from './records.ts'
import { addSystemLine } from './system-line.ts'

const APPLY: { [T in EventType]: Apply<T> } = {
  'conversation.opened': conversation.opened,
  'conversation.queued': conversation.queued,
  'conversation.offered': conversation.offered,
  'conversation.offer-ended': conversation.offerEnded,
  'conversation.assigned': conversation.assigned,
  'conversation.transferred': conversation.transferred,
  'conversation.abandoned': conversation.abandoned,
  'conversation.ended': conversation.ended,
  'conversation.wrapped': conversation.wrapped,
  'conversation.closed': conversation.closed,
  'entry.added': entry.added,
  'entry.analysed': entry.analysed,
  'call.started': call.started,
  'call.answered': call.answered,
  'call.held': call.held,
  'call.resumed': call.resumed,
  'call.digit': call.digit,
  'call.quality': call.quality,
  'call.quality-recorded': call.qualityRecorded,
  'call.recording-started': recording.started,
  'call.recording-paused': recording.paused,
  'call.recording-resumed': recording.resumed,
  'call.recorded': recording.recorded,
  'call.parked': call.parked,
  'call.retrieved': call.retrieved,
  'call.ended': call.ended,
  'callback.scheduled': callback.scheduled,
  'callback.ended': callback.ended,
  // What the front desk said and did stands in the entries, and its end in a line of the timeline.
  'front-desk.started': () => {},
  'front-desk.moved': () => {},
  'front-desk.ended': () => {},
  'handoff.prepared': handoff.prepared,
  'gap.changed': records.gapChanged,
  'advice.given': conversation.adviceGiven,
  'customer.updated': records.customerUpdated,
  'verification.changed': conversation.verificationChanged,
  'alert.raised': conversation.alertRaised,
  'alert.resolved': conversation.alertResolved,
  'presence.changed': floor.presenceChanged,
  'suggestion.rated': entry.suggestionRated,
  'mood.corrected': entry.moodCorrected,
  'article.published': records.articlePublished,
  'stats.published': floor.statsPublished,
  'queue.published': floor.queuePublished,
  'colleagues.published': floor.colleaguesPublished,
  'command.accepted': answer.accepted,
  'command.rejected': answer.rejected,
  // The desk itself acts on it (it wipes the store); there is nothing to keep.
  'desk.revoked': () => {},
  'log.compacted': () => {}
}

export function applyEvent(scope: Scope, event: DeskEvent): void {
  // The table has one function for each type and `event` is of that type; TypeScript cannot follow the pairing through the union.
  const apply = APPLY[event.type] as Apply<EventType>
  apply(scope, event)
  addSystemLine(scope, event)
}

/** Snapshots replace each other: they are applied, and neither they nor the places of replaced ones are worth a row in the log. */
export const isSnapshot = (type: string): boolean => SNAPSHOTS.includes(type)
const SNAPSHOTS: readonly string[] = ['stats.published', 'queue.published', 'colleagues.published', 'log.compacted'] satisfies EventType[]

/** Tables that `rebuild` fills again from the log. Snapshots are not in the log, so theirs stay as they are. */
export const REBUILT_TABLES = [
  'conversation',
  'entry',
  'call',
  'recording_gap',
  'callback',
  'customer',
  'article',
  'offer',
  'alert',
  'presence',
  'rating',
  'answer',
  'person',
  'handoff',
  'gap'
] as const
export const SEARCH_TABLES = ['entry_search', 'conversation_search', 'customer_search', 'article_search'] as const
