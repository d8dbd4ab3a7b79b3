import type { DeskEvent } from '../../src-shared/events.ts'
import type { HubLevers } from './hub.ts'

/** What is wrong with one desk's line at the moment. */
export interface Faults {
  up: boolean
  delayMs: number
  times: number
  order: ((batch: DeskEvent[]) => DeskEvent[]) | undefined
  drop: number
  refuse: number
}

/**
 * The faults of every desk's line. A lever pulled on `'*'` sets every line and those that are first used later; counters (`drop`,
 * `refuse`) count for each line by itself.
 */
export function createFaults(changed: (deskId: string) => void): { of(deskId: string): Faults; levers: HubLevers } {
  const base: Faults = { up: true, delayMs: 0, times: 1, order: undefined, drop: 0, refuse: 0 }
  const lines = new Map<string, Faults>()
  const of = (deskId: string): Faults => {
    let faults = lines.get(deskId)
    if (!faults) lines.set(deskId, (faults = { ...base }))
    return faults
  }
  const set = (deskId: string, change: Partial<Faults>) => {
    if (deskId === '*') Object.assign(base, change)
    for (const id of deskId === '*' ? [...lines.keys()] : [deskId]) {
      Object.assign(of(id), change)
      changed(id)
    }
  }
  return {
    of,
    levers: {
      setLine: (deskId, up) => set(deskId, { up }),
      delay: (deskId, ms) => set(deskId, { delayMs: ms }),
      duplicate: (deskId, times) => set(deskId, { times: Math.max(1, times) }),
      reorder: (deskId, order) => set(deskId, { order }),
      drop: (deskId, n) => set(deskId, { drop: n }),
      refuse: (deskId, n) => set(deskId, { refuse: n })
    }
  }
}
