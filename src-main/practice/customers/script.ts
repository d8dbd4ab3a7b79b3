import type { Line, Scenario } from '../scenarios/format.ts'
import { fits } from '../scenarios/match.ts'

/**
 * How a scripted customer gets through a conversation.
 *
 *   opening -> waiting(step 0) -> waiting(step 1) ... -> done
 *                 |  ^ patience ran out: nudge, once
 *                 +--+
 *
 * What moves the customer on: a fitting answer; or, once nudged, any answer; or, on a call, the agent having spoken and paused (what
 * was said is unknown until the recogniser comes).
 */
export interface ScriptState {
  /** Index of the step that is waited for; `steps.length` when all is said. */
  step: number
  nudged: boolean
}

export type ScriptInput =
  | { type: 'begin' }
  /** The agent wrote or typed this. */
  | { type: 'answer'; text: string }
  /** The agent spoke and paused. */
  | { type: 'paused' }
  | { type: 'patience' }

export interface ScriptOutcome {
  state: ScriptState
  /** What the customer says now. */
  say?: Line
  /** How long the customer now waits before being nudged; absent when there is nothing to wait for. */
  patienceMs?: number
  /** All is said: the customer leaves soon. */
  done: boolean
}

export const beginScript = (): ScriptState => ({ step: 0, nudged: false })

export function advance(scenario: Scenario, state: ScriptState, input: ScriptInput): ScriptOutcome {
  const step = scenario.steps[state.step]
  if (input.type === 'begin') {
    return step ? { state, say: scenario.opening, patienceMs: step.patienceMs, done: false } : { state, say: scenario.opening, done: true }
  }
  if (!step) return { state, done: true }
  switch (input.type) {
    case 'answer':
      return state.nudged || fits(step, input.text) ? moveOn(scenario, state) : { state, done: false }
    case 'paused':
      return moveOn(scenario, state)
    case 'patience':
      if (!state.nudged && step.nudge)
        return { state: { ...state, nudged: true }, say: step.nudge, patienceMs: step.patienceMs, done: false }
      return { state: { ...state, nudged: true }, done: false }
  }
}

function moveOn(scenario: Scenario, state: ScriptState): ScriptOutcome {
  const said = scenario.steps[state.step]
  const next = { step: state.step + 1, nudged: false }
  const then = scenario.steps[next.step]
  return { state: next, done: !then, ...(said ? { say: said.say } : {}), ...(then ? { patienceMs: then.patienceMs } : {}) }
}
