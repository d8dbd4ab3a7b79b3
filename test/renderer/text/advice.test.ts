import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { reasonWords } from '../../../src-renderer/text/advice.ts'
import { setLocale } from '../../../src-renderer/text/catalogue.svelte.ts'

test('every reason of the catalogue, and every reason against, has words in each language', () => {
  vi.stubGlobal('document', { documentElement: { lang: '' } })
  const file = readFileSync(new URL('../../../resources/practice/products.json', import.meta.url), 'utf8')
  const { products } = JSON.parse(file) as { products: { why: { key: string }[] }[] } // read through its schema when the centre opens
  const against = ['no_assessment', 'assessment_expired', 'needs_care', 'complaint', 'alert', 'strained']
  for (const locale of ['en', 'zh-CN', 'zh-TW'] as const) {
    setLocale(locale)
    for (const key of [...products.flatMap(({ why }) => why.map((one) => one.key)), ...against]) expect(reasonWords({ key })).not.toBe(key)
    expect(reasonWords({ key: 'loan_due', values: { at: Date.UTC(2026, 10, 24), tail: '8046', cents: 31_200 } })).toContain('312')
    expect(reasonWords({ key: 'risk_too_high', values: { product: 'R4', customer: 'C2' } })).toMatch(/R4.*C2/)
    expect(reasonWords({ key: 'of a later version' })).toBe('of a later version')
  }
  setLocale('en')
  vi.unstubAllGlobals()
})
