import { describe, expect, it } from 'vitest'
import { auc, bestF1, f1, macroF1, quantiles, ratio } from '../../../../src-main/ai/evaluation/figures.ts'
import { threeWay } from '../../../../src-main/ai/evaluation/mood.ts'

describe('figures', () => {
  it('counts F1 from hits, misses and false alarms', () => {
    expect(f1([true, true, false, false], [true, false, true, false])).toBe(0.5)
    expect(f1([false], [false])).toBe(0)
  })

  it('averages F1 over labels, several of which may hold', () => {
    const truth = [new Set(['a']), new Set(['a', 'b']), new Set(['b'])]
    expect(macroF1(['a', 'b'], truth, truth)).toBe(1)
    expect(macroF1(['a', 'b'], truth, [new Set(['a']), new Set(['a']), new Set(['a'])])).toBeCloseTo(0.4)
  })

  it('gives ties half in the area under the curve', () => {
    expect(auc([true, false], [1, 1])).toBe(0.5)
    expect(auc([true, false, true, false], [4, 3, 2, 1])).toBe(0.75)
    expect(auc([true], [1])).toBeNull()
  })

  it('finds the best threshold without splitting equal scores', () => {
    expect(bestF1([true, false, true], [1, 1, 0])).toBeCloseTo(0.8)
  })

  it('takes nearest ranks', () => {
    expect(quantiles([5, 1, 3])).toEqual({ msMedian: 3, msP99: 5 })
    expect(ratio(1, 0)).toBeNull()
  })

  it('sees a row with one strained emotion as strained', () => {
    expect(threeWay(new Set(['joy', 'anger']))).toBe('strained')
    expect(threeWay(new Set(['joy', 'neutral']))).toBe('calm')
    expect(threeWay(new Set(['surprise']))).toBe('neutral')
  })
})
