import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createAgentUa, token } from './agent-ua.ts'
import { answeredCall, type House, openHouse } from './house.ts'
import { tortureSet } from './torture-set.ts'
import { until } from './until.ts'

/** Opens a socket and gives what to send and what came. */
async function line(house: House) {
  const ua = createAgentUa(house.pbx.account('odd'))
  await ua.connect()
  const { domain } = ua.account
  return {
    ua,
    domain,
    /** An OPTIONS of our own: when it is answered, all that was sent before has been dealt with. */
    async probe(): Promise<void> {
      const callId = `probe-${token()}`
      ua.raw(
        ua.compose('OPTIONS', `sip:practice@${domain}`, [
          `Via: SIP/2.0/WS probe.invalid;branch=z9hG4bK${token()}`,
          'From: <sip:probe@probe.invalid>;tag=p',
          `To: <sip:practice@${domain}>`,
          `Call-ID: ${callId}`,
          'CSeq: 1 OPTIONS'
        ])
      )
      expect((await ua.final('OPTIONS', callId, 1)).status).toBe(200)
    }
  }
}

describe('odd messages', () => {
  test.each(tortureSet())('$name: $expect', async ({ message, expect: wanted }) => {
    const house = await openHouse()
    const { ua, domain, probe } = await line(house)
    ua.raw(typeof message === 'string' ? message.replaceAll('%d', domain) : message)
    await probe()
    const answers = ua.received.slice(0, -1).map(({ status }) => status)
    const { dropped, crashed } = house.pbx.counts()
    expect(crashed).toBe(0)
    if (typeof wanted === 'number') expect(answers).toEqual([wanted])
    else {
      expect(answers).toEqual([])
      if (wanted === 'dropped') expect(dropped).toBe(1)
    }
    ua.close()
  })

  test('a message larger than the largest costs its socket only', async () => {
    const house = await openHouse()
    const { ua } = await line(house)
    ua.raw('x'.repeat(70_000))
    await until('the socket is closed', () => ua.closed)
    const second = await line(house)
    await second.probe()
    second.ua.close()
  })

  test('the same request twice is carried out once and answered twice', async () => {
    const house = await openHouse()
    const { ua, domain, probe } = await line(house)
    const request = ua.compose('OPTIONS', `sip:practice@${domain}`, [
      'Via: SIP/2.0/WS x.invalid;branch=z9hG4bKtwice',
      'From: <sip:x@x.invalid>;tag=x',
      `To: <sip:practice@${domain}>`,
      'Call-ID: twice',
      'CSeq: 1 OPTIONS'
    ])
    ua.raw(request)
    ua.raw(request)
    await probe()
    const answers = ua.received.filter((message) => message.header('Call-ID') === 'twice').map((message) => message.header('To'))
    expect(answers).toHaveLength(2)
    expect(answers[0]).toBe(answers[1])
    ua.close()
  })
})

describe('mutated messages', () => {
  const insertions = [
    '\r\n',
    '\n',
    '"',
    '<',
    '>',
    ';',
    ',',
    '%',
    '%00',
    '\\',
    ':',
    '@',
    '\0',
    ' ',
    '\t',
    '=',
    'sip:',
    '9'.repeat(30),
    '\u{1F4A9}',
    'é',
    '*',
    '--',
    '[::',
    ';tag=',
    'SIP/2.0'
  ]
  const mutation = fc.array(
    fc.record({ at: fc.nat(), cut: fc.nat({ max: 12 }), put: fc.oneof(fc.constantFrom(...insertions), fc.string({ maxLength: 8 })) }),
    { minLength: 1, maxLength: 6 }
  )
  const mutate = (text: string, changes: readonly { at: number; cut: number; put: string }[]): string =>
    changes.reduce((now, { at, cut, put }) => {
      const from = now.length === 0 ? 0 : at % now.length
      return now.slice(0, from) + put + now.slice(from + cut)
    }, text)

  test('crash nothing, and the running call survives', async () => {
    const house = await openHouse()
    const ua = await house.phone('agent-lin')
    const { dialog, media } = await answeredCall(house, ua)
    const { domain } = ua.account
    const seeds = [
      ...tortureSet().flatMap(({ message, expect: wanted }) =>
        typeof message === 'string' && wanted === 200 ? [message.replaceAll('%d', domain)] : []
      ),
      ...['INVITE', 'UPDATE', 'INFO', 'REFER', 'OPTIONS', 'NOTIFY'].map((method) =>
        ua.compose(
          method,
          dialog.target,
          [
            'Via: SIP/2.0/WS a.invalid;branch=z9hG4bK%n',
            `From: <${dialog.localUri}>;tag=${dialog.localTag}`,
            `To: <${dialog.remoteUri}>;tag=${dialog.remoteTag}`,
            `Call-ID: ${dialog.callId}`,
            `CSeq: %n ${method}`,
            'Contact: <sip:a@a.invalid>',
            'Refer-To: <sip:b@b.invalid?Replaces=c%3Bto-tag%3Dd%3Bfrom-tag%3De>',
            'Content-Type: application/sdp'
          ],
          'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=sendrecv\r\n'
        )
      ),
      `SIP/2.0 200 OK\r\nVia: SIP/2.0/WS x;branch=z9hG4bKq\r\nFrom: <${dialog.remoteUri}>;tag=${dialog.remoteTag}\r\nTo: <sip:a@b>;tag=2\r\nCall-ID: ${dialog.callId}\r\nCSeq: 1 INVITE\r\n\r\n`
    ]
    const { ua: attacker, probe } = await line(house)
    let count = 1_000
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...seeds), mutation, async (seed, changes) => {
        attacker.raw(mutate(seed.replaceAll('%n', String(++count)), changes))
        await probe()
        expect(house.lines.filter((text) => text.startsWith('fault'))).toEqual([])
      }),
      { numRuns: 1_000 }
    )
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (octets) => {
        attacker.raw(octets)
        await probe()
        expect(house.lines.filter((text) => text.startsWith('fault'))).toEqual([])
      }),
      { numRuns: 300 }
    )
    attacker.close()
    const before = media.packets
    await until('audio after all that', () => media.packets > before + 5)
    expect(house.lines.filter((text) => text.startsWith('fault'))).toEqual([])
  }, 240_000)

  test('and the sockets of strangers end with the PBX', async () => {
    const house = await openHouse()
    const socket = new WebSocket(house.pbx.account('x').server, ['sip'])
    await new Promise((resolve) => socket.once('open', resolve))
    const gone = new Promise((resolve) => socket.once('close', resolve))
    await house.pbx.close()
    await gone
    await house.pbx.close()
  })
})
