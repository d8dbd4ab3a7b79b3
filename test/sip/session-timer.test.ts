import { expect, test } from 'vitest'
import { setStage } from './lab/stage.ts'
import { PITCH } from './lab/tones.ts'
import { until } from './lab/until.ts'
import { requests } from './peers/scenario.ts'
import { called, caller, refusing } from './peers/scenarios.ts'

const stage = setStage()

test('a far end that refreshes by UPDATE is answered with the timer it asked for, and the call goes on', async () => {
  const phone = await stage.phone()
  const timer = ['Supported: timer', 'Session-Expires: 90;refresher=uac', 'Min-SE: 90']
  const peer = await stage.sipp(
    (media) => caller(media, { headers: timer, stages: [requests(700, 'UPDATE', 200, { headers: timer.slice(0, 2) })] }),
    { to: 'agent1' }
  )
  const call = await stage.answered(phone, peer)
  expect((await phone.call(call))?.session).toEqual({ expiresS: 90, refresher: 'them' })
  const answered = await until('the UPDATE is answered', async () =>
    (await phone.frames()).find(({ sent, text }) => sent && /^SIP\/2\.0 200/.test(text) && /^CSeq: \d+ UPDATE/im.test(text))
  )
  expect(answered.text).toMatch(/^Session-Expires: 90;refresher=uac/im)
  await phone.hears(call, PITCH.sipp)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
})

test('a session that is too short is refused with 422 and the least allowed', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media, { headers: ['Supported: timer', 'Session-Expires: 30'] }), { to: 'agent1' })
  await until('SIPp got 422', () => /SIP\/2\.0 422[\s\S]*Min-SE: 90/.test(peer.messages()))
  expect((await phone.state()).calls).toEqual([])
})

test('our own timer is raised to what the far end wants at least (422)', async () => {
  const phone = await stage.phone({ account: { sessionExpiresS: 90 } })
  const peer = await stage.sipp(() => refusing([422], ['Min-SE: 300']))
  await phone.dial(`${peer.number}422`)
  await peer.done()
  await until('it is asked again for 300 s', async () =>
    (await phone.frames()).some(({ sent, text }) => sent && /^INVITE/.test(text) && /^Session-Expires: 300/im.test(text))
  )
})

test('when refreshing is ours, the dialog is refreshed at half the time', { timeout: 75_000 }, async () => {
  const phone = await stage.phone({ account: { sessionExpiresS: 90 } })
  const peer = await stage.sipp((media) => called(media, { headers: ['Session-Expires: 90;refresher=uac', 'Require: timer'] }))
  const call = await phone.dial(peer.number)
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.sipp)
  expect((await phone.call(call))?.session).toEqual({ expiresS: 90, refresher: 'us' })
  await until('the dialog is refreshed', () => peer.log().some((line) => /^REINVITE|^UPDATE/.test(line)), { withinMs: 60_000 })
  await phone.hears(call, PITCH.sipp)
  await peer.hears(PITCH.agent1)
  expect((await phone.call(call))?.phase).toBe('up')
})
