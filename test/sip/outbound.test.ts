import { expect, test } from 'vitest'
import { REALM } from './lab/kamailio.ts'
import { setStage } from './lab/stage.ts'
import { PITCH } from './lab/tones.ts'
import { until } from './lab/until.ts'
import { called, refusing, ringing } from './peers/scenarios.ts'

const stage = setStage()

test('SIPp is called: it rings, answers, each hears the other, and it hangs up at the end', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => called(media))
  const call = await phone.dial(peer.number)
  await phone.passes(call, 'alerting')
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.sipp)
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
  await phone.becomes(call, 'ended')
})

test('baresip is called', async () => {
  const phone = await stage.phone()
  const peer = await stage.baresip({ answers: 'auto' })
  const call = await phone.dial(peer.user)
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.baresip)
  await peer.hears(PITCH.agent1)
  await peer.hangUp()
  await phone.becomes(call, 'ended')
})

test('linphone is called by a sip: address', async () => {
  const phone = await stage.phone()
  const peer = await stage.linphone({ answersItself: true })
  const call = await phone.dial(`sip:${peer.user}@${REALM}`)
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.linphone)
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.shows(/Call \d+ with .* ended/)
})

test('early media is heard before anybody answers, and goes on into the call', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => called(media, { early: true, ringMs: 2_500 }))
  const call = await phone.dial(peer.number)
  await phone.becomes(call, 'alerting')
  await phone.hears(call, PITCH.sipp)
  expect(await phone.call(call)).toMatchObject({ phase: 'alerting', earlyMedia: true })
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.sipp)
  await peer.hears(PITCH.agent1)
})

test('a redirected call is followed to where it leads', async () => {
  const phone = await stage.phone()
  const goal = await stage.sipp((media) => called(media), { hz: PITCH.other })
  const first = await stage.sipp(() => refusing([302], [`Contact: <sip:nobody@${REALM}>;q=0.1, <sip:${goal.number}@${REALM}>;q=0.9`]))
  const call = await phone.dial(`${first.number}302`)
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.other)
  await first.done()
  await phone.send({ type: 'hang-up', callId: call })
  await goal.done()
})

test('a redirection in a circle ends, and says so', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp(() => refusing([302], ['Contact: <[$requesturi]>']))
  const call = await phone.dial(`sip:${peer.number}302@${REALM}`)
  await phone.becomes(call, 'ended')
  expect(await phone.call(call)).toMatchObject({ problem: 'redirected-in-circles', status: 302 })
})

test('every refusal is told for what it means', async () => {
  const phone = await stage.phone()
  // No 503: a proxy makes 500 of it (RFC 3261 16.7).
  const meanings: Record<string, number[]> = {
    busy: [486, 600],
    'not-found': [404, 410, 484, 485, 604],
    unavailable: [408, 480, 487],
    declined: [603],
    forbidden: [403],
    'not-acceptable': [415, 488, 606],
    'server-failed': [500, 501, 502, 504, 505, 513, 580],
    'redirected-in-circles': [482, 483],
    'call-failed': [400, 402, 405, 406, 413, 414, 416, 420, 421, 423, 481, 491, 493]
  }
  const all = Object.values(meanings).flat()
  const peer = await stage.sipp(() => refusing(all), { calls: all.length })
  const told = new Map<number, string>()
  for (let i = 0; i < all.length; i += 3)
    await Promise.all(
      all.slice(i, i + 3).map(async (status) => {
        const call = await phone.dial(`${peer.number}${status}`)
        const over = await until(`${status} is told`, async () => (await phone.call(call))?.problem && phone.call(call))
        expect(over).toMatchObject({ phase: 'ended', status })
        told.set(status, over.problem ?? '')
      })
    )
  expect(Object.fromEntries(told)).toEqual(
    Object.fromEntries(Object.entries(meanings).flatMap(([problem, statuses]) => statuses.map((status) => [status, problem])))
  )
  await peer.done()
}, 60_000)

test('a number nobody has, and a user who is not there', async () => {
  const phone = await stage.phone()
  const nobody = await phone.dial('4711')
  await phone.becomes(nobody, 'ended')
  expect(await phone.call(nobody)).toMatchObject({ problem: 'not-found', status: 404 })
  const away = await phone.dial('agent3')
  await phone.becomes(away, 'ended')
  expect(await phone.call(away)).toMatchObject({ problem: 'unavailable', status: 480 })
})

test('hung up while it rings: the far end gets CANCEL, and nothing is left', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp(() => ringing())
  const call = await phone.dial(peer.number)
  await phone.becomes(call, 'alerting')
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
  await phone.becomes(call, 'ended')
})

test('a call that we make names its conversation', async () => {
  const phone = await stage.phone()
  const conversation = '01931e9c-7d7e-7c3a-9d5e-2f0c6b1a4e11'
  const peer = await stage.sipp((media) => called(media))
  const call = await phone.dial(peer.number, { conversationId: conversation })
  await phone.becomes(call, 'up')
  expect(/^User-to-User: *([^;\r\n]*)/im.exec(peer.messages())?.[1]).toBe(Buffer.from(conversation).toString('hex'))
})
