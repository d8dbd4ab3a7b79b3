import { expect, test } from 'vitest'
import { setStage } from './lab/stage.ts'
import { PITCH } from './lab/tones.ts'
import { until } from './lab/until.ts'
import { caller } from './peers/scenarios.ts'

const stage = setStage()

test('a hold that meets 491 is asked for again, and shown when it was confirmed', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media, { refuseReinvite: '491 Request Pending', refusals: 1 }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  await phone.send({ type: 'hold', callId: call, on: true })
  await phone.becomes(call, 'held')
  expect(peer.log().filter((line) => line === 'REINVITE a=sendonly')).toHaveLength(2)
  await peer.hearsNothing()
  await phone.send({ type: 'hold', callId: call, on: false })
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.sipp)
  await peer.hears(PITCH.agent1)
})

test('a re-INVITE of the far end that meets ours gets 491, and ours goes through', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media, { crossesReinvite: true }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  await phone.send({ type: 'hold', callId: call, on: true })
  await phone.becomes(call, 'held')
  await until('the far end got 491', () => /SIP\/2\.0 491/.test(peer.messages()))
  await peer.hearsNothing()
  await phone.send({ type: 'hold', callId: call, on: false })
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.sipp)
  await peer.hears(PITCH.agent1)
})
