import { test } from 'vitest'
import { hasTone } from './lab/pitch.ts'
import { setStage } from './lab/stage.ts'
import { PITCH } from './lab/tones.ts'
import { until } from './lab/until.ts'
import { called, caller } from './peers/scenarios.ts'
import type { Sipp } from './peers/sipp.ts'

const stage = setStage()

const hearsBoth = (peer: Sipp, one: number, other: number) =>
  until(`${one} and ${other} Hz are heard together`, () => [one, other].every((hz) => hasTone(peer.rtp.samples(), hz)), {
    seen: () => peer.rtp.hears()
  })

test('three talk: each hears the other two, and nobody themselves; one goes, two go on', async () => {
  const phone = await stage.phone()
  const customer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, customer)
  const expert = await stage.sipp((media) => called(media), { hz: PITCH.other })
  const second = await phone.dial(expert.number, { consultFor: call })
  await phone.becomes(second, 'up')
  await phone.becomes(call, 'held')
  await phone.send({ type: 'conference', callIds: [call, second] })
  await phone.becomes(call, 'up')
  await hearsBoth(customer, PITCH.agent1, PITCH.other)
  await hearsBoth(expert, PITCH.agent1, PITCH.sipp)
  await until('the customer does not hear itself', () => !hasTone(customer.rtp.samples(), PITCH.sipp))
  await phone.hears(call, PITCH.sipp)
  await phone.hears(second, PITCH.other)
  await phone.send({ type: 'hang-up', callId: second })
  await expert.done()
  await customer.hears(PITCH.agent1)
  await phone.hears(call, PITCH.sipp)
})

test('mute in a conference silences the agent and nobody else', async () => {
  const phone = await stage.phone()
  const customer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, customer)
  const expert = await stage.sipp((media) => called(media), { hz: PITCH.other })
  const second = await phone.dial(expert.number)
  await phone.becomes(second, 'up')
  await phone.send({ type: 'conference', callIds: [call, second] })
  await hearsBoth(customer, PITCH.agent1, PITCH.other)
  await phone.send({ type: 'mute', callId: call, on: true })
  await until('only the expert is heard', () => {
    const samples = customer.rtp.samples()
    return hasTone(samples, PITCH.other) && !hasTone(samples, PITCH.agent1)
  })
})

test('baresip and linphone hear each other through the agent, and go on without when the agent leaves', async () => {
  const phone = await stage.phone()
  const customer = await stage.linphone()
  customer.dial('agent1')
  const call = await phone.rings()
  await phone.send({ type: 'accept', callId: call })
  await phone.becomes(call, 'up')
  const expert = await stage.baresip({ answers: 'auto' })
  const second = await phone.dial(expert.user, { consultFor: call })
  await phone.becomes(second, 'up')
  await phone.becomes(call, 'held')
  await phone.send({ type: 'conference', callIds: [call, second] })
  await phone.becomes(call, 'up')
  await customer.hearsAll([PITCH.agent1, PITCH.baresip])
  await expert.hearsAll([PITCH.agent1, PITCH.linphone])
  await phone.send({ type: 'split', callId: call })
  await phone.becomes(second, 'held')
  await customer.hears(PITCH.agent1)
})
