import { describe, expect, test } from 'vitest'
import { tone } from '../../../../src-main/practice/pbx/ulaw.ts'
import { type AgentUa, type DialogView, token } from './agent-ua.ts'
import { loud } from './dialling.ts'
import { answeredCall, CALL, type House, openHouse } from './house.ts'
import type { PhoneMedia } from './phone-media.ts'
import { until } from './until.ts'

const directionOf = (sdp: string): string => /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(sdp)?.[1] ?? ''
const call = async (house: House): Promise<{ ua: AgentUa; dialog: DialogView; media: PhoneMedia }> => {
  const ua = await house.phone('agent-lin')
  return { ua, ...(await answeredCall(house, ua)) }
}

describe('the far end', () => {
  test.each(['INVITE', 'UPDATE'] as const)(
    'holds and resumes by %s: the agent hears nothing meanwhile, and has not held',
    async (method) => {
      const house = await openHouse()
      const { ua, media } = await call(house)
      const holding = house.pbx.reoffer('call-7', { method, direction: 'inactive' })
      const asked = await ua.request(method)
      expect(directionOf(asked.body)).toBe('inactive')
      ua.respond(asked, 200, { tag: 'x', body: await media.answer(asked.body) })
      if (method === 'INVITE') await ua.request('ACK')
      expect(await holding).toBe(200)
      const before = media.packets
      const reports = house.events.filter(({ type }) => type === 'heard').length
      await until('a report while held', () => house.events.filter(({ type }) => type === 'heard').length > reports + 1)
      expect(media.packets - before).toBeLessThan(5)
      expect(house.events.some(({ type }) => type === 'held')).toBe(false)
      const resuming = house.pbx.reoffer('call-7', { method, direction: 'sendrecv' })
      const again = await ua.request(method)
      expect(directionOf(again.body)).toBe('sendrecv')
      ua.respond(again, 200, { tag: 'x', body: await media.answer(again.body) })
      expect(await resuming).toBe(200)
      void house.pbx.play('call-7', tone(440, 3_000, 0.6))
      await until('the customer is heard again', () => loud(media))
    }
  )

  test('may leave the offer to the phone, whose answer then comes in the ACK', async () => {
    const house = await openHouse()
    const { ua, media } = await call(house)
    const asking = house.pbx.reoffer('call-7', { late: true })
    const asked = await ua.request('INVITE')
    expect(asked.body).toBe('')
    media.direction('sendonly')
    ua.respond(asked, 200, { tag: 'x', body: await media.offer() })
    const ack = await ua.request('ACK')
    expect(directionOf(ack.body)).toBe('recvonly')
    await media.accept(ack.body)
    expect(await asking).toBe(200)
    await house.event('held')
  })

  test('that is refused stays as it was', async () => {
    const house = await openHouse()
    const { ua, media, dialog } = await call(house)
    const asking = house.pbx.reoffer('call-7', { direction: 'inactive' })
    ua.respond(await ua.request('INVITE'), 488, { tag: 'x' })
    expect((await ua.request('ACK')).header('CSeq')).toContain('ACK')
    expect(await asking).toBe(488)
    const before = media.packets
    await until('the customer goes on', () => media.packets > before + 5)
    const cseq = ua.send(dialog, 'INVITE', { body: await media.offer() })
    const answer = await ua.final('INVITE', dialog.callId, cseq)
    expect([answer.status, directionOf(answer.body)]).toEqual([200, 'sendrecv'])
  })

  test('tries again after glare, and the agent wins meanwhile', async () => {
    const house = await openHouse()
    const { ua, media, dialog } = await call(house)
    const asking = house.pbx.reoffer('call-7', { direction: 'sendonly' })
    const first = await ua.request('INVITE')
    media.direction('sendonly')
    const crossing = ua.send(dialog, 'INVITE', { body: 'v=0\r\n' })
    expect((await ua.final('INVITE', dialog.callId, crossing)).status).toBe(491)
    ua.respond(first, 491, { tag: 'x' })
    await ua.request('ACK')
    const mine = ua.send(dialog, 'INVITE', { body: await media.offer() })
    await media.accept((await ua.final('INVITE', dialog.callId, mine)).body)
    ua.send(dialog, 'ACK', { cseq: mine })
    await house.event('held')
    media.direction('sendrecv')
    const second = await ua.request('INVITE')
    expect(Number(second.header('CSeq').split(' ')[0])).toBeGreaterThan(Number(first.header('CSeq').split(' ')[0]))
    ua.respond(second, 200, { tag: 'x', body: await media.answer(second.body) })
    expect(await asking).toBe(200)
  })

  test('is told when there is no such call, and gives up a call whose answer cannot be used', async () => {
    const house = await openHouse()
    const { ua } = await call(house)
    expect(await house.pbx.reoffer('never-was', {})).toBe(481)
    const asking = house.pbx.reoffer('call-7', {})
    ua.respond(await ua.request('INVITE'), 200, { tag: 'x', body: 'v=0\r\nm=audio 9 RTP/AVP 8\r\n' })
    expect(await asking).toBe(488)
    await ua.request('BYE')
    expect(await house.event('ended')).toMatchObject({ by: 'network' })
  })
})

test('a PBX whose INVITEs carry no offer takes the phone offer of the 200 and answers it in its ACK', async () => {
  const house = await openHouse({ lateOffer: true })
  const ua = await house.phone('agent-lin')
  house.pbx.ring({ ...CALL, user: 'agent-lin' })
  const invite = await ua.request('INVITE')
  expect(invite.body).toBe('')
  const media = house.media()
  ua.respond(invite, 200, { tag: token(), body: await media.offer() })
  await media.accept((await ua.request('ACK')).body)
  await house.event('answered')
  void house.pbx.play('call-7', tone(440, 3_000, 0.6))
  await until('the customer is heard', () => loud(media))
})
