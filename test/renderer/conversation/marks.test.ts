import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutAtMarks } from '../../../src-renderer/conversation/marks.ts'
import { moodPoints, trendOf } from '../../../src-renderer/conversation/mood-line.ts'

const finding = (start: number, end: number) => ({ rule: 'pressure', severity: 'caution' as const, span: { start, end, text: '' } })

describe('marks in a text', () => {
  it('are cut where they begin, overlap and end', () => {
    const cut = cutAtMarks('abcdefgh', { start: 1, end: 5 }, [finding(3, 7)])
    expect(cut.map((stretch) => [stretch.text, stretch.mood, stretch.findings.length])).toEqual([
      ['a', false, 0],
      ['bc', true, 0],
      ['de', true, 1],
      ['fg', false, 1],
      ['h', false, 0]
    ])
  })
  it('outside the text or empty are ignored', () => {
    expect(cutAtMarks('abc', { start: 9, end: 12 }, [finding(2, 2)]).map((stretch) => stretch.text)).toEqual(['abc'])
  })
  it('never change the text, whatever the offsets', () => {
    const span = fc.tuple(fc.integer({ min: -5, max: 40 }), fc.integer({ min: -5, max: 40 }))
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), span, fc.array(span, { maxLength: 4 }), (text, [start, end], spans) => {
        expect(
          cutAtMarks(
            text,
            { start, end },
            spans.map(([a, b]) => finding(a, b))
          )
            .map((stretch) => stretch.text)
            .join('')
        ).toBe(text)
      })
    )
  })
})

describe('the mood line', () => {
  it('falls with strain and ends at the right', () => {
    const points = moodPoints(
      [
        { entryId: 'a', at: 0, mood: 'satisfied' },
        { entryId: 'b', at: 1, mood: 'abusive' }
      ],
      100,
      20,
      5
    )
    expect(points.map(({ x, y }) => [x, y])).toEqual([
      [5, 5],
      [95, 15]
    ])
  })
  it('says in a word where the mood went', () => {
    expect(trendOf([{ mood: 'calm' }, { mood: 'worried' }, { mood: 'angry' }])).toBe('worse')
    expect(trendOf([{ mood: 'abusive' }, { mood: 'angry' }, { mood: 'angry' }, { mood: 'calm' }])).toBe('better')
    expect(trendOf([{ mood: 'angry' }])).toBe('steady')
    expect(trendOf([])).toBe('steady')
  })
})
