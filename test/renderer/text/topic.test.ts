import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { setLocale } from '../../../src-renderer/text/catalogue.svelte.ts'
import { topicOf } from '../../../src-renderer/text/topic.ts'

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: '' } }))
afterEach(() => void vi.unstubAllGlobals())
const call = { reason: '', channel: 'voice' } as const

it('is the reason where there is one', () => {
  setLocale('en')
  expect(topicOf({ ...call, reason: 'the new card', direction: 'out', callbackId: 'b1' }, 'Ada')).toBe('the new card')
})
it.each([
  ['en', 'Call to Ada', 'Call-back to Ada', 'Call from Ada'],
  ['zh-CN', '呼出：Ada', '回电：Ada', '来电：Ada'],
  ['zh-TW', '撥出：Ada', '回電：Ada', '來電：Ada']
] as const)('of a call without one is what the call was for: %s', (locale, dialled, callback, direct) => {
  setLocale(locale)
  expect(topicOf({ ...call, direction: 'out' }, 'Ada')).toBe(dialled)
  expect(topicOf({ ...call, direction: 'out', callbackId: 'b1' }, 'Ada')).toBe(callback)
  expect(topicOf({ ...call, direction: 'in' }, 'Ada')).toBe(direct)
  expect(topicOf(call, 'Ada')).toBe(direct)
})
it('is nothing where nothing is known', () => {
  expect(topicOf({ reason: '', channel: 'chat' }, 'Ada')).toBe('')
  expect(topicOf({ ...call, direction: 'out' }, '')).toBe('')
})
