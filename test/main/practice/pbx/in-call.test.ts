import { describe, expect, test } from 'vitest'
import { tone } from '../../../../src-main/practice/pbx/ulaw.ts'
import type { AgentUa, DialogView, Received } from './agent-ua.ts'
import { answeredCall, CALL, type House, openHouse } from './house.ts'
import { createPhoneMedia, type PhoneMedia } from './phone-media.ts'
import { until } from './until.ts'

const kinds = (house: House): string[] => house.events.map(({ type }) => type).filter((type) => type === 'held' || type === 'resumed')
const directionOf = (sdp: string): string => /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(sdp)?.[1] ?? ''
const versionOf = (sdp: string): string[] => (/^o=- (\d+) (\d+)/m.exec(sdp) ?? []).slice(1)

async function offerDirection(
  call: { ua: AgentUa; dialog: DialogView; media: PhoneMedia },
  direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive',
  method = 'INVITE'
): Promise<Received> {
  call.media.direction(direction)
  const cseq = call.ua.send(call.dialog, method, { body: await call.media.offer() })
  const answer = await call.ua.final(method, call.dialog.callId, cseq)
  if (answer.status === 200) {
    await call.media.accept(answer.body)
    if (method === 'INVITE') call.ua.send(call.dialog, 'ACK', { cseq })
  }
  return answer
}

async function call(house: House): Promise<{ ua: AgentUa; dialog: DialogView; media: PhoneMedia }> {
  const ua = await house.phone('agent-lin')
  return { ua, ...(await answeredCall(house, ua)) }
}

describe('hold', () => {
  test.each([
    ['sendonly', 'recvonly'],
    ['inactive', 'inactive']
  ] as const)('by %s stops the customer, who goes on after resuming', async (asked, given) => {
    const house = await openHouse()
    const up = await call(house)
    let played = false
    void house.pbx.play('call-7', tone(440, 700, 0.5)).then(() => {
      played = true
    })
    const held = await offerDirection(up, asked)
    expect(directionOf(held.body)).toBe(given)
    expect(await house.event('held')).toMatchObject({ callId: 'call-7', user: 'agent-lin' })
    const before = up.media.packets
    // A second's worth of reports: the clock goes on, nothing is sent, the line waits.
    const reports = house.events.filter(({ type }) => type === 'heard').length
    await until('a report while held', () => house.events.filter(({ type }) => type === 'heard').length > reports + 1)
    expect(up.media.packets - before).toBeLessThan(5)
    expect(played).toBe(false)
    const resumed = await offerDirection(up, 'sendrecv')
    expect(directionOf(resumed.body)).toBe('sendrecv')
    await house.event('resumed')
    await until('the rest is played', () => played)
    expect(kinds(house)).toEqual(['held', 'resumed'])
    const [session, version] = versionOf(held.body)
    expect(versionOf(resumed.body)).toEqual([session, String(Number(version) + 1)])
  })

  test('is not what an agent does who only stops talking', async () => {
    const house = await openHouse()
    const up = await call(house)
    expect(directionOf((await offerDirection(up, 'recvonly')).body)).toBe('sendonly')
    expect(kinds(house)).toEqual([])
  })

  test('by UPDATE counts too', async () => {
    const house = await openHouse()
    const up = await call(house)
    expect(directionOf((await offerDirection(up, 'sendonly', 'UPDATE')).body)).toBe('recvonly')
    await house.event('held')
    expect((await up.ua.ask(up.dialog, 'UPDATE', { lines: [] })).status).toBe(200)
    expect(kinds(house)).toEqual(['held'])
  })

  test('asked for with a description that cannot be used is refused and changes nothing', async () => {
    const house = await openHouse()
    const up = await call(house)
    const bad = await up.ua.ask(up.dialog, 'INVITE', {
      body: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\na=sendonly\r\n'
    })
    expect(bad.status).toBe(488)
    const broken = await up.ua.ask(up.dialog, 'INVITE', { body: 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=ice-ufrag\r\na=sendonly\r\n' })
    expect(broken.status).toBe(488)
    expect(kinds(house)).toEqual([])
    await offerDirection(up, 'sendonly')
    await house.event('held')
  })

  test('negotiated by a late offer is reported when the ACK brings the answer; a second offer meanwhile is glare', async () => {
    const house = await openHouse()
    const up = await call(house)
    const cseq = up.ua.send(up.dialog, 'INVITE')
    const offer = await up.ua.final('INVITE', up.dialog.callId, cseq)
    expect([offer.status, directionOf(offer.body)]).toEqual([200, 'sendrecv'])
    const glare = await up.ua.ask(up.dialog, 'INVITE', { body: await Promise.resolve('v=0\r\n') })
    expect(glare.status).toBe(491)
    up.media.direction('sendonly')
    const body = await up.media.answer(offer.body)
    expect(kinds(house)).toEqual([])
    up.ua.send(up.dialog, 'ACK', { cseq, body })
    await house.event('held')
    await offerDirection(up, 'sendrecv')
    await house.event('resumed')
  })

  test('the 200 is sent again until its ACK comes', async () => {
    const house = await openHouse()
    const up = await call(house)
    up.media.direction('sendonly')
    const cseq = up.ua.send(up.dialog, 'INVITE', { body: await up.media.offer() })
    const first = await up.ua.final('INVITE', up.dialog.callId, cseq)
    const again = await up.ua.final('INVITE', up.dialog.callId, cseq)
    expect(again.body).toBe(first.body)
    up.ua.send(up.dialog, 'ACK', { cseq })
    expect(kinds(house)).toEqual(['held'])
  })
})

describe('digits', () => {
  const digits = (house: House): string => house.events.flatMap((event) => (event.type === 'digit' ? [event.digit] : [])).join('')

  test('are counted once each, whichever of their packets is lost', async () => {
    const house = await openHouse()
    const { media } = await call(house)
    await media.press(1)
    await media.press(1, { lost: [3, 4, 5] })
    await media.press(11, { lost: [0, 1] })
    await media.press(10)
    await media.press(16)
    await media.press(9)
    await until('the last digit', () => digits(house).endsWith('9'))
    expect(digits(house)).toBe('11#*9')
  })

  test('still come after an offer that names the events of another clock first', async () => {
    const house = await openHouse()
    const up = await call(house)
    const offer = (await up.media.offer())
      .replace(/^(m=audio .*) 101(?= |\r)/m, '$1 110 101')
      .replace(/^(?=a=rtpmap:101 )/m, 'a=rtpmap:110 telephone-event/48000\r\na=fmtp:110 0-15\r\n')
    expect(offer).toMatch(/^m=audio .* 110 101/m)
    const cseq = up.ua.send(up.dialog, 'INVITE', { body: offer })
    const answer = await up.ua.final('INVITE', up.dialog.callId, cseq)
    up.ua.send(up.dialog, 'ACK', { cseq })
    expect(answer.body).toContain('a=rtpmap:101 telephone-event/8000')
    expect(answer.body).not.toContain('telephone-event/48000')
    await up.media.accept(answer.body)
    await up.media.press(4)
    await until('the digit', () => digits(house) !== '')
    expect(digits(house)).toBe('4')
  })

  test('come by INFO as well', async () => {
    const house = await openHouse()
    const { ua, dialog } = await call(house)
    const info = (type: string, body: string): Promise<Received> => ua.ask(dialog, 'INFO', { lines: [`Content-Type: ${type}`], body })
    expect((await info('application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n')).status).toBe(200)
    expect((await info('application/dtmf', '#')).status).toBe(200)
    expect((await info('application/dtmf-relay', 'Signal=seven\r\n')).status).toBe(400)
    expect((await info('text/plain', 'hello')).status).toBe(415)
    expect((await ua.ask(dialog, 'INFO')).status).toBe(200)
    expect(digits(house)).toBe('5#')
  })
})

describe('the end', () => {
  test('of the PBX is told to the phone', async () => {
    const house = await openHouse()
    const { ua } = await call(house)
    await house.pbx.close()
    await ua.request('BYE')
    await until('the socket is closed', () => ua.closed)
  })

  test('by the agent', async () => {
    const house = await openHouse()
    const { ua, dialog } = await call(house)
    const line = house.pbx.play('call-7', tone(440, 60_000))
    expect((await ua.ask(dialog, 'BYE')).status).toBe(200)
    expect(await house.event('ended')).toMatchObject({ by: 'agent', callId: 'call-7', user: 'agent-lin' })
    await line
    expect((await ua.ask(dialog, 'BYE')).status).toBe(481)
  })

  test.each(['customer', 'centre'] as const)('by the %s', async (by) => {
    const house = await openHouse()
    const { ua } = await call(house)
    house.pbx.hangUp('call-7', by)
    house.pbx.hangUp('call-7', by)
    ua.respond(await ua.request('BYE'), 200)
    expect(await house.event('ended')).toMatchObject({ by })
    expect(house.events.filter(({ type }) => type === 'ended')).toHaveLength(1)
  })

  test('by the network, when no audio path ever comes up', async () => {
    const house = await openHouse({ mediaLostMs: 300 })
    const ua = await house.phone('agent-lin')
    house.pbx.ring({ ...CALL, user: 'agent-lin' })
    const invite = await ua.request('INVITE')
    const media = createPhoneMedia()
    const body = await media.answer(invite.body)
    await media.close()
    ua.respond(invite, 200, { tag: 'x', body })
    await house.event('answered')
    expect(await house.event('ended')).toMatchObject({ by: 'network' })
    await ua.request('BYE')
  })

  test('a request with an old CSeq is not carried out', async () => {
    const house = await openHouse()
    const { ua, dialog } = await call(house)
    expect((await ua.ask(dialog, 'OPTIONS')).status).toBe(200)
    const old = ua.send(dialog, 'BYE', { cseq: dialog.cseq })
    expect((await ua.final('BYE', dialog.callId, old)).status).toBe(500)
    expect((await ua.ask(dialog, 'SUBSCRIBE')).status).toBe(501)
    expect((await ua.ask(dialog, 'NOTIFY')).status).toBe(489)
    expect(house.events.some(({ type }) => type === 'ended')).toBe(false)
  })
})

describe('a cut socket', () => {
  const cutAndReturn = async (house: House, ua: AgentUa): Promise<void> => {
    ua.cut()
    await house.event('unregistered')
    await ua.connect()
    expect((await ua.register()).status).toBe(200)
  }

  test('costs the call nothing: audio goes on, hold and hanging up work on the new socket', async () => {
    const house = await openHouse()
    const up = await call(house)
    up.ua.cut()
    await house.event('unregistered')
    const heardBefore = up.media.packets
    await until('audio without a socket', () => up.media.packets > heardBefore + 10)
    await up.ua.connect()
    await up.ua.register()
    await offerDirection(up, 'sendonly')
    await house.event('held')
    await offerDirection(up, 'sendrecv')
    await house.event('resumed')
    expect((await up.ua.ask(up.dialog, 'BYE')).status).toBe(200)
    expect(await house.event('ended')).toMatchObject({ by: 'agent' })
  })

  test('the customer hangs up over the new socket', async () => {
    const house = await openHouse()
    const { ua } = await call(house)
    await cutAndReturn(house, ua)
    house.pbx.hangUp('call-7', 'customer')
    await ua.request('BYE')
  })

  test('a customer who hung up meanwhile is told when the agent is back', async () => {
    const house = await openHouse()
    const { ua } = await call(house)
    ua.cut()
    await house.event('unregistered')
    house.pbx.hangUp('call-7', 'customer')
    expect(await house.event('ended')).toMatchObject({ by: 'customer' })
    await ua.connect()
    await ua.register()
    await ua.request('BYE')
  })
})
