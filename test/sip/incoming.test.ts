import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Lab, openLab } from './lab/lab.ts'
import { type Softphone, type Softphones, startBrowser } from './lab/softphone.ts'
import { PITCH } from './lab/tones.ts'
import { until } from './lab/until.ts'
import { caller } from './peers/scenarios.ts'
import { startSipp } from './peers/sipp.ts'

let lab: Lab
let browser: Softphones
let phone: Softphone

beforeAll(async () => {
  lab = await openLab()
  browser = await startBrowser(lab)
})
afterEach(() => phone?.close())
afterAll(() => lab?.close())

test('a call of SIPp rings with its caller, is answered, and each hears the other', async () => {
  phone = await browser.open()
  const peer = await startSipp(lab, (media) => caller(media), { to: 'agent1' })
  const call = await phone.rings()
  expect(await phone.call(call)).toMatchObject({ phase: 'ringing', name: 'Ann Lee', number: 'customer1' })
  await phone.send({ type: 'accept', callId: call })
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.sipp)
  await until('the caller hears the agent', () => peer.rtp.hears().hz === PITCH.agent1, { seen: () => peer.rtp.hears() })
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
  expect(await phone.faults()).toEqual([])
})
