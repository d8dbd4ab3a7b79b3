import { describe, expect, test } from 'vitest'
import type { DialAnswer } from '../../../../src-main/practice/pbx/dialplan.ts'
import { tone } from '../../../../src-main/practice/pbx/ulaw.ts'
import { encodeUserToUser } from '../../../../src-main/practice/pbx/uui.ts'
import { folder } from '../recordings/folder.ts'
import { token } from './agent-ua.ts'
import { dial, dialled, loud, sipfrags } from './dialling.ts'
import { answeredCall, type House, openHouse } from './house.ts'
import { until } from './until.ts'

const PLAN: Record<string, DialAnswer> = {
  '201': { type: 'party', party: 'colleague', id: 'colleague-1', name: 'Amara Obi', ringMs: 50 },
  '202': { type: 'party', party: 'colleague', id: 'colleague-2', ringMs: 50, status: 486 },
  '+12025550101': { type: 'party', party: 'customer', id: '+12025550101', name: 'Margaret Ellwood', ringMs: 50 },
  '+12025550102': { type: 'party', party: 'customer', id: '+12025550102', ringMs: 60_000 }
}
const open = (more: Parameters<typeof openHouse>[0] = {}) =>
  openHouse({ dialplan: (number) => PLAN[number] ?? { type: 'refuse', status: 404 }, ...more })
const told = (house: House) => house.events.map(({ type }) => type).filter((type) => !['registered', 'heard'].includes(type))

describe('somebody whom the owner of the PBX plays', () => {
  test('rings, answers, is heard and hears; every event of a dialled customer names conversation and number', async () => {
    const { recordings } = folder({ now: Date.now })
    const house = await open({ recordings })
    const lin = await house.phone('agent-lin')
    const { dialog, media } = await dialled(house, lin, '+12025550101', [`User-to-User: ${encodeUserToUser('conversation-9')}`])
    const about = {
      callId: dialog.callId,
      conversationId: 'conversation-9',
      user: 'agent-lin',
      dialled: { number: '+12025550101', party: 'customer' }
    }
    expect(await house.event('ringing')).toEqual({ type: 'ringing', ...about })
    expect(await house.event('answered')).toEqual({ type: 'answered', ...about })
    expect(await house.event('recording-started')).toMatchObject({ callId: dialog.callId, conversationId: 'conversation-9' })
    await Promise.all([house.pbx.play(dialog.callId, tone(440, 800, 0.6)), until('Lin hears', () => loud(media))])
    media.speak(tone(700, 500, 0.6))
    await until('Lin is heard', () => house.events.some((event) => event.type === 'heard' && event.rms > 0.1))
    house.pbx.hangUp(dialog.callId, 'customer')
    await lin.request('BYE')
    expect(await house.event('recorded')).toMatchObject({ complete: true })
    expect(await house.event('ended')).toEqual({ type: 'ended', ...about, by: 'customer' })
  })

  test('is busy', async () => {
    const house = await open()
    const lin = await house.phone('agent-lin')
    expect((await dial(lin, '202', { body: await house.media().offer() })).final.status).toBe(486)
    expect(await house.event('refused')).toMatchObject({ status: 486, dialled: { number: '202', party: 'colleague' } })
  })

  test('stops ringing when the agent gives up', async () => {
    const house = await open()
    const lin = await house.phone('agent-lin')
    const { final } = await dial(lin, '+12025550102', {
      body: await house.media().offer(),
      onInvite(dialog, branch) {
        house.event('ringing').then(
          () => lin.send(dialog, 'CANCEL', { cseq: dialog.cseq, branch }),
          (error: unknown) => house.lines.push(String(error))
        )
      }
    })
    expect(final.status).toBe(487)
    expect(await house.event('ended')).toMatchObject({ by: 'agent' })
    expect(told(house)).toEqual(['ringing', 'ended'])
  })

  test('of the house is not recorded', async () => {
    const { recordings } = folder({ now: Date.now })
    const house = await open({ recordings })
    const lin = await house.phone('agent-lin')
    const { dialog } = await dialled(house, lin, '201')
    await house.event('answered')
    await lin.ask(dialog, 'BYE')
    await house.event('ended')
    expect(told(house)).toEqual(['ringing', 'answered', 'ended'])
  })

  test('is another once the plan is', async () => {
    const house = await open()
    const lin = await house.phone('agent-lin')
    house.pbx.dialTo(() => ({ type: 'refuse', status: 603 }))
    expect((await dial(lin, '201', { body: await house.media().offer() })).final.status).toBe(603)
  })
})

describe('a customer given to a simulated colleague', () => {
  test('blindly: the phone is told, the call is over here without an end, and the event says who has them', async () => {
    const house = await open()
    const lin = await house.phone('agent-lin')
    const { dialog } = await answeredCall(house, lin)
    await lin.ask(dialog, 'REFER', { lines: [`Refer-To: <sip:201@${lin.account.domain}>`] })
    expect(await sipfrags(lin, '200')).toEqual(['100 Trying', '180 Ringing', '200 OK'])
    await lin.request('BYE')
    expect(await house.event('transferred')).toEqual({
      type: 'transferred',
      callId: 'call-7',
      conversationId: 'conversation-7',
      user: 'agent-lin',
      to: 'colleague-1'
    })
    expect(told(house)).toEqual(['ringing', 'answered', 'refer', 'transferred'])
  })

  test('blindly, who is busy: the call stays with the agent, who can send it elsewhere', async () => {
    const house = await open()
    const lin = await house.phone('agent-lin')
    const { dialog } = await answeredCall(house, lin)
    await lin.ask(dialog, 'REFER', { lines: [`Refer-To: <sip:202@${lin.account.domain}>`] })
    expect(await sipfrags(lin, '486')).toEqual(['100 Trying', '180 Ringing', '486 Busy Here'])
    await lin.ask(dialog, 'REFER', { lines: [`Refer-To: <sip:201@${lin.account.domain}>`] })
    expect((await house.event('transferred')).to).toBe('colleague-1')
  })

  test.each([
    ['the customer', false],
    ['the consultation', true]
  ])('after consulting, asked for in the call with %s', async (_, swapped) => {
    const { recordings } = folder({ now: Date.now })
    const house = await open({ recordings })
    const lin = await house.phone('agent-lin')
    const { dialog } = await answeredCall(house, lin)
    const consult = await dialled(house, lin, '201')
    await until('both are up', () => house.events.filter(({ type }) => type === 'answered').length === 2)
    const [asking, named] = swapped ? [consult.dialog, dialog] : [dialog, consult.dialog]
    const replaces = encodeURIComponent(`${named.callId};to-tag=${named.remoteTag};from-tag=${named.localTag}`)
    await lin.ask(asking, 'REFER', { lines: [`Refer-To: <sip:201@${lin.account.domain}?Replaces=${replaces}>`] })
    expect(await sipfrags(lin, '200')).toContain('200 OK')
    const byes = [await lin.request('BYE'), await lin.request('BYE')].map((bye) => bye.header('Call-ID'))
    expect(byes.sort()).toEqual(['call-7', consult.dialog.callId].sort())
    expect(await house.event('transferred')).toMatchObject({ callId: 'call-7', user: 'agent-lin', to: 'colleague-1' })
    expect(await house.event('ended')).toMatchObject({ callId: consult.dialog.callId })
    expect(house.events.filter((event) => event.type === 'ended' && event.callId === 'call-7')).toEqual([])
    expect(await house.event('recorded')).toMatchObject({ callId: 'call-7' })
  })
})

test('a customer given to a colleague with a phone: the event names their dialog', async () => {
  const house = await openHouse()
  const [lin, tom] = [await house.phone('agent-lin'), await house.phone('agent-tom')]
  const { dialog } = await answeredCall(house, lin)
  await lin.ask(dialog, 'REFER', { lines: [`Refer-To: <sip:agent-tom@${lin.account.domain}>`] })
  const invite = await tom.request('INVITE')
  tom.respond(invite, 200, { tag: token(), body: await house.media().answer(invite.body) })
  expect(await house.event('transferred')).toMatchObject({ user: 'agent-lin', to: 'agent-tom', legCallId: invite.header('Call-ID') })
  expect(await house.event('answered')).toMatchObject({ callId: 'call-7', user: 'agent-tom' })
})
