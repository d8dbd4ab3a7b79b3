import { expect, test } from 'vitest'
import { createRandom } from '../../../src-main/ai/training/random.ts'
import { drawPatience, exponential, survivalOf } from '../../../src-main/simulation/patience.ts'
import { estimate } from '../../../src-main/simulation/statistics.ts'
import { createVirtualTime } from '../../../src-main/simulation/virtual-time.ts'

test('who was answered counts as at risk until then, and no longer', () => {
  const waits = [
    { seconds: 10, gaveUp: true },
    { seconds: 20, gaveUp: false },
    { seconds: 30, gaveUp: true },
    { seconds: 30, gaveUp: false },
    { seconds: 50, gaveUp: false }
  ]
  const { steps, meanSeconds } = survivalOf(waits)
  expect(steps.map(({ seconds }) => seconds)).toEqual([10, 30])
  expect(steps[0]?.share).toBeCloseTo(4 / 5)
  expect(steps[1]?.share).toBeCloseTo((4 / 5) * (2 / 3))
  expect(meanSeconds).toBe(70)
})

test('what is drawn has the shares that were estimated', () => {
  const survival = survivalOf(
    [5, 10, 10, 20, 40, 80].flatMap((seconds, i) => [
      { seconds, gaveUp: i % 2 === 0 },
      { seconds, gaveUp: true }
    ])
  )
  const random = createRandom(1)
  const drawn = Array.from({ length: 20_000 }, () => drawPatience(survival)(random) / 1000)
  for (const { seconds, share } of survival.steps)
    expect(Math.abs(drawn.filter((one) => one > seconds).length / drawn.length - share)).toBeLessThan(0.015)
})

test('with nobody giving up, patience has no end', () => {
  expect(drawPatience(survivalOf([{ seconds: 9, gaveUp: false }]))(() => 0.5)).toBe(Number.POSITIVE_INFINITY)
  expect(exponential(Number.POSITIVE_INFINITY)(() => 0)).toBe(Number.POSITIVE_INFINITY)
})

test('an interval is that of Student', () => {
  const { mean, low, high } = estimate([1, 2, 3, 4])
  expect(mean).toBe(2.5)
  expect(high - mean).toBeCloseTo((3.182 * Math.sqrt(5 / 3)) / 2, 3)
  expect(mean - low).toBeCloseTo(high - mean)
  expect(estimate([7]).high).toBe(Number.POSITIVE_INFINITY)
  expect(estimate([Number.NaN]).runs).toBe(0)
})

test('virtual time keeps the order of what was arranged, and waits for promises before it moves on', async () => {
  const time = createVirtualTime(0)
  const seen: string[] = []
  const note = (what: string) => () => void seen.push(`${what}@${time.now()}`)
  time.at(30, note('c'))
  time.at(10, () => {
    note('a')()
    time.hold(Promise.resolve().then(() => void time.at(time.now() + 5, note('answer'))))
    time.at(5, note('past'))
  })
  time.at(30, note('d'))
  time.at(20, note('never')).cancel()
  time.at(99, note('late'))
  await time.live(50)
  expect(seen).toEqual(['a@10', 'past@10', 'answer@15', 'c@30', 'd@30'])
  expect(time.now()).toBe(50)
})
