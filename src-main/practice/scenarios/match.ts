import { createFold } from '../../ai/text/fold.ts'
import type { Line, Part, Scenario, Step } from './format.ts'

const fold = createFold()

/** Letter case, typographic quotes, Traditional or Simplified characters and runs of blanks say nothing about what was meant. */
const plain = (text: string): string => fold(text).replace(/\s+/g, ' ')

/** Whether what the agent wrote or said moves the customer on from `step`: it contains one of `expects`, or nothing is expected. */
export function fits(step: Step, text: string): boolean {
  if (text.trim() === '') return false
  if (step.expects.length === 0) return true
  const said = plain(text)
  return step.expects.some((words) => said.includes(plain(words)))
}

/** How many steps of `scenario` these lines of an agent complete, in order; one line completes one step at most. */
export function stepsDone(scenario: Scenario, agentLines: readonly string[]): number {
  let done = 0
  for (const line of agentLines) {
    const step = scenario.steps[done]
    if (step && fits(step, line)) done += 1
  }
  return done
}

/** Every line the customer may say, in the order of the script. */
export function linesOf(scenario: Scenario): Scenario['opening'][] {
  return [scenario.opening, ...scenario.steps.flatMap((step) => (step.nudge ? [step.say, step.nudge] : [step.say]))]
}

/** Every line somebody may say who was dialled. */
export const linesOfPart = ({ opening, replies, nudge }: Part): Line[] => [opening, ...replies, nudge]
