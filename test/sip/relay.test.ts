import { expect, test } from 'vitest'
import { setStage } from './lab/stage.ts'
import { PITCH } from './lab/tones.ts'
import { called, caller } from './peers/scenarios.ts'
import { startTurn } from './peers/turn.ts'

const stage = setStage()

test('where media gets out by a TURN server only, calls in and out are heard both ways through it', async () => {
  const turn = await startTurn(stage.lab)
  const phone = await stage.phone({ way: 'relay', account: { iceServers: [turn.server] } })
  const customer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, customer)
  await customer.hears(PITCH.agent1)
  await phone.send({ type: 'hang-up', callId: call })
  await customer.done()
  const peer = await stage.sipp((media) => called(media), { hz: PITCH.other })
  const second = await phone.dial(peer.number)
  await phone.becomes(second, 'up')
  await phone.hears(second, PITCH.other)
  await peer.hears(PITCH.agent1)
  // Nothing but relayed candidates was offered, and coturn knew who asked.
  const offers = (await phone.frames()).filter(({ sent, text }) => sent && /^a=candidate:/m.test(text)).map(({ text }) => text)
  expect(offers.length).toBeGreaterThan(1)
  for (const text of offers) expect(text.match(/^a=candidate:.*$/gm)?.filter((line) => !/ typ relay /.test(line))).toEqual([])
  expect(turn.log()).toMatch(/user <relay>.*ALLOCATE processed, success/)
  await phone.send({ type: 'hang-up', callId: second })
  await peer.done()
})

test('a TURN server that refuses our password costs no call where there is another way', async () => {
  const turn = await startTurn(stage.lab)
  const phone = await stage.phone({ account: { iceServers: [{ ...turn.server, credential: 'wrong' }] } })
  const customer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, customer)
  await customer.hears(PITCH.agent1)
  expect(turn.log()).not.toMatch(/ALLOCATE processed, success/)
  await phone.send({ type: 'hang-up', callId: call })
  await customer.done()
})
