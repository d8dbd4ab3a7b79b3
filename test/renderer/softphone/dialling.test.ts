import { describe, expect, it } from 'vitest'
import { problemOf, targetOf } from '../../../src-renderer/softphone/call/dialling.ts'
import { type Input, PhoneInputError } from '../../../src-renderer/softphone/call/state.ts'
import { answered, dial, dialogOf, ONLINE, play, reached, types } from './play.ts'

describe('what may be dialled', () => {
  it.each([
    ['+49 (30) 123-456', '+4930123456'],
    ['tel:+4930123456;ext=7', '+4930123456'],
    ['*68', '*68'],
    ['#31#030123', '#31#030123'],
    [' sip:ann@bank.test ', 'sip:ann@bank.test'],
    ['sips:ann@bank.test:5061;transport=tcp', 'sips:ann@bank.test:5061;transport=tcp'],
    ['sip:[2001:db8::7]:5060', 'sip:[2001:db8::7]:5060'],
    ['alice', 'alice'],
    ['alice@other.test', 'alice@other.test']
  ])('%s', (typed, target) => expect(targetOf(typed)).toBe(target))

  it.each([
    '',
    '   ',
    'sip:',
    'sip:ann@',
    'sip:ann@bank.test?Subject=x',
    'sip:ann@bank.test\r\nEvil: 1',
    '"><sip:x@y>',
    'http://bank.test',
    '+',
    'ann lee'
  ])('refuses %j', (typed) => expect(() => play(...ONLINE, dial('a', { to: typed }))).toThrow(PhoneInputError))
})

describe('a call we make', () => {
  it('calls, rings there with a tone here, is answered, and is reported once', () => {
    const { call, sounds, reports, all } = play(...ONLINE, ...reached('a', { conversationId: 'conv-a', name: 'Ann Lee' }))
    expect(call('a')).toMatchObject({ direction: 'out', phase: 'up', name: 'Ann Lee', number: '4711', answeredAt: 6_000 })
    expect(sounds).toEqual(['ringback', 'off'])
    expect(reports).toEqual(['a answered'])
    expect(all).toContainEqual(expect.objectContaining({ type: 'dial', callId: 'a', to: '4711', attempt: 0, conversationId: 'conv-a' }))
    expect(all.filter((effect) => effect.type === 'microphone')).toEqual([{ type: 'microphone', callId: 'a', open: true }])
  })

  it('makes no tone of its own over the sound that comes early, and starts it again when that ends', () => {
    const early: Input = { type: 'progress', callId: 'a', status: 183, early: true }
    expect(play(...ONLINE, dial('a'), early).sounds).toEqual([])
    expect(play(...ONLINE, dial('a'), { type: 'progress', callId: 'a', status: 180, early: false }, early).sounds).toEqual([
      'ringback',
      'off'
    ])
  })

  it.each([
    [486, 'busy'],
    [600, 'busy'],
    [404, 'not-found'],
    [410, 'not-found'],
    [484, 'not-found'],
    [604, 'not-found'],
    [603, 'declined'],
    [480, 'unavailable'],
    [408, 'unavailable'],
    [487, 'unavailable'],
    [403, 'forbidden'],
    [407, 'forbidden'],
    [488, 'not-acceptable'],
    [606, 'not-acceptable'],
    [483, 'redirected-in-circles'],
    [500, 'server-failed'],
    [503, 'server-failed'],
    [420, 'call-failed'],
    [699, 'call-failed']
  ] as const)('%i is "%s", with a tone that ends by itself', (status, problem) => {
    expect(problemOf(status)).toBe(problem)
    const refused: Input[] = [...ONLINE, dial('a', { conversationId: 'conv-a' }), { type: 'refused', callId: 'a', status, reason: 'No' }]
    const { call, sounds, reports } = play(...refused)
    expect(call('a')).toMatchObject({ phase: 'ended', problem, status, detail: `${status} No`, endedBy: 'far' })
    expect(sounds).toEqual(['busy'])
    expect(reports).toEqual(['a failed'])
    expect(play(...refused, { type: 'timer', name: 'tone:a' }).sounds).toEqual(['busy', 'off'])
  })

  it('follows where it is sent, the most wanted first, and not in circles', () => {
    const to = (...targets: string[]): Input => ({ type: 'redirected', callId: 'a', status: 302, targets })
    const followed = play(...ONLINE, dial('a'), to('sip:b@x.test', 'sip:c@x.test'))
    expect(followed.last).toContainEqual(expect.objectContaining({ type: 'dial', callId: 'a', to: 'sip:b@x.test', attempt: 1 }))
    const next = play(...ONLINE, dial('a'), to('sip:b@x.test', 'sip:c@x.test'), to('4711', 'sip:c@x.test'))
    expect(next.last).toContainEqual(expect.objectContaining({ type: 'dial', to: 'sip:c@x.test', attempt: 2 }))
    const circle = play(...ONLINE, dial('a'), to('sip:b@x.test'), to('4711'))
    expect(circle.call('a')).toMatchObject({ phase: 'ended', problem: 'redirected-in-circles', status: 302 })
    const far = play(...ONLINE, dial('a'), ...Array.from({ length: 9 }, (_, i) => to(`sip:n${i}@x.test`)))
    expect(far.call('a')).toMatchObject({ phase: 'ended', problem: 'redirected-in-circles' })
    expect(far.all.filter((effect) => effect.type === 'dial').length).toBe(6)
    expect(play(...ONLINE, dial('a'), to()).call('a').problem).toBe('redirected-in-circles')
  })

  it('is taken back by CANCEL; an answer that crosses it is ended by BYE, a 487 is no problem', () => {
    const hungUp: Input[] = [
      ...ONLINE,
      dial('a'),
      { type: 'progress', callId: 'a', status: 180, early: false },
      { type: 'hang-up', callId: 'a' }
    ]
    expect(types(play(...hungUp).last)).toContain('cancel')
    const crossed = play(...hungUp, { type: 'established', callId: 'a' })
    expect(crossed.last).toContainEqual({ type: 'bye', callId: 'a' })
    const over = play(...hungUp, { type: 'refused', callId: 'a', status: 487, reason: 'Request Terminated' })
    expect(over.call('a')).toMatchObject({ phase: 'ended', endedBy: 'self' })
    expect(over.call('a').problem).toBeUndefined()
    expect(over.sounds).toEqual(['ringback', 'off'])
  })

  it('gives up when nobody answers for three minutes', () => {
    const { call, last } = play(...ONLINE, dial('a'), { type: 'timer', name: 'calling:a' })
    expect(call('a')).toMatchObject({ phase: 'ended', problem: 'unavailable' })
    expect(last).toContainEqual({ type: 'cancel', callId: 'a' })
  })

  it('does not begin without a registration, nor without a free line', () => {
    const offline = play({ type: 'go-online' }, dial('a'))
    expect(offline.call('a')).toMatchObject({ phase: 'ended', problem: 'not-connected' })
    expect(types(offline.all)).not.toContain('dial')
    const full = play(...ONLINE, { type: 'configure', rules: { lines: 1 } }, ...answered('z'), dial('a'))
    expect(full.call('a')).toMatchObject({ phase: 'ended', problem: 'no-line-free' })
    expect(full.call('z').phase).toBe('up')
  })

  it('holds the call that is up', () => {
    const { call, last } = play(...ONLINE, ...answered('z'), dial('a'))
    expect(call('z').phase).toBe('holding')
    expect(last).toContainEqual(expect.objectContaining({ type: 'reinvite', callId: 'z', hold: true }))
  })

  it('ends with its problem when there is no microphone', () => {
    const { call } = play(...ONLINE, dial('a'), { type: 'accept-failed', callId: 'a', problem: 'microphone-denied', detail: 'no' })
    expect(call('a')).toMatchObject({ phase: 'ended', problem: 'microphone-denied' })
  })
})

describe('a dialog that is taken back', () => {
  const { all } = play(...ONLINE, ...answered('a'), dialogOf('a'), { type: 'mute', callId: 'a', on: true })
  const journal = all.findLast((effect) => effect.type === 'journal')
  const record = journal?.type === 'journal' ? journal.records[0] : undefined
  if (!record) throw new Error('nothing was written down')
  const back: Input = { type: 'take-back', callId: 'b', record }

  it('is asked for once there is a line, and is the call that it was', () => {
    const early = play({ type: 'go-online' }, back)
    expect(types(early.all)).not.toContain('take-back')
    const { call, all: effects } = play(
      { type: 'go-online' },
      back,
      { type: 'connected' },
      { type: 'registered' },
      { type: 'established', callId: 'b' }
    )
    expect(effects).toContainEqual({ type: 'take-back', callId: 'b', to: record.remoteTarget, record, hold: false })
    expect(call('b')).toMatchObject({ phase: 'up', answeredAt: record.answeredAt, muted: true, direction: 'in', conversationId: 'conv-a' })
  })

  it('is held again when it was held', () => {
    const held = play(...ONLINE, { ...back, record: { ...record, state: 'held' } }, { type: 'established', callId: 'b' })
    expect(held.call('b').phase).toBe('holding')
    expect(held.all.filter((effect) => effect.type === 'microphone')).toEqual([])
  })

  it('is looked for under its address when its Contact cannot be called; 481 is the end', () => {
    const no = (status: number): Input => ({ type: 'refused', callId: 'b', status, reason: 'No' })
    const second = play(...ONLINE, back, no(403))
    expect(second.last).toContainEqual(expect.objectContaining({ type: 'take-back', to: record.remoteUri }))
    const failed = play(...ONLINE, back, no(403), no(403))
    expect(failed.call('b')).toMatchObject({ phase: 'ended', problem: 'take-back-failed', status: 403 })
    expect(failed.sounds).toEqual([])
    expect(play(...ONLINE, back, no(481)).call('b')).toMatchObject({ phase: 'ended', problem: 'take-back-failed', status: 481 })
  })
})
