import { describe, expect, it } from 'vitest'
import type { Input } from '../../../src-renderer/softphone/call/state.ts'
import { agreed, dial, ONLINE, play, reached, resumed } from './play.ts'

const key: Input = { type: 'timer', name: 'key:a' }
const digits = (all: ReturnType<typeof play>['all']) => all.flatMap((effect) => (effect.type === 'digit' ? [effect.digit] : [])).join('')
const due = (last: ReturnType<typeof play>['last']) =>
  last.flatMap((effect) => (effect.type === 'timer' && effect.name === 'key:a' ? [effect.ms] : []))

describe('what is to be keyed after the answer', () => {
  it('is keyed a second after it, and not before', () => {
    expect(due(play(...ONLINE, dial('a', { postDial: '12' }), { type: 'progress', callId: 'a', status: 180, early: true }).all)).toEqual([])
    const up = play(...ONLINE, ...reached('a', { postDial: '12' }))
    expect([due(up.last), digits(up.all)]).toEqual([[1_000], ''])
    const keyed = play(...ONLINE, ...reached('a', { postDial: '12' }), key)
    expect([digits(keyed.all), keyed.call('a').digits, keyed.call('a').postDial, due(keyed.last)]).toEqual(['12', '12', undefined, []])
  })

  it('pauses for two seconds at each comma', () => {
    const first = play(...ONLINE, ...reached('a', { postDial: ',12,,3#' }), key)
    expect([digits(first.all), due(first.last)]).toEqual(['', [2_000]])
    const second = play(...ONLINE, ...reached('a', { postDial: ',12,,3#' }), key, key)
    expect([digits(second.all), due(second.last)]).toEqual(['12', [4_360]])
    const third = play(...ONLINE, ...reached('a', { postDial: ',12,,3#' }), key, key, key)
    expect([digits(third.all), due(third.last)]).toEqual(['123#', []])
  })

  it('waits while the call is on hold, and is dropped with the call', () => {
    const held: Input[] = [...ONLINE, ...reached('a', { postDial: '7' }), { type: 'hold', callId: 'a', on: true }, agreed('a'), key]
    expect([digits(play(...held).all), due(play(...held).last)]).toEqual(['', [1_000]])
    expect(digits(play(...held, { type: 'hold', callId: 'a', on: false }, resumed('a'), key).all)).toBe('7')
    const over = play(...ONLINE, ...reached('a', { postDial: '7' }), { type: 'terminated', callId: 'a', by: 'far', detail: '' })
    expect(over.last).toContainEqual({ type: 'timer-off', name: 'key:a' })
    expect(digits(play(...ONLINE, ...reached('a'), key).all)).toBe('')
  })

  it('is nothing but keys and pauses', () => {
    expect(play(...ONLINE, dial('a', { postDial: 'x1-2;' })).call('a').postDial).toBe('12')
    expect(play(...ONLINE, dial('a', { postDial: ',,' })).call('a').postDial).toBeUndefined()
  })
})
