import { expect, test } from 'vitest'
import { setLocale } from '../../../src-renderer/text/catalogue.svelte.ts'
import { text } from '../../../src-renderer/text/wallboard.ts'
import { METRICS } from '../../../src-shared/metrics.ts'

test('the English words of a formula are those of its one definition', () => {
  Object.defineProperty(globalThis, 'document', { value: { documentElement: {} }, configurable: true })
  setLocale('en')
  for (const metric of Object.values(METRICS)) expect(text().formulas[metric.id]).toBe(metric.formula)
})
