import { describe, expect, test, vi } from 'vitest'
import { checkState, codeTyped, isBusy, openAlerts, takesCode } from '../../../src-renderer/conversation/verification.ts'
import { setLocale } from '../../../src-renderer/text/catalogue.svelte.ts'
import { alertName, evidenceLine } from '../../../src-renderer/text/risk.ts'
import { BANK_SIGNALS, WORD_SIGNALS } from '../../../src-shared/risk.ts'

const NOW = 1_000_000

describe('a guided check', () => {
  test.each([
    ['none', { verification: 'none' }, 'none'],
    ['begun at the front desk', { verification: 'started' }, 'none'],
    ['sending', { verification: 'started', code: { state: 'sending', wrong: 0 } }, 'sending'],
    ['sent', { verification: 'started', code: { state: 'sent', wrong: 0, until: NOW + 1 } }, 'sent'],
    ['sent too long ago', { verification: 'started', code: { state: 'sent', wrong: 0, until: NOW } }, 'expired'],
    ['wrong too long ago', { verification: 'started', code: { state: 'wrong', wrong: 1, until: NOW } }, 'expired'],
    ['still checking then', { verification: 'started', code: { state: 'checking', wrong: 1, until: NOW } }, 'checking'],
    ['no bank', { verification: 'started', code: { state: 'unavailable', wrong: 0 } }, 'unavailable'],
    ['verified', { verification: 'verified' }, 'verified'],
    ['failed', { verification: 'failed' }, 'failed']
  ] as const)('%s', (_what, view, expected) => {
    expect(checkState(view, NOW)).toBe(expected)
  })

  test('takes a code only when one was sent, and asks the bank nothing while it is at it', () => {
    expect(
      (['none', 'sending', 'sent', 'checking', 'wrong', 'expired', 'unavailable', 'verified', 'failed'] as const).filter(takesCode)
    ).toEqual(['sent', 'wrong'])
    expect((['none', 'sending', 'sent', 'checking', 'wrong'] as const).filter(isBusy)).toEqual(['sending', 'checking'])
  })

  test.each([
    ['482913', '482913'],
    [' 482 913 ', '482913'],
    ['482-913', '482913'],
    ['４８２９１３', '482913'],
    ['482', undefined],
    ['48291a', undefined],
    ['', undefined],
    ['12345678901', undefined]
  ])('"%s" is %s', (typed, code) => {
    expect(codeTyped(typed)).toBe(code)
  })

  test('only alerts nobody dealt with are open', () => {
    const alert = { kind: 'coached', text: '', at: 1, evidence: [] }
    expect(
      openAlerts({
        alerts: [
          { ...alert, alertId: 'a', resolvedAt: 2 },
          { ...alert, alertId: 'b' }
        ]
      }).map(({ alertId }) => alertId)
    ).toEqual(['b'])
  })
})

test('every kind of alert has a name, and every piece of evidence is a line with its figures', () => {
  vi.stubGlobal('document', { documentElement: { lang: '' } })
  for (const locale of ['en', 'zh-CN', 'zh-TW'] as const) {
    setLocale(locale)
    for (const kind of [...BANK_SIGNALS, ...WORD_SIGNALS]) expect(alertName(kind)).not.toBe(kind)
    expect(alertName('A log-in from abroad')).toBe('A log-in from abroad')
    const line = (key: 'login' | 'transfer' | 'usual' | 'count' | 'said', values: Record<string, string | number>) =>
      evidenceLine({ key, values }, (code) => `<${code}>`)
    expect(line('login', { at: NOW, device: 'PC', country: 'RO', home: 'US' })).toMatch(/PC.*<RO>|<RO>.*PC/)
    expect(line('transfer', { at: NOW, cents: 2_850_000, payee: 'M. Keller' })).toContain('28,500')
    expect(line('usual', { cents: 40_000, times: 71 })).toMatch(/400.*71/)
    expect(line('count', { count: 6, withinMs: 3_600_000, cents: 57_000 })).toMatch(/6.*570|60.*6.*570/)
    expect(line('said', { quote: 'safe account' })).toContain('safe account')
  }
  setLocale('en')
  vi.unstubAllGlobals()
})
