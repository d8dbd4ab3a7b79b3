import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withSipAddresses } from '../../../src-renderer/softphone/sip/foreign-addresses.ts'
import { screenMessage } from '../../../src-renderer/softphone/sip/odd-messages.ts'
import { tortureSet } from '../../main/practice/pbx/torture-set.ts'

const ABLE = { extensions: ['replaces', 'timer'], newTag: () => 'ours' }

const invite = (from: string): string =>
  [
    'INVITE sip:agent@bank.test SIP/2.0',
    'Via: SIP/2.0/WS proxy.bank.test;branch=z9hG4bK1',
    `From: ${from}`,
    'To: <sip:agent@bank.test>',
    'Call-ID: 1@proxy',
    'CSeq: 1 INVITE',
    'Contact: <sip:gateway@bank.test>',
    'Content-Length: 0',
    '',
    ''
  ].join('\r\n')

describe('a message is judged before the library sees it', () => {
  test('an ordinary INVITE passes as it is', () => {
    const message = invite('"Ann Lee" <sip:+49301234@bank.test>;tag=a')
    expect(screenMessage(message, ABLE)).toEqual({ pass: message })
  })

  test('an answer repeats what names the transaction, has a tag, and says what is missing', () => {
    const odd = screenMessage(invite('<sip:a@b.test>;tag=a').replace('Contact:', 'Require: precondition\r\nContact:'), ABLE)
    const lines = 'answer' in odd ? odd.answer.split('\r\n') : []
    expect(lines).toEqual([
      'SIP/2.0 420 Bad Extension',
      'Via: SIP/2.0/WS proxy.bank.test;branch=z9hG4bK1',
      'From: <sip:a@b.test>;tag=a',
      'To: <sip:agent@bank.test>;tag=ours',
      'Call-ID: 1@proxy',
      'CSeq: 1 INVITE',
      'Unsupported: precondition',
      'Content-Length: 0',
      '',
      ''
    ])
  })

  test.each([
    'Ann Lee <sip:a@b.test>;tag=a',
    '林悦 <sip:a@b.test>;tag=a',
    'sip:a@b.test;tag=a',
    '"a, b" <sip:a@b.test;transport=ws>;tag=a;x="y;z"'
  ])('a caller written as %s may call', (from) => {
    expect(screenMessage(invite(from), ABLE)).toHaveProperty('pass')
  })

  test('whatever comes, there is a verdict, and soon', () => {
    const seeds = tortureSet().flatMap(({ message }) => (typeof message === 'string' ? [message] : []))
    const piece = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(' '.repeat(3_000), ';'.repeat(3_000), '"', '<', '>', '\\', ',', '\r\n', ':')
    )
    fc.assert(
      fc.property(fc.constantFrom(...seeds), fc.nat(), piece, (seed, at, put) => {
        const from = at % seed.length
        const screened = screenMessage(seed.slice(0, from) + put + seed.slice(from), ABLE)
        if ('pass' in screened) withSipAddresses(screened.pass, 'bank.test')
        return 'pass' in screened || 'answer' in screened || 'drop' in screened
      }),
      { numRuns: 1_500 }
    )
  })
})

describe('addresses of other schemes', () => {
  test.each([
    ['<tel:+4930123>;tag=1', '<sip:+4930123@bank.test;user=phone>;tag=1'],
    ['"A <tel:x>" <tel:+49-30(1);phone-context=x>;tag=1', '"A <tel:x>" <sip:+49-301@bank.test;user=phone>;tag=1'],
    ['tel:0123;tag=2', '<sip:0123@bank.test;user=phone>;tag=2'],
    ['Ann Lee <tel:1>;tag=1', 'Ann Lee <sip:1@bank.test;user=phone>;tag=1'],
    ['<sips:a@b>;tag=1', '<sips:a@b>;tag=1'],
    ['sip:a@b;tag=1', 'sip:a@b;tag=1']
  ])('%s becomes %s', (from, mended) => {
    expect(withSipAddresses(invite(from), 'bank.test')).toBe(invite(mended))
  })

  test('a body is left alone', () => {
    const message = `${invite('<sip:a@b>;tag=1')}From: <tel:1>`
    expect(withSipAddresses(message, 'bank.test')).toBe(message)
  })
})
