import { expect, test } from 'vitest'
import { setStage } from './lab/stage.ts'
import { PITCH } from './lab/tones.ts'
import { until } from './lab/until.ts'
import { caller } from './peers/scenarios.ts'

const stage = setStage()

test('what a far end loses is measured, warned of, and cleared when it is better; the record of the call has all of it', {
  timeout: 75_000
}, async () => {
  const phone = await stage.phone()
  const conversation = '01931e9c-7d7e-7c3a-9d5e-2f0c6b1a4e11'
  const hex = Buffer.from(conversation).toString('hex')
  const peer = await stage.sipp((media) => caller(media, { headers: [`User-to-User: ${hex};encoding=hex`] }), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  const look = async () => (await phone.view()).quality[call]
  const warned = async () => (await look())?.warnings.some(({ kind }) => kind === 'high-packet-loss') ?? false
  const whole = await until('it is measured', async () => {
    const now = await look()
    return now?.mos !== undefined && now.lossRatio !== undefined && now.jitterMs !== undefined && now
  })
  expect(whole).toMatchObject({ codec: 'PCMU' })
  expect(whole.mos).toBeGreaterThan(4)

  peer.rtp.lose(0.1)
  await until('the loss is warned of', warned, { withinMs: 20_000, seen: look })
  const bad = await look()
  expect(bad?.lossRatio).toBeGreaterThan(0.05)
  expect(bad?.lossRatio).toBeLessThan(0.2)
  expect(bad?.mos).toBeLessThan(whole.mos ?? 0)
  await phone.hears(call, PITCH.sipp)

  peer.rtp.lose(0)
  await until('the warning is cleared', async () => !(await warned()), { withinMs: 30_000, seen: look })
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
  const [record] = await until('the record is told', async () => {
    const told = await phone.told('quality')
    return told.length > 0 && told
  })
  expect(record?.with).toMatchObject({ callId: call, conversationId: conversation, codec: expect.stringMatching(/^PCMU/) })
  expect(JSON.stringify(record?.with)).toMatch(/"kind":"high-packet-loss","raisedAt":\d+,"clearedAt":\d+/)
})
