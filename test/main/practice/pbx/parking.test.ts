import { describe, expect, test } from 'vitest'
import { energyOf, tone } from '../../../../src-main/practice/pbx/ulaw.ts'
import { decodeUserToUser } from '../../../../src-main/practice/pbx/uui.ts'
import { channel, folder } from '../recordings/folder.ts'
import { type AgentUa, type DialogView, token } from './agent-ua.ts'
import { dial, dialled, loud, pickUp } from './dialling.ts'
import { answeredCall, CALL, type House, openHouse } from './house.ts'
import type { PhoneMedia } from './phone-media.ts'
import { until } from './until.ts'

/** Parks the call by REFER and gives the place that the NOTIFY told. */
async function park(house: House, ua: AgentUa, dialog: DialogView, target = '*70'): Promise<string> {
  expect((await ua.ask(dialog, 'REFER', { lines: [`Refer-To: <sip:${target}@${ua.account.domain}>`] })).status).toBe(202)
  const told = await until('the end of the REFER', () =>
    ua.received.find((one) => one.method === 'NOTIFY' && one.status === 0 && /^SIP\/2\.0 [2-6]/.test(one.body))
  )
  for (const notify of ua.received.filter((one) => one.method === 'NOTIFY' && one.status === 0)) ua.respond(notify, 200)
  expect(told.body).toContain('SIP/2.0 200 OK')
  const { slot } = await house.event('parked')
  expect(told.body).toContain(`Contact: <sip:*71${slot}@${ua.account.domain}>`)
  ua.respond(await ua.request('BYE'), 200)
  return slot
}

const hears = async (house: House, media: PhoneMedia): Promise<void> => {
  const line = house.pbx.play('call-7', tone(440, 1_000, 0.6))
  await until('the customer is heard', () => loud(media))
  await line
}

describe('a parked call', () => {
  test.each(['*70', 'park'])('(%s) waits without an agent and is fetched by a colleague', async (target) => {
    const house = await openHouse()
    const [lin, tom] = [await house.phone('agent-lin'), await house.phone('agent-tom')]
    const { dialog } = await answeredCall(house, lin)
    const slot = await park(house, lin, dialog, target)
    expect(slot).toBe('1')
    let said = false
    void house.pbx.play('call-7', tone(440, 300, 0.6)).then(() => {
      said = true
    })
    const media = house.media()
    const { final, dialog: fresh, cseq } = await dial(tom, `*71${slot}`, { body: await media.offer() })
    expect(final.status).toBe(200)
    expect(decodeUserToUser(final.header('User-to-User'))).toBe('conversation-7')
    expect(final.header('P-Asserted-Identity')).toContain(`<sip:+4930123456@${tom.account.domain}>`)
    expect(said).toBe(false)
    tom.send(fresh, 'ACK', { cseq })
    await media.accept(final.body)
    expect(await house.event('retrieved')).toMatchObject({
      callId: 'call-7',
      conversationId: 'conversation-7',
      user: 'agent-tom',
      slot,
      legCallId: fresh.callId
    })
    await until('what the customer wanted to say', () => said)
    await hears(house, media)
    expect(house.events.filter(({ type }) => type === 'answered').at(-1)).toMatchObject({ callId: 'call-7', user: 'agent-tom' })
    expect((await dial(lin, `*71${slot}`, { body: await house.media().offer() })).final.status).toBe(404)
    await tom.ask(fresh, 'BYE')
    expect(await house.event('ended')).toMatchObject({ callId: 'call-7', user: 'agent-tom', by: 'agent' })
  })

  test('can leave by itself, and its place is free again', async () => {
    const house = await openHouse()
    const lin = await house.phone('agent-lin')
    const { dialog } = await answeredCall(house, lin)
    const slot = await park(house, lin, dialog)
    house.pbx.hangUp('call-7', 'customer')
    expect(await house.event('ended')).toMatchObject({ user: 'agent-lin', by: 'customer' })
    expect((await dial(lin, `*71${slot}`, { body: await house.media().offer() })).final.status).toBe(404)
    house.pbx.ring({ ...CALL, callId: 'call-8', user: 'agent-lin' })
    const there = await pickUp(house, lin)
    expect(await park(house, lin, there.dialog)).toBe(slot)
  })

  test('that nobody fetches rings who parked it, again and again', async () => {
    const house = await openHouse({ ringBackMs: 300 })
    const lin = await house.phone('agent-lin')
    const { dialog } = await answeredCall(house, lin)
    const slot = await park(house, lin, dialog)
    const first = await lin.request('INVITE')
    expect(first.header('Call-ID')).toBe('call-7')
    expect(first.header('From')).toContain('+4930123456')
    lin.respond(first, 486, { tag: token() })
    const { media } = await pickUp(house, lin)
    expect(await house.event('retrieved')).toMatchObject({ user: 'agent-lin', slot })
    await hears(house, media)
    expect(house.events.filter(({ type }) => type === 'refused')).toEqual([])
  })

  test('that is fetched while its parker is rung stops ringing there', async () => {
    const house = await openHouse({ ringBackMs: 300 })
    const [lin, tom] = [await house.phone('agent-lin'), await house.phone('agent-tom')]
    const { dialog } = await answeredCall(house, lin)
    const slot = await park(house, lin, dialog)
    const ringing = await lin.request('INVITE')
    lin.respond(ringing, 180, { tag: 'x' })
    await dialled(house, tom, `*71${slot}`)
    expect((await lin.request('CANCEL')).header('Reason')).toContain('elsewhere')
    expect(await house.event('retrieved')).toMatchObject({ user: 'agent-tom' })
  })

  test('is taken back with Replaces by the page that comes up again', async () => {
    const house = await openHouse()
    const [lin, tom] = [await house.phone('agent-lin'), await house.phone('agent-tom')]
    const { dialog } = await answeredCall(house, lin)
    await park(house, lin, dialog)
    const replaces = `Replaces: ${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`
    expect((await dial(tom, 'recover', { body: 'v=0\r\n', lines: [replaces] })).final.status).toBe(403)
    const { media } = await dialled(house, lin, 'recover', [replaces])
    expect(await house.event('retrieved')).toMatchObject({ user: 'agent-lin', callId: 'call-7' })
    await hears(house, media)
  })

  test('is silent in its recording for as long as it waits; who fetches it gets a recording of their own', async () => {
    const { recordings } = folder({ now: Date.now })
    const house = await openHouse({ recordings })
    const [lin, tom] = [await house.phone('agent-lin'), await house.phone('agent-tom')]
    const { dialog, media } = await answeredCall(house, lin)
    const first = await house.event('recording-started')
    media.speak(tone(1_000, 400, 0.5))
    await house.pbx.play('call-7', tone(400, 300, 0.5))
    const slot = await park(house, lin, dialog)
    const written = () => house.pbx.recorder.open(first.recordingId).ms
    const before = written()
    await until('a second or two of waiting', () => written() >= before + 2_000)
    const there = await dialled(house, tom, `*71${slot}`)
    const recorded = await house.event('recorded')
    expect(recorded).toMatchObject({ recordingId: first.recordingId, user: 'agent-lin', complete: true })
    expect(await house.event('recording-started')).toMatchObject({ user: 'agent-tom', callId: 'call-7' })
    const right = channel(house.pbx.recorder.open(first.recordingId).wav(), 'right')
    expect(Math.max(...right)).toBeGreaterThan(0.3)
    expect(Math.max(...right.slice(-400))).toBeLessThan(0.01)
    await hears(house, there.media)
  })
})

test('somebody of the house who waits, parked or on hold, hears quiet music', async () => {
  const house = await openHouse()
  const [lin, tom] = [await house.phone('agent-lin'), await house.phone('agent-tom')]
  const [mine, theirs] = await Promise.all([dialled(house, lin, 'agent-tom'), pickUp(house, tom)])
  const level = (): number => Math.sqrt(energyOf(theirs.media.recent()) / Math.max(1, theirs.media.recent().length))
  const music = (): boolean => theirs.media.recent().length > 800 && level() > 0.01 && level() < 0.06
  await until('both are joined', () => house.events.filter(({ type }) => type === 'answered').length === 1 && theirs.media.connected)
  expect(music()).toBe(false)
  mine.media.direction('sendonly')
  const cseq = lin.send(mine.dialog, 'INVITE', { body: await mine.media.offer() })
  await mine.media.accept((await lin.final('INVITE', mine.dialog.callId, cseq)).body)
  lin.send(mine.dialog, 'ACK', { cseq })
  await house.event('held')
  await until('music on hold', music)
  theirs.media.forget()
  const slot = await park(house, lin, mine.dialog)
  await until('music while parked', music)
  theirs.media.forget()
  const back = await dialled(house, lin, `*71${slot}`)
  back.media.speak(tone(700, 500, 0.6))
  await until('Tom hears Lin again', () => loud(theirs.media))
  theirs.media.speak(tone(900, 500, 0.6))
  await until('Lin hears Tom again', () => loud(back.media))
})
