import { describe, expect, it } from 'vitest'
import { inClear } from '../../../src-main/ai/in-clear.ts'
import { createAi } from '../../../src-main/ai/index.ts'

const ai = createAi()
const found = (raw: string, speaker: 'customer' | 'agent' = 'customer') => inClear(ai, raw, ai.mask(raw), speaker)

describe('personal data in clear', () => {
  it('is found in what was said, and shown where it stands in the masked text', () => {
    const raw = 'Call me on 13912345678. My card is 4242 4242 4242 4242 and my PIN is 9931, thanks'
    const masked = ai.mask(raw)
    const spans = found(raw)
    expect(spans.map((one) => [one.rule, one.severity, one.span.text])).toEqual([
      ['data_in_clear', 'info', '•••• 4242'],
      ['data_in_clear', 'bad', '••••']
    ])
    for (const { span } of spans) expect(masked.slice(span.start, span.end)).toBe(span.text)
  })

  it('is found in Chinese too', () => {
    expect(found('我的卡号是6222021234567890128，请查一下').map((one) => one.span.text)).toEqual(['•••• 0128'])
  })

  it('is not found in a text that came masked, or that holds none', () => {
    expect(found(ai.mask('My card is 4242 4242 4242 4242'))).toEqual([])
    expect(found('What are your opening hours?')).toEqual([])
  })

  it('never brings out what was hidden', () => {
    for (const one of found('card 4242424242424242 pin is 1234', 'agent')) expect(one.span.text).not.toMatch(/\d{5,}|1234/)
  })
})
