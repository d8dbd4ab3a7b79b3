import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildHost, type HostBench } from '../../build/host.ts'

let bench: HostBench
beforeEach(async () => {
  bench = await buildHost()
})
afterEach(() => bench.close())

const tokenOf = (address: string) => new URL(address).hash.replace('#token=', '')
const post = (token: unknown, origin = bench.origin) =>
  bench.ask('/session', { method: 'POST', headers: { origin }, body: JSON.stringify({ token }) })

describe('the one-time token', () => {
  test('opens a session once, and only once', async () => {
    const token = tokenOf(bench.host.address())
    expect((await post(token)).status).toBe(204)
    expect((await post(token)).status).toBe(403)
  })

  test.each([['wrong'], [''], [undefined], [7], [{}], ['é'.repeat(43)], ['A'.repeat(43)]])('a token of %j opens nothing', async (token) => {
    bench.host.address()
    const answer = await post(token)
    expect(answer.status).toBe(403)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  test.each(['null', '[]', '"text"', '{', ''])('a body of %j is refused', async (body) => {
    const answer = await bench.ask('/session', { method: 'POST', headers: { origin: bench.origin }, body })
    expect(answer.status).toBe(403)
  })

  test('is not taken from another origin, and is still good afterwards', async () => {
    const token = tokenOf(bench.host.address())
    for (const origin of ['http://evil.example', `http://localhost:${bench.host.port}`, 'null', `${bench.origin}.evil.example`])
      expect((await post(token, origin)).status).toBe(403)
    const without = await bench.ask('/session', { method: 'POST', body: JSON.stringify({ token }) })
    expect(without.status).toBe(403)
    expect((await post(token)).status).toBe(204)
  })

  test('each address has its own; of many only the newest sixteen count', async () => {
    const first = tokenOf(bench.host.address())
    const rest = Array.from({ length: 16 }, () => tokenOf(bench.host.address()))
    expect(new Set([first, ...rest]).size).toBe(17)
    expect((await post(first)).status).toBe(403)
    expect((await post(rest[0])).status).toBe(204)
  })

  test('is 32 random bytes long', () => {
    expect(Buffer.from(tokenOf(bench.host.address()), 'base64url')).toHaveLength(32)
  })
})

describe('the session cookie', () => {
  test('is for this host alone: HttpOnly, SameSite=Strict, named after the port', async () => {
    const { headers } = await post(tokenOf(bench.host.address()))
    const cookie = String(headers['set-cookie']?.[0])
    expect(cookie).toMatch(new RegExp(`^sidetone_${bench.host.port}=`))
    const attributes = cookie
      .split(';')
      .slice(1)
      .map((one) => one.trim())
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/']))
    expect(cookie).not.toMatch(/Domain=/i)
  })

  test('is known again, until its time is over or when one letter is changed', async () => {
    const cookie = await bench.enter()
    const asked = (value: string) => bench.ask('/session', { headers: { cookie: value } })
    expect((await asked(cookie)).status).toBe(204)
    expect((await asked(`other=1; ${cookie}; more=2`)).status).toBe(204)
    const [name, value = ''] = cookie.split('=')
    const forged = `${value.slice(0, 5)}${value[5] === 'A' ? 'B' : 'A'}${value.slice(6)}`
    expect((await asked(`${name}=${forged}`)).status).toBe(403)
    expect((await asked(`sidetone_1=${value}`)).status).toBe(403)
    bench.now.ms += 60_001
    expect((await asked(cookie)).status).toBe(403)
  })

  test('a seat is no cookie, and a cookie is no seat', async () => {
    const cookie = await bench.enter()
    const [name, value = ''] = cookie.split('=')
    expect((await bench.ask('/session', { headers: { cookie: `${name}=${bench.seat('agent')}` } })).status).toBe(403)
    expect(bench.seats.read('seat', value)).toBeUndefined()
  })
})

describe('requests', () => {
  test('for another host name are turned away (DNS rebinding)', async () => {
    for (const host of ['evil.example', `evil.example:${bench.host.port}`, `localhost:${bench.host.port}`, '127.0.0.1'])
      expect((await bench.ask('/', { headers: { host } })).status).toBe(421)
  })

  test('of other methods are refused with those that are allowed', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const answer = await bench.ask('/', { method })
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD'])
    }
    const session = await bench.ask('/session', { method: 'DELETE' })
    expect([session.status, session.headers['allow']]).toEqual([405, 'GET, POST'])
  })

  test('with a large body get 413, however the body is sent, and the host goes on', async () => {
    const big = Buffer.alloc(200_000, 97)
    const headers = { origin: bench.origin }
    expect((await bench.ask('/session', { method: 'POST', headers, body: big })).status).toBe(413)
    expect(
      (await bench.ask('/session', { method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' }, body: big })).status
    ).toBe(413)
    expect((await bench.ask('/')).status).toBe(200)
  })

  test.each(['//', '//[', 'http://[', '/%', '/%zz', '/%00', '/index.html%00.js', '*'])(
    'for %j are answered, not crashed on',
    async (path) => {
      const head = `Host: 127.0.0.1:${bench.host.port}\r\n`
      const plain = await bench.raw(`GET ${path} HTTP/1.1\r\n${head}Connection: close\r\n\r\n`)
      expect(plain).toMatch(/^HTTP\/1\.1 4\d\d /)
      const upgrade = await bench.raw(
        `GET ${path} HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`
      )
      expect(upgrade).toMatch(/^HTTP\/1\.1 4\d\d /)
      expect((await bench.ask('/')).status).toBe(200)
    }
  )
})

describe('answers', () => {
  test('all carry a policy under which no foreign or inline script runs', async () => {
    for (const [path, options] of [
      ['/', {}],
      ['/nowhere', {}],
      ['/session', {}],
      ['/%zz', {}],
      ['/', { method: 'PUT' }],
      ['/', { headers: { host: 'evil.example' } }]
    ] as const) {
      const { headers } = await bench.ask(path, options)
      const policy = new Map(
        String(headers['content-security-policy'])
          .split('; ')
          .map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1)])
      )
      expect(policy.get('default-src')).toEqual(["'none'"])
      expect(policy.get('script-src')).toEqual(["'self'"])
      expect(policy.get('object-src')).toEqual(["'none'"])
      expect(policy.get('base-uri')).toEqual(["'none'"])
      expect(policy.get('frame-ancestors')).toEqual(["'none'"])
      expect(policy.get('connect-src')).toEqual(["'self'", `ws://127.0.0.1:${bench.host.port}`, 'ws://127.0.0.1:5999'])
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(String(headers['permissions-policy'])).toContain('camera=()')
    }
  })
})
