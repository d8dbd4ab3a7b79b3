import { describe, expect, test } from 'vitest'
import { token } from './agent-ua.ts'
import { dial } from './dialling.ts'
import { answeredCall, CALL, openHouse } from './house.ts'
import { until } from './until.ts'

const MIXED = 'Content-Type: multipart/mixed;boundary=cut'
const ISUP = 'Content-Type: application/isup\r\nContent-Disposition: signal;handling=optional\r\n\r\n\0\x01\0'
const beside = (sdp: string, other = ISUP): string =>
  `--cut\r\n${other}\r\n--cut\r\nContent-Type: application/sdp\r\n\r\n${sdp}\r\n--cut--\r\n`

describe('a body of several parts (RFC 5621)', () => {
  test('an answer in one of them opens the call, and it is heard', async () => {
    const house = await openHouse()
    const ua = await house.phone('agent-lin')
    house.pbx.ring({ ...CALL, user: 'agent-lin' })
    const invite = await ua.request('INVITE')
    const media = house.media()
    const body = beside(await media.answer(invite.body))
    ua.raw(
      [
        'SIP/2.0 200 OK',
        ...invite.all('Via').map((via) => `Via: ${via}`),
        `From: ${invite.header('From')}`,
        `To: ${invite.header('To')};tag=${token()}`,
        `Call-ID: ${invite.header('Call-ID')}`,
        `CSeq: ${invite.header('CSeq')}`,
        `Contact: ${ua.contact}`,
        MIXED,
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body
      ].join('\r\n')
    )
    await ua.request('ACK')
    await house.event('answered')
    await until('audio from the customer', () => media.connected && media.packets > 2)
  })

  test('an offer in one of them holds the call; one beside what must be understood and is not changes nothing', async () => {
    const house = await openHouse()
    const ua = await house.phone('agent-lin')
    const { dialog, media } = await answeredCall(house, ua)
    media.direction('sendonly')
    const offer = await media.offer()
    const strange = await ua.ask(dialog, 'INVITE', {
      lines: [MIXED],
      body: beside(offer, ISUP.replace('optional', 'required'))
    })
    expect([strange.status, strange.header('Accept')]).toEqual([415, 'application/sdp, multipart/mixed, multipart/alternative'])
    expect(house.events.some(({ type }) => type === 'held')).toBe(false)
    const held = await ua.ask(dialog, 'INVITE', { lines: [MIXED], body: beside(offer) })
    expect([held.status, held.body]).toEqual([200, expect.stringContaining('a=recvonly')])
    await house.event('held')
  })

  test('who dials and takes no SDP for an answer is told so', async () => {
    const house = await openHouse()
    const ua = await house.phone('agent-lin')
    const { dialog, media } = await answeredCall(house, ua)
    const answer = await ua.ask(dialog, 'INVITE', {
      lines: ['Accept: text/plain', 'Content-Type: application/sdp'],
      body: await media.offer()
    })
    expect([answer.status, answer.header('Warning')]).toEqual([406, expect.stringContaining('399')])
    expect((await dial(ua, 'nobody', { lines: ['Accept: text/plain, application/sdp'] })).final.status).toBe(404)
  })
})
