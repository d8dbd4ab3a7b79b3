import { describe, expect, it } from 'vitest'
import { ACCOUNT, bench, offerOf } from './engine-bench.ts'

const DIAL = { type: 'dial', callId: 'd1', to: '+441234', number: '+441234' } as const

describe('calls that the centre did not offer', () => {
  it('become a contact before they ring out, and carry it', async () => {
    const phone = bench()
    await phone.register()
    await phone.engine.act({ ...DIAL, name: 'Mary', customerId: 'c1', callbackId: 'b1' })
    expect(phone.toldTo('open')).toEqual([
      { callId: 'd1', direction: 'out', number: '+441234', name: 'Mary', customerId: 'c1', callbackId: 'b1' }
    ])
    expect(phone.effects('dial')).toMatchObject([{ callId: 'd1', to: '+441234', conversationId: 'opened-d1' }])
  })

  it('ring out all the same when the desk does not answer, and become a contact when it does', async () => {
    const phone = bench((levers) => levers.failing.set('open', new Error('no host')))
    await phone.register()
    const dialling = phone.engine.act(DIAL)
    await phone.pass(1_500)
    await dialling
    expect(phone.effects('dial')).toMatchObject([{ callId: 'd1' }])
    phone.levers.failing.delete('open')
    await phone.pass(2_000)
    expect(phone.engine.view.state.calls).toMatchObject([{ callId: 'd1', conversationId: 'opened-d1' }])
  })

  it('ring out as nobody’s contact when the desk will not have them', async () => {
    const phone = bench((levers) => levers.failing.set('open', new Error('placeholder')))
    phone.levers.failing.set('open', new phone.Refused('no'))
    await phone.register()
    await phone.engine.act(DIAL)
    expect(phone.effects('dial')).toHaveLength(1)
    await phone.pass(10_000)
    expect(phone.toldTo('open')).toHaveLength(1)
  })

  it('to a colleague, to consult, or of a known conversation open nothing', async () => {
    const phone = bench()
    await phone.register()
    await phone.up('a', 'k1')
    await phone.engine.act({ ...DIAL, consultFor: 'a' })
    await phone.engine.act({ ...DIAL, callId: 'd2', inside: true })
    expect([phone.toldTo('open'), phone.effects('dial').length]).toEqual([[], 2])
    const echo = bench()
    await echo.register()
    await echo.engine.act({ ...DIAL, to: ACCOUNT.echoNumber })
    expect([echo.toldTo('open'), echo.effects('dial').length]).toEqual([[], 1])
    const other = bench()
    await other.register()
    await other.engine.act({ ...DIAL, conversationId: 'k1' })
    expect(other.effects('dial')).toMatchObject([{ conversationId: 'k1' }])
  })

  it('that ring here are answered at once and become a contact then', async () => {
    const phone = bench()
    await phone.register()
    phone.emit({ type: 'invite', callId: 'a', name: 'Tom', number: '99' })
    await phone.pass()
    await phone.engine.act({ type: 'answer', callId: 'a' })
    expect(phone.effects('accept')).toHaveLength(1)
    phone.emit({ type: 'established', callId: 'a' })
    await phone.pass()
    expect(phone.toldTo('open')).toEqual([{ callId: 'a', direction: 'in', number: '99', name: 'Tom' }])
    expect(phone.toldTo('report')).toMatchObject([{ callId: 'a', conversationId: 'opened-a', what: 'answered' }])
  })

  it('that were missed become a contact too, which is over at once', async () => {
    const phone = bench()
    await phone.register()
    phone.emit({ type: 'invite', callId: 'a', name: 'Tom', number: '99' })
    phone.emit({ type: 'terminated', callId: 'a', by: 'far', detail: 'gone' })
    await phone.pass()
    expect(phone.toldTo('open')).toEqual([{ callId: 'a', direction: 'in', number: '99', name: 'Tom' }])
    expect(phone.toldTo('report')).toMatchObject([{ callId: 'a', conversationId: 'opened-a', what: 'failed' }])
    await phone.pass(10_000)
    expect(phone.toldTo('open')).toHaveLength(1)
  })

  it('that were declined here or answered elsewhere are nobody’s contact, nor those that the practice PBX tells of itself', async () => {
    const phone = bench()
    await phone.register()
    phone.emit({ type: 'invite', callId: 'a', name: 'Tom', number: '99' })
    await phone.engine.act({ type: 'phone', input: { type: 'decline', callId: 'a' } })
    phone.emit({ type: 'terminated', callId: 'a', by: 'self', detail: 'declined' })
    phone.emit({ type: 'invite', callId: 'b', name: 'Ann', number: '98' })
    phone.emit({ type: 'terminated', callId: 'b', by: 'far', detail: 'SIP;cause=200;text="Call completed elsewhere"' })
    await phone.pass()
    expect(phone.toldTo('open')).toEqual([])
    const practice = bench((levers) => (levers.account = { ...ACCOUNT, source: 'practice' }))
    await practice.register()
    practice.emit({ type: 'invite', callId: 'a', name: 'Tom', number: '99' })
    practice.emit({ type: 'terminated', callId: 'a', by: 'far', detail: 'gone' })
    await practice.pass()
    expect(practice.toldTo('open')).toEqual([])
  })

  for (const [when, ms] of [
    ['over', 100],
    ['over and forgotten', 10_000]
  ] as const)
    it(`that are ${when} before the desk has answered are told with their end`, async () => {
      let answer = () => {}
      const phone = bench((levers) => levers.delayed.set('open', new Promise<void>((resolve) => (answer = resolve))))
      await phone.register()
      phone.emit({ type: 'invite', callId: 'a', name: 'Tom', number: '99' })
      await phone.pass()
      await phone.engine.act({ type: 'answer', callId: 'a' })
      phone.emit({ type: 'established', callId: 'a' })
      await phone.pass()
      phone.emit({ type: 'terminated', callId: 'a', by: 'far', detail: 'hung up' })
      await phone.pass(ms)
      expect(phone.toldTo('report')).toEqual([])
      answer()
      await phone.pass()
      expect(phone.toldTo('report')).toMatchObject([
        { callId: 'a', conversationId: 'opened-a', what: 'answered' },
        { callId: 'a', conversationId: 'opened-a', what: 'ended' }
      ])
    })

  it('and those that it did: a late offer still finds its call', async () => {
    const phone = bench((levers) => levers.silent.add('offers'))
    await phone.register()
    let answer = () => {}
    phone.levers.offers = [offerOf('k1', '99')]
    phone.levers.silent.delete('offers')
    phone.levers.delayed.set('offers', new Promise<void>((resolve) => (answer = resolve)))
    phone.emit({ type: 'invite', callId: 'a', name: '', number: '99' })
    await phone.pass(700)
    expect(phone.engine.view.state.calls[0]?.conversationId).toBeUndefined()
    answer()
    await phone.pass()
    expect(phone.engine.view.state.calls).toMatchObject([{ callId: 'a', conversationId: 'k1', phase: 'ringing' }])
  })
})

describe('queues whose calls are answered without a hand', () => {
  const auto = (queue: 'accounts' | 'cards') =>
    bench((levers) => {
      levers.account = { ...ACCOUNT, autoAnswer: { headers: false, queues: [queue] } }
      levers.offers = [offerOf('k1', '99')]
    })
  const INVITE = { type: 'invite', callId: 'a', conversationId: 'k1', name: '', number: '99' } as const

  it('take the call and its offer', async () => {
    const phone = auto('accounts')
    await phone.register()
    phone.emit(INVITE)
    await phone.pass()
    expect(phone.engine.view.state.calls).toMatchObject([{ autoAnswered: true }])
    expect(phone.toldTo('acceptOffer')).toEqual([{ conversationId: 'k1', offerId: 'offer-k1' }])
  })

  it('take it also when the offer comes after the ring', async () => {
    const phone = auto('accounts')
    const { offers } = phone.levers
    phone.levers.offers = []
    await phone.register()
    phone.emit(INVITE)
    await phone.pass()
    expect(phone.engine.view.state.calls).toMatchObject([{ phase: 'ringing' }])
    phone.levers.offers = offers
    phone.change('inbox')
    await phone.pass()
    expect(phone.toldTo('acceptOffer')).toHaveLength(1)
  })

  it('leave calls of other queues, and never break into a live call', async () => {
    const other = auto('cards')
    await other.register()
    other.emit(INVITE)
    await other.pass()
    expect(other.engine.view.state.calls).toMatchObject([{ phase: 'ringing' }])
    const busy = auto('accounts')
    await busy.register()
    await busy.up('x', 'k0')
    busy.emit(INVITE)
    await busy.pass()
    expect(busy.engine.view.state.calls).toMatchObject([{ phase: 'up' }, { phase: 'ringing' }])
    expect(busy.toldTo('acceptOffer')).toEqual([])
  })
})

describe('pauses of the recording', () => {
  it('with a PBX of one’s own are what its recorder answered, and end by themselves', async () => {
    const phone = bench()
    await phone.register()
    await phone.up('a', 'k1')
    await phone.engine.act({ type: 'pause-recording', callId: 'a', reason: 'payment', forMs: 60_000 })
    expect(phone.toldTo('record')).toEqual([{ callId: 'a', on: false }])
    expect(phone.engine.view.recordings['a']).toMatchObject({ state: 'paused', reason: 'payment' })
    await phone.pass()
    expect(phone.toldTo('recorderConfirmed')).toEqual([
      { conversationId: 'k1', callId: 'a', state: 'paused', reason: 'payment', forMs: 60_000 }
    ])
    await phone.pass(60_000)
    expect(phone.engine.view.recordings['a']).toEqual({ state: 'on' })
    expect(phone.toldTo('recorderConfirmed').at(-1)).toEqual({ conversationId: 'k1', callId: 'a', state: 'resumed', endedBy: 'timer' })
  })

  it('are not, when the recorder says no; an order to resume that it did not hear is given again', async () => {
    const phone = bench((levers) => (levers.recordStatus = 405))
    await phone.register()
    await phone.up('a', 'k1')
    const pause = { type: 'pause-recording', callId: 'a', reason: 'payment', forMs: 60_000 } as const
    await phone.engine.act(pause)
    expect(phone.engine.view.recordings['a']).toEqual({ state: 'on', failed: 405 })
    expect(phone.toldTo('recorderConfirmed')).toEqual([])
    phone.levers.recordStatus = 200
    await phone.engine.act(pause)
    phone.levers.recordStatus = 503
    await phone.pass(60_000)
    expect(phone.engine.view.recordings['a']).toMatchObject({ state: 'paused', failed: 503 })
    phone.levers.recordStatus = 200
    await phone.pass(2_000)
    expect(phone.engine.view.recordings['a']).toEqual({ state: 'on' })
  })

  it('end with the call', async () => {
    const phone = bench()
    await phone.register()
    await phone.up('a', 'k1')
    await phone.engine.act({ type: 'pause-recording', callId: 'a', reason: 'personal', forMs: 60_000 })
    phone.emit({ type: 'terminated', callId: 'a', by: 'far', detail: '' })
    await phone.pass()
    expect(phone.toldTo('recorderConfirmed').at(-1)).toMatchObject({ state: 'resumed', endedBy: 'call-ended' })
    expect(phone.engine.view.recordings).toEqual({})
    const orders = phone.toldTo('record').length
    await phone.pass(120_000)
    expect(phone.toldTo('record')).toHaveLength(orders)
  })

  it('of the centre’s recorder are asked of the desk', async () => {
    const phone = bench((levers) => (levers.account = { ...ACCOUNT, recorder: 'centre' }))
    await phone.register()
    await phone.up('a', 'k1')
    await phone.engine.act({ type: 'pause-recording', callId: 'a', reason: 'payment', forMs: 60_000 })
    await phone.engine.act({ type: 'resume-recording', callId: 'a', endedBy: 'step-closed' })
    expect(phone.toldTo('pauseRecording')).toEqual([{ conversationId: 'k1', reason: 'payment', forMs: 60_000 }])
    expect(phone.toldTo('resumeRecording')).toEqual([{ conversationId: 'k1', endedBy: 'step-closed' }])
    expect([phone.toldTo('record'), phone.engine.view.recordings]).toEqual([[], {}])
  })
})

describe('the transcript of a call', () => {
  const recognised = (source: 'own' | 'practice' = 'own') =>
    bench((levers) => (levers.account = { ...ACCOUNT, source, transcriber: { protocol: 'vosk', url: 'ws://recogniser' } }))
  const said = { speaker: 'customer', text: ' my card is gone ', startAt: 1, endAt: 2 } as const

  it('is made of both sides, shown while it is spoken, stored when it is said, and ends with the call', async () => {
    const phone = recognised()
    await phone.register()
    await phone.up('a', 'k1')
    const [one] = phone.listening
    expect([one?.settings, one?.one.sides]).toEqual([{ protocol: 'vosk', url: 'ws://recogniser' }, ['agent', 'customer']])
    const listening = { state: 'listening' } as const
    one?.one.onChange({
      lines: [],
      partials: { customer: { text: 'my card', startAt: 1 } },
      states: { agent: listening, customer: listening }
    })
    expect(phone.engine.view.transcripts['a']?.partials).toEqual({ customer: { text: 'my card', startAt: 1 } })
    one?.one.onFinal(said)
    await phone.pass()
    expect(phone.toldTo('heard')).toEqual([{ entryId: 'new-1', conversationId: 'k1', ...said, text: 'my card is gone' }])
    phone.emit({ type: 'terminated', callId: 'a', by: 'far', detail: '' })
    await phone.pass()
    expect([one?.did, phone.engine.view.transcripts]).toEqual([['stop'], {}])
    one?.one.onFinal({ ...said, text: 'goodbye' })
    await phone.pass()
    expect(phone.toldTo('heard')).toHaveLength(2)
  })

  it('is told again under the same id when the desk’s answer was lost, and another line under another', async () => {
    const phone = recognised()
    await phone.register()
    await phone.up('a', 'k1')
    phone.levers.failing.set('heard', new Error('the answer was lost'))
    phone.listening[0]?.one.onFinal(said)
    await phone.pass()
    phone.levers.failing.delete('heard')
    phone.listening[0]?.one.onFinal({ ...said, text: 'help' })
    await phone.pass(1_000)
    const [first, again, other] = phone.toldTo('heard') as { entryId: string; text: string }[] // what the bench recorded of the call
    expect(again).toEqual(first)
    expect(other).toMatchObject({ text: 'help' })
    expect(other?.entryId).not.toBe(first?.entryId)
  })

  it('in the practice centre is of the agent only: its customers bring their own words', async () => {
    const phone = recognised('practice')
    await phone.register()
    await phone.up('a', 'k1')
    expect(phone.listening[0]?.one.sides).toEqual(['agent'])
    expect(Object.keys(phone.engine.view.transcripts['a']?.states ?? {})).toEqual(['agent'])
  })

  it('waits for a conversation, and is not made where no recogniser is set', async () => {
    const phone = recognised()
    await phone.register()
    await phone.up('a')
    phone.listening[0]?.one.onFinal(said)
    await phone.pass()
    expect(phone.toldTo('heard')).toEqual([])
    await phone.engine.act({ type: 'phone', input: { type: 'belongs', callId: 'a', conversationId: 'k9' } })
    await phone.pass()
    expect(phone.toldTo('heard')).toMatchObject([{ conversationId: 'k9' }])
    const without = bench()
    await without.register()
    await without.up('a', 'k1')
    expect(without.listening).toEqual([])
  })

  it('hears nothing while the recording is paused', async () => {
    const phone = recognised()
    await phone.register()
    await phone.up('a', 'k1')
    await phone.engine.act({ type: 'pause-recording', callId: 'a', reason: 'payment', forMs: 60_000 })
    expect(phone.listening[0]?.did).toEqual(['pause'])
    await phone.engine.act({ type: 'resume-recording', callId: 'a', endedBy: 'agent' })
    expect(phone.listening[0]?.did).toEqual(['pause', 'resume'])
  })
})

it('passes on to the desk to whom a customer was transferred', async () => {
  const phone = bench()
  await phone.register()
  await phone.up('a', 'k1')
  await phone.engine.act({ type: 'phone', input: { type: 'transfer', callId: 'a', to: '201' } })
  phone.emit({ type: 'reinvite-answered', callId: 'a', confirmed: true })
  phone.emit({ type: 'refer-answered', callId: 'a', status: 202 })
  phone.emit({ type: 'refer-progress', callId: 'a', status: 200, reason: 'OK' })
  await phone.pass()
  expect(phone.toldTo('transferred')).toEqual([{ callId: 'a', conversationId: 'k1', to: '201', reason: '' }])
})

describe('buttons of the headset', () => {
  it('answer and take the offer, decline it, mute and hang up; lamps follow', async () => {
    const phone = bench((levers) => (levers.offers = [offerOf('k1', '99'), offerOf('k2', '98')]))
    await phone.register()
    await phone.engine.act({ type: 'headset', connect: true, asks: true })
    expect(phone.toldTo('headset')).toEqual([{ name: 'Evolve2', asks: true }])
    expect(phone.engine.view.headset).toEqual({ state: 'connected', name: 'Evolve2' })
    phone.emit({ type: 'invite', callId: 'a', conversationId: 'k1', name: '', number: '99' })
    await phone.pass()
    phone.press({ type: 'answer' })
    await phone.pass()
    expect(phone.effects('accept')).toMatchObject([{ callId: 'a' }])
    expect(phone.toldTo('acceptOffer')).toEqual([{ conversationId: 'k1', offerId: 'offer-k1' }])
    phone.emit({ type: 'established', callId: 'a' })
    phone.press({ type: 'mute', on: true })
    expect(phone.engine.view.state.calls).toMatchObject([{ muted: true }])
    phone.press({ type: 'hang-up' })
    expect(phone.effects('bye')).toHaveLength(1)
    phone.emit({ type: 'terminated', callId: 'a', by: 'self', detail: '' })
    phone.emit({ type: 'invite', callId: 'b', conversationId: 'k2', name: '', number: '98' })
    await phone.pass()
    phone.press({ type: 'reject' })
    await phone.pass()
    expect(phone.effects('reject')).toMatchObject([{ callId: 'b' }])
    expect(phone.toldTo('declineOffer')).toEqual([{ conversationId: 'k2', offerId: 'offer-k2' }])
    expect(phone.orders.map((order) => order.type)).toEqual(expect.arrayContaining(['ring', 'off-hook', 'on-hook']))
    await phone.engine.act({ type: 'headset', connect: false })
    expect(phone.engine.view.headset).toEqual({ state: 'none' })
  })

  it('answer a call that the centre did not offer: it becomes a contact', async () => {
    const phone = bench()
    await phone.register()
    await phone.engine.act({ type: 'headset', connect: true, asks: false })
    expect(phone.toldTo('headset')).toEqual([]) // never allowed, and nobody may ask
    await phone.engine.act({ type: 'headset', connect: true })
    phone.emit({ type: 'invite', callId: 'a', name: '', number: '99' })
    await phone.pass()
    phone.press({ type: 'answer' })
    await phone.pass()
    expect(phone.toldTo('open')).toMatchObject([{ callId: 'a', direction: 'in' }])
  })
})
