import { expect, test } from 'vitest'
import type { Softphone } from './lab/softphone.ts'
import { setStage } from './lab/stage.ts'
import { PITCH } from './lab/tones.ts'
import { called } from './peers/scenarios.ts'
import type { Sipp } from './peers/sipp.ts'

const stage = setStage()

/** The park server of a house's own PBX: a number that takes calls in and plays music, and one that gives them out again. */
async function parkServer(): Promise<{ orbit: Sipp; exit: Sipp }> {
  const orbit = await stage.sipp((media) => called(media), { hz: PITCH.third })
  const exit = await stage.sipp((media) => called(media), { hz: PITCH.other })
  return { orbit, exit }
}

async function accepted(phone: Softphone): Promise<string> {
  const call = await phone.rings()
  await phone.send({ type: 'accept', callId: call })
  await phone.becomes(call, 'up')
  return call
}

/** As the screen parks and fetches: by the codes that the account was set up with. */
async function park(phone: Softphone, callId: string): Promise<void> {
  const codes = (await phone.view()).setup?.park
  await phone.send({ type: 'park', callId, to: codes?.park ?? '', slot: '', retrieval: codes?.retrieve ?? '' })
  await phone.becomes(callId, 'ended')
}

async function setUp() {
  const { orbit, exit } = await parkServer()
  const phone = await stage.phone({ account: { park: { park: orbit.number, retrieve: exit.number } } })
  const customer = await stage.baresip()
  await customer.dial('agent1')
  const call = await accepted(phone)
  await phone.hears(call, PITCH.baresip)
  await customer.hears(PITCH.agent1)
  return { orbit, exit, phone, customer, call }
}

test('baresip is parked by the code of the house, hears its music, and is fetched by the code that fetches', async () => {
  const { orbit, exit, phone, customer, call } = await setUp()
  await park(phone, call)
  await customer.hears(PITCH.third)
  await orbit.hears(PITCH.baresip)
  expect((await phone.state()).parked).toMatchObject([{ number: 'customer2', retrieval: exit.number }])

  const back = await phone.dial(exit.number)
  await phone.becomes(back, 'up')
  orbit.rtp.join(exit.rtp)
  await phone.hears(back, PITCH.baresip)
  await customer.hears(PITCH.agent1)
  expect((await phone.state()).parked).toEqual([])
  await phone.send({ type: 'hang-up', callId: back })
  await exit.done()
})

test('a colleague fetches whom another agent parked', async () => {
  const { orbit, exit, phone, customer, call } = await setUp()
  const colleague = await stage.phone({
    user: 'agent2',
    hz: PITCH.agent2,
    account: { park: { park: orbit.number, retrieve: exit.number } }
  })
  await park(phone, call)
  await customer.hears(PITCH.third)
  const theirs = await colleague.dial(exit.number)
  await colleague.becomes(theirs, 'up')
  orbit.rtp.join(exit.rtp)
  await colleague.hears(theirs, PITCH.baresip)
  await customer.hears(PITCH.agent2)
  await colleague.send({ type: 'hang-up', callId: theirs })
  await exit.done()
})

test('an orbit that takes nobody leaves the customer with the agent, who is told', async () => {
  const phone = await stage.phone({ account: { park: { park: '4711', retrieve: '4712' } } })
  const customer = await stage.baresip()
  await customer.dial('agent1')
  const call = await accepted(phone)
  await phone.hears(call, PITCH.baresip)
  await phone.send({ type: 'park', callId: call, to: '4711', slot: '', retrieval: '4712' })
  await expect.poll(async () => (await phone.call(call))?.problem, { timeout: 20_000 }).toBe('park-failed')
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.baresip)
  await customer.hears(PITCH.agent1)
  expect((await phone.state()).parked).toEqual([])
})
