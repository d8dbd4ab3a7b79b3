import { describe, expect, test } from 'vitest'
import { tone } from '../../../../src-main/practice/pbx/ulaw.ts'
import { encodeUserToUser } from '../../../../src-main/practice/pbx/uui.ts'
import type { AgentUa, DialogView } from './agent-ua.ts'
import { dial, dialled, loud, pickUp, sipfrags } from './dialling.ts'
import { answeredCall, CALL, openHouse } from './house.ts'
import { until } from './until.ts'

describe('dialling', () => {
  test('an echo sends back what the agent says', async () => {
    const house = await openHouse()
    const ua = await house.phone('agent-lin')
    const { media, dialog } = await dialled(house, ua, '600', [`User-to-User: ${encodeUserToUser('conversation-9')}`])
    expect(await house.event('answered')).toMatchObject({ callId: dialog.callId, conversationId: 'conversation-9', user: 'agent-lin' })
    media.speak(tone(700, 500, 0.6))
    await until('the echo', () => loud(media))
    expect((await ua.ask(dialog, 'BYE')).status).toBe(200)
    expect(await house.event('ended')).toMatchObject({ by: 'agent' })
  })

  test('a number rings back, an unknown name is not found, and the plan can be another', async () => {
    const house = await openHouse({
      dialplan: (number) =>
        number === '1' ? { type: 'announcement', ulaw: tone(500, 400, 0.6), loop: true } : { type: 'refuse', status: 404 }
    })
    const ua = await house.phone('agent-lin')
    const { media } = await dialled(house, ua, '1')
    await until('the announcement', () => loud(media))
    expect((await dial(ua, 'nobody', { body: await house.media().offer() })).final.status).toBe(404)
    expect(await house.event('refused')).toMatchObject({ status: 404 })
  })

  test('an INVITE without a description gets an offer, and its ACK answers it', async () => {
    const house = await openHouse()
    const ua = await house.phone('agent-lin')
    const { final, dialog, cseq } = await dial(ua, '600')
    const media = house.media()
    ua.send(dialog, 'ACK', { cseq, body: await media.answer(final.body) })
    await house.event('answered')
    media.speak(tone(700, 500, 0.6))
    await until('the echo', () => loud(media))
  })

  test('is given up with CANCEL while a colleague rings', async () => {
    const house = await openHouse()
    const lin = await house.phone('agent-lin')
    const tom = await house.phone('agent-tom')
    const { final } = await dial(lin, 'agent-tom', {
      body: await house.media().offer(),
      onInvite(dialog, branch) {
        tom.request('INVITE').then(
          (invite) => {
            tom.respond(invite, 180, { tag: 'x' })
            lin.send(dialog, 'CANCEL', { cseq: dialog.cseq, branch })
          },
          (error: unknown) => house.lines.push(String(error))
        )
      }
    })
    expect(final.status).toBe(487)
    await tom.request('CANCEL')
    expect(await house.event('ended')).toMatchObject({ by: 'agent' })
  })

  test('needs an account, and a description that can be used', async () => {
    const house = await openHouse()
    const ua = await house.phone('agent-lin')
    expect((await dial(ua, '600', { body: 'v=0\r\nm=audio 9 RTP/AVP 8\r\n' })).final.status).toBe(488)
    expect((await dial({ ...ua, account: { ...ua.account, secret: 'guess' } }, '600')).final.status).toBe(403)
  })

  test('a colleague joins two agents', async () => {
    const house = await openHouse()
    const lin = await house.phone('agent-lin')
    const tom = await house.phone('agent-tom')
    const [mine, theirs] = await Promise.all([dialled(house, lin, 'agent-tom'), pickUp(house, tom)])
    mine.media.speak(tone(700, 500, 0.6))
    await until('Tom hears Lin', () => loud(theirs.media))
    theirs.media.speak(tone(900, 500, 0.6))
    await until('Lin hears Tom', () => loud(mine.media))
    tom.send(theirs.dialog, 'BYE')
    await lin.request('BYE')
  })
})

describe('transfer', () => {
  test('blind, to a colleague: the customer goes on talking there', async () => {
    const house = await openHouse()
    const lin = await house.phone('agent-lin')
    const tom = await house.phone('agent-tom')
    const { dialog } = await answeredCall(house, lin)
    const refer = lin.ask(dialog, 'REFER', { lines: [`Refer-To: <sip:agent-tom@${lin.account.domain}>`] })
    const there = await pickUp(house, tom)
    expect((await refer).status).toBe(202)
    expect(await house.event('refer')).toMatchObject({ target: 'agent-tom', user: 'agent-lin', callId: 'call-7' })
    expect(there.invite.header('User-to-User')).toBe(encodeUserToUser('conversation-7'))
    expect(await sipfrags(lin, '200')).toEqual(['100 Trying', '180 Ringing', '200 OK'])
    await lin.request('BYE')
    await until('Tom has the call', () => house.events.find((event) => event.type === 'answered' && event.user === 'agent-tom'))
    const line = house.pbx.play('call-7', tone(440, 1_000, 0.6))
    await until('Tom hears the customer', () => loud(there.media))
    await line
    tom.send(there.dialog, 'BYE')
    expect(await house.event('ended')).toMatchObject({ callId: 'call-7', user: 'agent-tom', by: 'agent' })
  })

  test('blind, by an agent who hangs up at once: the colleague still gets the customer', async () => {
    const house = await openHouse()
    const lin = await house.phone('agent-lin')
    const tom = await house.phone('agent-tom')
    const { dialog } = await answeredCall(house, lin)
    await lin.ask(dialog, 'REFER', { lines: [`Refer-To: <sip:agent-tom@${lin.account.domain}>`] })
    expect((await lin.ask(dialog, 'BYE')).status).toBe(200)
    await pickUp(house, tom)
    await until('Tom has the call', () => house.events.find((event) => event.type === 'answered' && event.user === 'agent-tom'))
    expect(house.events.map(({ type }) => type)).not.toContain('ended')
  })

  test('blind, to somebody busy: the call stays', async () => {
    const house = await openHouse()
    const lin = await house.phone('agent-lin')
    const tom = await house.phone('agent-tom')
    const { dialog } = await answeredCall(house, lin)
    const refer = lin.ask(dialog, 'REFER', { lines: [`Refer-To: <sip:agent-tom@${lin.account.domain}>`] })
    tom.respond(await tom.request('INVITE'), 486, { tag: 'x' })
    expect((await refer).status).toBe(202)
    expect(await sipfrags(lin, '486')).toContain('486 Busy Here')
    expect(house.events.map(({ type }) => type)).not.toContain('ended')
    expect((await lin.ask(dialog, 'REFER', { lines: ['Refer-To: <sip:nobody@x.invalid>'] })).status).toBe(202)
    expect(await sipfrags(lin, '404')).toContain('404 Not Found')
    expect((await lin.ask(dialog, 'BYE')).status).toBe(200)
  })

  test('blind, to a number: the customer leaves the house', async () => {
    const house = await openHouse()
    const lin = await house.phone('agent-lin')
    const { dialog } = await answeredCall(house, lin)
    await lin.ask(dialog, 'REFER', { lines: ['Refer-To: sip:+4930555@x.invalid'] })
    expect(await house.event('refer')).toMatchObject({ target: '+4930555' })
    expect(await sipfrags(lin, '200')).toContain('200 OK')
    await lin.request('BYE')
    expect(await house.event('ended')).toMatchObject({ by: 'agent' })
  })

  test('carried out by the centre instead: the agent is told that it went well', async () => {
    const house = await openHouse()
    const lin = await house.phone('agent-lin')
    const { dialog } = await answeredCall(house, lin)
    house.pbx.on((event) => {
      if (event.type === 'refer') house.pbx.hangUp(event.callId, 'centre')
    })
    await lin.ask(dialog, 'REFER', { lines: ['Refer-To: <sip:queue-cards@x.invalid>'] })
    expect(await sipfrags(lin, '200')).toContain('200 OK')
    await lin.request('BYE')
    expect(await house.event('ended')).toMatchObject({ by: 'centre' })
  })

  test('attended: the consulted colleague gets the customer', async () => {
    const house = await openHouse()
    const lin = await house.phone('agent-lin')
    const tom = await house.phone('agent-tom')
    const { dialog } = await answeredCall(house, lin)
    const [consult, there] = await Promise.all([dialled(house, lin, 'agent-tom'), pickUp(house, tom)])
    await until('both talk', () => house.events.filter(({ type }) => type === 'answered').length === 2 || undefined, 5_000)
    const replaces = encodeURIComponent(`${consult.dialog.callId};to-tag=${consult.dialog.remoteTag};from-tag=${consult.dialog.localTag}`)
    const refer = await lin.ask(dialog, 'REFER', { lines: [`Refer-To: <sip:agent-tom@${lin.account.domain}?Replaces=${replaces}>`] })
    expect(refer.status).toBe(202)
    expect(await sipfrags(lin, '200')).toContain('200 OK')
    await lin.request('BYE')
    await lin.request('BYE')
    void house.pbx.play('call-7', tone(440, 2_000, 0.6))
    await until('Tom hears the customer', () => loud(there.media))
    expect(house.events.filter((event) => event.type === 'ended' && event.callId === 'call-7')).toEqual([])
    house.pbx.hangUp('call-7', 'customer')
    await tom.request('BYE')
  })

  test('is refused without a usable Refer-To, and tells when there is nothing to replace', async () => {
    const house = await openHouse()
    const lin = await house.phone('agent-lin')
    const { dialog } = await answeredCall(house, lin)
    for (const lines of [
      [],
      ['Refer-To: <tel:+4930555>'],
      ['Refer-To: <sip:a@b.invalid>', 'Refer-To: <sip:c@b.invalid>'],
      ['Refer-To: <sip:a@b.invalid?Replaces=x>']
    ]) {
      expect((await lin.ask(dialog, 'REFER', { lines })).status).toBe(400)
    }
    await lin.ask(dialog, 'REFER', { lines: ['Refer-To: <sip:a@b.invalid?Replaces=x%3Bto-tag%3D1%3Bfrom-tag%3D2>'] })
    expect(await sipfrags(lin, '481')).toContain('481 Call/Transaction Does Not Exist')
  })
})

describe('a reloaded page', () => {
  const replacesOf = (dialog: DialogView): string => `Replaces: ${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`

  test('takes its call back with Replaces: the customer hears no end', async () => {
    const house = await openHouse()
    const before = await house.phone('agent-lin')
    const { dialog } = await answeredCall(house, before)
    before.cut()
    const after = await house.phone('agent-lin')
    const media = house.media()
    const { final, dialog: fresh, cseq } = await dial(after, 'recover', { body: await media.offer(), lines: [replacesOf(dialog)] })
    expect(final.status).toBe(200)
    after.send(fresh, 'ACK', { cseq })
    await media.accept(final.body)
    await until('answered again', () => house.events.filter(({ type }) => type === 'answered').length === 2 || undefined)
    void house.pbx.play('call-7', tone(440, 2_000, 0.6))
    await until('the customer is heard', () => loud(media))
    expect(house.events.map(({ type }) => type)).not.toContain('ended')
    await after.ask(fresh, 'BYE')
    expect(await house.event('ended')).toMatchObject({ callId: 'call-7', conversationId: 'conversation-7', by: 'agent' })
  })

  test('cannot take what is not there or not its own', async () => {
    const house = await openHouse()
    const lin = await house.phone('agent-lin')
    const tom = await house.phone('agent-tom')
    const { dialog } = await answeredCall(house, lin)
    const as = async (ua: AgentUa, line: string): Promise<number> =>
      (await dial(ua, 'recover', { body: 'v=0\r\n', lines: [line] })).final.status
    expect(await as(tom, replacesOf(dialog))).toBe(403)
    expect(await as(lin, replacesOf({ ...dialog, localTag: 'other' }))).toBe(481)
    expect(await as(lin, replacesOf({ ...dialog, callId: 'other' }))).toBe(481)
    expect(await as(lin, `${replacesOf(dialog)};early-only`)).toBe(486)
    expect(await as(lin, 'Replaces: nonsense')).toBe(400)
    expect(await as(lin, replacesOf(dialog))).toBe(488)
    expect((await lin.ask(dialog, 'OPTIONS')).status).toBe(200)
  })

  test('or is rung again by the centre for the same call', async () => {
    const house = await openHouse()
    const before = await house.phone('agent-lin')
    await answeredCall(house, before)
    before.cut()
    const after = await house.phone('agent-lin')
    house.pbx.ring({ ...CALL, user: 'agent-lin' })
    await pickUp(house, after)
    await until('answered again', () => house.events.filter(({ type }) => type === 'answered').length === 2 || undefined)
    expect(house.events.map(({ type }) => type)).not.toContain('ended')
  })
})
