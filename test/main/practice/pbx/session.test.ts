import { describe, expect, test } from 'vitest'
import { parseMessage, type SipResponse } from '../../../../src-main/practice/pbx/message.ts'
import { createSessionTimer } from '../../../../src-main/practice/pbx/session.ts'
import { type AgentUa, type DialogView, token } from './agent-ua.ts'
import { dial } from './dialling.ts'
import { handTimers } from './hand-timers.ts'
import { answeredCall, CALL, type House, openHouse } from './house.ts'
import type { PhoneMedia } from './phone-media.ts'
import { until } from './until.ts'

const call = async (house: House): Promise<{ ua: AgentUa; dialog: DialogView; media: PhoneMedia }> => {
  const ua = await house.phone('agent-lin')
  return { ua, ...(await answeredCall(house, ua)) }
}
/** A re-INVITE of the phone that asks for a session timer. */
async function ask(up: { ua: AgentUa; dialog: DialogView; media: PhoneMedia }, lines: string[]) {
  const { ua, dialog, media } = up
  const cseq = ua.send(dialog, 'INVITE', { lines: ['Content-Type: application/sdp', ...lines], body: await media.offer() })
  const answer = await ua.final('INVITE', dialog.callId, cseq)
  ua.send(dialog, 'ACK', { cseq })
  if (answer.status === 200) await media.accept(answer.body)
  return answer
}

describe('a phone that asks for a session timer', () => {
  test('gets it, refreshes itself, and is heard to be there by that', async () => {
    const house = await openHouse()
    const up = await call(house)
    const answer = await ask(up, ['Supported: timer', 'Session-Expires: 90'])
    expect(answer.header('Session-Expires')).toBe('90;refresher=uac')
    expect(answer.header('Require')).toBe('timer')
    const refreshed = await up.ua.ask(up.dialog, 'UPDATE', { lines: ['Supported: timer', 'Session-Expires: 120;refresher=uac'] })
    expect([refreshed.status, refreshed.header('Session-Expires')]).toEqual([200, '120;refresher=uac'])
  })

  test('is told the shortest one that is taken', async () => {
    const house = await openHouse()
    const up = await call(house)
    const answer = await up.ua.ask(up.dialog, 'UPDATE', { lines: ['Supported: timer', 'Session-Expires: 30'] })
    expect([answer.status, answer.header('Min-SE')]).toEqual([422, '90'])
    const broken = await up.ua.ask(up.dialog, 'UPDATE', { lines: ['Session-Expires: soon'] })
    expect(broken.status).toBe(400)
    const dialled = await dial(up.ua, '600', {
      body: await house.media().offer(),
      lines: ['Supported: timer', 'Session-Expires: 30']
    }).catch((error: unknown) => String(error))
    expect(dialled).toContain('422')
  })

  test('and goes away without a word loses the call when the interval is nearly over', async () => {
    const timers = handTimers()
    const house = await openHouse({ timers })
    const up = await call(house)
    await ask(up, ['Supported: timer', 'Session-Expires: 90;refresher=uac'])
    timers.fire(60_000)
    const ended = await house.event('ended')
    expect(ended).toMatchObject({ by: 'network' })
    expect((await up.ua.request('BYE')).header('Reason')).toContain('Session expired')
  })

  test('and leaves the refreshing to us is asked with re-INVITEs, each of which begins the interval anew', async () => {
    const timers = handTimers()
    const house = await openHouse({ timers })
    const up = await call(house)
    await ask(up, ['Supported: timer', 'Session-Expires: 90;refresher=uas'])
    for (let i = 0; i < 3; i++) {
      timers.fire(45_000)
      const refresh = await up.ua.request('INVITE')
      expect(refresh.header('Session-Expires')).toBe('90;refresher=uac')
      expect(refresh.header('Supported')).toContain('timer')
      const armed = timers.armed
      up.ua.respond(refresh, 200, {
        tag: 'x',
        lines: ['Session-Expires: 90;refresher=uac'],
        body: await up.media.answer(refresh.body)
      })
      await up.ua.request('ACK')
      await until('the interval begins anew', () => timers.armed > armed && timers.waits.filter(({ ms }) => ms === 60_000).length === 1)
    }
    timers.fire(60_000)
    expect(await house.event('ended')).toMatchObject({ by: 'network' })
  })
})

describe('a PBX that asks for session timers', () => {
  const answered = async (house: House, ua: AgentUa, lines: string[]) => {
    house.pbx.ring({ ...CALL, user: 'agent-lin' })
    const invite = await ua.request('INVITE')
    const media = house.media()
    ua.respond(invite, 200, { tag: token(), lines, body: await media.answer(invite.body) })
    await ua.request('ACK')
    await house.event('answered')
    return { invite, media }
  }

  test('refreshes when the phone wants it so, and takes its call as before when the phone knows nothing of it', async () => {
    const timers = handTimers()
    const house = await openHouse({ timers, session: { seconds: 90 } })
    const ua = await house.phone('agent-lin')
    const { invite } = await answered(house, ua, ['Require: timer', 'Session-Expires: 90;refresher=uac'])
    expect([invite.header('Session-Expires'), invite.header('Min-SE')]).toEqual(['90', '90'])
    timers.fire(45_000)
    expect((await ua.request('INVITE')).header('Session-Expires')).toBe('90;refresher=uac')
    timers.fire(60_000)
    expect(await house.event('ended')).toMatchObject({ by: 'network' })
    const none = handTimers()
    const other = await openHouse({ timers: none, session: { seconds: 90, refresher: 'uas' } })
    const simple = await other.phone('agent-lin')
    expect((await answered(other, simple, [])).invite.header('Session-Expires')).toBe('90;refresher=uas')
    expect(none.waits.filter(({ ms }) => ms === 45_000 || ms === 60_000)).toEqual([])
  })
})

test('a phone that wants a longer interval is rung again with it, on the same call', async () => {
  const house = await openHouse({ session: { minSeconds: 2, seconds: 4 } })
  const ua = await house.phone('agent-lin')
  house.pbx.ring({ ...CALL, user: 'agent-lin' })
  const first = await ua.request('INVITE')
  ua.respond(first, 422, { tag: 'x', lines: ['Min-SE: 90'] })
  expect((await ua.request('ACK')).header('CSeq')).toContain('ACK')
  const second = await ua.request('INVITE')
  expect(second.header('Call-ID')).toBe(first.header('Call-ID'))
  expect([second.header('Session-Expires'), second.header('Min-SE')]).toEqual(['90', '90'])
  ua.respond(second, 422, { tag: 'x', lines: ['Min-SE: 60'] })
  expect(await house.event('refused')).toMatchObject({ status: 422 })
})

test('a refresh that reached nobody is tried again before the interval is over; then the session has expired', async () => {
  const timers = handTimers()
  let refreshes = 0
  let expired = 0
  const session = createSessionTimer({ minSeconds: 90, seconds: 1_800, refresher: 'uac' }, timers, {
    refresh: () => Promise.resolve(refreshes++),
    expired: () => void expired++
  })
  expect(session.wish()).toEqual([
    ['Session-Expires', '1800;refresher=uac'],
    ['Min-SE', '90']
  ])
  session.answered(response('Session-Expires: 1800;refresher=uac'))
  expect(timers.waits.map(({ ms }) => ms)).toEqual([900_000, 1_768_000])
  timers.fire(900_000)
  await Promise.resolve()
  timers.fire(10_000)
  expect(refreshes).toBe(2)
  timers.fire(1_768_000)
  expect(expired).toBe(1)
  session.answered(response('Session-Expires: 90;refresher=uas'))
  expect(timers.waits.map(({ ms }) => ms)).toEqual([60_000])
  session.stop()
  expect(timers.waits).toEqual([])
})

function response(line: string): SipResponse {
  const text = [
    'SIP/2.0 200 OK',
    'Via: SIP/2.0/WS a.invalid;branch=z9hG4bKa',
    'From: <sip:a@a.invalid>;tag=a',
    'To: <sip:b@a.invalid>;tag=b',
    'Call-ID: a',
    'CSeq: 1 INVITE',
    line,
    '',
    ''
  ].join('\r\n')
  const message = parseMessage(Buffer.from(text))
  if (message.kind !== 'response') throw new Error(`no response: ${message.kind}`)
  return message
}
