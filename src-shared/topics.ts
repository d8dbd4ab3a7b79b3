/**
 * What a view can watch. A topic carries no rows: on a new revision a view asks its query again.
 * `inbox` lists and offers; `conversation:ID` header, timeline and co-pilot of one; `customer:ID`; `presence` my own;
 * `calls` history and call-backs; `colleagues` who is there; `phone` how the phone is set up; `review` calls to look at again;
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
  | 'calls'
  | 'colleagues'
  | 'phone'
  | 'review'
  | `conversation:${string}`
  | `customer:${string}`

export interface Change {
  topic: Topic
  revision: number
}
