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

describe('a body of several parts', () => {
  const SDP = 'v=0\r\ns=é\r\n'
  const sdp = `Content-Type: application/sdp\r\n\r\n${SDP}`
  const isup = 'Content-Type: application/isup\r\nContent-Disposition: signal;handling=optional\r\n\r\n\0\x01'
  const multipart = (kind: string, ...parts: readonly string[]): string => {
    const body = `preamble\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\nepilogue`
    return invite('<sip:a@b.test>;tag=a').replace(
      'Content-Length: 0\r\n\r\n',
      `Content-Type: multipart/${kind};\r\n boundary=b\r\nMIME-Version: 1.0\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    )
  }
  const withSdp = invite('<sip:a@b.test>;tag=a').replace(
    'Content-Length: 0\r\n\r\n',
    `Content-Type: application/sdp\r\nContent-Length: ${Buffer.byteLength(SDP)}\r\n\r\n${SDP}`
  )

  test.each([
    ['mixed', sdp, isup],
    ['mixed', isup, sdp],
    ['mixed', sdp.trimEnd(), isup],
    ['related', sdp, isup],
    ['alternative', 'Content-Type: text/plain\r\n\r\nhello', sdp],
    ['mixed', `Content-Type: multipart/mixed;boundary=c\r\n\r\n--c\r\n${sdp}\r\n--c--`, isup]
  ])('multipart/%s: the session is handed on alone', (kind, ...parts) => {
    expect(screenMessage(multipart(kind, ...parts), ABLE)).toEqual({ pass: withSdp })
  })

  test('an answer of several parts is read too', () => {
    const answer = (message: string): string => message.replace(/^.*/, 'SIP/2.0 200 OK')
    expect(screenMessage(answer(multipart('mixed', isup, sdp)), ABLE)).toEqual({ pass: answer(withSdp) })
  })

  test('what may be passed over leaves an INVITE without an offer', () => {
    expect(screenMessage(multipart('mixed', isup), ABLE)).toEqual({ pass: invite('<sip:a@b.test>;tag=a') })
  })

  test.each([
    ['a part that must be understood', multipart('mixed', sdp, isup.replace('optional', 'required')), 'SIP/2.0 415 Unsupported Media Type'],
    [
      'a part that says nothing about it',
      multipart('mixed', sdp, 'Content-Type: text/plain\r\n\r\nx'),
      'SIP/2.0 415 Unsupported Media Type'
    ],
    ['no boundary', multipart('mixed', sdp).replace('boundary=b', 'x=y'), 'SIP/2.0 400 Bad multipart body'],
    ['no end', multipart('mixed', sdp).replace('--b--', '--b-x'), 'SIP/2.0 400 Bad multipart body']
  ])('%s is refused', (_, message, status) => {
    const screened = screenMessage(message, ABLE)
    const lines = 'answer' in screened ? screened.answer.split('\r\n') : []
    expect(lines[0]).toBe(status)
    expect(lines.includes('Accept: application/sdp, multipart/mixed, multipart/alternative')).toBe(status.includes('415'))
  })

  test.each([
    ['text/plain', false],
    ['', false],
    ['application/sdp;q=0', false],
    ['application/sdp; level=1, text/plain', true],
    ['text/plain, application/*', true],
    ['*/*;q=0.1', true]
  ])('who accepts "%s" can have an answer: %s', (accept, can) => {
    const screened = screenMessage(withSdp.replace('Content-Type', `Accept: ${accept}\r\nContent-Type`), ABLE)
    if (can) expect(screened).toHaveProperty('pass')
    else expect('answer' in screened && screened.answer).toContain('SIP/2.0 406 ')
  })

  test('octets behind the body are no body', () => {
    expect(screenMessage(`${invite('<sip:a@b.test>;tag=a')}octets`, ABLE)).toHaveProperty('pass')
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
