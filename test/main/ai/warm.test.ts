import { expect, it } from 'vitest'
import type { Ai } from '../../../src-main/ai/ai.ts'
import { createAi } from '../../../src-main/ai/index.ts'
import { warm } from '../../../src-main/ai/warm.ts'

it('warming asks everything the co-pilot will ask, a part in each turn, and leaves the answers as they are', async () => {
  const cold = createAi()
  const asked: { name: string; turn: number }[] = []
  let turn = 0
  const watched = Object.fromEntries(
    Object.entries(createAi()).map(([name, ask]: [string, (...args: unknown[]) => unknown]) => [
      name,
      (...args: unknown[]) => {
        asked.push({ name, turn })
        return ask(...args)
      }
    ])
  ) as unknown as Ai // the same keys, each asking the real one
  const tick = () => {
    turn += 1
    ticking = setImmediate(tick)
  }
  let ticking = setImmediate(tick)
  await warm(watched)
  clearImmediate(ticking)
  expect(new Set(asked.map((one) => one.name))).toEqual(
    new Set(['intentOf', 'mood', 'findings', 'entities', 'checks', 'summary', 'retrieve'])
  )
  expect(new Set(asked.map((one) => one.turn)).size).toBeGreaterThan(5)
  expect(watched.intent('I lost my card')).toEqual(cold.intent('I lost my card'))
})
