import { expect, test } from 'vitest'
import { setStage } from './lab/stage.ts'
import { PITCH } from './lab/tones.ts'
import { until } from './lab/until.ts'
import { reinvites, reinvitesLate, requests } from './peers/scenario.ts'
import { caller } from './peers/scenarios.ts'

const stage = setStage()

test('hold is confirmed by the far end and silent both ways; resume brings both voices back', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'hold', callId: call, on: true })
  await phone.becomes(call, 'held')
  await peer.logs('REINVITE a=sendonly')
  await phone.hearsNothing(call) // although SIPp goes on speaking
  await peer.hearsNothing()
  await phone.send({ type: 'hold', callId: call, on: false })
  await phone.becomes(call, 'up')
  await peer.logs('REINVITE a=sendrecv')
  await phone.hears(call, PITCH.sipp)
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
})

test('a far end that refuses to be held is not shown as held, and the talk goes on', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media, { refuseReinvite: '488 Not Acceptable Here' }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  await phone.send({ type: 'hold', callId: call, on: true })
  await until('the failure is said', async () => (await phone.call(call))?.problem === 'hold-failed')
  await phone.becomes(call, 'up')
  // New packets, and not the end of what was heard before.
  const heard = peer.rtp.packets
  await until('the agent is heard on', () => peer.rtp.packets > heard + 20)
  await peer.hears(PITCH.agent1)
  await phone.hears(call, PITCH.sipp)
})

test('mute is silence at the far end while the agent still hears it', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'mute', callId: call, on: true })
  await peer.hearsNothing()
  await phone.hears(call, PITCH.sipp)
  await phone.send({ type: 'mute', callId: call, on: false })
  await peer.hears(PITCH.agent1)
})

test('digits arrive as RFC 4733 events at SIPp, in order, however fast they are typed', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  for (const digit of '159*0#') await phone.send({ type: 'digit', callId: call, digit })
  await until('all digits came', () => peer.rtp.digits === '159*0#', { seen: () => peer.rtp.digits })
})

test('baresip gets the digits', async () => {
  const phone = await stage.phone()
  const peer = await stage.baresip()
  await peer.dial('agent1')
  const call = await phone.rings()
  await phone.send({ type: 'accept', callId: call })
  await phone.hears(call, PITCH.baresip)
  for (const digit of '20#') await phone.send({ type: 'digit', callId: call, digit })
  await until('all digits came', () => peer.heardDigits() === '20#', { seen: () => peer.heardDigits() })
})

test('linphone gets the digits', async () => {
  const phone = await stage.phone()
  const peer = await stage.linphone()
  peer.dial('agent1')
  const call = await phone.rings()
  await phone.send({ type: 'accept', callId: call })
  await phone.hears(call, PITCH.linphone)
  for (const digit of '73*') await phone.send({ type: 'digit', callId: call, digit })
  await until('all digits came', () => peer.heardDigits() === '73*', { seen: () => peer.heardDigits() })
})

test('a far end without telephone events gets the digits by INFO', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1', events: false })
  const call = await stage.answered(phone, peer)
  for (const digit of '42#') await phone.send({ type: 'digit', callId: call, digit })
  await until('all digits came', () => /Signal=4.*Signal=2.*Signal=#/s.test(peer.log().join('\n')), { seen: () => peer.log() })
  expect((await phone.call(call))?.digits).toBe('42#')
})

test('digits go by INFO where the account says so, though the far end takes events too', async () => {
  const phone = await stage.phone({ account: { dtmf: 'info' } })
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  for (const digit of '1*9') await phone.send({ type: 'digit', callId: call, digit })
  await until('all digits came', () => /Signal=1.*Signal=\*.*Signal=9/s.test(peer.log().join('\n')), { seen: () => peer.log() })
  expect(peer.rtp.digits).toBe('')
  await phone.hears(call, PITCH.sipp)
})

for (const direction of ['sendonly', 'inactive'] as const)
  test(`a far end that holds with ${direction} is shown, and heard again when it resumes`, async () => {
    const phone = await stage.phone()
    const peer = await stage.sipp(
      (media) => caller(media, { stages: [reinvites(600, media, direction), reinvites(1_200, media, 'sendrecv')] }),
      { to: 'agent1' }
    )
    const call = await stage.answered(phone, peer)
    await until('held by the far end', async () => (await phone.call(call))?.heldByFarEnd === true)
    await peer.logs(direction === 'sendonly' ? 'ANSWER a=recvonly' : 'ANSWER a=inactive')
    await peer.hearsNothing()
    await until('resumed by the far end', async () => (await phone.call(call))?.heldByFarEnd === false)
    await peer.logs('ANSWER a=sendrecv')
    await phone.hears(call, PITCH.sipp)
    await peer.hears(PITCH.agent1)
  })

test('a far end that asks us for an offer in the call gets one, and both are heard on', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media, { stages: [reinvitesLate(700, media)] }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  await peer.logs(/^OFFER m=audio \d+/)
  const heard = peer.rtp.packets
  await until('the agent is heard on', () => peer.rtp.packets > heard + 20)
  await peer.hears(PITCH.agent1)
  await phone.hears(call, PITCH.sipp)
  await phone.send({ type: 'hold', callId: call, on: true })
  await phone.becomes(call, 'held')
  await peer.hearsNothing()
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
})

test('linphone holds and resumes', async () => {
  const phone = await stage.phone()
  const peer = await stage.linphone()
  peer.dial('agent1')
  const call = await phone.rings()
  await phone.send({ type: 'accept', callId: call })
  await phone.hears(call, PITCH.linphone)
  peer.hold(true)
  await peer.shows(/paused/i)
  await until('held by the far end', async () => (await phone.call(call))?.heldByFarEnd === true)
  peer.hold(false)
  await until('resumed by the far end', async () => (await phone.call(call))?.heldByFarEnd === false)
  await phone.hears(call, PITCH.linphone)
  await peer.hears(PITCH.agent1)
})

test('an INFO of the far end is answered and disturbs nothing', async () => {
  const phone = await stage.phone()
  const info = { body: 'Signal=7\nDuration=160\n', contentType: 'application/dtmf-relay' }
  const peer = await stage.sipp((media) => caller(media, { stages: [requests(500, 'INFO', 200, info)] }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  await until('the INFO was answered', () => /CSeq: 2 INFO[\s\S]*200 OK[\s\S]*CSeq: 2 INFO/.test(peer.messages()))
  await phone.hears(call, PITCH.sipp)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
})
