import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Ai } from '../../../src-main/ai/ai.ts'
import { svgOf } from '../../../src-main/simulation/chart.ts'
import { createCrew } from '../../../src-main/simulation/crew.ts'
import { runDay } from '../../../src-main/simulation/day.ts'
import { findLoad, type Laboratory, measure } from '../../../src-main/simulation/experiment.ts'
import type { Wish } from '../../../src-main/simulation/mix.ts'
import { planDay } from '../../../src-main/simulation/plan.ts'
import { pageOf, textOf } from '../../../src-main/simulation/report.ts'
import { type Estimate, estimate } from '../../../src-main/simulation/statistics.ts'
import { study, verdictOf } from '../../../src-main/simulation/study.ts'
import { readWishes, understandingOf, WishesError } from '../../../src-main/simulation/understanding.ts'
import { KNOBS, stageForTests, steady } from './stage.ts'

function labOf(): Laboratory & { ai: Ai; wishes: Wish[] } {
  const { stage, mix, wishes } = stageForTests()
  const run: Laboratory['run'] = (plan, frontDesk, personTime) => runDay(stage, plan, frontDesk, personTime)
  return { ai: stage.ai, run, mix, wishes, demand: steady([9, 10], 40, 3, 150_000, 900_000), knobs: KNOBS, seeds: [1, 2], tell: () => {} }
}

test('the load at which callers wait so long is found, and is that load', { timeout: 60_000 }, async () => {
  const lab = labOf()
  const load = await findLoad(lab, 60_000, { from: 0.5, to: 8 })
  if (load === undefined) throw new Error('not found')
  const { off } = await measure(lab, { load })
  expect(Math.abs(off.asaMs.mean - 60_000)).toBeLessThan(12_000)
  expect(await findLoad(lab, 60_000, { from: 0.1, to: 0.2 })).toBeUndefined()
})

test('the report says plainly whether it holds, with intervals and every assumption', { timeout: 120_000 }, async () => {
  const lab = labOf()
  const found = await study(lab, {
    source: 'A <test> & no more',
    model: 'word lists alone',
    understanding: understandingOf(lab.ai, lab.wishes),
    pickUpMs: 2_000,
    loads: [1]
  })
  const text = textOf(found)
  expect(found.goal).toBeDefined()
  if (!found.goal) return
  const { asa, waitOfHelped, fewer } = verdictOf(found.goal)
  expect(text.match(/(?:holds|DOES NOT HOLD)\.$/gmu)).toEqual([asa, waitOfHelped, fewer].map((yes) => (yes ? 'holds.' : 'DOES NOT HOLD.')))
  expect(text).toContain('MEASURED')
  expect(text).toContain('ASSUMED')
  const page = pageOf(found)
  expect(page).toContain('A &lt;test&gt; &amp; no more')
  expect(page.match(/<svg /gu)?.length).toBe(18)
  expect(page).not.toMatch(/NaN|undefined|Infinity/u)
})

test('a verdict needs the whole interval on the right side', async () => {
  const point = await measure(labOf(), {})
  const with_ = (asaMs: Estimate, fewerToPeople: Estimate) =>
    verdictOf({ ...point, on: { ...point.on, asaMs, waitOfHelpedMs: estimate([1, 2]) }, fewerToPeople })
  expect(with_(estimate([10_000, 12_000]), estimate([0.5, 0.5]))).toEqual({ asa: false, waitOfHelped: true, fewer: true })
  expect(with_(estimate([10_000, 10_000]), estimate([0.4, 0.5]))).toEqual({ asa: true, waitOfHelped: true, fewer: false })
})

test('a chart without anything to show is still a chart', () => {
  const empty = svgOf({ title: 'a "b"', along: 'x', show: String, series: [{ name: 's', colour: '#000', points: [] }] })
  expect(empty).toContain('aria-label="a &quot;b&quot;"')
  expect(empty).not.toMatch(/NaN|Infinity/u)
})

test('words that cannot be used are refused with the line', () => {
  expect(() => readWishes('language\tintent\ttext\nen\tbalance\thow much\nen\tnothing\twhat', ['balance'])).toThrow(WishesError)
  expect(() => readWishes('language\tintent\ttext\nen\tnothing\twhat', ['balance'])).toThrow(/line 2/u)
  expect(() => readWishes('text', [])).toThrow(/first line/u)
})

test('threads run the same days', { timeout: 60_000 }, async () => {
  const lab = labOf()
  const crew = createCrew(1, join(import.meta.dirname, '../../../resources'), 2_000)
  try {
    const plan = planDay(lab.demand, lab.mix, KNOBS, 1)
    expect(await crew.run(plan, false, 1)).toEqual(await lab.run(plan, false, 1))
    await expect(crew.run({ ...plan, staff: [] }, false, 1)).rejects.toThrow(/nobody is at work/u)
  } finally {
    await crew.close()
  }
})
