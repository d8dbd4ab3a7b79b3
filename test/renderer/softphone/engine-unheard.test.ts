import { describe, expect, it } from 'vitest'
import { ACCOUNT, bench } from './engine-bench.ts'

type Phone = ReturnType<typeof bench>
const recorded = (prepare: Parameters<typeof bench>[0] = () => {}) =>
  bench((levers) => {
    levers.account = { ...ACCOUNT, source: 'practice', recorder: 'centre', transcriber: { protocol: 'vosk', url: 'ws://recogniser' } }
    prepare(levers)
  })
const PAUSE = { type: 'pause-recording', callId: 'a', reason: 'payment', forMs: 60_000 } as const
/** The desk has news of the conversation's recorder. */
async function says(
  phone: Phone,
  recording: NonNullable<Awaited<ReturnType<Phone['levers']['calls']['get']>>>['recording'],
  ended = false
) {
  phone.levers.calls.set('k1', { ended, recording })
  phone.change('conversation:k1')
  await phone.pass()
}
async function asked(phone: Phone) {
  await phone.register()
  await phone.up('a', 'k1')
  phone.levers.calls.set('k1', { ended: false, recording: { state: 'on', asked: 'pause' } })
  await phone.engine.act(PAUSE)
  await phone.pass()
}
async function paused(phone: Phone) {
  await asked(phone)
  await says(phone, { state: 'paused', until: phone.timers.now() + 60_000 })
}
const didOf = (phone: Phone, leg = 0) => phone.listening[leg]?.did

describe('a pause of the centre’s recorder', () => {
  it('silences the transcript before it is confirmed, and until the recorder says that it goes on: a button does not', async () => {
    const phone = recorded()
    await asked(phone)
    expect(didOf(phone)).toEqual(['pause'])
    await phone.pass(10_000) // the centre has not answered
    await says(phone, { state: 'on' })
    await phone.pass(2_900) // accepted; the recorder's own word is on its way
    await says(phone, { state: 'paused', until: phone.timers.now() + 60_000 })
    await phone.pass(10_000)
    await phone.engine.act({ type: 'resume-recording', callId: 'a', endedBy: 'agent' })
    await says(phone, { state: 'paused', until: phone.timers.now() + 50_000, asked: 'resume' })
    expect(didOf(phone)).toEqual(['pause'])
    await says(phone, { state: 'on' })
    expect(didOf(phone)).toEqual(['pause', 'resume'])
  })

  it('that is refused silences it no longer', async () => {
    const phone = recorded()
    await asked(phone)
    phone.levers.calls.set('k1', { ended: false, recording: { state: 'on' } })
    phone.change('outbox')
    await phone.pass(3_000)
    expect(didOf(phone)).toEqual(['pause', 'resume'])
  })

  it('that the desk will not have silences it no longer, and whoever asked hears why', async () => {
    const phone = recorded()
    await phone.register()
    await phone.up('a', 'k1')
    phone.levers.failing.set('pauseRecording', new phone.Refused('the contact is over'))
    await expect(phone.engine.act(PAUSE)).rejects.toThrow('the contact is over')
    expect(didOf(phone)).toEqual(['pause', 'resume'])
  })

  it('that has not reached the centre yet silences it for as long again', async () => {
    const phone = recorded()
    await asked(phone)
    await phone.pass(61_000) // the line is cut: the wish still waits to be sent
    expect(didOf(phone)).toEqual(['pause'])
    await says(phone, { state: 'paused', until: phone.timers.now() + 60_000 })
    await phone.pass(50_000)
    expect(didOf(phone)).toEqual(['pause'])
    await says(phone, { state: 'on' })
    expect(didOf(phone)).toEqual(['pause', 'resume'])
  })

  it('that was prolonged silences it for longer', async () => {
    const phone = recorded()
    await paused(phone)
    await says(phone, { state: 'paused', until: phone.timers.now() + 90_000 })
    await phone.pass(60_000)
    expect(didOf(phone)).toEqual(['pause'])
    await phone.pass(30_000)
    expect(didOf(phone)).toEqual(['pause', 'resume'])
  })

  it.each(['fails', 'is silent'] as const)('ends when its time is up though the desk %s', async (how) => {
    const phone = recorded()
    await paused(phone)
    if (how === 'fails') phone.levers.failing.set('callOf', new Error('no host'))
    else phone.levers.silent.add('callOf')
    await phone.pass(60_000)
    await phone.pass(2_000)
    expect(didOf(phone)).toEqual(['pause', 'resume'])
  })
})

describe('a customer who is rung through again in a pause', () => {
  async function again(phone: Phone) {
    await phone.engine.act({ type: 'recover', conversationId: 'k1' })
    phone.emit({ type: 'invite', callId: 'b', conversationId: 'k1', name: 'Mary', number: '' })
    phone.emit({ type: 'established', callId: 'b' })
    await phone.pass()
  }

  it('is not listened to before the recorder records again', async () => {
    const phone = recorded()
    await paused(phone)
    phone.emit({ type: 'terminated', callId: 'a', by: 'network', detail: '' })
    await phone.pass(5_000)
    await says(phone, { state: 'ended' }, true)
    await again(phone)
    await says(phone, undefined)
    await phone.pass(5_000)
    expect(didOf(phone, 1)).toEqual(['pause'])
    await says(phone, { state: 'on' })
    expect(didOf(phone, 1)).toEqual(['pause', 'resume'])
  })

  it('by the next page is not either', async () => {
    const phone = recorded((levers) => {
      const until = 1_700_000_100_000 + 60_000
      levers.dialogs = [
        {
          callId: 'a',
          localTag: 'a',
          remoteTag: 'b',
          localUri: 'sip:l@p',
          remoteUri: 'sip:r@p',
          remoteTarget: 'sip:r@1',
          routeSet: [],
          localSeq: 1,
          direction: 'in',
          conversationId: 'k1',
          name: 'Mary',
          number: '',
          state: 'up',
          answeredAt: 1_000,
          muted: false,
          conferenced: false,
          savedAt: 2_000,
          recordingPause: { until, reason: 'payment' }
        }
      ]
    })
    await phone.pass()
    await phone.register()
    await phone.pass()
    const [taking] = phone.effects('take-back')
    phone.emit({ type: 'refused', callId: taking && 'callId' in taking ? taking.callId : '', status: 481, reason: '' })
    await phone.pass()
    await again(phone)
    await phone.pass(10_000)
    expect(didOf(phone)).toEqual(['pause'])
    await says(phone, { state: 'on' })
    expect(didOf(phone)).toEqual(['pause', 'resume'])
  })
})

describe('a recorder that is asked by INFO', () => {
  it.each([true, false])('leaves no entry of a call that ended before it answered (to pause: %s)', async (pausing) => {
    const phone = bench()
    await phone.register()
    await phone.up('a', 'k1')
    if (!pausing) await phone.engine.act(PAUSE)
    let answer = () => {}
    phone.levers.recording = new Promise<void>((resolve) => (answer = resolve))
    const acting = phone.engine.act(pausing ? PAUSE : { type: 'resume-recording', callId: 'a', endedBy: 'agent' })
    await phone.pass()
    expect(phone.engine.view.recordings['a']).toMatchObject({ asked: pausing ? 'pause' : 'resume' })
    phone.emit({ type: 'terminated', callId: 'a', by: 'far', detail: '' })
    answer()
    await acting
    await phone.pass(10_000)
    expect(phone.engine.view.recordings).toEqual({})
  })
})
