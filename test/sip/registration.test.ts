import { expect, test } from 'vitest'
import { setStage } from './lab/stage.ts'
import { until } from './lab/until.ts'

const stage = setStage()

test('the softphone registers at Kamailio with its digest secret and a GRUU of its own', async () => {
  const phone = await stage.phone()
  const contacts = await until('Kamailio knows the contact', async () => {
    const found = await stage.lab.proxy.contacts('agent1')
    return found.length > 0 && found
  })
  expect(contacts).toHaveLength(1)
  const answered = (await phone.frames()).filter(
    ({ sent, text }) => !sent && text.startsWith('SIP/2.0') && /^CSeq: \d+ REGISTER/im.test(text)
  )
  expect(answered.map(({ text }) => text.slice(8, 11))).toEqual(['401', '200'])
  expect(answered[1]?.text).toMatch(/pub-gruu=/)
})

test('a registrar that offers SHA-256 before MD5 is answered too', async () => {
  const phone = await stage.phone({ user: 'choosy' })
  expect((await phone.frames()).some(({ sent, text }) => !sent && /algorithm=SHA-256/.test(text))).toBe(true)
})

test('a wrong password is said, and tried again with growing pauses', async () => {
  const phone = await stage.phone({ account: { secret: 'wrong' }, unregistered: true })
  const refused = async () => {
    const { line } = await phone.state()
    return line.registration === 'refused' && line
  }
  expect((await until('refused', refused)).reason).toMatch(/^40[13] /)
  await until('it is tried again', async () => (await phone.state()).line.attempt >= 2)
  expect(await stage.lab.proxy.contacts('agent1')).toEqual([])
})

test('a registrar that went down and came back has the softphone again', async () => {
  const phone = await stage.phone()
  const readiness = async () => (await phone.view()).readiness
  const ready = () => until('the phone is ready', async () => (await readiness()).ready, { withinMs: 20_000, seen: readiness })
  await ready()
  await stage.lab.proxy.kill()
  await until('the loss is shown', async () => (await phone.state()).line.registration !== 'registered')
  await until('the phone is not ready, and why', async () => {
    const now = await readiness()
    return !now.ready && now.cause === 'not-registered'
  })
  await stage.lab.proxy.start()
  await phone.registered(20_000)
  await ready()
  await until('Kamailio knows the contact', async () => (await stage.lab.proxy.contacts('agent1')).length === 1)
})

test('a cut socket is opened again and registered', async () => {
  const phone = await stage.phone()
  stage.lab.cable.cut()
  await until('the loss is shown', async () => (await phone.state()).line.registration !== 'registered')
  stage.lab.cable.mend()
  await phone.registered(20_000)
})

test('a socket that is there but carries nothing is found out, and replaced', async () => {
  const phone = await stage.phone()
  const before = stage.lab.cable.made
  stage.lab.cable.freeze()
  await phone.send({ type: 'hurry' })
  await until('the loss is shown', async () => (await phone.state()).line.registration !== 'registered', { withinMs: 15_000 })
  stage.lab.cable.mend()
  await phone.registered(20_000)
  expect(stage.lab.cable.made).toBeGreaterThan(before)
})
