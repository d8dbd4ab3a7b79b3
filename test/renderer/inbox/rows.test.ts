import { describe, expect, it } from 'vitest'
import { emptyInbox, inOrder, moveTo, nextAfter, servedToday } from '../../../src-renderer/inbox/rows.ts'
import type { ConversationRow } from '../../../src-shared/contract/inbox.ts'

const row = (conversationId: string, over: Partial<ConversationRow> = {}): ConversationRow => ({
  conversationId,
  customerId: `customer-${conversationId}`,
  customerName: conversationId,
  channel: 'chat',
  queue: 'cards',
  state: 'active',
  mine: true,
  reason: '',
  lastText: '',
  lastAt: 0,
  openedAt: 0,
  unread: 0,
  waitingActions: 0,
  ...over
})

describe('keys in a list', () => {
  it('move one row and stop at the ends', () => {
    expect(moveTo('ArrowDown', 0, 3)).toBe(1)
    expect(moveTo('ArrowDown', 2, 3)).toBe(2)
    expect(moveTo('ArrowUp', 0, 3)).toBe(0)
    expect(moveTo('Home', 2, 3)).toBe(0)
    expect(moveTo('End', 0, 3)).toBe(2)
  })
  it('enter a list without a chosen row at the near end', () => {
    expect(moveTo('ArrowDown', -1, 3)).toBe(0)
    expect(moveTo('ArrowUp', -1, 3)).toBe(2)
  })
  it('leave other keys and empty lists alone', () => {
    expect(moveTo('a', 0, 3)).toBeUndefined()
    expect(moveTo('ArrowDown', -1, 0)).toBeUndefined()
  })
})

describe('mine', () => {
  it('keeps the order of arrival however the answers come', () => {
    const rows = [row('b', { openedAt: 2, lastAt: 99 }), row('a', { openedAt: 1, lastAt: 1 }), row('c', { openedAt: 2 })]
    expect(inOrder(rows).map((one) => one.conversationId)).toEqual(['a', 'b', 'c'])
  })
})

describe('after a conversation is finished', () => {
  it('a customer on the line comes before written ones', () => {
    const rows = [row('chat', { unansweredSince: 5 }), row('call', { channel: 'voice', openedAt: 9 }), row('done', { state: 'wrap-up' })]
    expect(nextAfter(rows, 'done')?.conversationId).toBe('call')
  })
  it('then who has waited longest for an answer', () => {
    const rows = [
      row('calm', { openedAt: 1 }),
      row('late', { openedAt: 3, unansweredSince: 10 }),
      row('later', { openedAt: 2, unansweredSince: 20 })
    ]
    expect(nextAfter(rows, 'done')?.conversationId).toBe('late')
  })
  it('never goes back to it, nor to a closed one', () => {
    expect(nextAfter([row('done'), row('old', { state: 'closed' })], 'done')).toBeUndefined()
  })
})

describe('what I served today', () => {
  it('counts my own of this day, calls apart from what was written', () => {
    const now = new Date(2026, 2, 2, 15).getTime()
    const yesterday = new Date(2026, 2, 1, 23, 59).getTime()
    const rows = [
      row('a', { channel: 'voice', lastAt: now - 1 }),
      row('b', { channel: 'chat', lastAt: now }),
      row('c', { channel: 'email', lastAt: now }),
      row('d', { channel: 'voice', lastAt: yesterday }),
      row('e', { channel: 'voice', lastAt: now, mine: false })
    ]
    expect(servedToday(rows, now)).toEqual({ calls: 1, chats: 2 })
    expect(servedToday([], now)).toEqual({ calls: 0, chats: 0 })
  })
})

describe('where no conversation is open', () => {
  it('nothing is claimed before it is known', () => {
    expect(emptyInbox(undefined, 'available')).toBe('loading')
    expect(emptyInbox([], undefined)).toBe('loading')
    expect(emptyInbox(undefined, undefined)).toBe('loading')
  })
  it('it is said whether to choose one, to come, or to wait', () => {
    expect(emptyInbox([row('a')], 'break')).toBe('pick')
    expect(emptyInbox([], 'break')).toBe('away')
    for (const presence of ['available', 'busy', 'wrap-up'] as const) expect(emptyInbox([], presence)).toBe('next')
  })
})
