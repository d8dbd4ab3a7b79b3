import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looksLikeCard, paymentProblem, safetyOf } from '../../../src-renderer/conversation/payment.ts'

describe('what may be written down of a payment', () => {
  it.each(['4111 1111 1111 1111', '5555-5555-5555-4444', 'pay 378282246310005 now', '6200.0000.0000.0005'])(
    '%s looks like a card',
    (text) => {
      expect(looksLikeCard(text)).toBe(true)
    }
  )
  it.each(['120.00 GBP', 'INV 2026 0045', '4111 1111 1111 1112', '1234567890123', '', '+44 20 7946 0103'])('%s does not', (text) => {
    expect(looksLikeCard(text)).toBe(false)
  })

  it('refuses a card in either field, and an amount without a figure', () => {
    expect(paymentProblem({ amount: '120', reference: '4111111111111111' })).toBe('card')
    expect(paymentProblem({ amount: '4111 1111 1111 1111', reference: '' })).toBe('card')
    expect(paymentProblem({ amount: 'much', reference: '' })).toBe('no-amount')
    expect(paymentProblem({ amount: '¥ 1,200', reference: 'A-1' })).toBeUndefined()
  })

  it('finds every number with a right check digit, and no other of that length', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{15}$/), (digits) => {
        const sum = [...digits].reduce((total, digit, i) => {
          const weighted = Number(digit) * (i % 2 === 0 ? 2 : 1)
          return total + (weighted > 9 ? weighted - 9 : weighted)
        }, 0)
        const check = (10 - (sum % 10)) % 10
        expect(looksLikeCard(`${digits}${check}`)).toBe(true)
        expect(looksLikeCard(`${digits}${(check + 1) % 10}`)).toBe(false)
      })
    )
  })
})

describe('whether card data may be taken', () => {
  const at = (now: number, confirmedOnce = false) => ({ askedAt: 1_000, confirmedOnce, now, confirmMs: 3_000 })
  it('only while the recorder has confirmed the pause', () => {
    expect(safetyOf({ state: 'on', asked: 'pause' }, at(1_500))).toBe('asking')
    expect(safetyOf({ state: 'on' }, at(3_999))).toBe('asking')
    expect(safetyOf({ state: 'paused' }, at(1_500))).toBe('safe')
  })
  it('is refused aloud when no word came in three seconds', () => {
    expect(safetyOf({ state: 'on', asked: 'pause' }, at(4_000))).toBe('unsafe')
    expect(safetyOf({ state: 'on' }, at(60_000))).toBe('unsafe')
  })
  it('says so when the hard timer has ended the pause, and asks anew', () => {
    expect(safetyOf({ state: 'on' }, at(200_000, true))).toBe('run-out')
    expect(safetyOf({ state: 'on', asked: 'pause' }, at(1_500, true))).toBe('asking')
    expect(safetyOf({ state: 'paused', asked: 'resume' }, at(1_500, true))).toBe('run-out')
  })
  it('does not promise anything where nothing is known of a recorder', () => {
    expect(safetyOf({ state: 'none' }, at(1_500))).toBe('no-recorder')
  })
})
