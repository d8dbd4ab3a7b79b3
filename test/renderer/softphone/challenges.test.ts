import { describe, expect, it } from 'vitest'
import { withoutForeignChallenges } from '../../../src-renderer/softphone/sip/challenges.ts'

const message = (status: string, ...lines: string[]) =>
  [`SIP/2.0 ${status}`, 'Call-ID: x', ...lines, 'Content-Length: 0', '', ''].join('\r\n')
const md5 = 'WWW-Authenticate: Digest realm="p", nonce="n", algorithm=MD5, qop="auth"'
const sha = 'WWW-Authenticate: Digest realm="p", nonce="n", algorithm=SHA-256, qop="auth"'
const plain = 'Proxy-Authenticate: Digest realm="p", nonce="n"'

describe('challenges of a PBX that offers several algorithms', () => {
  it.each([
    ['401 Unauthorized', [md5, sha], [md5]],
    ['401 Unauthorized', [sha, md5], [md5]],
    ['401 Unauthorized', [sha.replace('SHA-256', 'MD5-sess'), md5], [md5]],
    ['407 Proxy Authentication Required', [plain, sha.replace('WWW', 'Proxy')], [plain]],
    // Nothing SIP.js can do: it is left to say so.
    ['401 Unauthorized', [sha], [sha]],
    ['200 OK', [sha, md5], [sha, md5]]
  ])('%s %j keeps %j', (status, offered, kept) => {
    expect(withoutForeignChallenges(message(status, ...offered))).toBe(message(status, ...kept))
  })
})
