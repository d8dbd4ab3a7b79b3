import { expect, test } from 'vitest'
import { hear, SPEECH_RMS, silence } from '../../../../src-main/practice/customers/listening.ts'
import { advance, beginScript, type ScriptInput } from '../../../../src-main/practice/customers/script.ts'
import { scenario } from '../../../build/practice.ts'

const script = scenario()
const plain = scenario({ steps: script.steps.map(({ nudge: _none, ...step }) => step) })
const at = (step: number, nudged = false) => ({ step, nudged })
const answer = (text: string): ScriptInput => ({ type: 'answer', text })

test.each([
  ['begins with the opening', script, beginScript(), { type: 'begin' }, at(0), 'opening', 20_000, false],
  ['begins again after a restart', script, at(0), { type: 'begin' }, at(0), 'opening', 20_000, false],
  ['moves on at a fitting answer', script, at(0), answer('Your NAME please?'), at(1), 's1', 10_000, false],
  ['waits on at an unfitting one', script, at(0), answer('One moment'), at(0), undefined, undefined, false],
  ['waits on at an empty one', script, at(1), answer('  '), at(1), undefined, undefined, false],
  ['moves on at any answer once nudged', script, at(0, true), answer('One moment'), at(1), 's1', 10_000, false],
  ['moves on when the agent spoke and paused', script, at(0), { type: 'paused' }, at(1), 's1', 10_000, false],
  ['asks once when patience runs out', script, at(0), { type: 'patience' }, at(0, true), 'n1', 20_000, false],
  ['asks no second time', script, at(0, true), { type: 'patience' }, at(0, true), undefined, undefined, false],
  [
    'without a question of its own only takes any answer from then on',
    plain,
    at(0),
    { type: 'patience' },
    at(0, true),
    undefined,
    undefined,
    false
  ],
  ['is done after the last step', script, at(1), answer('It is blocked'), at(2), 's2', undefined, true],
  ['stays done', script, at(2), answer('Goodbye'), at(2), undefined, undefined, true],
  ['stays done at a pause', script, at(2), { type: 'paused' }, at(2), undefined, undefined, true],
  ['stays done without patience', script, at(2), { type: 'patience' }, at(2), undefined, undefined, true]
] as const)('a customer %s', (_name, of, state, input, next, says, patienceMs, done) => {
  const outcome = advance(of, state, input)
  expect([outcome.state, outcome.say?.id, outcome.patienceMs, outcome.done]).toEqual([next, says, patienceMs, done])
})

test.each([
  ['silence only', [0, 0, 0], [false, false, false]],
  ['speech, then silence: paused once', [0.1, 0.1, 0, 0], [false, false, true, false]],
  ['speech at the edge counts', [SPEECH_RMS, 0], [false, true]],
  ['noise below the edge does not', [SPEECH_RMS * 0.99, 0], [false, false]],
  ['twelve seconds of speech are cut into', Array(13).fill(0.1), [...Array(11).fill(false), true, false]]
])('listening: %s', (_name, levels: number[], paused: boolean[]) => {
  let state = silence()
  expect(
    levels.map((rms) => {
      const heard = hear(state, rms)
      state = heard.state
      return heard.paused
    })
  ).toEqual(paused)
})
