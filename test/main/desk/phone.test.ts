import { afterEach, describe, expect, test } from 'vitest'
import type { PhoneSettingsInput } from '../../../src-shared/contract/phone.ts'
import { type Bench, buildDesk, settle } from '../../build/desk.ts'
import { buildEvents } from '../../build/events.ts'
import { dialogRecord } from '../../build/phone.ts'

const open: Bench[] = []
const SEAT = {
  servers: ['ws://127.0.0.1:5999'],
  domain: 'practice.invalid',
  user: 'agent-lin',
  secret: 'of-the-seat',
  displayName: 'Lin Yue'
}
const bench = (options: Parameters<typeof buildDesk>[0] = {}): Bench => {
  const one = buildDesk({ account: () => SEAT, ...options })
  open.push(one)
  return one
}
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

async function own(b: Bench, change: Partial<PhoneSettingsInput> = {}): Promise<PhoneSettingsInput> {
  const { hasSecret: _, reloadNeeded: __, iceServers: ___, ...settings } = await b.client.calls.phoneSettings()
  return {
    ...settings,
    source: 'own',
    servers: ['wss://sip1.bank.example/ws', 'wss://sip2.bank.example:7443'],
    domain: 'bank.example',
    user: '2001',
    iceServers: [],
    ...change
  }
}

describe('how the phone is set up', () => {
  test('begins with the built-in telephone system', async () => {
    const b = bench()
    expect(await b.client.calls.account()).toMatchObject({
      source: 'practice',
      servers: SEAT.servers,
      domain: 'practice.invalid',
      user: 'agent-lin',
      secret: 'of-the-seat',
      recorder: 'centre',
      park: { park: '*70', retrieve: '*71' },
      conversationHeader: 'User-to-User',
      codecs: ['opus', 'G722', 'PCMA', 'PCMU'],
      transcriber: { protocol: 'off', url: '' }
    })
    expect(await b.client.calls.phoneSettings()).toMatchObject({ source: 'practice', hasSecret: false })
  })

  test('to a PBX of its own is kept with its secrets, which never come out but to the phone', async () => {
    const b = bench()
    const saved = await b.client.calls.savePhoneSettings(
      await own(b, {
        secret: 'p4ss',
        iceServers: [{ urls: 'turn:turn.bank.example', username: 'u', credential: 'turnpass' }],
        codecs: ['PCMA', 'opus']
      })
    )
    for (const shown of [saved, await b.client.calls.phoneSettings()]) {
      expect(shown).toMatchObject({
        source: 'own',
        hasSecret: true,
        iceServers: [{ urls: 'turn:turn.bank.example', username: 'u', hasCredential: true }]
      })
      expect(JSON.stringify(shown)).not.toMatch(/p4ss|turnpass/)
    }
    b.restart()
    expect(await b.client.calls.account()).toMatchObject({
      servers: ['wss://sip1.bank.example/ws', 'wss://sip2.bank.example:7443'],
      domain: 'bank.example',
      user: '2001',
      secret: 'p4ss',
      codecs: ['PCMA', 'opus'],
      iceServers: [{ urls: 'turn:turn.bank.example', username: 'u', credential: 'turnpass' }]
    })
  })

  test('keeps a secret that was not told, and forgets one that was emptied', async () => {
    const b = bench()
    const turn = { urls: 'turn:turn.bank.example', username: 'u' }
    await b.client.calls.savePhoneSettings(await own(b, { secret: 'p4ss', iceServers: [{ ...turn, credential: 'turnpass' }] }))
    await b.client.calls.savePhoneSettings(await own(b, { iceServers: [turn] }))
    expect(await b.client.calls.account()).toMatchObject({ secret: 'p4ss', iceServers: [{ credential: 'turnpass' }] })
    await b.client.calls.savePhoneSettings(await own(b, { secret: '', iceServers: [{ ...turn, credential: '' }] }))
    expect(await b.client.calls.account()).toMatchObject({ secret: '', iceServers: [turn] })
    expect(await b.client.calls.phoneSettings()).toMatchObject({ hasSecret: false, iceServers: [{ hasCredential: false }] })
  })

  test.each<[string, Partial<PhoneSettingsInput>, string]>([
    ['a server that is no address', { servers: ['https://sip.bank.example'] }, 'servers.0'],
    ['a server that would end the page policy', { servers: ['wss://sip.bank.example;script-src'] }, 'servers.0'],
    ['a server twice', { servers: ['wss://a.example', 'wss://a.example'] }, 'servers.1'],
    ['no server', { servers: [] }, 'servers'],
    ['no codec', { codecs: [] }, 'codecs'],
    ['a codec twice', { codecs: ['opus', 'opus'] }, 'codecs'],
    ['a session timer under the RFC', { sessionExpiresS: 30 }, 'sessionExpiresS'],
    ['a recogniser without an address', { transcriber: { protocol: 'vosk', url: '' } }, 'transcriber.url'],
    ['a TURN server without a user', { iceServers: [{ urls: 'turn:turn.bank.example' }] }, 'iceServers.0.username'],
    ['an ICE server that is none', { iceServers: [{ urls: 'http://x' }] }, 'iceServers.0.urls'],
    ['a header that could carry another', { conversationHeader: 'X-Id\r\nEvil: 1' }, 'conversationHeader']
  ])('refuses %s and names the field', async (_name, change, field) => {
    const b = bench()
    await expect(b.client.calls.savePhoneSettings(await own(b, change))).rejects.toMatchObject({
      code: 'REFUSED',
      data: { code: 'invalid', field }
    })
    expect(await b.client.calls.phoneSettings()).toMatchObject({ source: 'practice' })
  })

  test('asks for a reload when the page may not reach a new server yet, and is audited without the secret', async () => {
    const allowed: string[][] = []
    const audited: [string, Record<string, string>][] = []
    const b = bench({
      allowServers: (sources) => {
        allowed.push([...sources])
        return allowed.length === 1
      },
      audit: (act, detail) => audited.push([act, detail])
    })
    const input = await own(b, { secret: 'p4ss', transcriber: { protocol: 'vosk', url: 'ws://127.0.0.1:2700/x' } })
    expect((await b.client.calls.savePhoneSettings(input)).reloadNeeded).toBe(true)
    expect((await b.client.calls.savePhoneSettings(input)).reloadNeeded).toBe(false)
    expect(allowed[0]).toEqual(['wss://sip1.bank.example', 'wss://sip2.bank.example:7443', 'ws://127.0.0.1:2700'])
    expect(audited[0]).toMatchObject(['phone-settings-saved', { source: 'own', user: '2001', secret: 'changed' }])
    expect(JSON.stringify(audited)).not.toContain('p4ss')
  })

  test('a seat without a phone has no account', async () => {
    const b = bench({ account: () => null })
    expect(await b.client.calls.account()).toBeNull()
  })
})

describe('dialogs that are up in the page', () => {
  test('are replaced as a whole and outlive the desk, not for ever', async () => {
    const b = bench()
    await b.client.calls.saveDialogs({ dialogs: [dialogRecord('a'), dialogRecord('b')] })
    await b.client.calls.saveDialogs({ dialogs: [dialogRecord('b', { muted: true })] })
    b.restart()
    expect(await b.client.calls.dialogs()).toEqual([dialogRecord('b', { muted: true })])
    b.timers.advance(12 * 3_600_000 - 1)
    expect(await b.client.calls.dialogs()).toHaveLength(1)
    b.timers.advance(1)
    expect(await b.client.calls.dialogs()).toEqual([])
    await b.client.calls.saveDialogs({ dialogs: [] })
    expect(await b.client.calls.dialogs()).toEqual([])
  })
})

describe('the history of my calls', () => {
  test('has what was talked, missed, declined, not reached and runs, newest first and in pages', async () => {
    const b = bench()
    const events = buildEvents(b.timers.now() - 600_000)
    const offered = (id: string, outcome?: 'declined' | 'timeout') => {
      events.chat({ conversationId: id, channel: 'voice', personId: 'agent-tom' })
      const offerId = `mine-${id}`
      events.add('conversation.offered', { offerId, personId: 'agent-lin', expiresAt: events.at + 1, summary: '' }, id)
      events.add('call.started', { callId: `call-${id}`, personId: 'agent-lin' }, id)
      if (outcome) events.add('conversation.offer-ended', { offerId, personId: 'agent-lin', outcome }, id)
      if (outcome) events.add('call.ended', { callId: `call-${id}`, by: 'centre', talkMs: 0, holdMs: 0 }, id)
    }
    offered('k1', 'declined')
    offered('k2', 'timeout')
    offered('k3')
    events.add('call.answered', { callId: 'call-k3', personId: 'agent-lin' }, 'k3')
    events.add('call.ended', { callId: 'call-k3', by: 'agent', talkMs: 61_000, holdMs: 0 }, 'k3')
    const quality = { callId: 'call-k3', personId: 'agent-lin', seconds: 61, mos: { average: 4.2, lowest: 3.9 }, warnings: [] }
    events.add('call.quality-recorded', quality, 'k3')
    events.chat({ conversationId: 'k4', channel: 'voice' })
    events.add('call.started', { callId: 'call-k4', personId: 'agent-lin', direction: 'out', number: '+12025550199' }, 'k4')
    events.add('call.ended', { callId: 'call-k4', by: 'agent', talkMs: 0, holdMs: 0 }, 'k4')
    offered('k5')
    await settle()
    await b.line.publish(...events.all)
    const { rows, more } = await b.client.calls.history({ limit: 50 })
    expect(more).toBe(false)
    expect(rows.map((row) => [row.conversationId, row.direction, row.outcome, row.talkMs, row.mos])).toEqual([
      ['k5', 'in', 'running', undefined, undefined],
      ['k4', 'out', 'not-reached', undefined, undefined],
      ['k3', 'in', 'talked', 61_000, 4.2],
      ['k2', 'in', 'missed', undefined, undefined],
      ['k1', 'in', 'declined', undefined, undefined]
    ])
    expect(rows.map((row) => row.number)).toContain('+12025550199')
    const page = await b.client.calls.history({ limit: 2 })
    expect(page.more).toBe(true)
    const next = await b.client.calls.history({ limit: 3, before: page.rows.at(-1)?.startedAt })
    expect([...page.rows, ...next.rows].map((row) => row.callId)).toEqual(rows.map((row) => row.callId))
  })
})

describe('a call that the centre did not offer', () => {
  test('is told apart in inbox and history: dialled, or for a call-back, though nobody gave a reason', async () => {
    const b = bench()
    const events = buildEvents(b.timers.now() - 60_000)
    const dialled = (id: string, more: { callbackId?: string } = {}) => {
      const about = {
        customerId: 'u1',
        channel: 'voice',
        queue: 'cards',
        language: 'en',
        reason: '',
        priority: 0,
        direction: 'out'
      } as const
      events.add('conversation.opened', { ...about, ...more }, id)
      events.add('conversation.assigned', { personId: 'agent-lin' }, id)
      events.add('call.started', { callId: `call-${id}`, personId: 'agent-lin', direction: 'out', number: '+12025550199' }, id)
    }
    dialled('k1')
    dialled('k2', { callbackId: 'b1' })
    events.chat({ conversationId: 'k3' })
    await settle()
    await b.line.publish(...events.all)
    const rows = await b.client.inbox.list({ view: 'mine' })
    const about = new Map(rows.map((row) => [row.conversationId, [row.direction, row.callbackId]]))
    expect([about.get('k1'), about.get('k2'), about.get('k3')]).toEqual([
      ['out', undefined],
      ['out', 'b1'],
      [undefined, undefined]
    ])
    const history = (await b.client.calls.history({ limit: 10 })).rows
    expect(history.map((row) => [row.conversationId, row.callbackId])).toEqual([
      ['k2', 'b1'],
      ['k1', undefined]
    ])
  })

  test('gets a conversation at once; the call-back that was accepted has one already', async () => {
    const b = bench()
    await settle()
    const call = { callId: 'a', direction: 'out', number: '+12025550101' } as const
    const { conversationId } = await b.client.calls.open(call)
    expect(b.line.sent).toMatchObject([{ type: 'call.open', data: { ...call, conversationId } }])
    const events = buildEvents()
    events.add(
      'conversation.opened',
      { customerId: 'x', channel: 'voice', queue: 'cards', language: 'en', reason: '', priority: 0, callbackId: 'b1' },
      'k9'
    )
    events.add('conversation.assigned', { personId: 'agent-lin' }, 'k9')
    await b.line.publish(...events.all)
    expect((await b.client.calls.open({ ...call, callId: 'b', callbackId: 'b1' })).conversationId).toBe('k9')
    expect((await b.client.calls.open({ ...call, callId: 'c', callbackId: 'b2' })).conversationId).not.toBe('k9')
  })

  test('is the same one when the phone asks again, while the centre does not know of it and when it does', async () => {
    const b = bench()
    await settle()
    b.line.cut()
    const call = { callId: 'a', direction: 'out', number: '+12025550101' } as const
    const { conversationId } = await b.client.calls.open(call)
    expect((await b.client.calls.open(call)).conversationId).toBe(conversationId)
    const other = bench()
    await settle()
    const events = buildEvents()
    events.chat({ conversationId: 'k1', channel: 'voice', personId: 'agent-lin' })
    events.add('call.started', { callId: 'a', personId: 'agent-lin', direction: 'out', number: call.number }, 'k1')
    await other.line.publish(...events.all)
    expect((await other.client.calls.open(call)).conversationId).toBe('k1')
  })
})

describe('call-backs', () => {
  const wish = { name: 'Mei', phone: '+12025550101', queue: 'cards', note: 'the new card', mine: true } as const
  test('are shown while their promise is on its way, and until they are kept', async () => {
    const b = bench()
    await settle()
    b.line.cut()
    const at = b.timers.now() + 3_600_000
    const { callbackId } = await b.client.calls.scheduleCallback({ ...wish, at })
    expect(await b.client.calls.callbacks()).toEqual([{ ...wish, callbackId, at, waiting: true }])
    b.line.mend()
    b.timers.advance(1_000)
    await settle()
    const { mine: _, ...data } = wish
    const events = buildEvents()
    await b.line.publish(
      events.add('callback.scheduled', { ...data, callbackId, at, personId: 'agent-lin' }),
      events.add('command.accepted', { commandId: b.line.sent.at(-1)?.id ?? '' }),
      events.add('callback.scheduled', { ...data, callbackId: 'other', at: at - 1 })
    )
    expect((await b.client.calls.callbacks()).map((row) => [row.callbackId, row.mine, row.waiting])).toEqual([
      ['other', false, false],
      [callbackId, true, false]
    ])
    await b.client.calls.endCallback({ callbackId, outcome: 'cancelled' })
    expect((await b.client.calls.callbacks()).map((row) => row.waiting)).toEqual([false, true])
    await b.line.publish(events.add('callback.ended', { callbackId, outcome: 'cancelled' }))
    expect((await b.client.calls.callbacks()).map((row) => row.callbackId)).toEqual(['other'])
  })
  test('are for later, and end once known', async () => {
    const b = bench()
    await expect(b.client.calls.scheduleCallback({ ...wish, at: b.timers.now() - 120_000 })).rejects.toMatchObject({
      data: { code: 'invalid', field: 'at' }
    })
    await expect(b.client.calls.endCallback({ callbackId: 'none', outcome: 'reached' })).rejects.toMatchObject({
      data: { code: 'not_found' }
    })
  })
  test('come as an offer that says whom to dial and why', async () => {
    const b = bench()
    const { mine: _, ...data } = wish
    const events = buildEvents(b.timers.now() - 5_000)
    events.add('callback.scheduled', { ...data, phone: '+4930123456', callbackId: 'b1', at: 1 })
    events.add(
      'conversation.opened',
      { customerId: 'x', channel: 'voice', queue: 'cards', language: 'en', reason: '', priority: 0, callbackId: 'b1' },
      'k1'
    )
    events.add('conversation.offered', { offerId: 'o1', personId: 'agent-lin', expiresAt: b.timers.now() + 30_000, summary: '' }, 'k1')
    await settle()
    await b.line.publish(...events.all)
    expect(await b.client.inbox.offers()).toMatchObject([{ offerId: 'o1', callbackId: 'b1', note: 'the new card', phone: '+4930123456' }])
  })
})

describe('the recording of a call', () => {
  test('is shown as it was confirmed, with its gaps and what I asked for', async () => {
    const b = bench()
    const events = buildEvents(b.timers.now() - 100_000)
    events.chat({ conversationId: 'k1', channel: 'voice' })
    events.add('call.started', { callId: 'a', personId: 'agent-lin' }, 'k1')
    events.add('call.answered', { callId: 'a', personId: 'agent-lin' }, 'k1')
    await settle()
    await b.line.publish(...events.all)
    const call = async () => (await b.client.conversation.get({ conversationId: 'k1' })).call
    expect(await call()).toMatchObject({ direction: 'in', gaps: [] })
    expect(await call()).not.toHaveProperty('recording')
    await b.line.publish(events.add('call.recording-started', { callId: 'a', recordingId: 'r1' }, 'k1'))
    await b.client.calls.pauseRecording({ conversationId: 'k1', reason: 'payment', forMs: 30_000 })
    expect((await call())?.recording).toEqual({ state: 'on', asked: 'pause' })
    const until = events.at + 40_000
    const from = events.at + 1_000
    await b.line.publish(
      events.add('call.recording-paused', { callId: 'a', reason: 'payment', personId: 'agent-lin', until }, 'k1'),
      events.add('command.accepted', { commandId: b.line.sent.at(-1)?.id ?? '' })
    )
    expect((await call())?.recording).toEqual({ state: 'paused', until, reason: 'payment' })
    await b.line.publish(events.add('call.recording-paused', { callId: 'a', reason: 'payment', until: until + 9 }, 'k1'))
    expect((await call())?.gaps).toEqual([{ from, reason: 'payment' }])
    await b.client.calls.resumeRecording({ conversationId: 'k1', endedBy: 'agent' })
    expect((await call())?.recording).toMatchObject({ state: 'paused', asked: 'resume' })
    await b.line.publish(
      events.add('call.recording-resumed', { callId: 'a', endedBy: 'agent', gapMs: 3_000 }, 'k1'),
      events.add('command.accepted', { commandId: b.line.sent.at(-1)?.id ?? '' })
    )
    expect((await call())?.recording).toEqual({ state: 'on' })
    expect((await call())?.gaps).toEqual([{ from, to: events.at - 1_000, reason: 'payment', endedBy: 'agent' }])
    const { rows } = await b.client.conversation.timeline({ conversationId: 'k1' })
    expect(rows.map((row) => row.text).filter((text) => text.startsWith('recording'))).toEqual(['recording_paused', 'recording_resumed'])
  })
})
