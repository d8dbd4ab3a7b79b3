import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLive } from '../../../src-renderer/softphone/call/call.ts'
import { decide, heardOn, NEW_PHONE, soundOf } from '../../../src-renderer/softphone/call/phone.ts'
import { IllegalMove, type Input, PhoneInputError } from '../../../src-renderer/softphone/call/state.ts'
import { agreed, answered, dialogOf, invite, ONLINE, play, reached, resumed } from './play.ts'

const three = [...ONLINE, ...answered('a'), ...reached('b', { to: '200', consultFor: 'a' }), agreed('a')]
const join: Input[] = [{ type: 'conference', callIds: ['a', 'b'] }, resumed('a')]
const mixes = (...inputs: Input[]) => play(...inputs).all.flatMap((effect) => (effect.type === 'mix' ? [effect.callIds.join('+')] : []))
const hold = (callId: string, on: boolean): Input => ({ type: 'hold', callId, on })

describe('a conference of three', () => {
  it('is mixed when both are off hold, and the agent is heard by both', () => {
    const { call, state } = play(...three, ...join)
    expect([call('a'), call('b')].map(({ phase, conferenced }) => [phase, conferenced])).toEqual([
      ['up', true],
      ['up', true]
    ])
    expect(heardOn(state.calls).map((one) => one.callId)).toEqual(['a', 'b'])
    expect(mixes(...three, ...join)).toEqual(['a+b'])
  })

  it('mutes the agent to both, and hears both all the same', () => {
    const { state, last } = play(...three, ...join, { type: 'mute', callId: 'b', on: true })
    expect(state.calls.map((call) => call.muted)).toEqual([true, true])
    expect(last.filter((effect) => effect.type === 'microphone')).toEqual([
      { type: 'microphone', callId: 'a', open: false },
      { type: 'microphone', callId: 'b', open: false }
    ])
    expect(mixes(...three, ...join, { type: 'mute', callId: 'b', on: true })).toEqual(['a+b'])
  })

  it('is held as a whole and comes back as a whole', () => {
    const held: Input[] = [hold('a', true), agreed('a'), agreed('b')]
    expect(play(...three, ...join, ...held).state.calls.map((call) => call.phase)).toEqual(['held', 'held'])
    const again = [...three, ...join, ...held, hold('b', false), resumed('a'), resumed('b')]
    expect(play(...again).state.calls.map((call) => call.phase)).toEqual(['up', 'up'])
    expect(mixes(...again)).toEqual(['a+b', '', 'a+b'])
  })

  it('waits when another call is answered', () => {
    const { call } = play(...three, ...join, invite('c'), { type: 'accept', callId: 'c' })
    expect([call('a').phase, call('b').phase]).toEqual(['holding', 'holding'])
  })

  it('goes on with who is left', () => {
    const { call, state } = play(...three, ...join, { type: 'terminated', callId: 'b', by: 'far', detail: '' })
    expect(call('a')).toMatchObject({ phase: 'up', conferenced: false })
    expect(heardOn(state.calls).map((one) => one.callId)).toEqual(['a'])
    expect(mixes(...three, ...join, { type: 'terminated', callId: 'b', by: 'far', detail: '' })).toEqual(['a+b', ''])
  })

  it('can be split again: one goes on, the other waits', () => {
    const { call } = play(...three, ...join, { type: 'split', callId: 'a' })
    expect(call('a')).toMatchObject({ phase: 'up', conferenced: false })
    expect(call('b')).toMatchObject({ phase: 'holding', conferenced: false })
  })

  it('can be left: the two are joined by REFER', () => {
    const { last } = play(...three, ...join, { type: 'leave-conference' }, agreed('b'), agreed('a'))
    expect(last).toContainEqual({ type: 'refer', callId: 'a', to: '200', partner: 'b' })
  })

  it('needs two calls that are up', () => {
    expect(play(...ONLINE, ...answered('a'), invite('b'), { type: 'conference', callIds: ['a', 'b'] }).call('a').conferenced).toBe(false)
    expect(play(...ONLINE, ...answered('a'), { type: 'conference', callIds: ['a', 'a'] }).call('a').conferenced).toBe(false)
  })
})

describe('answering by itself', () => {
  const auto = { answerAfterMs: 0 }

  it('sounds a tone first, and opens the audio after it', () => {
    const rung: Input[] = [...ONLINE, invite('a', auto), { type: 'established', callId: 'a' }]
    const { sounds, all, call } = play(...rung)
    expect(sounds).toEqual(['whisper'])
    expect(call('a')).toMatchObject({ phase: 'up', autoAnswered: true, whispering: true })
    expect(all.filter((effect) => effect.type === 'microphone')).toEqual([])
    const open = play(...rung, { type: 'timer', name: 'whisper:a' })
    expect(open.last).toEqual([
      { type: 'microphone', callId: 'a', open: true },
      { type: 'sound', sound: 'off' }
    ])
  })

  it('waits as long as the caller asks for', () => {
    const later = play(...ONLINE, invite('a', { answerAfterMs: 3_000 }))
    expect(later.call('a').phase).toBe('ringing')
    expect(later.last).toContainEqual({ type: 'timer', name: 'answer:a', ms: 3_000, jitterMs: 0 })
    expect(play(...ONLINE, invite('a', { answerAfterMs: 3_000 }), { type: 'timer', name: 'answer:a' }).call('a').phase).toBe('answering')
  })

  it.each([
    ['a call is up', [...answered('z'), invite('a', auto)]],
    ['the account does not want it', [{ type: 'configure', rules: { autoAnswer: false } } as Input, invite('a', auto)]],
    [
      'a call is up, though the queue wants it',
      [{ type: 'expect', conversationId: 'conv-a', forMs: 60_000, auto: true } as Input, ...answered('z'), invite('a')]
    ]
  ])('never when %s', (_when, inputs) => {
    const { call, sounds } = play(...ONLINE, ...inputs)
    expect(call('a').phase).toBe('ringing')
    expect(sounds).not.toContain('whisper')
  })

  it('of a queue has the tone too; what the agent took by hand has none', () => {
    const byQueue = play(...ONLINE, { type: 'expect', conversationId: 'conv-a', forMs: 60_000, auto: true }, invite('a'))
    expect(byQueue.sounds).toEqual(['whisper'])
    const byHand = play(...ONLINE, { type: 'expect', conversationId: 'conv-a', forMs: 60_000 }, invite('a'))
    expect(byHand.sounds).toEqual([])
    expect(byHand.call('a').phase).toBe('answering')
  })

  it('without a microphone rings instead', () => {
    const { call, sounds } = play(...ONLINE, invite('a', auto), {
      type: 'accept-failed',
      callId: 'a',
      problem: 'microphone-busy',
      detail: ''
    })
    expect(call('a')).toMatchObject({ phase: 'ringing', whispering: false, problem: 'microphone-busy' })
    expect(sounds).toEqual(['whisper', 'ring'])
  })
})

describe('do not disturb', () => {
  const on: Input = { type: 'do-not-disturb', on: true }

  it('refuses calls with a reason and remembers them; calls in progress go on', () => {
    const { state, last, call } = play(...ONLINE, ...answered('z'), on, invite('a'))
    expect(last).toContainEqual({ type: 'reject', callId: 'a', status: 486, reason: 'SIP;cause=486;text="Do not disturb"' })
    expect(state.refused).toEqual([
      { callId: 'a', conversationId: 'conv-a', name: 'Ann Lee', number: '+4930111', why: 'do-not-disturb', at: 8_000 }
    ])
    expect(call('z').phase).toBe('up')
    expect(play(...ONLINE, on, { type: 'do-not-disturb', on: false }, invite('a')).call('a').phase).toBe('ringing')
  })

  it('lets through what the agent took by hand', () => {
    expect(play(...ONLINE, on, { type: 'expect', conversationId: 'conv-a', forMs: 9_000 }, invite('a')).call('a').phase).toBe('answering')
  })
})

describe('whatever happens to several calls', () => {
  const id = fc.constantFrom('a', 'b', 'c')
  const one = fc.oneof(
    id.map((callId): Input => invite(callId)),
    id.map((callId): Input => invite(callId, { answerAfterMs: 0 })),
    fc.tuple(id, id).map(([callId, replaces]): Input => invite(callId, { replaces })),
    fc.tuple(id, fc.option(id, { nil: undefined })).map(([callId, consultFor]): Input => ({ type: 'dial', callId, to: '200', consultFor })),
    fc.record({ type: fc.constantFrom('accept' as const, 'hang-up' as const, 'decline' as const, 'established' as const), callId: id }),
    fc.record({ type: fc.constantFrom('swap' as const, 'abort-consult' as const, 'complete' as const, 'split' as const), callId: id }),
    fc.record({ type: fc.constantFrom('hold' as const, 'mute' as const, 'far-hold' as const), callId: id, on: fc.boolean() }),
    fc.record({ type: fc.constant('conference' as const), callIds: fc.array(id, { maxLength: 3 }) }),
    fc.constantFrom<Input>(
      { type: 'leave-conference' },
      { type: 'disconnected', reason: '' },
      { type: 'connected' },
      { type: 'registered' },
      { type: 'hurry' }
    ),
    fc.record({ type: fc.constant('do-not-disturb' as const), on: fc.boolean() }),
    fc.record({ type: fc.constant('transfer' as const), callId: id, to: fc.constant('300') }),
    fc.record({
      type: fc.constant('park' as const),
      callId: id,
      to: fc.constant('*68'),
      slot: fc.constant('1'),
      retrieval: fc.constant('*851')
    }),
    fc.record({ type: fc.constant('progress' as const), callId: id, status: fc.constantFrom(180, 183), early: fc.boolean() }),
    fc.record({ type: fc.constant('refused' as const), callId: id, status: fc.constantFrom(404, 486, 487, 503), reason: fc.constant('') }),
    fc.record({ type: fc.constant('redirected' as const), callId: id, status: fc.constant(302), targets: fc.constant(['sip:x@y.test']) }),
    fc.record({ type: fc.constant('reinvite-answered' as const), callId: id, confirmed: fc.boolean() }),
    fc.record({ type: fc.constant('reinvite-refused' as const), callId: id, status: fc.constantFrom(408, 481, 488, 491, 503) }),
    fc.record({ type: fc.constant('refer-answered' as const), callId: id, status: fc.constantFrom(202, 603) }),
    fc.record({
      type: fc.constant('refer-progress' as const),
      callId: id,
      status: fc.constantFrom(100, 200, 486),
      reason: fc.constant('')
    }),
    fc.record({ type: fc.constant('referred' as const), callId: id, newCallId: id, to: fc.constant('sip:x@y.test') }),
    fc.record({ type: fc.constant('proof' as const), callId: id, received: fc.boolean(), sent: fc.boolean() }),
    fc.record({ type: fc.constant('media' as const), callId: id, state: fc.constantFrom('lost' as const, 'flowing' as const) }),
    fc.record({
      type: fc.constant('session-timer' as const),
      callId: id,
      expiresS: fc.constantFrom(0, 90),
      refresher: fc.constantFrom('us' as const, 'them' as const)
    }),
    fc.record({
      type: fc.constant('terminated' as const),
      callId: id,
      by: fc.constantFrom('far' as const, 'network' as const),
      detail: fc.constant('')
    }),
    id.map((callId) => dialogOf(callId)),
    fc
      .tuple(
        fc.constantFrom(
          'hold',
          'glare',
          'ending',
          'clean',
          'calling',
          'transfer',
          'whisper',
          'tone',
          'refresh',
          'proof',
          'session',
          'answer',
          'replaced'
        ),
        id
      )
      .map(([name, callId]) => ({ type: 'timer', name: `${name}:${callId}` }) as Input) // every name is one of CallTimer
  )

  it('nobody shares the agent who does not confer; nothing rings into a live call; every call can end', () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), (inputs) => {
        let state = NEW_PHONE
        let at = 0
        const open = new Set<string>()
        let mixed: readonly string[] = []
        let sound = 'off'
        const tell = (input: Input) => {
          at += 500
          let decision: ReturnType<typeof decide>
          try {
            decision = decide(state, input, at)
          } catch (error) {
            // What a driver may not say, and what cannot be asked for; the state is as it was.
            if (error instanceof IllegalMove || error instanceof PhoneInputError) return
            throw error
          }
          state = decision.state
          for (const effect of decision.effects) {
            if (effect.type === 'microphone') open[effect.open ? 'add' : 'delete'](effect.callId)
            if (effect.type === 'mix') mixed = effect.callIds
            if (effect.type === 'sound') sound = effect.sound
          }
          const live = state.calls.filter((call) => call.phase !== 'ended')
          for (const callId of [...open]) if (!live.some((call) => call.callId === callId)) open.delete(callId)
          const heard = live.filter((call) => open.has(call.callId))
          for (const call of heard) expect([call.muted, call.wantsHold, call.whispering]).toEqual([false, false, false])
          if (heard.length > 1) expect(heard.every((call) => call.conferenced)).toBe(true)
          if (mixed.length > 0)
            expect(mixed.every((callId) => live.some((call) => call.callId === callId && call.conferenced && !call.wantsHold))).toBe(true)
          expect(live.filter((call) => call.conferenced)).not.toHaveLength(1)
          expect(sound).toBe(soundOf(state.calls))
          if (sound === 'ring') expect(state.calls.some(isLive)).toBe(false)
          for (const call of live) if (call.link === 'proving' || call.link === 'refreshing') expect(call.phase).not.toBe('ringing')
        }
        for (const input of ONLINE) tell(input)
        for (const input of inputs) tell(input)
        for (const { callId } of state.calls) tell({ type: 'hang-up', callId })
        for (const { callId } of state.calls) tell({ type: 'timer', name: `ending:${callId}` })
        expect(state.calls.every((call) => call.phase === 'ended')).toBe(true)
        for (const { callId } of state.calls) tell({ type: 'timer', name: `tone:${callId}` })
        expect([sound, mixed.length, open.size]).toEqual(['off', 0, 0])
        for (const { callId } of state.calls) tell({ type: 'timer', name: `clean:${callId}` })
        expect(state.calls).toEqual([])
      }),
      { numRuns: 400 }
    )
  })
})
