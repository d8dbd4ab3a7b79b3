import { expect, test } from 'vitest'
import { REALM } from './lab/kamailio.ts'
import { setStage } from './lab/stage.ts'
import { PITCH } from './lab/tones.ts'
import { hangsUp } from './peers/scenario.ts'
import { caller, cancelling, crossing, refused } from './peers/scenarios.ts'

const stage = setStage()

test('a call of SIPp rings with its caller, is answered, each hears the other, and the agent hangs up', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await phone.rings()
  expect(await phone.call(call)).toMatchObject({ phase: 'ringing', name: 'Ann Lee', number: 'customer1' })
  await phone.send({ type: 'accept', callId: call })
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.sipp)
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
})

test('the customer hangs up', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media, { stages: [hangsUp(700)] }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  await phone.becomes(call, 'ended')
  await peer.done()
})

test('baresip calls: each hears the other, and baresip hangs up', async () => {
  const phone = await stage.phone()
  const peer = await stage.baresip()
  await peer.dial('agent1')
  const call = await phone.rings()
  expect(await phone.call(call)).toMatchObject({ number: 'customer2' })
  await phone.send({ type: 'accept', callId: call })
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.baresip)
  await peer.hears(PITCH.agent1)
  await peer.hangUp()
  await phone.becomes(call, 'ended')
})

test('a caller with a tel: address rings with that number, each hears the other, and holding and hanging up work', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media, { fromUri: 'tel:+4930901820' }), { to: 'agent1' })
  const call = await phone.rings()
  expect(await phone.call(call)).toMatchObject({ phase: 'ringing', name: 'Ann Lee', number: '+4930901820' })
  await phone.send({ type: 'accept', callId: call })
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.sipp)
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'hold', callId: call, on: true })
  await phone.becomes(call, 'held')
  await peer.hearsNothing()
  await phone.send({ type: 'hold', callId: call, on: false })
  await phone.becomes(call, 'up')
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
})

test('linphone calls: each hears the other, and the agent hangs up', async () => {
  const phone = await stage.phone()
  const peer = await stage.linphone()
  peer.dial('agent1')
  const call = await phone.rings()
  await phone.send({ type: 'accept', callId: call })
  await phone.becomes(call, 'up')
  await phone.hears(call, PITCH.linphone)
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.shows(/Call \d+ with .* ended/)
})

test('the conversation that User-to-User names is the one of the call', async () => {
  const phone = await stage.phone()
  const conversation = '01931e9c-7d7e-7c3a-9d5e-2f0c6b1a4e11'
  const hex = Buffer.from(conversation).toString('hex')
  const peer = await stage.sipp((media) => caller(media, { headers: [`User-to-User: ${hex};encoding=hex`] }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  expect((await phone.call(call))?.conversationId).toBe(conversation)
})

test('a caller who gives up stops the ringing', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => cancelling(media, 400), { to: 'agent1' })
  const call = await phone.rings()
  await phone.becomes(call, 'ended')
  await peer.done()
  expect((await phone.call(call))?.answeredAt).toBeUndefined()
})

test('a CANCEL that crosses the answer leaves no call on either side, whichever comes first', async () => {
  const phone = await stage.phone()
  for (const [index, ms] of [1, 5, 10, 15, 20, 25, 30, 40].entries()) {
    const peer = await stage.sipp((media) => crossing(media, ms), { to: 'agent1', patient: true })
    const call = await phone.rings(index + 1)
    await phone.send({ type: 'accept', callId: call })
    await peer.done()
    await phone.becomes(call, 'ended')
  }
})

test('declined is 603, declined as busy is 486', async () => {
  const phone = await stage.phone()
  const first = await stage.sipp((media) => refused(media, 603), { to: 'agent1' })
  await phone.send({ type: 'decline', callId: await phone.rings(1) })
  await first.done()
  const second = await stage.sipp((media) => refused(media, 486), { to: 'agent1' })
  await phone.send({ type: 'decline', callId: await phone.rings(2), busy: true })
  await second.done()
})

test('an offer that comes late, in the answer to ours, gives sound both ways', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media, { lateOffer: true }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
})

test('an offer that is one part of several is found, and each hears the other', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media, { inParts: true }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
})

test('a hold asked for before the far end has confirmed our answer waits for that, and the call lives', async () => {
  const phone = await stage.phone()
  const peer = await stage.sipp((media) => caller(media, { ackAfterMs: 400 }), { to: 'agent1' })
  const call = await phone.rings()
  await phone.send({ type: 'accept', callId: call })
  await phone.becomes(call, 'up')
  await phone.send({ type: 'hold', callId: call, on: true })
  await phone.becomes(call, 'held')
  await peer.logs('REINVITE a=sendonly')
  await phone.send({ type: 'hold', callId: call, on: false })
  await phone.hears(call, PITCH.sipp)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
})

test('a second call waits; taking it holds the first; each in turn is heard alone', async () => {
  const phone = await stage.phone()
  const first = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const one = await stage.answered(phone, first)
  const second = await stage.sipp((media) => caller(media), { to: 'agent1', from: 'customer2', name: 'Bo Chen', hz: PITCH.other })
  const two = await phone.rings(2)
  expect(await phone.call(two)).toMatchObject({ phase: 'ringing', name: 'Bo Chen' })
  // A soft beep, and not the bell, into a call.
  const heard = await phone.tones()
  expect(heard.slice(heard.indexOf('off') + 1)).toContain('beep')
  expect(heard.slice(heard.indexOf('off') + 1)).not.toContain('ring')
  await phone.send({ type: 'accept', callId: two })
  await phone.becomes(two, 'up')
  await phone.becomes(one, 'held')
  await first.logs('REINVITE a=sendonly')
  await phone.hears(two, PITCH.other)
  await phone.hearsNothing(one)
  await second.hears(PITCH.agent1)
  await first.hearsNothing()
  await phone.send({ type: 'hold', callId: one, on: false })
  await phone.becomes(one, 'up')
  await phone.becomes(two, 'held')
  await phone.hears(one, PITCH.sipp)
  await first.hears(PITCH.agent1)
  await second.hearsNothing()
  await phone.send({ type: 'hang-up', callId: one })
  await phone.send({ type: 'hang-up', callId: two })
  await first.done()
  await second.done()
})

for (const header of [`Call-Info: <sip:${REALM}>;answer-after=0`, 'Alert-Info: <http://127.0.0.1/>;info=alert-autoanswer'])
  test(`an INVITE that asks by ${header.split(':')[0]} to be answered at once is`, async () => {
    const phone = await stage.phone()
    const peer = await stage.sipp((media) => caller(media, { headers: [header] }), { to: 'agent1' })
    const call = await phone.rings()
    await phone.becomes(call, 'up')
    await phone.hears(call, PITCH.sipp)
    await peer.hears(PITCH.agent1)
    expect(await phone.call(call)).toMatchObject({ autoAnswered: true })
  })

test('such a wish is passed over where the account does not obey it: it rings until a hand answers', async () => {
  const phone = await stage.phone({ account: { autoAnswer: { headers: false, queues: [] } } })
  const peer = await stage.sipp((media) => caller(media, { headers: [`Call-Info: <sip:${REALM}>;answer-after=0`] }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  expect(await phone.call(call)).not.toMatchObject({ autoAnswered: true })
  await peer.hears(PITCH.agent1)
})

test('do not disturb is 486, and the call is remembered as refused', async () => {
  const phone = await stage.phone()
  await phone.send({ type: 'do-not-disturb', on: true })
  const peer = await stage.sipp((media) => refused(media, 486), { to: 'agent1' })
  await peer.done()
  expect((await phone.state()).refused).toMatchObject([{ number: 'customer1', why: 'do-not-disturb' }])
})

test('a phone of one line is busy for a second caller, and the first one notices nothing', async () => {
  const phone = await stage.phone({ account: { lines: 1 } })
  const first = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, first)
  const second = await stage.sipp((media) => refused(media, 486), { to: 'agent1', from: 'customer2' })
  await second.done()
  expect((await phone.state()).refused).toMatchObject([{ number: 'customer2', why: 'no-line-free' }])
  await phone.hears(call, PITCH.sipp)
  await first.hears(PITCH.agent1)
})

test('another header than User-to-User can name the conversation', async () => {
  const phone = await stage.phone({ account: { conversationHeader: 'X-Contact' } })
  const conversation = '01931e9c-7d7e-7c3a-9d5e-2f0c6b1a4e11'
  const peer = await stage.sipp((media) => caller(media, { headers: [`X-Contact: ${conversation}`] }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  expect((await phone.call(call))?.conversationId).toBe(conversation)
})
