import { describe, expect, it } from 'vitest'
import type { Input } from '../../../src-renderer/softphone/call/state.ts'
import { arrives } from '../../../src-renderer/softphone/media/heard.ts'
import { agreed, answered, play, resumed } from './play.ts'

describe('the agent is to be heard on a call', () => {
  const on = (type: 'hold' | 'mute' | 'far-hold', is: boolean): Input => ({ type, callId: 'a', on: is })
  const since = (...inputs: Input[]) => play(...answered('a'), ...inputs).call('a').openSince
  it.each<[string, Input[], number | undefined]>([
    ['the answer', [], 3_000],
    ['nothing new', [{ type: 'digit', callId: 'a', digit: '1' }], 3_000],
    ['mute', [on('mute', true)], undefined],
    ['unmute', [on('mute', true), on('mute', false)], 5_000],
    ['hold', [on('hold', true)], undefined],
    ['a resume that is not confirmed', [on('hold', true), agreed('a'), on('hold', false)], undefined],
    ['a resume', [on('hold', true), agreed('a'), on('hold', false), resumed('a')], 7_000],
    ['a hold of the far end', [on('far-hold', true)], undefined],
    ['its end', [on('far-hold', true), on('far-hold', false)], 5_000],
    ['the end', [{ type: 'terminated', callId: 'a', by: 'far', detail: '' }], undefined]
  ])('since %s', (_, inputs, expected) => {
    expect(since(...inputs)).toBe(expected)
  })
})

describe('whether the agent arrives', () => {
  it.each([
    [0.01, 1_000, 1_000, true],
    [0.001, 1_000, 4_999, undefined],
    [0.001, 1_000, 5_000, false],
    [0.001, undefined, 9_000, undefined],
    [undefined, 1_000, 9_000, undefined]
  ])('at %s RMS, open since %s, at %s: %s', (rms, openSince, now, expected) => {
    expect(arrives(rms, openSince, now)).toBe(expected)
  })
})
