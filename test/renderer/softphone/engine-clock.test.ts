import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { repeat } from '../../../src-renderer/softphone/engine/clock.ts'
import { createSteadyClock, type TimerWorker } from '../../../src-renderer/softphone/engine/steady-clock.ts'
import { createFakeTimers } from '../../fakes/timers.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function fakeWorker() {
  const orders: unknown[] = []
  const worker: TimerWorker = {
    postMessage: (order) => void orders.push(order),
    onmessage: null,
    onerror: null,
    terminate: () => void orders.push('terminate')
  }
  return {
    worker,
    orders,
    // The clock reads one field of each event.
    fire: (id: number) => worker.onmessage?.({ data: id } as MessageEvent<number>),
    fail: () => worker.onerror?.({ message: 'refused' } as ErrorEvent)
  }
}

describe('the steady clock', () => {
  it('lets the worker tell when, once each, and not at all when it was taken back', () => {
    const { worker, orders, fire } = fakeWorker()
    const clock = createSteadyClock(() => worker)
    const ran: string[] = []
    clock.after(100, () => ran.push('one'))
    const cancel = clock.after(200, () => ran.push('two'))
    expect(orders).toEqual([
      { set: 1, ms: 100 },
      { set: 2, ms: 200 }
    ])
    cancel()
    cancel()
    expect(orders.slice(2)).toEqual([{ clear: 2 }])
    fire(1)
    fire(1)
    fire(2)
    vi.advanceTimersByTime(10_000)
    expect(ran).toEqual(['one'])
    clock.close()
    expect(orders.at(-1)).toBe('terminate')
  })

  it('goes on with the page’s own timers when the worker fails, those under way too', () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { worker, fail } = fakeWorker()
    const clock = createSteadyClock(() => worker)
    const ran: string[] = []
    clock.after(1_000, () => ran.push('early'))
    const cancel = clock.after(1_000, () => ran.push('taken back'))
    vi.advanceTimersByTime(400)
    fail()
    cancel()
    clock.after(100, () => ran.push('late'))
    vi.advanceTimersByTime(599)
    expect(ran).toEqual(['late'])
    vi.advanceTimersByTime(1)
    expect(ran).toEqual(['late', 'early'])
  })

  it('works where there are no workers', () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const clock = createSteadyClock(() => {
      throw new Error('no workers')
    })
    const ran: number[] = []
    clock.after(50, () => ran.push(clock.now()))
    clock.after(70, () => ran.push(0))
    vi.advanceTimersByTime(60)
    clock.close()
    vi.advanceTimersByTime(60)
    expect(ran).toHaveLength(1)
  })
})

it('what repeats goes on when one time failed, and ends', () => {
  const timers = createFakeTimers()
  let runs = 0
  const end = repeat(timers, 100, () => {
    if (++runs === 1) throw new Error('once')
  })
  expect(() => timers.advance(100)).toThrow('once')
  timers.advance(200)
  expect(runs).toBe(3)
  end()
  timers.advance(1_000)
  expect(runs).toBe(3)
})
