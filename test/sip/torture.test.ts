import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createPbx } from '../../src-main/practice/pbx/pbx.ts'
import { REALM } from './lab/kamailio.ts'
import { setStage } from './lab/stage.ts'
import { openTap, probeOf } from './lab/tap.ts'
import { PITCH } from './lab/tones.ts'
import { until } from './lab/until.ts'
import { caller } from './peers/scenarios.ts'
import { type Odd, oddMessages, type Reaction } from './torture/messages.ts'
import { conformance } from './torture/table.ts'

const stage = setStage()
const TABLE = join(import.meta.dirname, '../../docs/sip-conformance.md')

const addressed = ({ message }: Odd, me: string, domain: string): string | Uint8Array =>
  typeof message === 'string' ? message.replaceAll('sip:practice@%d', me).replaceAll('%d', domain) : message

const reactionOf = (answers: readonly string[]): Reaction => {
  const [first, ...others] = answers.map((text) => Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1]))
  if (others.length > 0) throw new Error(`more than one answer: ${answers.join('\n')}`)
  return first ?? 'no answer'
}

async function atThePhone(odds: readonly Odd[]): Promise<Map<string, Reaction>> {
  const tap = await openTap(`ws://127.0.0.1:${stage.lab.proxy.wsPort}`)
  stage.lab.onClose(() => tap.close())
  const phone = await stage.phone({ account: { servers: [`ws://127.0.0.1:${tap.port}`] } })
  const me = `sip:agent1@${REALM}`
  const reactions = new Map<string, Reaction>()
  for (const odd of odds) {
    tap.clear()
    tap.inject(addressed(odd, me, REALM))
    await tap.probe(me)
    reactions.set(odd.name, reactionOf(tap.answers))
  }
  // After all that a call is answered, and heard both ways.
  const peer = await stage.sipp((media) => caller(media), { to: 'agent1' })
  const call = await stage.answered(phone, peer)
  await peer.hears(PITCH.agent1)
  await phone.send({ type: 'hang-up', callId: call })
  await peer.done()
  return reactions
}

async function atThePbx(odds: readonly Odd[]): Promise<Map<string, Reaction>> {
  const pbx = await createPbx()
  stage.lab.onClose(() => pbx.close())
  const { server, domain } = pbx.account('odd')
  const me = `sip:practice@${domain}`
  const reactions = new Map<string, Reaction>()
  for (const [index, odd] of odds.entries()) {
    // A connection for each: what is beyond all measure costs the sender its own.
    const socket = new WebSocket(server, ['sip'])
    const came: string[] = []
    socket.on('message', (data) => came.push(data.toString()))
    socket.on('error', () => {})
    await until('the PBX takes connections', () => socket.readyState === WebSocket.OPEN)
    socket.send(addressed(odd, me, domain))
    const probe = probeOf(me, index)
    socket.send(probe.text)
    await until('the probe is answered', () => came.some((text) => text.includes(probe.callId)) || socket.readyState !== WebSocket.OPEN)
    reactions.set(odd.name, reactionOf(came.filter((text) => !text.includes(probe.callId))))
    socket.close()
  }
  expect(pbx.counts().crashed).toBe(0)
  return reactions
}

test('odd messages (RFC 4475) get the right reaction of softphone and practice PBX, and a call works afterwards', async () => {
  const odds = oddMessages()
  const [phone, pbx] = [await atThePhone(odds), await atThePbx(odds)]
  const wrong = odds.flatMap(({ name, ...wanted }) => [
    ...(phone.get(name) === wanted.phone ? [] : [`softphone, ${name}: ${phone.get(name)} instead of ${wanted.phone}`]),
    ...(pbx.get(name) === wanted.pbx ? [] : [`practice PBX, ${name}: ${pbx.get(name)} instead of ${wanted.pbx}`])
  ])
  expect(wrong).toEqual([])
  const table = conformance(odds.map((odd) => ({ odd, phone: phone.get(odd.name) ?? 'no answer', pbx: pbx.get(odd.name) ?? 'no answer' })))
  if (process.env['SIDETONE_WRITE_DOCS']) writeFileSync(TABLE, table)
  expect(existsSync(TABLE) ? readFileSync(TABLE, 'utf8') : 'docs/sip-conformance.md is not there').toBe(table)
})
