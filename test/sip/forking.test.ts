import { expect, test } from 'vitest'
import { setStage } from './lab/stage.ts'
import { PITCH } from './lab/tones.ts'
import { called, caller, ringing } from './peers/scenarios.ts'

const stage = setStage()

test('both devices of a user ring; when one answers, the other stops and knows why', async () => {
  const one = await stage.phone({ user: 'team' })
  const other = await stage.phone({ user: 'team', hz: PITCH.agent2 })
  const peer = await stage.sipp((media) => caller(media), { to: 'team' })
  const [call, missed] = [await one.rings(), await other.rings()]
  await other.becomes(missed, 'ringing')
  await one.send({ type: 'accept', callId: call })
  await one.becomes(call, 'up')
  await other.becomes(missed, 'ended')
  expect((await other.call(missed))?.detail).toMatch(/completed elsewhere/i)
  await one.hears(call, PITCH.sipp)
  await peer.hears(PITCH.agent1)
  await one.send({ type: 'hang-up', callId: call })
  await peer.done()
})

test('a call that rings at two phones is answered by one of them, and only that one is heard', async () => {
  const phone = await stage.phone()
  const one = await stage.baresip({ user: 'team' })
  const other = await stage.baresip({ user: 'team', hz: PITCH.third })
  const call = await phone.dial('team')
  await one.happens('CALL_INCOMING')
  await other.happens('CALL_INCOMING')
  await phone.becomes(call, 'alerting')
  await other.answer()
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.third)
  await other.hears(PITCH.agent1)
  await one.happens('CALL_CLOSED')
})

test('one phone is heard early, another one answers: each is heard in its time, and only who answered hears us', async () => {
  const phone = await stage.phone()
  const announces = await stage.sipp((media) => ringing({ early: media }), { hz: PITCH.other })
  const answers = await stage.sipp((media) => called(media, { ringMs: 4_000 }))
  const call = await phone.dial(`8${announces.number.slice(1)}${answers.number.slice(1)}`)
  await phone.becomes(call, 'alerting')
  await phone.hears(call, PITCH.other)
  expect(await phone.call(call)).toMatchObject({ phase: 'alerting', earlyMedia: true })
  await phone.becomes(call, 'up')
  await announces.done()
  announces.rtp.speak(false) // as a phone that does not ring any more
  await phone.hears(call, PITCH.sipp)
  await answers.hears(PITCH.agent1)
  await announces.hearsNothing()
  await phone.send({ type: 'hold', callId: call, on: true })
  await phone.becomes(call, 'held')
  await answers.hearsNothing()
  await phone.send({ type: 'hold', callId: call, on: false })
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.sipp)
  await answers.hears(PITCH.agent1)
  await phone.send({ type: 'hang-up', callId: call })
  await answers.done()
})
