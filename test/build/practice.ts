import type { Clock } from '../../src-main/practice/clock.ts'
import type { PracticeMemory, RememberedScript } from '../../src-main/practice/customers/memory.ts'
import type { Scenario } from '../../src-main/practice/scenarios/format.ts'

/** A repeatable sequence of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A clock turned by hand: `advance` does what is due, in order, with the time standing at each appointment. */
export interface TurnedClock extends Clock {
  advance(ms: number): void
}

export function turnedClock(start: number): TurnedClock {
  let now = start
  let made = 0
  let tasks: { when: number; order: number; run: () => void }[] = []
  return {
    now: () => now,
    at(when, run) {
      const task = { when: Math.max(when, now), order: made++, run }
      tasks.push(task)
      return {
        cancel() {
          tasks = tasks.filter((one) => one !== task)
        }
      }
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        const [next] = tasks.filter((one) => one.when <= end).sort((a, b) => a.when - b.when || a.order - b.order)
        if (!next) break
        tasks = tasks.filter((one) => one !== next)
        now = next.when
        next.run()
      }
      now = end
    },
    close() {
      tasks = []
    }
  }
}

export const scenario = (rest: Partial<Scenario> = {}): Scenario => ({
  id: 'card-lost',
  language: 'en',
  intent: 'card_lost',
  queue: 'cards',
  title: 'Lost card',
  reason: 'Lost the card',
  channels: ['voice', 'chat'],
  customerId: 'c1',
  priority: 0,
  opening: { id: 'opening', text: 'I lost my card.' },
  steps: [
    {
      expects: ['name'],
      say: { id: 's1', text: 'My name is Ann.' },
      nudge: { id: 'n1', text: 'Are you there?' },
      patienceMs: 20_000
    },
    { expects: [], say: { id: 's2', text: 'Thank you, goodbye.' }, patienceMs: 10_000 }
  ],
  agentPrompts: ['What is your name?', 'It is blocked.'],
  ...rest
})

/** A memory without a file. */
export function rememberIn(scripts = new Map<string, RememberedScript>()): PracticeMemory & { kept: Map<string, RememberedScript> } {
  const choices = new Map<string, ReturnType<PracticeMemory['choice']>>()
  return {
    kept: scripts,
    scripts: () => [...scripts.values()],
    keep: (script) => void scripts.set(script.conversationId, { ...script }),
    forget: (conversationId) => void scripts.delete(conversationId),
    choice: (personId) => choices.get(personId) ?? { pace: 'normal', language: 'follow', frontDesk: 'off' },
    choose: (personId, choice) => void choices.set(personId, choice),
    close: () => {}
  }
}
