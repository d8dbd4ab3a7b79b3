import { expect, test } from 'vitest'
import type { AgentUa, DialogView } from './agent-ua.ts'
import { dial, pickUp } from './dialling.ts'
import { type House, openHouse } from './house.ts'
import type { PhoneMedia } from './phone-media.ts'

const directionOf = (sdp: string): string => /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(sdp)?.[1] ?? ''
type Phone = { ua: AgentUa; dialog: DialogView; media: PhoneMedia }

/** Two agents who talk to each other. */
async function two(house: House): Promise<{ lin: Phone; tom: Phone }> {
  const [lin, tom] = [await house.phone('agent-lin'), await house.phone('agent-tom')]
  const media = house.media()
  const [picked, { final, dialog, cseq }] = await Promise.all([pickUp(house, tom), dial(lin, 'agent-tom', { body: await media.offer() })])
  lin.send(dialog, 'ACK', { cseq })
  await media.accept(final.body)
  await house.event('answered')
  return { lin: { ua: lin, dialog, media }, tom: { ua: tom, dialog: picked.dialog, media: picked.media } }
}
async function offer({ ua, dialog, media }: Phone, direction: 'sendonly' | 'sendrecv'): Promise<string> {
  media.direction(direction)
  const answer = await ua.ask(dialog, 'INVITE', { body: await media.offer() })
  await media.accept(answer.body)
  return directionOf(answer.body)
}
async function hears({ ua, media }: Phone): Promise<string> {
  const asked = await ua.request('INVITE')
  const offered = directionOf(asked.body)
  media.direction('sendrecv')
  ua.respond(asked, 200, { tag: 'x', body: await media.answer(asked.body) })
  await ua.request('ACK')
  return offered
}

test.each([
  ['who dialled', 'lin', 'tom'],
  ['who was dialled', 'tom', 'lin']
] as const)('%s holds: the other agent is told, and told again when it is over', async (_, holder, other) => {
  const house = await openHouse()
  const phones = await two(house)
  await offer(phones[holder], 'sendonly')
  expect(await hears(phones[other])).toBe('sendonly')
  await offer(phones[holder], 'sendrecv')
  expect(await hears(phones[other])).toBe('sendrecv')
})

test('an agent whose own re-INVITE crosses that is told all the same', async () => {
  const house = await openHouse()
  const { lin, tom } = await two(house)
  await offer(lin, 'sendonly')
  const asked = await tom.ua.request('INVITE')
  tom.ua.respond(asked, 491, { tag: 'x' })
  await tom.ua.request('ACK')
  expect(await hears(tom)).toBe('sendonly')
})

test('hold and resume in quick turns leave the other agent with the last of them', async () => {
  const house = await openHouse()
  const { lin, tom } = await two(house)
  await offer(lin, 'sendonly')
  const asked = await tom.ua.request('INVITE')
  await offer(lin, 'sendrecv')
  tom.ua.respond(asked, 200, { tag: 'x', body: await tom.media.answer(asked.body) })
  await tom.ua.request('ACK')
  expect(await hears(tom)).toBe('sendrecv')
})
