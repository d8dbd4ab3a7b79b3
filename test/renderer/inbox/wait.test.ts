import { describe, expect, it } from 'vitest'
import { queueWaitLevel, waitOf } from '../../../src-renderer/inbox/wait.ts'

describe('the wait ring', () => {
  it('fills until the answer is late, then stays full', () => {
    expect(waitOf('chat', 1_000, 46_000)).toEqual({ waitedMs: 45_000, ratio: 0.5, level: 'caution' })
    expect(waitOf('chat', 0, 900_000)?.ratio).toBe(1)
  })
  it('turns caution and bad at the goals of its channel, not before', () => {
    expect(waitOf('chat', 0, 44_999)?.level).toBe('calm')
    expect(waitOf('chat', 0, 89_999)?.level).toBe('caution')
    expect(waitOf('chat', 0, 90_000)?.level).toBe('bad')
    expect(waitOf('email', 0, 90_000)?.level).toBe('calm')
    expect(waitOf('email', 0, 8 * 3_600_000)?.level).toBe('bad')
  })
  it('is not drawn when nobody waits, nor on a call', () => {
    expect(waitOf('chat', undefined, 5)).toBeUndefined()
    expect(waitOf('voice', 0, 900_000)).toBeUndefined()
  })
  it('never counts below zero when the clocks differ', () => {
    expect(waitOf('chat', 5_000, 1_000)).toEqual({ waitedMs: 0, ratio: 0, level: 'calm' })
  })
})

describe('a wait in the queue', () => {
  it('is measured against the target time', () => {
    expect(queueWaitLevel(0, 19_999, 20_000)).toBe('calm')
    expect(queueWaitLevel(0, 20_000, 20_000)).toBe('caution')
    expect(queueWaitLevel(0, 60_000, 20_000)).toBe('bad')
  })
})
