import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COPILOT_BESIDE_FROM, DEFAULT_WIDTHS, fitWidths, layoutOf, limitsOf, widthsOf } from '../../../src-renderer/inbox/panes.ts'

describe('remembered pane widths', () => {
  it('become the defaults when they cannot be widths', () => {
    expect(fitWidths(0, Number.NaN)).toEqual(DEFAULT_WIDTHS)
    expect(fitWidths(22, 26)).toEqual(DEFAULT_WIDTHS)
  })
  it('are cut to what is usable', () => {
    expect(fitWidths(150, 9_000)).toEqual({ list: 240, copilot: 560 })
  })
  it('come back unchanged from the percentages of the library', () => {
    const widths = { list: 300, copilot: 400 }
    expect(widthsOf(layoutOf(1_384, widths), 1_384, widths)).toEqual(widths)
  })
  it('keep the co-pilot’s width while it is a panel', () => {
    const layout = layoutOf(968, DEFAULT_WIDTHS)
    expect(layout).toHaveLength(2)
    expect(widthsOf(layout, 968, { list: 1, copilot: 345 })).toEqual({ list: 320, copilot: 345 })
  })
})

it('every layout fills the room and leaves the conversation its minimum', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 968, max: 3_840 }),
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 0, max: 900 }),
      (width, list, copilot) => {
        const layout = layoutOf(width, fitWidths(list, copilot))
        expect(layout).toHaveLength(width >= COPILOT_BESIDE_FROM ? 3 : 2)
        expect(layout.reduce((sum, part) => sum + part, 0)).toBeCloseTo(100, 6)
        expect(layout[1]).toBeGreaterThanOrEqual(limitsOf(width).conversationMin - 1e-9)
        expect(layout[0]).toBeGreaterThanOrEqual(limitsOf(width).list.min - 1e-9)
      }
    )
  )
})
