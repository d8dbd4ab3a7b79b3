import { describe, expect, test } from 'vitest'
import { energyOf, tone } from '../../../../src-main/practice/pbx/ulaw.ts'
import { decodeUserToUser } from '../../../../src-main/practice/pbx/uui.ts'
import { answeredCall, CALL, openHouse } from './house.ts'
import { until } from './until.ts'

const level = (ulaw: Uint8Array): number => (ulaw.length === 0 ? 0 : Math.sqrt(energyOf(ulaw) / ulaw.length))

describe('a customer calls', () => {
  test('the agent sees who calls and about which conversation', async () => {
    const house = await openHouse()
    const ua = await house.phone('agent-lin')
    house.pbx.ring({ ...CALL, user: 'agent-lin' })
    const invite = await ua.request('INVITE')
    expect(invite.header('From')).toContain('"Mei \\"Lin\\" Hua" <sip:+4930123456@')
    expect(decodeUserToUser(invite.header('User-to-User'))).toBe('conversation-7')
    expect(invite.header('Call-ID')).toBe('call-7')
    expect(invite.body).toMatch(/a=rtpmap:0 PCMU\/8000[\s\S]*telephone-event/)
    ua.respond(invite, 180, { tag: 'x' })
    expect(await house.event('ringing')).toMatchObject({ callId: 'call-7', conversationId: 'conversation-7', user: 'agent-lin' })
  })

  test('each hears the other, and a line is played to its end', async () => {
    const house = await openHouse()
    const ua = await house.phone('agent-lin')
    const { media } = await answeredCall(house, ua)
    expect(level(media.recent())).toBeLessThan(0.001)
    const played = house.pbx.play('call-7', tone(440, 600, 0.5))
    await until('the customer is loud', () => level(media.recent()) > 0.3)
    await played
    await until('silence again, still sent', () => level(media.recent()) < 0.001)

    media.speak(tone(1_000, 500, 0.4))
    const heard = await until('the agent is heard', () => house.events.find((event) => event.type === 'heard' && event.rms > 0.2))
    expect(heard).toMatchObject({ callId: 'call-7', user: 'agent-lin', packets: expect.any(Number) })
    expect(heard.type === 'heard' && heard.rms).toBeLessThan(0.4)
    media.hush()
    await until('nobody is heard', () => house.events.findLast((event) => event.type === 'heard' && event.rms === 0))
  })
})
