import { expect, test } from 'vitest'
import { pulsesOf } from './lab/capture.ts'
import { setStage } from './lab/stage.ts'
import { until } from './lab/until.ts'
import { caller } from './peers/scenarios.ts'

const stage = setStage()

test('the recorder pauses when it has confirmed, and what was said meanwhile is in no capture', async () => {
  const phone = await stage.phone({ account: { recorder: 'info' } })
  const conversation = '01931e9c-7d7e-7c3a-9d5e-2f0c6b1a4e11'
  const hex = Buffer.from(conversation).toString('hex')
  const peer = await stage.sipp((media) => caller(media, { headers: [`User-to-User: ${hex};encoding=hex`] }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  const recorded = () => stage.lab.media.recordings().flatMap(pulsesOf)
  await until('the call is recorded', () => recorded().length > 20)

  await phone.act({ type: 'pause-recording', callId: call, reason: 'payment', forMs: 60_000 })
  expect((await phone.view()).recordings[call]).toMatchObject({ state: 'paused', reason: 'payment' })
  const paused = Date.now()
  const before = peer.rtp.packets
  // The talk goes on meanwhile, and is heard.
  await until('the talk goes on', () => peer.rtp.packets > before + 50)
  const resumed = Date.now()
  await phone.act({ type: 'resume-recording', callId: call, endedBy: 'agent' })
  expect((await phone.view()).recordings[call]).toEqual({ state: 'on' })
  await until('the call is recorded again', () => recorded().some((at) => at > resumed + 500))

  const slack = 150
  expect(recorded().filter((at) => at > paused + slack && at < resumed - slack)).toEqual([])
  expect(recorded().some((at) => at < paused)).toBe(true)
  const told = (await phone.told('recorderConfirmed')).map((one) => one.with)
  expect(told).toEqual([
    { conversationId: conversation, callId: call, state: 'paused', reason: 'payment', forMs: 60_000 },
    { conversationId: conversation, callId: call, state: 'resumed', endedBy: 'agent' }
  ])
})

test('a pause ends by its timer, however long nobody thinks of it', async () => {
  const phone = await stage.phone({ account: { recorder: 'info' } })
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  await phone.act({ type: 'pause-recording', callId: call, reason: 'payment', forMs: 1_000 })
  expect((await phone.view()).recordings[call]).toMatchObject({ state: 'paused' })
  await until('it is recorded again', async () => (await phone.view()).recordings[call]?.state === 'on')
})

test('a recorder that cannot be asked is not shown as paused', async () => {
  const phone = await stage.phone({ account: { recorder: 'info' } })
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  stage.lab.cable.cut()
  await until('the cut is shown', async () => (await phone.call(call))?.link === 'cut')
  await phone.act({ type: 'pause-recording', callId: call, reason: 'payment', forMs: 1_000 })
  expect((await phone.view()).recordings[call]).toEqual({ state: 'on', failed: 503 })
})
