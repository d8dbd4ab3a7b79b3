import { describe, expect, test } from 'vitest'
import { backOffMs, CLOSED, decide, type SyncInput, type SyncState } from '../../../src-main/desk/sync/decide.ts'

const half = (): number => 0.5
const opening = (attempt = 0): SyncState => ({ wanted: true, actual: { name: 'opening', attempt } })
const up: SyncState = { wanted: true, actual: { name: 'up' } }
const waiting = (attempt: number): SyncState => ({ wanted: true, actual: { name: 'waiting', attempt } })

describe('the line', () => {
  test.each<[string, SyncState, SyncInput, SyncState, string[]]>([
    ['opens when wanted', CLOSED, { type: 'want', wanted: true }, opening(), ['open']],
    ['is not opened twice', up, { type: 'want', wanted: true }, up, []],
    ['comes up', opening(3), { type: 'up' }, up, []],
    ['pauses when lost', up, { type: 'down' }, waiting(0), ['wait']],
    ['pauses longer when it did not come up', opening(2), { type: 'down' }, waiting(3), ['wait']],
    ['is tried again after the pause', waiting(2), { type: 'timer' }, opening(2), ['open']],
    ['stays closed when nobody wants it', CLOSED, { type: 'timer' }, CLOSED, []],
    ['closes from up', up, { type: 'want', wanted: false }, CLOSED, ['close']],
    ['calls the pause off', waiting(1), { type: 'want', wanted: false }, CLOSED, ['cancel-wait']],
    ['is read again at once for a gap', up, { type: 'gap', again: false }, opening(), ['close', 'open']],
    ['is read again later for a gap that stays', up, { type: 'gap', again: true }, waiting(1), ['close', 'wait']],
    ['ignores an up that comes late', waiting(0), { type: 'up' }, waiting(0), []]
  ])('%s', (_name, from, input, to, effects) => {
    const decided = decide(from, input, half)
    expect(decided.state).toEqual(to)
    expect(decided.effects.map((one) => one.type)).toEqual(effects)
  })

  test('pauses double to a limit and are never all of the same length', () => {
    expect([0, 1, 2, 3].map((n) => backOffMs(n, () => 1))).toEqual([250, 500, 1_000, 2_000])
    expect(backOffMs(50, () => 1)).toBe(15_000)
    expect(backOffMs(3, () => 0)).toBe(1_000)
  })
})
