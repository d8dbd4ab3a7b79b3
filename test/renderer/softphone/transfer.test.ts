import { describe, expect, it } from 'vitest'
import { type Input, PhoneInputError } from '../../../src-renderer/softphone/call/state.ts'
import { agreed, answered, ONLINE, play, reached, resumed, types } from './play.ts'

const transfer: Input = { type: 'transfer', callId: 'a', to: '+49 30 5' }
const yes = (status = 202): Input => ({ type: 'refer-answered', callId: 'a', status })
const news = (status: number): Input => ({ type: 'refer-progress', callId: 'a', status, reason: '' })
const up = [...ONLINE, ...answered('a')]

describe('a blind transfer', () => {
  it('holds first, then asks, follows the reports, and hangs up when it worked', () => {
    const holding = play(...up, transfer)
    expect(holding.call('a')).toMatchObject({ phase: 'holding', transfer: { stage: 'holding', to: '+49305' } })
    expect(types(holding.last)).not.toContain('refer')
    expect(holding.last).toContainEqual({ type: 'microphone', callId: 'a', open: false })
    const asking = play(...up, transfer, agreed('a'))
    expect(asking.last).toContainEqual({ type: 'refer', callId: 'a', to: '+49305', partner: undefined })
    const trying = play(...up, transfer, agreed('a'), yes(), news(180))
    expect(trying.call('a').transfer).toMatchObject({ stage: 'trying', status: 180 })
    const done = play(...up, transfer, agreed('a'), yes(), news(100), news(200))
    expect(done.call('a')).toMatchObject({ phase: 'ending', endedBy: 'self', transfer: { stage: 'done' } })
    expect(done.last).toContainEqual({ type: 'bye', callId: 'a' })
    expect(done.last).toContainEqual({ type: 'transferred', callId: 'a', conversationId: 'conv-a', kind: 'blind', to: '+49305' })
    expect(done.reports).toEqual(['a answered', 'a held', 'a ended'])
  })

  it('asks at once when the call is on hold already, and also when the far end would not be held', () => {
    expect(types(play(...up, { type: 'hold', callId: 'a', on: true }, agreed('a'), transfer).last)).toContain('refer')
    expect(types(play(...up, transfer, { type: 'reinvite-refused', callId: 'a', status: 488 }).last)).toContain('refer')
  })

  it.each([
    ['it is refused', [yes(603)], 'transfer-refused', 603],
    ['the other one is busy', [yes(), news(100), news(486)], 'transfer-failed', 486],
    ['nothing more is heard of it', [yes(), { type: 'timer', name: 'transfer:a' } as Input], 'transfer-unanswered', 408],
    ['it is never answered', [{ type: 'timer', name: 'transfer:a' } as Input], 'transfer-refused', 408]
  ])('gives the call back, with the reason, when %s', (_when, inputs, problem, status) => {
    const { call, last } = play(...up, transfer, agreed('a'), ...inputs)
    expect(call('a')).toMatchObject({ phase: 'resuming', wantsHold: false, problem, status })
    expect(call('a').transfer).toBeUndefined()
    expect(last).toContainEqual(expect.objectContaining({ type: 'reinvite', callId: 'a', hold: false }))
  })

  it('takes a hang-up after the order was taken for success, and one before it for a hang-up', () => {
    const bye: Input = { type: 'terminated', callId: 'a', by: 'far', detail: 'hung up' }
    const passed = play(...up, transfer, agreed('a'), yes(), bye)
    expect(types(passed.last)).toContain('transferred')
    expect(passed.call('a')).toMatchObject({ phase: 'ended', transfer: { stage: 'done' } })
    expect(types(play(...up, transfer, agreed('a'), bye).last)).not.toContain('transferred')
  })

  it('understands a report that overtakes the answer', () => {
    expect(play(...up, transfer, agreed('a'), news(100), news(200)).call('a').phase).toBe('ending')
  })

  it('refuses what is no address, and is not begun twice', () => {
    expect(() => play(...up, { ...transfer, to: 'http://x' })).toThrow(PhoneInputError)
    const { last } = play(...up, transfer, agreed('a'), { ...transfer, to: '7' })
    expect(types(last)).not.toContain('refer')
  })
})

describe('park', () => {
  const park: Input = { type: 'park', callId: 'a', to: '*68', slot: '801', retrieval: '*85801' }

  it('is a transfer to the orbit; where the call waits is remembered until it is fetched', () => {
    const parked = play(...up, park, agreed('a'), yes(), news(200))
    expect(parked.last).toContainEqual(expect.objectContaining({ type: 'report', what: 'parked', slot: '801' }))
    expect(parked.state.parked).toEqual([
      expect.objectContaining({ callId: 'a', conversationId: 'conv-a', slot: '801', retrieval: '*85801' })
    ])
    const fetched = play(
      ...up,
      park,
      agreed('a'),
      yes(),
      news(200),
      { type: 'terminated', callId: 'a', by: 'self', detail: '' },
      ...reached('b', { to: '*85801' })
    )
    expect(fetched.call('b')).toMatchObject({ phase: 'up', conversationId: 'conv-a', name: 'Ann Lee' })
    expect(fetched.state.parked).toEqual([])
  })

  it('is fetched too from a place that the PBX chose', () => {
    const where: Input = { type: 'park', callId: 'a', to: '*70', slot: '', retrieval: '*71' }
    const before = [...up, where, agreed('a'), yes(), news(200), { type: 'terminated', callId: 'a', by: 'self', detail: '' }] as const
    expect(play(...before, ...reached('b', { to: '*712', conversationId: 'conv-a' })).state.parked).toEqual([])
    expect(play(...before, ...reached('b', { to: '*712', conversationId: 'another' })).state.parked).toHaveLength(1)
  })

  it('says so when it did not work', () => {
    expect(play(...up, park, agreed('a'), yes(), news(486)).call('a')).toMatchObject({ problem: 'park-failed', phase: 'resuming' })
  })
})

describe('a consultation', () => {
  const asked = [...up, ...reached('b', { to: '200', consultFor: 'a' }), agreed('a')]

  it('puts the customer on hold; swap turns from one to the other', () => {
    const talk = play(...asked)
    expect([talk.call('a').phase, talk.call('b').phase]).toEqual(['held', 'up'])
    const swapped = play(...asked, { type: 'swap', callId: 'a' }, agreed('b'), resumed('a'))
    expect([swapped.call('a').phase, swapped.call('b').phase]).toEqual(['up', 'held'])
    const again = play(
      ...asked,
      { type: 'swap', callId: 'b' },
      agreed('b'),
      resumed('a'),
      { type: 'swap', callId: 'b' },
      agreed('a'),
      resumed('b')
    )
    expect([again.call('a').phase, again.call('b').phase]).toEqual(['held', 'up'])
  })

  it('is dropped and the customer is back', () => {
    const { call, last } = play(...asked, { type: 'abort-consult', callId: 'b' })
    expect(last).toContainEqual({ type: 'bye', callId: 'b' })
    expect(call('a')).toMatchObject({ phase: 'resuming', wantsHold: false })
  })

  it('is completed by REFER with the partner’s dialog; both calls end when it worked', () => {
    const complete: Input = { type: 'complete', callId: 'b' }
    const ordered = play(...asked, complete)
    expect(ordered.last).toContainEqual({ type: 'refer', callId: 'a', to: '200', partner: 'b' })
    const done = play(...asked, complete, yes(), news(200))
    expect(done.last).toContainEqual({ type: 'bye', callId: 'a' })
    expect(done.last).toContainEqual({ type: 'bye', callId: 'b' })
    const failed = play(...asked, complete, yes(), news(503))
    expect(failed.call('a')).toMatchObject({ phase: 'held', problem: 'transfer-failed', status: 503 })
    expect(failed.call('b').phase).toBe('up')
  })

  it('becomes a blind transfer when the partner has not answered yet', () => {
    const ringing: Input[] = [
      ...up,
      { type: 'dial', callId: 'b', to: '200', consultFor: 'a' },
      { type: 'progress', callId: 'b', status: 180, early: false }
    ]
    const { last } = play(...ringing, agreed('a'), { type: 'complete', callId: 'a' })
    expect(last).toContainEqual({ type: 'cancel', callId: 'b' })
    expect(last).toContainEqual({ type: 'refer', callId: 'a', to: '200', partner: undefined })
  })

  it('that is answered after the agent turned back to the customer waits', () => {
    const ringing: Input[] = [
      ...up,
      { type: 'dial', callId: 'b', to: '200', consultFor: 'a' },
      { type: 'progress', callId: 'b', status: 180, early: false }
    ]
    const back = play(...ringing, agreed('a'), { type: 'swap', callId: 'a' }, resumed('a'), { type: 'established', callId: 'b' })
    expect(back.call('b')).toMatchObject({ wantsHold: true, phase: 'holding' })
    expect(back.call('a').phase).toBe('up')
  })

  it('about a call that is not there is refused', () => {
    expect(() => play(...ONLINE, { type: 'dial', callId: 'b', to: '200', consultFor: 'zzz' })).toThrow(PhoneInputError)
  })
})

describe('a far end that sends us on', () => {
  const refer: Input = { type: 'referred', callId: 'a', newCallId: 'n', to: 'sip:200@x.test', replaces: 'x;to-tag=1;from-tag=2' }

  it('is obeyed: the target is called with its Replaces, the progress told, the conversation moved', () => {
    const obeyed = play(...up, refer)
    expect(obeyed.last).toContainEqual({ type: 'answer-refer', callId: 'a', accept: true })
    expect(obeyed.last).toContainEqual(
      expect.objectContaining({ type: 'dial', callId: 'n', to: 'sip:200@x.test', replaces: 'x;to-tag=1;from-tag=2' })
    )
    expect(obeyed.last).toContainEqual({ type: 'refer-progress', callId: 'a', status: 100 })
    const rung = play(...up, refer, { type: 'progress', callId: 'n', status: 180, early: false })
    expect(rung.last).toContainEqual({ type: 'refer-progress', callId: 'a', status: 180 })
    const there = play(...up, refer, { type: 'established', callId: 'n' })
    expect(there.last).toContainEqual({ type: 'refer-progress', callId: 'a', status: 200 })
    expect(there.call('n').conversationId).toBe('conv-a')
    expect(there.call('a').conversationId).toBeUndefined()
    const over = play(...up, refer, { type: 'established', callId: 'n' }, { type: 'timer', name: 'replaced:a' })
    expect(over.last).toContainEqual({ type: 'bye', callId: 'a' })
    expect(over.reports).not.toContain('a ended')
  })

  it('is told of a failure and talked to again', () => {
    const { last, call } = play(...up, refer, agreed('a'), { type: 'refused', callId: 'n', status: 486, reason: 'Busy' })
    expect(last).toContainEqual({ type: 'refer-progress', callId: 'a', status: 486 })
    expect(call('a').phase).toBe('resuming')
  })

  it('is refused when the rules say so, when no line is free, and when the address is none', () => {
    const no = { type: 'answer-refer', callId: 'a', accept: false }
    expect(play(...up, { type: 'configure', rules: { obeysRefer: false } }, refer).last).toEqual([no])
    expect(play(...up, { type: 'configure', rules: { lines: 1 } }, refer).last).toEqual([no])
    expect(play(...up, { ...refer, to: 'http://x' }).last).toEqual([no])
  })
})

describe('an INVITE that replaces a call', () => {
  const instead: Input = { type: 'invite', callId: 'n', name: 'Bo', number: '7', replaces: 'a' }

  it('takes its place without ringing; the old call ends without ending the conversation', () => {
    const { call, sounds, reports } = play(
      ...up,
      instead,
      { type: 'established', callId: 'n' },
      { type: 'terminated', callId: 'a', by: 'self', detail: '' }
    )
    expect(sounds).toEqual(['ring', 'off'])
    expect(call('n')).toMatchObject({ phase: 'up', conversationId: 'conv-a', name: 'Bo' })
    expect(reports).toEqual(['a answered', 'n answered'])
  })

  it('stays on hold when the old call was', () => {
    const held = play(...up, { type: 'hold', callId: 'a', on: true }, agreed('a'), instead, { type: 'established', callId: 'n' })
    expect(held.call('n')).toMatchObject({ phase: 'holding', wantsHold: true })
  })

  it('rings as a new call when what it replaces is over', () => {
    expect(play(...up, { type: 'terminated', callId: 'a', by: 'far', detail: '' }, instead).call('n').phase).toBe('ringing')
  })
})
