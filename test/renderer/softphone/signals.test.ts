import { resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { newCall } from '../../../src-renderer/softphone/call/call.ts'
import { keepSame } from '../../../src-renderer/softphone/port/keep.ts'
import { NEW_VIEW } from '../../../src-renderer/softphone/port/port.ts'
import { asInTheBrowser } from './in-the-browser.ts'
import type * as Page from './signals-page.svelte.ts'

let page: typeof Page
beforeAll(async () => {
  // The module of that name, as browsers get it.
  page = (await asInTheBrowser(resolve(import.meta.dirname, 'signals-page.svelte.ts'))) as typeof Page
}, 60_000)

const call = (callId: string, change = {}) => ({
  ...newCall({ callId, direction: 'in', conversationId: undefined, name: 'Ann', number: '+491', phase: 'ringing' }, 1),
  ...change
})
const withCalls = (...calls: ReturnType<typeof call>[]) => ({ state: { ...NEW_VIEW.state, calls } })

describe('who looks again when the phone changes', () => {
  test('a new look at the quality concerns whoever shows quality', () => {
    const { show } = page.watched(NEW_VIEW)
    expect(show({ quality: { a: { at: 1, warnings: [] } } })).toEqual(['quality'])
  })

  test.each([
    ['devices', { devices: { ...NEW_VIEW.devices, microphones: [{ deviceId: 'a', label: 'A' }] } }],
    ['readiness', { readiness: { ready: true } as const }],
    ['recordings', { recordings: { a: { state: 'on' as const } } }],
    ['transcripts', { transcripts: { a: { partials: {}, states: {}, gaps: [] } } }]
  ])('so for %s', (name, change) => {
    const { show } = page.watched(NEW_VIEW)
    expect(show(change)).toEqual([name])
  })

  test('a registration concerns nobody who shows calls', () => {
    const { show } = page.watched(NEW_VIEW)
    const { state } = NEW_VIEW
    expect(show({ state: { ...state, line: { ...state.line, registration: 'registered' } } })).toEqual(['registration'])
    expect(show({ state: { ...state, line: { ...state.line, registration: 'registered', attempt: 2 } } })).toEqual([])
  })

  test('a call that rings is told to whoever shows ringing ones, and to nobody who shows those behind the one in front', () => {
    const { show, phone } = page.watched(NEW_VIEW)
    expect(show(withCalls(call('a')))).toEqual(['calls', 'ringing', 'unmatched'])
    expect(phone.unmatched.map(({ callId }) => callId)).toEqual(['a'])
  })

  test('a change of the call in front leaves those that ring alone', () => {
    const { show } = page.watched(NEW_VIEW)
    const ringing = call('b')
    show(withCalls(call('a', { phase: 'up' }), ringing))
    expect(show(withCalls(call('a', { phase: 'up', muted: true }), ringing))).toEqual(['calls'])
  })

  test('the same view again is no news', () => {
    const { show } = page.watched(NEW_VIEW)
    show(withCalls(call('a')))
    expect(show({})).toEqual([])
  })
})

describe('a copy of a view from another page', () => {
  test('is the view from before where nothing changed', () => {
    const before = { ...NEW_VIEW, ...withCalls(call('a')) }
    expect(keepSame(before, structuredClone(before))).toBe(before)
  })

  test('is new where something did, and only there', () => {
    const before = { ...NEW_VIEW, ...withCalls(call('a'), call('b')) }
    const copy = structuredClone(before)
    const now = keepSame(before, { ...copy, ...withCalls(call('a', { muted: true }), call('b')) })
    expect(now.state.calls[0]?.muted).toBe(true)
    expect(now.state.calls[1]).toBe(before.state.calls[1])
    expect(now.state.line).toBe(before.state.line)
    expect(now.devices).toBe(before.devices)
  })

  test('knows a part that is gone from one that never was', () => {
    expect(keepSame<object>({ a: undefined, b: 1 }, { b: 1, c: undefined })).toEqual({ b: 1, c: undefined })
    expect('a' in keepSame<object>({ a: undefined }, {})).toBe(false)
    expect(keepSame([1, 2, 3], [1, 2])).toEqual([1, 2])
    expect(keepSame<unknown>({ 0: 1 }, [1])).toEqual([1])
  })
})
