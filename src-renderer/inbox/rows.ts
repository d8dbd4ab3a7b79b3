import type { ConversationRow } from '../../src-shared/contract/inbox.ts'
import type { Presence } from '../../src-shared/taxonomy.ts'

/** Where a key moves the marked row of a list; `undefined` when the key is not the list's. */
export function moveTo(key: string, index: number, length: number): number | undefined {
  if (length === 0) return undefined
  const last = length - 1
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1)
    case 'ArrowUp':
      return index < 0 ? last : Math.max(0, index - 1)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}

/** How many finished conversations of mine ended today, by the day of the screen; everything in writing counts as a chat. */
export function servedToday(closed: readonly ConversationRow[], now: number): { calls: number; chats: number } {
  const day = new Date(now).toDateString()
  const today = closed.filter((row) => row.mine && new Date(row.lastAt).toDateString() === day)
  const calls = today.filter((row) => row.channel === 'voice').length
  return { calls, chats: today.length - calls }
}

/** Mine in the order they came: rows keep their place while messages arrive, so that Alt+1..9 and the eye can rely on it. */
export const inOrder = (rows: readonly ConversationRow[]): ConversationRow[] =>
  rows.toSorted((a, b) => a.openedAt - b.openedAt || a.conversationId.localeCompare(b.conversationId))

/**
 * The conversation to turn to when one is done: a call first (somebody is on the line), then who waits longest for an answer, then
 * the oldest. `undefined` when none is left.
 */
export function nextAfter(rows: readonly ConversationRow[], doneId: string): ConversationRow | undefined {
  const left = inOrder(rows).filter((row) => row.conversationId !== doneId && row.state !== 'closed')
  const urgency = (row: ConversationRow): number =>
    row.channel === 'voice' && row.state === 'active' ? 0 : (row.unansweredSince ?? Number.MAX_SAFE_INTEGER)
  return left.toSorted((a, b) => urgency(a) - urgency(b))[0]
}

/**
 * What is shown where no conversation is open: `pick` one of mine; `away`: nobody is offered to me until I say that I am there; `next`:
 * I wait for the next customer. Nothing is claimed before it is known.
 */
export function emptyInbox(mine: readonly unknown[] | undefined, presence: Presence | undefined): 'loading' | 'pick' | 'away' | 'next' {
  if (mine === undefined || presence === undefined) return 'loading'
  if (mine.length > 0) return 'pick'
  return presence === 'available' || presence === 'busy' || presence === 'wrap-up' ? 'next' : 'away'
}
