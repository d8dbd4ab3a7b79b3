import { describe, expect, it } from 'vitest'
import type { Step } from '../../../../src-main/practice/scenarios/format.ts'
import { loadScenarios } from '../../../../src-main/practice/scenarios/load.ts'
import { fits, linesOf, stepsDone } from '../../../../src-main/practice/scenarios/match.ts'
import { PRACTICE_DIR } from './practice-dir.ts'

const { scenarios } = loadScenarios(PRACTICE_DIR)
const step = (...expects: string[]): Step => ({ expects, say: { id: 'a', text: 'Yes.' }, patienceMs: 25_000 })

describe('what moves a customer on', () => {
  it('is any of the expected words, whatever the letter case, quotes and blanks', () => {
    expect(fits(step('date of birth', "don't worry"), 'May I have your DATE  of Birth?')).toBe(true)
    expect(fits(step('date of birth', "don't worry"), 'Please don’t worry.')).toBe(true)
    expect(fits(step('date of birth'), 'What is your name?')).toBe(false)
  })

  it('is the same in Traditional and Simplified characters', () => {
    expect(fits(step('核实', '余额'), '您的餘額是')).toBe(true)
  })

  it('is anything but silence where nothing is expected', () => {
    expect(fits(step(), 'Hm.')).toBe(true)
    expect(fits(step(), '  ')).toBe(false)
  })

  it('is one step for one line at most', () => {
    const [scenario] = scenarios
    expect(scenario && stepsDone(scenario, [scenario.agentPrompts.join(' ')])).toBe(1)
  })
})

describe.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s', (_, scenario) => {
  it('is walked to its end by its own prompts, each of them one step', () => {
    const progress = scenario.agentPrompts.map((_prompt, index) => stepsDone(scenario, scenario.agentPrompts.slice(0, index + 1)))
    expect(progress).toEqual(scenario.agentPrompts.map((_prompt, index) => index + 1))
    expect(progress.at(-1)).toBe(scenario.steps.length)
  })

  it('leaves the agent many ways to say it, and is not moved by anything at all', () => {
    for (const one of scenario.steps) {
      expect(one.expects.length).toBeGreaterThanOrEqual(8)
      for (const idle of ['Hm.', 'Uh', '嗯', 'asdf qwer', '123']) expect(fits(one, idle), `${idle} / ${one.say.id}`).toBe(false)
    }
  })

  it('has different lines, and something to say when it is kept waiting', () => {
    const texts = linesOf(scenario).map((line) => line.text)
    expect(new Set(texts).size).toBe(texts.length)
    expect(scenario.steps.some((one) => one.nudge !== undefined)).toBe(true)
  })
})
