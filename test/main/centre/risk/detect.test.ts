import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Activity } from '../../../../src-main/centre/bank/port.ts'
import { detect } from '../../../../src-main/centre/risk/detect.ts'
import { THRESHOLDS } from '../../../../src-main/centre/risk/thresholds.ts'

const NOW = Date.UTC(2026, 10, 23, 12)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
type Login = Activity['logins'][number]
type Transfer = Activity['transfers'][number]

const login = (agoMs: number, rest: Partial<Login> = {}): Login => ({
  at: NOW - agoMs,
  device: 'Phone',
  knownDevice: true,
  country: 'US',
  ...rest
})
const paid = (agoMs: number, cents: number, rest: Partial<Transfer> = {}): Transfer => ({
  at: NOW - agoMs,
  cents,
  payee: 'Rowan Letting',
  newPayee: false,
  ...rest
})
const activity = (rest: Partial<Activity> = {}): Activity => ({ home: 'US', logins: [], transfers: [], ...rest })
const kinds = (given: Partial<Activity>) => detect(activity(given), NOW, THRESHOLDS).map(({ kind }) => kind)

describe('a signal on the accounts', () => {
  test.each<[string, Partial<Activity>, string[]]>([
    ['nothing happened', {}, []],
    ['a log-in from a device never seen', { logins: [login(HOUR, { knownDevice: false })] }, ['remote_login']],
    ['a log-in from another country', { logins: [login(HOUR, { country: 'RO' })] }, ['remote_login']],
    ['the same two days ago', { logins: [login(2 * DAY, { country: 'RO' })] }, []],
    ['a log-in from home', { logins: [login(HOUR)] }, []],
    ['a bank that does not know where they live', { home: '', logins: [login(HOUR, { country: 'RO' })] }, []],
    ['10,000 and a cent', { transfers: [paid(HOUR, 1_000_001)] }, ['large_transfer']],
    ['10,000 exactly', { transfers: [paid(HOUR, 1_000_000)] }, []],
    ['30,000 from somebody who moves 8,000 a week', { transfers: [...weekly(800_000), paid(HOUR, 3_000_000, { payee: 'X' })] }, []],
    [
      '41,000 from somebody who moves 8,000 a week',
      { transfers: [...weekly(800_000), paid(HOUR, 4_100_000, { payee: 'X' })] },
      ['large_transfer']
    ],
    ['the same large rent as every month', { transfers: [paid(30 * DAY, 1_500_000), paid(HOUR, 1_500_000)] }, []],
    ['four payments in an hour', { transfers: fast(4) }, []],
    ['five payments in an hour', { transfers: fast(5) }, ['many_small']],
    ['five payments in five hours', { transfers: fast(5, HOUR) }, []],
    ['999.99 to a new payee', { transfers: [paid(HOUR, 99_999, { newPayee: true })] }, []],
    ['1,000 to a new payee', { transfers: [paid(HOUR, 100_000, { newPayee: true })] }, ['new_payee']],
    ['the same yesterday noon', { transfers: [paid(DAY, 100_000, { newPayee: true })] }, []],
    ['much to a new payee', { transfers: [paid(HOUR, 2_850_000, { newPayee: true })] }, ['large_transfer', 'new_payee']]
  ])('%s', (_what, given, expected) => {
    expect(kinds(given)).toEqual(expected)
  })

  test('comes with what shows it', () => {
    const [large] = detect(activity({ transfers: [...weekly(40_000), paid(HOUR, 2_850_000, { payee: 'M. Keller' })] }), NOW, THRESHOLDS)
    expect(large).toEqual({
      kind: 'large_transfer',
      evidence: [
        { key: 'transfer', values: { at: NOW - HOUR, cents: 2_850_000, payee: 'M. Keller' } },
        { key: 'usual', values: { cents: 40_000, times: 71 } }
      ]
    })
  })

  test('of each kind comes once, from nothing that lies in the future or more than a day back', () => {
    const arbitraryTransfer = fc.record({
      at: fc.integer({ min: NOW - 3 * DAY, max: NOW + DAY }),
      cents: fc.integer({ min: 1, max: 5_000_000 }),
      payee: fc.constantFrom('a', 'b', 'c'),
      newPayee: fc.boolean()
    })
    fc.assert(
      fc.property(fc.array(arbitraryTransfer, { maxLength: 40 }), (transfers) => {
        const found = detect(activity({ transfers }), NOW, THRESHOLDS)
        expect(new Set(found.map(({ kind }) => kind)).size).toBe(found.length)
        for (const { evidence } of found)
          for (const { key, values } of evidence)
            if (key === 'transfer') {
              expect(values['at']).toBeLessThanOrEqual(NOW)
              expect(values['at']).toBeGreaterThan(NOW - DAY)
            }
        // Order of what the bank tells does not matter.
        expect(detect(activity({ transfers: transfers.toReversed() }), NOW, THRESHOLDS).map(({ kind }) => kind)).toEqual(
          found.map(({ kind }) => kind)
        )
      })
    )
  })

  test('every threshold says what it is grounded on', () => {
    for (const why of Object.values(THRESHOLDS.rationale)) expect(why.length).toBeGreaterThan(40)
  })
})

function weekly(cents: number): Transfer[] {
  return Array.from({ length: 8 }, (_, i) => paid((8 - i) * 7 * DAY, cents))
}
function fast(count: number, everyMs = 10 * MINUTE): Transfer[] {
  return Array.from({ length: count }, (_, i) => paid((count - i) * everyMs, 5_000))
}
