import { describe, expect, test } from 'vitest'
import { token } from './agent-ua.ts'
import { CALL, type House, openHouse } from './house.ts'
import { until } from './until.ts'

const two = async (house: House) => ({ desk: await house.phone('agent-lin'), mobile: await house.phone('agent-lin') })
const ring = (house: House) => house.pbx.ring({ ...CALL, user: 'agent-lin' })
const asked = (phone: { received: { method: string; status: number }[] }, method: string) =>
  phone.received.filter((one) => one.method === method && one.status === 0).length

describe('a person with two devices', () => {
  test('is rung on both; who answers has the call, the other is told that it was taken elsewhere', async () => {
    const house = await openHouse()
    const { desk, mobile } = await two(house)
    ring(house)
    const [atDesk, atMobile] = [await desk.request('INVITE'), await mobile.request('INVITE')]
    expect(atDesk.header('Call-ID')).toBe(atMobile.header('Call-ID'))
    expect(atDesk.header('From')).not.toBe(atMobile.header('From'))
    desk.respond(atDesk, 180, { tag: 'd' })
    mobile.respond(atMobile, 180, { tag: 'm' })
    const media = house.media()
    mobile.respond(atMobile, 200, { tag: 'm', body: await media.answer(atMobile.body) })
    await mobile.request('ACK')
    expect(await house.event('answered')).toMatchObject({ callId: 'call-7', user: 'agent-lin' })
    const cancel = await desk.request('CANCEL')
    expect(cancel.header('Reason')).toBe('SIP;cause=200;text="Call completed elsewhere"')
    desk.respond(cancel, 200, { tag: 'd' })
    desk.respond(atDesk, 487, { tag: 'd' })
    await desk.request('ACK')
    await until('audio', () => media.connected && media.packets > 2)
    const kinds = house.events.map(({ type }) => type).filter((type) => type !== 'registered' && type !== 'heard')
    expect(kinds).toEqual(['ringing', 'answered'])
    house.pbx.hangUp('call-7', 'customer')
    await mobile.request('BYE')
    expect(asked(desk, 'BYE')).toBe(0)
  })

  test('who answers on both at once has the call on the first; the second is ended with a BYE', async () => {
    const house = await openHouse()
    const { desk, mobile } = await two(house)
    ring(house)
    const [atDesk, atMobile] = [await desk.request('INVITE'), await mobile.request('INVITE')]
    const [deskMedia, mobileMedia] = [house.media(), house.media()]
    const [deskAnswer, mobileAnswer] = [await deskMedia.answer(atDesk.body), await mobileMedia.answer(atMobile.body)]
    desk.respond(atDesk, 180, { tag: 'd' })
    mobile.respond(atMobile, 180, { tag: 'm' })
    await house.event('ringing')
    mobile.respond(atMobile, 200, { tag: 'm', body: mobileAnswer })
    desk.respond(atDesk, 200, { tag: 'd', body: deskAnswer })
    await house.event('answered')
    const loser = await until('a BYE for one of them', () => [desk, mobile].find((phone) => asked(phone, 'BYE') > 0))
    const winner = loser === desk ? mobile : desk
    expect(asked(loser, 'ACK')).toBe(1)
    expect((await loser.request('BYE')).header('Reason')).toContain('elsewhere')
    expect(house.events.filter(({ type }) => type === 'answered')).toHaveLength(1)
    const before = (winner === desk ? deskMedia : mobileMedia).packets
    await until('the winner hears the customer', () => (winner === desk ? deskMedia : mobileMedia).packets > before + 5)
    expect(asked(winner, 'BYE')).toBe(0)
  })

  test('who is busy on one device can still answer the other; busy on both is busy', async () => {
    const house = await openHouse()
    const { desk, mobile } = await two(house)
    ring(house)
    desk.respond(await desk.request('INVITE'), 486, { tag: 'd' })
    await desk.request('ACK')
    expect(house.events.some(({ type }) => type === 'refused')).toBe(false)
    mobile.respond(await mobile.request('INVITE'), 480, { tag: 'm' })
    expect(await house.event('refused')).toMatchObject({ status: 486 })
  })

  test('who declines for good (603) silences the other device', async () => {
    const house = await openHouse()
    const { desk, mobile } = await two(house)
    ring(house)
    const atDesk = await desk.request('INVITE')
    desk.respond(atDesk, 180, { tag: 'd' })
    await house.event('ringing')
    mobile.respond(await mobile.request('INVITE'), 603, { tag: 'm' })
    expect(await house.event('refused')).toMatchObject({ status: 603 })
    desk.respond(await desk.request('CANCEL'), 200, { tag: 'd' })
    desk.respond(atDesk, 487, { tag: 'd' })
    await desk.request('ACK')
    expect(house.events.filter(({ type }) => type === 'refused')).toHaveLength(1)
  })

  test('is silenced on both when the customer hangs up', async () => {
    const house = await openHouse()
    const phones = Object.values(await two(house))
    ring(house)
    for (const phone of phones) phone.respond(await phone.request('INVITE'), 180, { tag: token() })
    await house.event('ringing')
    house.pbx.hangUp('call-7', 'customer')
    for (const phone of phones) expect((await phone.request('CANCEL')).header('Reason')).toBe('')
    expect(await house.event('ended')).toMatchObject({ by: 'customer' })
  })
})

test('one device that registered twice over (same instance) rings once, where it registered last', async () => {
  const house = await openHouse()
  const [first, second] = [await house.phone('agent-lin'), await house.phone('agent-lin')]
  const instance = ';+sip.instance="<urn:uuid:00000000-0000-4000-8000-00000000000a>"'
  await first.register({ expires: 0 })
  await second.register({ expires: 0 })
  await first.register({ contact: `${first.contact}${instance};reg-id=1` })
  await second.register({ contact: `${second.contact}${instance};reg-id=2` })
  ring(house)
  second.respond(await second.request('INVITE'), 486, { tag: 'x' })
  await house.event('refused')
  expect(asked(first, 'INVITE')).toBe(0)
})
