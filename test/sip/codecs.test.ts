import { expect, test } from 'vitest'
import type { Softphone } from './lab/softphone.ts'
import { setStage } from './lab/stage.ts'
import { PITCH } from './lab/tones.ts'
import { until } from './lab/until.ts'

const stage = setStage()

/** What baresip calls the codecs, in an order that is nobody's here. */
const ABLE = ['pcmu/8000/1', 'pcma/8000/1', 'opus/48000/2', 'g722/16000/1']

const codecOf = (phone: Softphone, callId: string) =>
  until('the codec is measured', async () => (await phone.view()).quality[callId]?.codec, { withinMs: 15_000 })

for (const wanted of [['opus', 'G722'], ['G722', 'PCMA', 'opus'], ['PCMA', 'PCMU', 'G722'], ['PCMU']] as const)
  test(`asked for ${wanted.join(', ')}, a call to baresip is spoken in ${wanted[0]}, and each hears the other`, async () => {
    const phone = await stage.phone({ account: { codecs: [...wanted] } })
    const peer = await stage.baresip({ answers: 'auto', codecs: ABLE })
    const call = await phone.dial(peer.user)
    await phone.becomes(call, 'up')
    await phone.hears(call, PITCH.baresip)
    await peer.hears(PITCH.agent1)
    expect((await codecOf(phone, call)).toLowerCase()).toContain(wanted[0].toLowerCase())
  })

test('a far end that can only the last of our codecs is spoken with in that one', async () => {
  const phone = await stage.phone({ account: { codecs: ['opus', 'G722', 'PCMU', 'PCMA'] } })
  const peer = await stage.baresip({ codecs: ['pcma/8000/1'] })
  await peer.dial('agent1')
  const call = await phone.rings()
  await phone.send({ type: 'accept', callId: call })
  await phone.hears(call, PITCH.baresip)
  await peer.hears(PITCH.agent1)
  expect((await codecOf(phone, call)).toUpperCase()).toContain('PCMA')
})
