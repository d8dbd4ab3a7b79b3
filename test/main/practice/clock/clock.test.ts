import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createClock } from '../../../../src-main/practice/clock.ts'

const START = Date.UTC(2026, 2, 2, 8)
const plain = <T>(run: () => T): T => run()
const never = (error: unknown) => {
  throw error
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: START })
})
afterEach(() => vi.useRealTimers())

describe('while the past is lived through', () => {
  test('appointments come in order of their time, those of one moment in the order they were made', async () => {
    const clock = createClock({ realNow: () => START + 1_000, start: START, failed: never })
    const seen: string[] = []
    const note = (name: string) => () => void seen.push(`${name} ${clock.now() - START}`)
    clock.at(START + 700, note('late'))
    clock.at(START + 5, note('a'))
    clock.at(START + 5, note('b'))
    clock.at(START - 99, note('past'))
    clock.at(START + 100, () => {
      note('first')()
      clock.at(START + 50, note('as soon as possible'))
      clock.at(START + 120, note('then'))
    })
    await clock.liveThrough(() => START + 1_000, plain)
    expect(seen).toEqual(['past 0', 'a 5', 'b 5', 'first 100', 'as soon as possible 100', 'then 120', 'late 700'])
    clock.close()
  })

  test('one that was cancelled does not come, not even at the same moment', async () => {
    const clock = createClock({ realNow: () => START, start: START - 1_000, failed: never })
    const seen: string[] = []
    const gone = clock.at(START - 500, () => seen.push('cancelled'))
    clock.at(START - 600, () => gone.cancel())
    const twin = { cancel: () => {} }
    clock.at(START - 300, () => twin.cancel())
    Object.assign(
      twin,
      clock.at(START - 300, () => seen.push('twin'))
    )
    await clock.liveThrough(() => START, plain)
    expect(seen).toEqual([])
    clock.close()
  })

  test('others get their turn between the slices, however much there is to do', async () => {
    const clock = createClock({ realNow: () => START, start: START - 3_600_000, failed: never })
    const busy = (ms: number) => {
      const end = performance.now() + ms
      while (performance.now() < end);
    }
    for (let i = 0; i < 60; i++) clock.at(START - 1_000 + i, () => busy(2))
    let slices = 0
    let turns = 0
    let over = false
    const count = () => {
      turns += 1
      if (!over) setImmediate(count)
    }
    setImmediate(count)
    await clock.liveThrough(
      () => START,
      (run) => {
        slices += 1
        return run()
      }
    )
    over = true
    expect(slices).toBeGreaterThan(3)
    expect(turns).toBeGreaterThanOrEqual(slices - 1)
    clock.close()
  })

  test('what fails is thrown to who lives through it', async () => {
    const clock = createClock({ realNow: () => START, start: START - 10, failed: never })
    clock.at(START - 5, () => {
      throw new Error('a fault of the floor')
    })
    await expect(clock.liveThrough(() => START, plain)).rejects.toThrow('a fault of the floor')
  })

  test('closing ends it, with what was left undone', async () => {
    const clock = createClock({ realNow: () => START, start: START - 10, failed: never })
    const seen: number[] = []
    clock.at(START - 5, () => {
      seen.push(1)
      clock.close()
    })
    clock.at(START - 4, () => seen.push(2))
    await clock.liveThrough(() => START, plain)
    expect(seen).toEqual([1])
  })
})

describe('in real time', () => {
  test('it goes on where the past ended: what was arranged for later comes at its moment', async () => {
    const clock = createClock({ realNow: Date.now, start: START - 1_000, failed: never })
    const seen: string[] = []
    clock.at(START - 1, () => seen.push('past'))
    clock.at(START + 2_000, () => seen.push('later'))
    await clock.liveThrough(Date.now, plain)
    expect([seen, clock.now()]).toEqual([['past'], START])
    vi.advanceTimersByTime(1_999)
    expect(seen).toEqual(['past'])
    vi.advanceTimersByTime(1)
    expect(seen).toEqual(['past', 'later'])
    clock.close()
  })

  test('an earlier appointment made later comes first; cancelled ones and those of a closed clock never', () => {
    const clock = createClock({ realNow: Date.now, failed: never })
    const seen: string[] = []
    clock.at(START + 500, () => seen.push('second'))
    clock.at(START + 100, () => seen.push('first'))
    clock.at(START + 200, () => seen.push('cancelled')).cancel()
    vi.advanceTimersByTime(600)
    expect(seen).toEqual(['first', 'second'])
    clock.at(Date.now() + 100, () => seen.push('after closing'))
    clock.close()
    clock.at(Date.now() + 100, () => seen.push('on a closed clock'))
    vi.advanceTimersByTime(10_000)
    expect(seen).toEqual(['first', 'second'])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('one that fails is told, and the others are kept', () => {
    const failures: unknown[] = []
    const clock = createClock({ realNow: Date.now, failed: (error) => failures.push(error) })
    const seen: string[] = []
    clock.at(START + 100, () => {
      throw new Error('no room on the disk')
    })
    clock.at(START + 100, () => seen.push('same moment'))
    clock.at(START + 900, () => seen.push('later'))
    vi.advanceTimersByTime(1_000)
    expect(seen).toEqual(['same moment', 'later'])
    expect(failures).toEqual([new Error('no room on the disk')])
    clock.close()
  })

  test('appointments more than a minute away come at their moment too', () => {
    const clock = createClock({ realNow: Date.now, failed: never })
    const seen: number[] = []
    clock.at(START + 3_600_000, () => seen.push(Date.now() - START))
    vi.advanceTimersByTime(3_599_999)
    expect(seen).toEqual([])
    vi.advanceTimersByTime(1)
    expect(seen).toEqual([3_600_000])
    clock.close()
  })
})
