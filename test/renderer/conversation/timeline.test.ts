import { describe, expect, it } from 'vitest'
import { TimelineState } from '../../../src-renderer/conversation/timeline.svelte.ts'
import { itemsOf, withNewest, withOlder } from '../../../src-renderer/conversation/timeline.ts'
import type { TimelineRow } from '../../../src-shared/contract/conversation.ts'

const MINUTE = 60_000
const NOON = new Date(2026, 10, 20, 12).getTime()
const entry = (entryId: string, minute: number, over: Partial<TimelineRow> = {}): TimelineRow => ({
  entryId,
  conversationId: 'now',
  channel: 'chat',
  kind: 'message',
  speaker: 'customer',
  text: entryId,
  at: NOON + minute * MINUTE,
  delivery: 'sent',
  findings: [],
  ...over
})
const intent = (name: 'fees' | 'balance' | 'unknown') => ({ intent: { intent: name, confidence: 0.9, why: [] } })
const ids = (rows: readonly TimelineRow[]) => rows.map((row) => row.entryId)

describe('the timeline', () => {
  it('begins every conversation with a separator and marks the one on the screen', () => {
    const items = itemsOf([entry('a', 0, { conversationId: 'old', channel: 'voice' }), entry('b', 1), entry('c', 2)], 'now')
    expect(items.map((item) => (item.type === 'conversation' ? `${item.channel} ${item.current}` : item.id))).toEqual([
      'voice false',
      'a',
      'chat true',
      'b',
      'c'
    ])
  })
  it('shows a new day inside a conversation', () => {
    const items = itemsOf([entry('a', 0), entry('b', 24 * 60)], 'now')
    expect(items.map((item) => item.type)).toEqual(['conversation', 'entry', 'day', 'entry'])
  })
  it('names the speaker at the start of a run: another speaker, another kind, or a pause', () => {
    const rows = [
      entry('a', 0),
      entry('b', 1),
      entry('c', 2, { speaker: 'agent' }),
      entry('d', 2, { speaker: 'agent', kind: 'note' }),
      entry('e', 9, { speaker: 'agent', kind: 'note' })
    ]
    expect(itemsOf(rows, 'now').flatMap((item) => (item.type === 'entry' ? [item.leads] : []))).toEqual([true, false, true, true, true])
  })
  it('shows an intent once, until the customer wants something else', () => {
    const rows = [
      entry('a', 0, intent('fees')),
      entry('b', 1, intent('fees')),
      entry('c', 2, intent('unknown')),
      entry('d', 3, intent('balance'))
    ]
    expect(itemsOf(rows, 'now').flatMap((item) => (item.type === 'entry' ? [item.intentChanged] : []))).toEqual([true, false, false, true])
  })
  it('gives every item its own id, also when conversations interleave', () => {
    const rows = [entry('a', 0), entry('b', 1, { conversationId: 'other' }), entry('c', 2), entry('d', 3, { conversationId: 'other' })]
    const all = itemsOf(rows, 'now').map((item) => item.id)
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('pages', () => {
  it('the newest page replaces what it covers: changed rows change, discarded rows go', () => {
    const held = [entry('a', 0), entry('b', 1), entry('gone', 2)]
    const merged = withNewest(held, [entry('b', 1, { delivery: 'refused' }), entry('d', 3)], true)
    expect(ids(merged)).toEqual(['a', 'b', 'd'])
    expect(merged[1]?.delivery).toBe('refused')
  })
  it('rows stay that the window moved past', () => {
    expect(ids(withNewest([entry('a', 0), entry('b', 1)], [entry('c', 2)], true))).toEqual(['a', 'b', 'c'])
  })
  it('a page that is everything leaves nothing else', () => {
    expect(ids(withNewest([entry('a', 0)], [entry('b', 1)], false))).toEqual(['b'])
  })
  it('an older page comes in front, without doubles', () => {
    expect(ids(withOlder([entry('b', 1), entry('c', 2)], [entry('a', 0), entry('b', 1)]))).toEqual(['a', 'b', 'c'])
  })
})

describe('the view of a timeline', () => {
  const make = (older: (before: number) => Promise<{ rows: TimelineRow[]; more: boolean } | undefined> = async () => undefined) =>
    new TimelineState('now', older)

  it('counts what the customer writes while it is scrolled up, and forgets it at the end', () => {
    const view = make()
    view.take({ rows: [entry('a', 0)], more: false })
    view.scrolled(1_000, 5_000, 500)
    view.take({ rows: [entry('a', 0), entry('b', 1), entry('mine', 2, { speaker: 'agent' })], more: false })
    expect([view.atEnd, view.unseen, view.heard?.entryId]).toEqual([false, 1, 'b'])
    view.scrolled(4_480, 5_000, 500)
    expect([view.atEnd, view.unseen]).toEqual([true, 0])
  })
  it('reads nothing out when it is first filled', () => {
    const view = make()
    view.take({ rows: [entry('a', 0)], more: false })
    expect(view.heard).toBeUndefined()
  })
  it('fetches the page above once when scrolled near the top', async () => {
    const asked: number[] = []
    let answer: (page: { rows: TimelineRow[]; more: boolean }) => void = () => undefined
    const view = make((before) => {
      asked.push(before)
      return new Promise((resolve) => {
        answer = resolve
      })
    })
    view.take({ rows: [entry('b', 1)], more: true })
    view.scrolled(10, 5_000, 500)
    view.scrolled(5, 5_000, 500)
    expect(asked).toEqual([NOON + MINUTE])
    answer({ rows: [entry('a', 0)], more: false })
    await Promise.resolve()
    await Promise.resolve()
    expect([ids(view.rows), view.prepending, view.more]).toEqual([['a', 'b'], true, false])
    view.scrolled(10, 5_000, 500)
    expect(asked).toHaveLength(1)
  })
  it('may try again after the page above could not be had', async () => {
    let asked = 0
    const view = make(async () => {
      asked++
      return undefined
    })
    view.take({ rows: [entry('b', 1)], more: true })
    await view.loadOlder()
    await view.loadOlder()
    expect(asked).toBe(2)
  })
})
