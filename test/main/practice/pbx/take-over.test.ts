import { describe, expect, test } from 'vitest'
import { tone } from '../../../../src-main/practice/pbx/ulaw.ts'
import { folder } from '../recordings/folder.ts'
import type { AgentUa, DialogView } from './agent-ua.ts'
import { dial, dialled, loud, pickUp } from './dialling.ts'
import { answeredCall, type House, openHouse } from './house.ts'
import type { PhoneMedia } from './phone-media.ts'
import { until } from './until.ts'

const replacesOf = (dialog: DialogView): string => `Replaces: ${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`
const hold = async (ua: AgentUa, dialog: DialogView, media: PhoneMedia): Promise<void> => {
  media.direction('sendonly')
  const cseq = ua.send(dialog, 'INVITE', { body: await media.offer() })
  await media.accept((await ua.final('INVITE', dialog.callId, cseq)).body)
  ua.send(dialog, 'ACK', { cseq })
}
const hears = async (house: House, media: PhoneMedia): Promise<void> => {
  void house.pbx.play('call-7', tone(440, 2_000, 0.6))
  await until('the customer is heard', () => loud(media))
}
const kinds = (house: House): string[] => house.events.map(({ type }) => type).filter((type) => ['held', 'resumed', 'ended'].includes(type))

describe('a page that comes up again', () => {
  test('takes back a call that was on hold: it is talked on, and that is told', async () => {
    const house = await openHouse()
    const before = await house.phone('agent-lin')
    const { dialog, media } = await answeredCall(house, before)
    await hold(before, dialog, media)
    await house.event('held')
    before.cut()
    const after = await house.phone('agent-lin')
    const fresh = await dialled(house, after, 'recover', [replacesOf(dialog)])
    expect(await house.event('resumed')).toMatchObject({ callId: 'call-7', user: 'agent-lin' })
    await hears(house, fresh.media)
    expect(kinds(house)).toEqual(['held', 'resumed'])
  })

  test('takes back a call that was on hold and keeps it there', async () => {
    const house = await openHouse()
    const before = await house.phone('agent-lin')
    const { dialog, media } = await answeredCall(house, before)
    await hold(before, dialog, media)
    await house.event('held')
    before.cut()
    const after = await house.phone('agent-lin')
    const next = house.media()
    next.direction('sendonly')
    const { final, dialog: fresh, cseq } = await dial(after, 'recover', { body: await next.offer(), lines: [replacesOf(dialog)] })
    after.send(fresh, 'ACK', { cseq })
    await next.accept(final.body)
    await house.event('held')
    expect(kinds(house)).toEqual(['held', 'held'])
  })

  test('takes back a call whose audio is gone', async () => {
    const house = await openHouse()
    const before = await house.phone('agent-lin')
    const { dialog, media } = await answeredCall(house, before)
    before.cut()
    await media.close()
    const after = await house.phone('agent-lin')
    const fresh = await dialled(house, after, 'recover', [replacesOf(dialog)])
    await hears(house, fresh.media)
    expect(kinds(house)).toEqual([])
  })

  test('goes on with the same recording, and a pause stays a pause', async () => {
    const { recordings } = folder({ now: Date.now })
    const house = await openHouse({ recordings })
    const before = await house.phone('agent-lin')
    const { dialog } = await answeredCall(house, before)
    const { recordingId } = await house.event('recording-started')
    house.pbx.recorder.pause('call-7', { reason: 'payment' })
    before.cut()
    const after = await house.phone('agent-lin')
    await dialled(house, after, 'recover', [replacesOf(dialog)])
    await until('taken back', () => house.events.filter(({ type }) => type === 'answered').length === 2)
    expect(house.pbx.recorder.state('call-7')).toBe('paused')
    house.pbx.hangUp('call-7', 'customer')
    expect(await house.event('recorded')).toMatchObject({ recordingId })
    expect(house.events.filter(({ type }) => type === 'recording-started')).toHaveLength(1)
  })

  test('takes back a call with a colleague, from either end', async () => {
    const house = await openHouse()
    const [lin, tom] = [await house.phone('agent-lin'), await house.phone('agent-tom')]
    const [mine, theirs] = await Promise.all([dialled(house, lin, 'agent-tom'), pickUp(house, tom)])
    await house.event('answered')
    const toms = await dialled(house, tom, 'recover', [replacesOf(theirs.dialog)])
    await tom.request('BYE')
    const lins = await dialled(house, lin, 'recover', [replacesOf(mine.dialog)])
    await lin.request('BYE')
    toms.media.speak(tone(700, 500, 0.6))
    await until('Lin hears Tom', () => loud(lins.media))
    lins.media.speak(tone(700, 500, 0.6))
    await until('Tom hears Lin', () => loud(toms.media))
  })
})
