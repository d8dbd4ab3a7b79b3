import { expect, test } from 'vitest'
import type { Softphone } from './lab/softphone.ts'
import { setStage } from './lab/stage.ts'
import { PITCH } from './lab/tones.ts'
import { until } from './lab/until.ts'
import { hangsUp } from './peers/scenario.ts'
import { called, caller } from './peers/scenarios.ts'

const stage = setStage()

const recovered = (phone: Softphone, callId: string) =>
  until(
    'signalling and sound are proven again',
    async () => {
      const call = await phone.call(callId)
      return call?.link === 'ok' && call.recoveredAt !== undefined
    },
    { withinMs: 20_000, seen: () => phone.call(callId) }
  )

const cut = (phone: Softphone, callId: string) =>
  until('the cut is shown', async () => (await phone.call(callId))?.link === 'cut', { withinMs: 15_000 })

test('a socket cut in a call costs no sound; the dialog is refreshed, proven, and the call held and ended after it', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  stage.lab.cable.cut()
  await cut(phone, call)
  await phone.hears(call, PITCH.sipp)
  await peer.hears(PITCH.agent1)
  expect((await phone.call(call))?.recoveredAt).toBeUndefined()
  stage.lab.cable.mend()
  await recovered(phone, call)
  await peer.logs('REINVITE a=sendrecv')
  await phone.send({ type: 'hold', callId: call, on: true })
  await phone.becomes(call, 'held')
  await peer.hearsNothing()
  await phone.send({ type: 'hold', callId: call, on: false })
  await phone.becomes(call, 'up')
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
})

test('the customer can hang up after a cut: the BYE follows to the new socket', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media, { stages: [hangsUp(9_000)] }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  stage.lab.cable.cut()
  await cut(phone, call)
  stage.lab.cable.mend()
  await recovered(phone, call)
  await phone.becomes(call, 'ended', 20_000)
  await peer.done()
})

test('Kamailio is killed in a call and comes back: sound goes on, the call is proven and ended', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  await stage.lab.proxy.kill()
  await cut(phone, call)
  await phone.hears(call, PITCH.sipp)
  await peer.hears(PITCH.agent1)
  await stage.lab.proxy.start()
  await recovered(phone, call)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
})

test('a frozen socket is found out in a call', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  stage.lab.cable.freeze()
  await phone.send({ type: 'hurry' })
  await cut(phone, call)
  stage.lab.cable.mend()
  await recovered(phone, call)
  await phone.hears(call, PITCH.sipp)
})

test('hung up while the line is cut: the far end is told when it is back', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  stage.lab.cable.cut()
  await cut(phone, call)
  await phone.send({ type: 'hang-up', callId: call })
  await phone.becomes(call, 'ended')
  expect(peer.log()).not.toContain('BYE')
  stage.lab.cable.mend()
  await peer.logs('BYE')
  await peer.done()
})

test('a server that is gone is left for the next one, and calls come there', async () => {
  const standby = await stage.lab.standby()
  await standby.start()
  const servers = [`ws://127.0.0.1:${stage.lab.cable.port}`, `ws://127.0.0.1:${standby.wsPort}`]
  const phone = await stage.phone({ account: { servers } })
  await stage.lab.proxy.kill()
  await until('the second server has the phone', async () => (await standby.contacts('agent1')).length === 1, { withinMs: 20_000 })
  await phone.registered()
  expect((await phone.state()).line.server).toBe(1)
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1', through: standby })
  const call = await stage.answered(phone, peer)
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
  await stage.lab.proxy.start()
})

test('a page that was reloaded takes its call back from linphone (INVITE with Replaces)', async () => {
  const phone = await stage.phone()
  // linphone is called: from whom it called itself it takes no second call, whatever that one replaces.
  const customer = await stage.linphone({ answersItself: true })
  const call = await phone.dial(customer.user)
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.linphone)
  await customer.hears(PITCH.agent1)
  await until('the dialog is kept', async () => (await phone.dialogs()).find((one) => one.state === 'up'))
  await phone.reload()
  const back = await phone.rings()
  await phone.becomes(back, 'up')
  await phone.hears(back, PITCH.linphone)
  await customer.hears(PITCH.agent1)
  expect(await phone.call(back)).toMatchObject({ number: 'customer3', direction: 'out' })
  const taken = (await phone.frames()).find(
    ({ sent, text }) => sent && /^INVITE/.test(text) && /^Replaces: .*;to-tag=.*;from-tag=/im.test(text)
  )
  expect(taken).toBeDefined()
  await phone.send({ type: 'hang-up', callId: back })
  await customer.shows(/Call \d+ with .* ended/)
  await until('nothing is left to take back', async () => (await phone.dialogs()).length === 0)
})

test('a far end that is gone cannot be taken back: the agent is told plainly', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => called(media))
  const call = await phone.dial(peer.number)
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.sipp)
  await until('the dialog is kept', async () => (await phone.dialogs()).find((one) => one.state === 'up'))
  await peer.stop()
  await phone.reload()
  const lost = await until('the loss is told', async () => (await phone.view()).lost[0], { withinMs: 20_000 })
  expect(lost).toMatchObject({ number: peer.number })
  expect(await phone.dialogs()).toEqual([])
})

test('a customer who is not on the line any more but parked is fetched from the orbit by a page that comes back', async () => {
  const exit = await stage.sipp((media) => called(media), { hz: PITCH.other })
  const phone = await stage.phone({ account: { park: { park: '4711', retrieve: exit.number } } })
  const conversation = '01931e9c-7d7e-7c3a-9d5e-2f0c6b1a4e11'
  const peer = await stage.sipp((media) => called(media))
  const call = await phone.dial(peer.number, { conversationId: conversation })
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.sipp)
  await until('the dialog is kept', async () => (await phone.dialogs()).find((one) => one.state === 'up'))
  await peer.stop()
  await phone.knowsParked(conversation, '77')
  await phone.reload()
  await exit.logs(new RegExp(`INVITE sip:${exit.number}77@`))
  const back = await phone.rings(2)
  await phone.becomes(back, 'up')
  await phone.hears(back, PITCH.other)
  await exit.hears(PITCH.agent1)
  expect((await phone.call(back))?.conversationId).toBe(conversation)
  expect((await phone.view()).lost).toEqual([])
})
