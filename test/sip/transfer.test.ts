import { expect, test } from 'vitest'
import type { Softphone } from './lab/softphone.ts'
import { setStage } from './lab/stage.ts'
import { PITCH } from './lab/tones.ts'
import { until } from './lab/until.ts'
import { caller } from './peers/scenarios.ts'

const stage = setStage()

const second = () => stage.phone({ user: 'agent2', hz: PITCH.agent2 })

async function accepted(phone: Softphone, nth = 1): Promise<string> {
  const call = await phone.rings(nth)
  await phone.send({ type: 'accept', callId: call })
  await phone.becomes(call, 'up')
  return call
}

const passedOn = async (phone: Softphone, callId: string) => (await phone.call(callId))?.transfer

test('baresip is passed on blindly: it calls the other agent, and the two hear each other', async () => {
  const phone = await stage.phone()
  const colleague = await second()
  const customer = await stage.baresip()
  await customer.dial('agent1')
  const call = await accepted(phone)
  await phone.hears(call, PITCH.baresip)
  await phone.send({ type: 'transfer', callId: call, to: 'agent2' })
  const theirs = await accepted(colleague)
  await colleague.hears(theirs, PITCH.baresip)
  await customer.hears(PITCH.agent2)
  await phone.becomes(call, 'ended')
  expect(await passedOn(phone, call)).toMatchObject({ kind: 'blind', to: 'agent2', stage: 'done' })
})

test('linphone is passed on blindly', async () => {
  const phone = await stage.phone()
  const colleague = await second()
  const customer = await stage.linphone()
  customer.dial('agent1')
  const call = await accepted(phone)
  await phone.hears(call, PITCH.linphone)
  await phone.send({ type: 'transfer', callId: call, to: 'agent2' })
  const theirs = await accepted(colleague)
  await colleague.hears(theirs, PITCH.linphone)
  await customer.hears(PITCH.agent2)
  await phone.becomes(call, 'ended')
})

test('a transfer that the target refuses leaves the customer with the agent, who is told', async () => {
  const phone = await stage.phone()
  const customer = await stage.sipp((media) => caller(media, { referStatus: ['100 Trying', '486 Busy Here'] }), { to: 'agent1' })
  const call = await stage.answered(phone, customer)
  await phone.send({ type: 'transfer', callId: call, to: 'agent2' })
  await customer.logs(/^REFER .*sip:agent2@/)
  await until('the failure is told', async () => (await phone.call(call))?.problem === 'transfer-failed')
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.sipp)
  await customer.hears(PITCH.agent1)
})

test('a consultation is swapped, completed, and linphone ends up with the colleague (REFER with Replaces)', async () => {
  const phone = await stage.phone()
  const colleague = await second()
  const customer = await stage.linphone()
  customer.dial('agent1')
  const call = await accepted(phone)
  await phone.hears(call, PITCH.linphone)
  const consultation = await phone.dial('agent2', { consultFor: call })
  const theirs = await accepted(colleague)
  await phone.becomes(consultation, 'up')
  await phone.becomes(call, 'held')
  await phone.hears(consultation, PITCH.agent2)
  await colleague.hears(theirs, PITCH.agent1)
  await phone.send({ type: 'swap', callId: call })
  await phone.becomes(call, 'up')
  await phone.becomes(consultation, 'held')
  await customer.hears(PITCH.agent1)
  await colleague.hearsNothing(theirs)
  await phone.send({ type: 'swap', callId: call })
  await phone.becomes(consultation, 'up')
  await phone.send({ type: 'complete', callId: call })
  const joined = await colleague.rings(2)
  await colleague.becomes(joined, 'up')
  await colleague.hears(joined, PITCH.linphone)
  await customer.hears(PITCH.agent2)
  await phone.becomes(call, 'ended')
  expect(await passedOn(phone, call)).toMatchObject({ kind: 'consult', stage: 'done' })
  await phone.passes(consultation, 'ended')
  await colleague.passes(theirs, 'ended')
})

test('a consultation is dropped, and the customer is talked to again', async () => {
  const phone = await stage.phone()
  const colleague = await stage.baresip({ answers: 'auto' })
  const customer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, customer)
  const consultation = await phone.dial(colleague.user, { consultFor: call })
  await phone.becomes(consultation, 'up')
  await phone.hears(consultation, PITCH.baresip)
  await customer.hearsNothing()
  await phone.send({ type: 'abort-consult', callId: call })
  await phone.becomes(consultation, 'ended')
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.sipp)
  await customer.hears(PITCH.agent1)
})

test('linphone sends the agent elsewhere, and the agent is there', async () => {
  const phone = await stage.phone()
  const colleague = await second()
  const peer = await stage.linphone()
  peer.dial('agent1')
  const call = await accepted(phone)
  await phone.hears(call, PITCH.linphone)
  peer.transfer('agent2')
  const theirs = await accepted(colleague)
  const mine = await phone.rings(2)
  await phone.becomes(mine, 'up')
  await phone.hears(mine, PITCH.agent2)
  await colleague.hears(theirs, PITCH.agent1)
})
