import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createPbx } from '../../../../src-main/practice/pbx/pbx.ts'
import { createAgentUa, credentials, token } from './agent-ua.ts'
import { openHouse } from './house.ts'

describe('the socket', () => {
  test('listens on loopback only', async () => {
    await expect(createPbx({ host: '0.0.0.0' })).rejects.toThrow(/loopback/)
  })

  test('refuses a WebSocket that does not speak sip, and one too many', async () => {
    const house = await openHouse({ maxConnections: 1 })
    const { server } = house.pbx.account('agent-lin')
    const refusal = (protocols: string[]): Promise<string> =>
      new Promise((resolve) => new WebSocket(server, protocols).once('error', (error) => resolve(error.message)))
    expect(await refusal([])).toContain('400')
    expect(await refusal(['chat'])).toContain('400')
    await house.phone('agent-lin')
    expect(await refusal(['sip'])).toContain('503')
  })

  test('answers a keep-alive', async () => {
    const house = await openHouse()
    const socket = new WebSocket(house.pbx.account('agent-lin').server, ['sip'])
    const pong = new Promise((resolve) => socket.once('message', (data) => resolve(String(data))))
    socket.once('open', () => socket.send('\r\n\r\n'))
    expect(await pong).toBe('\r\n')
    socket.terminate()
  })
})

describe('registering', () => {
  test.each(['MD5', 'SHA-256'])('is let in with %s', async (algorithm) => {
    const house = await openHouse()
    const ua = createAgentUa(house.pbx.account('agent-lin'))
    await ua.connect()
    const answer = await ua.register({ algorithm })
    expect(answer.status).toBe(200)
    expect(answer.header('Contact')).toContain(`${ua.contact};expires=600`)
    expect(await house.event('registered')).toEqual({ type: 'registered', user: 'agent-lin' })
    expect(house.pbx.isRegistered('agent-lin')).toBe(true)
    expect(house.pbx.isRegistered('agent-tom')).toBe(false)
    ua.close()
  })

  test('refuses a wrong secret, an unknown user and another domain', async () => {
    const house = await openHouse()
    const account = house.pbx.account('agent-lin')
    const as = async (changes: object, options: object = {}): Promise<number> => {
      const ua = createAgentUa({ ...account, ...changes })
      await ua.connect()
      const { status } = await ua.register(options)
      ua.close()
      return status
    }
    expect(await as({}, { secret: 'guess' })).toBe(403)
    expect(await as({ user: 'nobody' })).toBe(403)
    expect(await as({ domain: 'other.invalid' })).toBe(404)
    expect(house.pbx.isRegistered('agent-lin')).toBe(false)
  })

  test('takes a nonce count once, and calls an old nonce stale', async () => {
    let now = 1_000_000
    const house = await openHouse({ now: () => now })
    const account = house.pbx.account('agent-lin')
    const ua = createAgentUa(account)
    await ua.connect()
    const uri = `sip:${account.domain}`
    const callId = token()
    let cseq = 0
    const send = async (authorization?: string) => {
      cseq++
      ua.raw(
        ua.compose('REGISTER', uri, [
          `Via: SIP/2.0/WS a.invalid;branch=z9hG4bK${token()}`,
          `From: <sip:agent-lin@${account.domain}>;tag=a`,
          `To: <sip:agent-lin@${account.domain}>`,
          `Call-ID: ${callId}`,
          `CSeq: ${cseq} REGISTER`,
          `Contact: ${ua.contact}`,
          ...(authorization ? [`Authorization: ${authorization}`] : [])
        ])
      )
      return ua.final('REGISTER', callId, cseq)
    }
    const challenges = (await send()).all('WWW-Authenticate')
    expect(challenges.map((value) => /algorithm=([^,]+)/.exec(value)?.[1])).toEqual(['SHA-256', 'MD5'])
    const [challenge = ''] = challenges
    const nonce = (count: number): string => credentials(challenge, account, 'REGISTER', uri, count)
    expect((await send(nonce(1))).status).toBe(200)
    const replay = await send(nonce(1))
    expect([replay.status, replay.header('WWW-Authenticate').includes('stale=true')]).toEqual([401, true])
    expect((await send(nonce(2))).status).toBe(200)
    now += 601_000
    const old = await send(nonce(3))
    expect([old.status, old.header('WWW-Authenticate').includes('stale=true')]).toEqual([401, true])
    const forged = await send(nonce(4).replace(/nonce="[^"]+"/, 'nonce="made-up"'))
    expect(forged.status).toBe(401)
    expect((await send(`Basic ${Buffer.from('a:b').toString('base64')}`)).status).toBe(401)
    ua.close()
  })

  test('ends by asking for no time, by *, by time, and by the socket', async () => {
    let now = 1_000_000
    const house = await openHouse({ now: () => now })
    const ua = await house.phone('agent-lin')
    await house.event('registered')
    expect((await ua.register({ expires: 0 })).all('Contact')).toEqual([])
    await house.event('unregistered')

    await ua.register()
    await house.event('registered')
    expect((await ua.register({ contact: '*', expires: 600 })).status).toBe(400)
    expect((await ua.register({ contact: '*', expires: 0 })).status).toBe(200)
    await house.event('unregistered')

    await ua.register()
    await house.event('registered')
    now += 601_000
    expect(house.pbx.isRegistered('agent-lin')).toBe(false)
    await house.event('unregistered')

    await ua.register()
    await house.event('registered')
    ua.cut()
    await house.event('unregistered')
    expect(house.pbx.isRegistered('agent-lin')).toBe(false)
  })

  test('keeps several places and forgets the one that goes', async () => {
    const house = await openHouse()
    const desk = await house.phone('agent-lin')
    const mobile = await house.phone('agent-lin')
    expect((await mobile.register()).all('Contact')).toHaveLength(2)
    expect((await mobile.register({ expires: 0 })).all('Contact')).toHaveLength(1)
    house.pbx.ring({ user: 'agent-lin', conversationId: 'c', callId: 'k2', from: '+49301', name: 'Li', ringMs: 60_000 })
    await desk.request('INVITE')
  })

  test('asks for a longer time when the time is too brief, and takes no order from the past', async () => {
    const house = await openHouse()
    const ua = await house.phone('agent-lin')
    const brief = await ua.register({ expires: 3 })
    expect([brief.status, brief.header('Min-Expires')]).toEqual([423, '10'])
    const foreign = await ua.register({ contact: '<tel:+4930123>' })
    expect(foreign.status).toBe(416)
    expect((await ua.register({ expires: 99_999_999 })).header('Contact')).toContain('expires=3600')
  })

  test.each([
    ['a parameter behind a bare URI is the contact’s', 'sip:lin@desk.invalid;unknownparam', 'sip:lin@desk.invalid'],
    ['a parameter in brackets is the URI’s', '<sip:lin@desk.invalid;unknownparam>', 'sip:lin@desk.invalid;unknownparam'],
    ['a header of the URI is not carried out', '<sip:lin@desk.invalid?Route=%3Csip:route.invalid%3E>', 'sip:lin@desk.invalid']
  ])('%s: whom the PBX rings', async (_, contact, target) => {
    const house = await openHouse()
    const ua = createAgentUa(house.pbx.account('agent-lin'))
    await ua.connect()
    const answer = await ua.register({ contact })
    expect([answer.status, answer.header('Contact')]).toEqual([200, expect.stringContaining('<sip:lin@desk.invalid')])
    house.pbx.ring({ user: 'agent-lin', conversationId: 'c', callId: 'k3', from: '+49301', name: 'Li', ringMs: 60_000 })
    const invite = await ua.request('INVITE')
    expect(invite.startLine).toBe(`INVITE ${target} SIP/2.0`)
    expect(invite.all('Route')).toEqual([])
    ua.close()
  })
})
