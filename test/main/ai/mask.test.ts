import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAi } from '../../../src-main/ai/index.ts'

const ai = createAi()

describe('masking', () => {
  it.each([
    ['My card is 4242 4242 4242 4242, thanks', 'My card is •••• 4242, thanks'],
    ['4242-4242-4242-4242', '•••• 4242'],
    ['card four two four two four two four two four two four two four two four two', 'card •••• 4242'],
    ['卡号６２２２０２１２３４５６７８９０１２３', '卡号•••• 0123'],
    ['我的身份证是11010519491231002X。', '我的身份证是•••••• 002X。'],
    ['call me on +44 20 7946 0958', 'call me on ••• 0958'],
    ['手机13812345678', '手机••• 5678'],
    ['my number is 0161 496 0123', 'my number is ••• 0123'],
    ['account 12345678 please', 'account •••5678 please'],
    ['policy number POL-88213', 'policy number •••8213'],
    ['GB29 NWBK 6016 1331 9268 19', '•••6819'],
    ['write to jo.smith@example.com', 'write to j•••@example.com'],
    ['the code is 482913', 'the code is ••••'],
    ['my PIN is one two three four', 'my PIN is ••••'],
    ['验证码是839201', '验证码是••••'],
    ['my password is tiger22', 'my password is ••••'],
    ['CVV 123', 'CVV ••••']
  ])('turns "%s" into "%s"', (clear, masked) => {
    expect(ai.mask(clear)).toBe(masked)
  })

  it.each([
    'I paid $4,200.50 on 12/03/2026',
    'It was 5000000 dollars',
    '2026-03-12 at 10:30',
    '三万五千块，3月12日',
    'Flight 1234 leaves at gate 22',
    'I have been a customer for 25 years',
    'my code of conduct',
    '我有一百二十三万'
  ])('leaves "%s" as it is', (text) => {
    expect(ai.mask(text)).toBe(text)
  })

  it('does not take a number that fails the Luhn check for a card without being told', () => {
    expect(ai.mask('4242424242424241')).toBe('•••4241')
    expect(ai.mask('4242424242424242')).toBe('•••• 4242')
  })

  it('does not take a citizen number with a wrong check character for one', () => {
    expect(ai.mask('110105194912310021')).not.toContain('•••••• ')
  })

  it('hides numbers beyond the length that analysis reads', () => {
    const text = `${'word '.repeat(2_500)}my card is 4242 4242 4242 4242`
    expect(ai.mask(text)).not.toContain('4242 4242')
  })

  const piece = fc.oneof(
    fc.constantFrom(
      '4242 4242 4242 4242',
      '13812345678',
      'my PIN is ',
      'code is 4829',
      '•••• 4242',
      '••• 0958',
      'a@b.co',
      '验证码',
      '是',
      '二二二二',
      ' ',
      ',',
      '11010519491231002X',
      'card',
      '密码',
      'zero nine',
      '-',
      'account no 77',
      '$12'
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.stringMatching(/^[0-9 ().+-]{0,24}$/)
  )
  const texts = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

  it('changes nothing when done twice, and grows by little', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const masked = ai.mask(text)
        expect(ai.mask(masked)).toBe(masked)
        expect(masked.length).toBeLessThanOrEqual(text.length + 8 + Math.floor(text.length / 2))
      }),
      { numRuns: 1_500 }
    )
  })

  it('lets no valid card number through, however it is parted', () => {
    const cards = fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 14, maxLength: 14 })
      .map((digits) => withLuhn(`4${digits.join('')}`))
    fc.assert(
      fc.property(cards, fc.constantFrom('', ' ', '-'), fc.constantFrom('My card is ', '', '卡号', 'pay with '), (card, gap, before) => {
        const written = card.replace(/(.{4})(?=.)/g, `$1${gap}`)
        expect(ai.mask(`${before}${written} ok`)).toBe(`${before}•••• ${card.slice(-4)} ok`)
      }),
      { numRuns: 500 }
    )
  })
})

function withLuhn(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = i % 2 === 0 ? Number(digit) * 2 : Number(digit)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}
