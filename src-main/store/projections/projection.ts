import type { DeskEvent, EventType } from '../../../src-shared/events.ts'
import type { Topic } from '../../../src-shared/topics.ts'
import type { WriteDb } from '../../sqlite/sqlite.ts'
import type { SearchIndex } from '../search/index.ts'

/** What a projection may use: the database inside the batch's transaction, and what it must tell. */
export interface Scope {
  db: WriteDb
  search: SearchIndex
  /** Whose desk this is. */
  personId: string
  touch(topic: Topic): void
  /** Conversations whose rows changed; their topics are worked out once a batch. */
  touched: Set<string>
}

/**
 * Applies one family of events to its tables. It sees every event once, in order of `deskSeq`, and depends on nothing but the
 * tables and the event, so that a rebuild from the log gives the same rows.
 */
export type Apply<T extends EventType> = (scope: Scope, event: Extract<DeskEvent, { type: T }>) => void
