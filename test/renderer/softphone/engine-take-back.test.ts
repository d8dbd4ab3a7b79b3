import { describe, expect, it } from 'vitest'
import type { DialogRecord } from '../../../src-shared/contract/phone.ts'
import { ACCOUNT, bench } from './engine-bench.ts'

const DIALOG: DialogRecord = {
  callId: 'sip-1',
  localTag: 'mine',
  remoteTag: 'theirs',
  localUri: 'sip:lin@pbx.example',
  remoteUri: 'sip:mary@pbx.example',
  remoteTarget: 'sip:mary@10.0.0.1',
  routeSet: [],
  localSeq: 7,
  direction: 'in',
  conversationId: 'k1',
  name: 'Mary',
  number: '+441234',
  state: 'up',
  answeredAt: 1_000,
  muted: false,
  conferenced: false,
  savedAt: 2_000
}
const IDS = {
  ours: false,
  sipCallId: 'sip-2',
  localTag: 'a',
  remoteTag: 'b',
  localUri: 'sip:l@p',
  remoteUri: 'sip:r@p',
  remoteTarget: 'sip:r@1',
  routeSet: [],
  localSeq: 1
}
type Bench = ReturnType<typeof bench>
const saved = (phone: Bench) => phone.toldTo('saveDialogs') as DialogRecord[][]
/** The call that takes the dialog back, once its INVITE has gone out. */
const taking = (phone: Bench) => {
  const [effect] = phone.effects('take-back')
  if (effect?.type !== 'take-back') throw new Error('nothing is being taken back')
  return effect
}

describe('calls that outlive their page', () => {
  it('are written down when they are up, newest last, and nothing is when they are over', async () => {
    const phone = bench()
    await phone.register()
    await phone.pass()
    await phone.up('a', 'k1')
    phone.emit({ type: 'dialog', callId: 'a', dialog: IDS })
    await phone.pass()
    expect(saved(phone).at(-1)).toMatchObject([{ callId: 'sip-2', conversationId: 'k1', state: 'up' }])
    phone.emit({ type: 'terminated', callId: 'a', by: 'far', detail: '' })
    await phone.pass()
    expect(saved(phone).at(-1)).toEqual([])
  })

  it('are taken back by the next page without a click, and stay written down until they are', async () => {
    const phone = bench((levers) => {
      levers.dialogs = [DIALOG]
      levers.recoverable = [{ conversationId: 'k1', callId: 'sip-1', customerName: 'Mary', lastSeenAt: 2_000 }]
    })
    await phone.pass()
    expect(phone.engine.view.state.calls).toMatchObject([{ phase: 'taking-back', conversationId: 'k1', name: 'Mary' }])
    expect(phone.engine.view.recoverable).toEqual([])
    await phone.register()
    await phone.pass()
    expect(taking(phone).record).toMatchObject({ callId: 'sip-1', remoteTag: 'theirs' })
    expect(saved(phone).at(-1)).toMatchObject([{ callId: 'sip-1' }])
    const { callId } = taking(phone)
    phone.emit({ type: 'established', callId })
    phone.emit({ type: 'dialog', callId, dialog: IDS })
    await phone.pass()
    expect(phone.engine.view.state.calls).toMatchObject([{ callId, phase: 'up', answeredAt: 1_000 }])
    expect(saved(phone).at(-1)).toMatchObject([{ callId: 'sip-2', conversationId: 'k1', answeredAt: 1_000 }])
    expect([phone.engine.view.lost, phone.engine.view.recoverable]).toEqual([[], []])
  })

  it('are not forgotten because the desk could not be asked at first', async () => {
    const phone = bench((levers) => {
      levers.dialogs = [DIALOG]
      levers.failing.set('dialogs', new Error('no host'))
    })
    await phone.register()
    await phone.pass(500)
    expect([saved(phone), phone.effects('take-back')]).toEqual([[], []])
    phone.levers.failing.delete('dialogs')
    await phone.pass(1_000)
    expect(taking(phone).record.callId).toBe('sip-1')
  })

  describe('and are not known to the telephone system any more', () => {
    async function refused(prepare: Parameters<typeof bench>[0] = () => {}) {
      const phone = bench((levers) => {
        levers.dialogs = [DIALOG]
        prepare(levers)
      })
      await phone.pass()
      await phone.register()
      await phone.pass()
      phone.emit({ type: 'refused', callId: taking(phone).callId, status: 481, reason: 'Call/Transaction Does Not Exist' })
      await phone.pass()
      return phone
    }

    it('are fetched from the orbit, when they are parked', async () => {
      const phone = await refused((levers) => {
        levers.account = { ...ACCOUNT, park: { park: '*70', retrieve: '*71' } }
        levers.calls.set('k1', { ended: false, slot: '3' })
      })
      expect(phone.effects('dial')).toMatchObject([{ to: '*713', conversationId: 'k1' }])
      expect(phone.engine.view.lost).toEqual([])
    })

    it('are rung through again in the practice centre, when they were up just now', async () => {
      const phone = await refused((levers) => {
        levers.account = { ...ACCOUNT, source: 'practice' }
        // The centre was down itself and has ended what it lost.
        levers.calls.set('k1', { ended: true })
        levers.recoverable = [{ conversationId: 'k1', callId: 'sip-1', customerName: 'Mary', lastSeenAt: 1_700_000_099_000 }]
      })
      expect(phone.toldTo('recover')).toEqual(['k1'])
      phone.emit({ type: 'invite', callId: 'again', conversationId: 'k1', name: '', number: '' })
      expect(phone.effects('accept')).toMatchObject([{ callId: 'again' }])
    })

    it('are offered in the practice centre, when that was a while ago', async () => {
      const recoverable = [{ conversationId: 'k1', callId: 'sip-1', customerName: 'Mary', lastSeenAt: 1_699_999_000_000 }]
      const phone = await refused((levers) => {
        levers.account = { ...ACCOUNT, source: 'practice' }
        levers.calls.set('k1', { ended: false })
        levers.recoverable = recoverable
      })
      expect([phone.toldTo('recover'), phone.engine.view.recoverable, phone.engine.view.lost]).toEqual([[], recoverable, []])
    })

    it('are said to be lost with a PBX of one’s own, until the agent has seen it', async () => {
      const phone = await refused((levers) => levers.calls.set('k1', { ended: false }))
      expect(phone.engine.view.lost).toMatchObject([{ callId: 'sip-1', conversationId: 'k1', name: 'Mary', number: '+441234' }])
      expect(saved(phone).at(-1)).toEqual([])
      await phone.engine.act({ type: 'dismiss-lost', callId: 'sip-1' })
      expect(phone.engine.view.lost).toEqual([])
    })

    it('are not spoken of when they ended as calls end', async () => {
      const phone = await refused((levers) => {
        levers.account = { ...ACCOUNT, source: 'practice' }
        levers.calls.set('k1', { ended: true })
      })
      expect(phone.engine.view.lost).toEqual([])
    })

    it('are said to be lost when nothing can be found out', async () => {
      const phone = await refused((levers) => levers.failing.set('callOf', new Error('no host')))
      expect(phone.engine.view.lost).toHaveLength(1)
    })
  })

  it('leave nothing behind when the phone ends and hangs up', async () => {
    const phone = bench()
    await phone.register()
    await phone.pass()
    await phone.up('a', 'k1')
    phone.emit({ type: 'dialog', callId: 'a', dialog: IDS })
    await phone.pass()
    const closing = phone.engine.close()
    await phone.pass(1_000)
    await closing
    expect(saved(phone).at(-1)).toEqual([])
  })

  it('keep their pause of the recording: the next page ends it in time', async () => {
    const phone = bench((levers) => {
      levers.dialogs = [{ ...DIALOG, recordingPause: { until: 1_700_000_100_000 + 60_000, reason: 'payment' } }]
    })
    await phone.pass()
    await phone.register()
    await phone.pass()
    const { callId } = taking(phone)
    phone.emit({ type: 'established', callId })
    phone.emit({ type: 'dialog', callId, dialog: IDS })
    await phone.pass()
    expect(phone.engine.view.recordings[callId]).toMatchObject({ state: 'paused', reason: 'payment' })
    expect(saved(phone).at(-1)).toMatchObject([{ recordingPause: { reason: 'payment' } }])
    await phone.pass(60_000)
    expect(phone.toldTo('record')).toEqual([{ callId, on: true }])
    expect(phone.toldTo('recorderConfirmed')).toMatchObject([{ conversationId: 'k1', state: 'resumed', endedBy: 'timer' }])
    expect(saved(phone).at(-1)?.[0]).not.toHaveProperty('recordingPause')
  })
})

describe('a pause of the recording that outlives its page', () => {
  it.each(['info', 'centre'] as const)('keeps the transcript from listening, with the recorder "%s"', async (recorder) => {
    const phone = bench((levers) => {
      levers.account = { ...ACCOUNT, recorder, transcriber: { protocol: 'vosk', url: 'ws://recogniser' } }
      levers.dialogs = [{ ...DIALOG, recordingPause: { until: 1_700_000_100_000 + 60_000, reason: 'payment' } }]
    })
    await phone.pass()
    await phone.register()
    await phone.pass()
    const { callId } = taking(phone)
    phone.emit({ type: 'established', callId })
    phone.emit({ type: 'dialog', callId, dialog: IDS })
    await phone.pass()
    expect(phone.listening[0]?.did).toEqual(['pause'])
    expect(saved(phone).at(-1)).toMatchObject([{ recordingPause: { reason: 'payment' } }])
    await phone.pass(60_000)
    expect(phone.listening[0]?.did).toEqual(['pause', 'resume'])
    expect(saved(phone).at(-1)?.[0]).not.toHaveProperty('recordingPause')
  })

  it('is written down when it is asked of the centre’s recorder too', async () => {
    const phone = bench((levers) => (levers.account = { ...ACCOUNT, recorder: 'centre' }))
    await phone.register()
    await phone.up('a', 'k1')
    phone.emit({ type: 'dialog', callId: 'a', dialog: IDS })
    await phone.engine.act({ type: 'pause-recording', callId: 'a', reason: 'payment', forMs: 60_000 })
    await phone.pass()
    expect(saved(phone).at(-1)).toMatchObject([{ recordingPause: { reason: 'payment' } }])
  })
})

describe('the account', () => {
  it('taken anew does not look for calls that were taken back and are over', async () => {
    const phone = bench((levers) => {
      levers.dialogs = [DIALOG]
    })
    await phone.pass()
    await phone.register()
    await phone.pass()
    const { callId } = taking(phone)
    phone.emit({ type: 'established', callId })
    await phone.pass()
    phone.emit({ type: 'terminated', callId, by: 'far', detail: '' })
    await phone.pass()
    phone.levers.account = { ...ACCOUNT, user: 'other' }
    phone.change('phone')
    await phone.pass()
    await phone.register()
    await phone.pass()
    expect(phone.opened.map((one) => one.user)).toEqual(['lin', 'other'])
    expect(phone.effects('take-back')).toHaveLength(1)
    expect([phone.engine.view.state.calls, phone.engine.view.lost]).toEqual([[], []])
  })

  it('is taken anew when it was changed: at once, or when the calls are over', async () => {
    const phone = bench()
    await phone.register()
    await phone.pass()
    await phone.up('a', 'k1')
    phone.levers.account = { ...ACCOUNT, user: 'other' }
    phone.change('phone')
    await phone.pass(5_000)
    expect(phone.opened.map((one) => one.user)).toEqual(['lin'])
    phone.emit({ type: 'terminated', callId: 'a', by: 'far', detail: '' })
    await phone.pass()
    expect(phone.opened.map((one) => one.user)).toEqual(['lin', 'other'])
    expect(phone.effects('close')).toHaveLength(1)
    phone.change('phone')
    await phone.pass()
    expect(phone.opened).toHaveLength(2)
  })
})
