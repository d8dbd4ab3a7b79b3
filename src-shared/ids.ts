import { v7 } from 'uuid'

/** A plain string may become an id, but one kind of id can never be passed as another. */
declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]?: Name }

/** One workstation seat: whose log is read and in whose name commands are sent. In practice it equals the person's id. */
export type DeskId = Branded<'desk'>
export type PersonId = Branded<'person'>
export type CustomerId = Branded<'customer'>
/** One contact of a customer on one channel, from arrival to wrap-up. */
export type ConversationId = Branded<'conversation'>
/** One line of a conversation's timeline. */
export type EntryId = Branded<'entry'>
/** Client-made UUIDv7: the same command sent twice has the same id. */
export type CommandId = Branded<'command'>
export type EventId = Branded<'event'>
export type OfferId = Branded<'offer'>
export type ArticleId = Branded<'article'>
export type QueueId = Branded<'queue'>

/** A new UUIDv7 (RFC 9562): unique, and sorts by the time it was made. */
export function newId<Id extends string>(): Id {
  return v7() as Id // the library returns plain strings; a brand adds nothing at run time
}
