import { describe, expect, it } from 'vitest'
import { ACCOUNT, bench, offerOf } from './engine-bench.ts'

describe('the engine', () => {
  it('opens the line of its account, goes online, and shows screens no secret', async () => {
    const phone = bench()
    expect(phone.engine.view.account).toBe('loading')
    await phone.pass()
    expect(phone.opened).toMatchObject([{ servers: ACCOUNT.servers, user: 'lin', secret: 'not for screens' }])
    expect(phone.effects('connect')).toHaveLength(1)
    expect(phone.engine.view.account).toBe('ready')
    expect(phone.engine.view.setup).toMatchObject({ source: 'own', recorder: 'info', transcribes: false })
    expect(JSON.stringify(phone.engine.view)).not.toContain(ACCOUNT.secret)
    await phone.register()
    expect(phone.engine.view.state.line.registration).toBe('registered')
  })

  it('says that a role has no phone', async () => {
    const phone = bench((levers) => (levers.account = null))
    await phone.pass()
    expect([phone.engine.view.account, phone.opened]).toEqual(['none', []])
  })

  it('asks again for an account that could not be had', async () => {
    const phone = bench((levers) => levers.failing.set('account', new Error('no host')))
    await phone.pass()
    expect(phone.engine.view.account).toBe('failed')
    phone.levers.failing.delete('account')
    await phone.pass(3_000)
    expect(phone.engine.view.account).toBe('ready')
  })

  it('takes a call for an accepted conversation, reports what it saw, and hurries when the network may be another', async () => {
    const phone = bench()
    await phone.register()
    await phone.engine.act({ type: 'phone', input: { type: 'expect', conversationId: 'k1', forMs: 30_000 } })
    phone.emit({ type: 'invite', callId: 'a', conversationId: 'k1', name: 'Mary', number: '1' })
    expect(phone.effects('accept')).toHaveLength(1)
    phone.emit({ type: 'established', callId: 'a' })
    await phone.pass()
    expect(phone.toldTo('report')).toMatchObject([{ callId: 'a', conversationId: 'k1', what: 'answered' }])
    const pings = phone.effects('ping').length
    phone.newNetwork()
    expect(phone.effects('ping').length).toBe(pings + 1)
  })

  describe('an INVITE that names no conversation', () => {
    const invite = { type: 'invite', callId: 'a', name: '', number: '+44 1234-567' } as const

    it('belongs to the offer with the same number', async () => {
      const phone = bench()
      phone.levers.offers = [offerOf('other', '99'), offerOf('k1', '+441234567')]
      await phone.register()
      phone.emit(invite)
      await phone.pass()
      expect(phone.engine.view.state.calls).toMatchObject([{ callId: 'a', conversationId: 'k1', phase: 'ringing' }])
      expect(phone.sounds).toEqual(['ring'])
    })

    it('rings at once, whether the desk answers or not', async () => {
      const phone = bench()
      phone.levers.silent.add('offers')
      await phone.register()
      phone.emit(invite)
      expect(phone.engine.view.state.calls).toMatchObject([{ callId: 'a', phase: 'ringing' }])
      phone.levers.silent.clear()
      phone.levers.failing.set('offers', new Error('no host'))
      phone.emit({ ...invite, callId: 'b' })
      await phone.pass()
      expect(phone.engine.view.state.calls).toHaveLength(2)
    })

    it('knows its offer at the first ring when the offer came first', async () => {
      const phone = bench()
      await phone.register()
      phone.levers.offers = [offerOf('k1', '+441234567')]
      phone.change('inbox')
      await phone.pass()
      phone.emit(invite)
      expect(phone.engine.view.state.calls).toMatchObject([{ callId: 'a', conversationId: 'k1', phase: 'ringing' }])
    })
  })

  it('reports do-not-disturb of the settings to the phone and back', async () => {
    const phone = bench()
    await phone.register()
    phone.levers.settings = { ...phone.levers.settings, doNotDisturb: true }
    phone.change('settings')
    await phone.pass()
    expect(phone.engine.view.state.doNotDisturb).toBe(true)
    phone.levers.settings = { ...phone.levers.settings, doNotDisturb: false }
    phone.change('settings')
    await phone.pass()
    expect(phone.engine.view.state.doNotDisturb).toBe(false)
  })

  it('measures a call every two seconds, reports one look in five, and the record once at the end', async () => {
    const phone = bench()
    await phone.register()
    await phone.up('a', 'k1')
    const row = (packetsReceived: number) => [
      { type: 'inbound-rtp', kind: 'audio', packetsReceived, packetsLost: 0, jitter: 0.004, bytesReceived: packetsReceived * 80 },
      { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 0.02 }
    ]
    for (let look = 1; look <= 5; look++) {
      phone.levers.stats.set('a', row(look * 100))
      await phone.pass(2_000)
    }
    expect(phone.engine.view.quality['a']).toMatchObject({ rttMs: 20, jitterMs: 4, lossRatio: 0 })
    const looks = () => phone.toldTo('report').filter((one) => (one as { what: string }).what === 'quality')
    expect(looks()).toMatchObject([{ callId: 'a', conversationId: 'k1', rttMs: 20 }])
    phone.levers.lineDown = true
    for (let look = 6; look <= 10; look++) await phone.pass(2_000)
    expect(looks()).toHaveLength(1)
    phone.emit({ type: 'terminated', callId: 'a', by: 'far', detail: 'hung up' })
    await phone.pass(10_000)
    expect(phone.toldTo('quality')).toMatchObject([{ callId: 'a', conversationId: 'k1', rttMs: { average: 20 } }])
    expect(phone.engine.view.quality).toEqual({})
  })

  it('reads levels and the microphone only while somebody looks', async () => {
    const phone = bench()
    await phone.register()
    await phone.up('a', 'k1')
    const track = { id: 't' } as MediaStreamTrack // compared by identity only
    phone.streams.set('a', { local: { getAudioTracks: () => [track] } as unknown as MediaStream })
    const heard: number[] = []
    const end = phone.engine.watch('call', (levels) => heard.push(levels.out))
    await phone.pass(250)
    expect(heard).toEqual([0.2, 0.2])
    end()
    await phone.pass(500)
    expect(heard).toHaveLength(2)
    const stop = phone.engine.watch('microphone', ({ microphone }) => heard.push(microphone))
    stop()
    expect([heard.length, phone.toldTo('meter')]).toEqual([3, [true, false]])
  })

  it('offers calls that were cut off until they are heard here, taken back or let go', async () => {
    const phone = bench((levers) => {
      levers.recoverable = [
        { conversationId: 'k1', callId: 'old', customerName: 'Mary', lastSeenAt: 1 },
        { conversationId: 'k2', callId: 'older', customerName: 'Tom', lastSeenAt: 1 }
      ]
    })
    await phone.register()
    expect(phone.engine.view.recoverable.map((one) => one.conversationId)).toEqual(['k1', 'k2'])
    await phone.engine.act({ type: 'give-up', conversationId: 'k2' })
    await phone.engine.act({ type: 'recover', conversationId: 'k1' })
    expect(phone.engine.view.recoverable).toEqual([])
    phone.emit({ type: 'invite', callId: 'a', conversationId: 'k1', name: '', number: '' })
    expect(phone.effects('accept')).toHaveLength(1)
  })

  it('lets the agent know when the desk refuses, and falls silent when closed', async () => {
    const phone = bench()
    await phone.register()
    phone.levers.failing.set('recover', new phone.Refused('already done'))
    await expect(phone.engine.act({ type: 'recover', conversationId: 'k1' })).rejects.toThrow('already done')
    await phone.engine.close()
    expect(phone.effects('close')).toHaveLength(1)
    const accounts = phone.toldTo('account').length
    phone.change('settings')
    await phone.pass(60_000)
    expect(phone.toldTo('account').length).toBe(accounts)
  })
})
