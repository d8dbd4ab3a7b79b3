import type { Fact } from '../../src-shared/events.ts'
import type { CentreLine, Commit } from '../hub/hub.ts'
import { apply } from './apply.ts'
import { audienceOf, type DeskEventRow, recordDesks } from './audience/audience.ts'
import { type Counters, createCounters } from './metrics/counters.ts'
import type { CentrePerson } from './port.ts'
import { emptyState, type State } from './state.ts'

/** How many facts a rehearsal gathers before it commits them. */
const BATCH = 500

/**
 * Holds the state and its truth together: a fact is applied when it is taken and committed with all that follows from it. When a
 * commit fails, the state is built again from what the hub has, so that nobody decides on facts that never were.
 */
export interface Ledger {
  state(): State
  counters(): Counters
  /** Applies facts and works out who learns of them. */
  take(facts: readonly Fact[]): void
  /** Events that are no facts: answers and snapshots. */
  addRows(rows: readonly DeskEventRow[]): void
  /** Commits what was taken. Gathers it while `gathering`. */
  commit(handled?: Commit['handled']): void
  gather(on: boolean): void
  /** Forgets what was taken and not committed. */
  rebuild(): void
}

export function createLedger(options: {
  line: CentreLine
  people: readonly CentrePerson[]
  noted: (fact: Fact) => void
  rebuilt: () => void
}): Ledger {
  const { line, people } = options
  const records = recordDesks(people)
  let state = emptyState(people)
  let counters = createCounters()
  let facts: Fact[] = []
  let rows: DeskEventRow[] = []
  let gathering = false

  const rebuild = () => {
    state = emptyState(people)
    counters = createCounters()
    facts = []
    rows = []
    for (const one of line.facts()) {
      state = apply(state, one)
      counters.apply(one)
    }
    options.rebuilt()
  }
  const flush = (handled: Commit['handled']) => {
    if (facts.length === 0 && rows.length === 0 && !handled) return
    const commit = { facts, deskEvents: rows, ...(handled ? { handled } : {}) }
    facts = []
    rows = []
    try {
      line.commit(commit)
    } catch (error) {
      rebuild()
      throw error
    }
  }
  rebuild()
  return {
    state: () => state,
    counters: () => counters,
    take(taken) {
      for (const one of taken) {
        rows.push(...audienceOf(one, state, line, records, facts))
        facts.push(one)
        state = apply(state, one)
        counters.apply(one)
        options.noted(one)
      }
    },
    addRows: (more) => {
      rows.push(...more)
    },
    commit(handled) {
      if (!gathering || handled || facts.length >= BATCH) flush(handled)
    },
    gather(on) {
      gathering = on
      if (!on) flush(undefined)
    },
    rebuild
  }
}
