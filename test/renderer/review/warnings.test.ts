import { expect, it } from 'vitest'
import { foldWarnings } from '../../../src-renderer/review/warnings.ts'
import type { QualityWarning } from '../../../src-shared/contract/phone.ts'

const warning = (kind: QualityWarning, from: number, to?: number) => ({
  kind,
  raisedAt: from * 1_000,
  ...(to === undefined ? {} : { clearedAt: to * 1_000 })
})
const folded = (...warnings: ReturnType<typeof warning>[]) =>
  foldWarnings(warnings).map(({ kind, raisedAt, clearedAt, times }) => [kind, raisedAt / 1_000, clearedAt && clearedAt / 1_000, times])

it('a warning that came several times in a minute is one with a count, from its first beginning to its last end', () => {
  expect(folded(warning('low-mos', 0, 10), warning('low-mos', 30, 40), warning('low-mos', 90, 95))).toEqual([['low-mos', 0, 95, 3]])
})
it('one that came back later is another, and so is one of another kind', () => {
  expect(folded(warning('low-mos', 0, 10), warning('high-rtt', 5, 9), warning('low-mos', 71, 80))).toEqual([
    ['low-mos', 0, 10, 1],
    ['high-rtt', 5, 9, 1],
    ['low-mos', 71, 80, 1]
  ])
})
it('what never ended has no end, and nothing handed in is changed', () => {
  const warnings = [warning('high-jitter', 50), warning('high-jitter', 0, 20)]
  const before = structuredClone(warnings)
  expect(folded(...warnings)).toEqual([['high-jitter', 0, undefined, 2]])
  expect(warnings).toEqual(before)
  expect(foldWarnings([])).toEqual([])
})
