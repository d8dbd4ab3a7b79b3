/**
 * What a view can watch. A topic carries no rows: on a new revision a view asks its query again.
 * `inbox` lists and offers; `conversation:ID` header, timeline and co-pilot of one; `customer:ID`; `presence` my own;
 * `outbox` waiting and refused commands; `line` the link to the centre; `wallboard`; `knowledge`; `settings`; `practice`.
 */
export type Topic =
  | 'inbox'
  | 'presence'
  | 'outbox'
  | 'line'
  | 'wallboard'
  | 'knowledge'
  | 'settings'
  | 'practice'
  | `conversation:${string}`
  | `customer:${string}`

export interface Change {
  topic: Topic
  revision: number
}
