import { expect, it, vi } from 'vitest'
import { keepTold } from '../../../src-renderer/softphone/engine/latest.ts'
import { createFakeTimers } from '../../fakes/timers.ts'
import { settle } from './engine-bench.ts'

it('tells one value at a time and leaves out what was overtaken', async () => {
  const told: number[] = []
  const answers: (() => void)[] = []
  const latest = keepTold<number>(
    (value) => {
      told.push(value)
      return new Promise<void>((resolve) => answers.push(resolve))
    },
    () => false,
    createFakeTimers()
  )
  for (const value of [1, 2, 3]) latest.set(value)
  expect(told).toEqual([1])
  answers[0]?.()
  await settle()
  expect(told).toEqual([1, 3])
  answers[1]?.()
  await settle()
  latest.set(4)
  expect(told).toEqual([1, 3, 4])
})

it('never forgets a value that comes in the moment the one before was taken', async () => {
  const told: number[] = []
  const latest = keepTold<number>(
    async (value) => void told.push(value),
    () => false,
    createFakeTimers()
  )
  for (let value = 0; value < 20; value++) {
    latest.set(value)
    // Every distance between two values, in turns of the event loop.
    for (let turn = 0; turn < value; turn++) await Promise.resolve()
  }
  await settle()
  expect(told.at(-1)).toBe(19)
})

it('tells again until it is taken, the newest; not what was refused; and nothing once closed', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const timers = createFakeTimers()
  const told: string[] = []
  let down = true
  const latest = keepTold<string>(
    async (value) => {
      if (down) throw new Error('no host')
      if (value === 'bad') throw new TypeError('refused')
      told.push(value)
    },
    (error) => error instanceof TypeError,
    timers
  )
  latest.set('one')
  await settle()
  latest.set('two')
  down = false
  timers.advance(1_000)
  await settle()
  latest.set('bad')
  await settle()
  timers.advance(5_000)
  await settle()
  latest.set('three')
  await latest.settled()
  expect(told).toEqual(['two', 'three'])
  down = true
  latest.set('four')
  await settle()
  latest.close()
  down = false
  timers.advance(5_000)
  await latest.settled()
  expect(told).toEqual(['two', 'three'])
})
