import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, NEW_PHONE, soundOf } from '../../../src-renderer/softphone/call/phone.ts'
import {
  type Call,
  type Effect,
  IllegalMove,
  type Input,
  PhoneInputError,
  type PhoneState
} from '../../../src-renderer/softphone/call/state.ts'

/** Feeds inputs one second apart; keeps every effect and those of the last input. */
function play(...inputs: Input[]) {
  let state: PhoneState = NEW_PHONE
  const all: Effect[] = []
  let last: Effect[] = []
  inputs.forEach((input, i) => {
    const decision = decide(state, input, 1_000 * (i + 1))
    state = decision.state
    last = decision.effects
    all.push(...last)
  })
  const call = (callId: string): Call => {
    const found = state.calls.find((one) => one.callId === callId)
    if (!found) throw new Error(`no call ${callId}`)
    return found
  }
  const reports = all.flatMap((effect) => (effect.type === 'report' ? [`${effect.callId} ${effect.what}`] : []))
  return { state, all, last, call, reports }
}
const invite = (callId: string, conversationId: string | undefined = `conv-${callId}`): Input => ({
  type: 'invite',
  callId,
  conversationId,
  name: 'Ann Lee',
  number: '+4930111'
})
const up = (callId: string): Input[] => [invite(callId), { type: 'accept', callId }, { type: 'established', callId }]
const types = (effects: Effect[]) => effects.map((effect) => effect.type)

describe('the line', () => {
  const online: Input[] = [{ type: 'go-online' }, { type: 'connected' }, { type: 'registered' }]

  it('connects, registers and then asks from time to time whether the connection still answers', () => {
    const { state, all } = play(...online)
    expect(state.line.registration).toBe('registered')
    expect(types(all).filter((type) => type !== 'timer-off')).toEqual(['connect', 'register', 'timer', 'timer'])
    expect(all.at(-1)).toMatchObject({ type: 'timer', name: 'ping' })
  })

  it('waits longer after every failure, with jitter, and starts over after a success', () => {
    const down: Input = { type: 'disconnected', reason: 'refused' }
    const retry: Input = { type: 'timer', name: 'retry' }
    const waits = (inputs: Input[]) =>
      play(...inputs).all.flatMap((e) => (e.type === 'timer' && e.name === 'retry' ? [[e.ms, e.jitterMs]] : []))
    expect(waits([{ type: 'go-online' }, down, retry, down, retry, down])).toEqual([
      [200, 400],
      [400, 800],
      [800, 1_600]
    ])
    expect(waits([{ type: 'go-online' }, down, retry, { type: 'connected' }, { type: 'registered' }, down]).at(-1)).toEqual([200, 400])
    expect(waits([{ type: 'go-online' }, ...Array.from({ length: 12 }, () => [down, retry]).flat()]).at(-1)).toEqual([7_500, 15_000])
  })

  it('drops a connection that does not answer, and one whose REGISTER is stuck', () => {
    const half = play(...online, { type: 'timer', name: 'ping' }, { type: 'timer', name: 'ping-lost' })
    expect(half.state.line.registration).toBe('waiting')
    expect(types(half.last)).toContain('disconnect')
    const answered = play(...online, { type: 'timer', name: 'ping' }, { type: 'pong' })
    expect(answered.state.line.registration).toBe('registered')
    expect(answered.last).toContainEqual({ type: 'timer-off', name: 'ping-lost' })
    const stuck = play({ type: 'go-online' }, { type: 'connected' }, { type: 'timer', name: 'stuck' })
    expect(stuck.state.line.registration).toBe('waiting')
    expect(types(stuck.last)).toContain('disconnect')
  })

  it('gives a registrar that answers late more time in every round, and waits longer in between', () => {
    const round: Input[] = [{ type: 'connected' }, { type: 'timer', name: 'stuck' }, { type: 'timer', name: 'retry' }]
    const timers = (name: string, ...inputs: Input[]) =>
      play(...inputs).all.flatMap((e) => (e.type === 'timer' && e.name === name ? [e.ms] : []))
    const six: Input[] = [{ type: 'go-online' }, ...Array.from({ length: 6 }, () => round).flat()]
    expect(timers('stuck', ...six)).toEqual([6_000, 12_000, 18_000, 24_000, 24_000, 24_000])
    expect(timers('retry', ...six)).toEqual([200, 400, 800, 1_600, 3_200, 6_400])
    expect(timers('stuck', ...six, { type: 'connected' }, { type: 'registered' }, { type: 'hurry' }, { type: 'connected' }).at(-1)).toBe(
      6_000
    )
    // Another server is no reason for more patience: it was not asked yet.
    expect(timers('stuck', { type: 'configure', rules: { servers: 2 } }, ...six)).toEqual([6_000, 6_000, 12_000, 12_000, 18_000, 18_000])
  })

  it('says why a registration was refused and tries again', () => {
    const { state, last } = play({ type: 'go-online' }, { type: 'connected' }, { type: 'unregistered', status: 403, reason: 'Forbidden' })
    expect(state.line).toMatchObject({ registration: 'refused', reason: '403 Forbidden' })
    expect(last).toContainEqual(expect.objectContaining({ type: 'timer', name: 'retry' }))
  })

  it('does not come back when nobody wants it to', () => {
    const { state, last } = play(
      ...online,
      { type: 'go-offline' },
      { type: 'disconnected', reason: 'closed' },
      { type: 'timer', name: 'retry' }
    )
    expect(state.line.registration).toBe('off')
    expect(last).toEqual([])
  })

  it('does not wait when the network says it is back', () => {
    const { state, last } = play({ type: 'go-online' }, { type: 'disconnected', reason: 'gone' }, { type: 'hurry' })
    expect(state.line.registration).toBe('connecting')
    expect(types(last)).toContain('connect')
  })

  it('leaves calls alone when the socket goes: their media goes on', () => {
    const { call } = play(...online, ...up('a'), { type: 'disconnected', reason: 'gone' })
    expect(call('a').phase).toBe('up')
  })
})

describe('a call', () => {
  it('rings, is answered, and is reported once', () => {
    const { call, all, reports } = play(...up('a'))
    expect(call('a')).toMatchObject({ phase: 'up', answeredAt: 3_000 })
    expect(all.filter((e) => e.type === 'sound')).toEqual([
      { type: 'sound', sound: 'ring' },
      { type: 'sound', sound: 'off' }
    ])
    expect(reports).toEqual(['a answered'])
  })

  it('is answered by itself when its conversation was accepted before the INVITE came, and only then', () => {
    const early = play({ type: 'expect', conversationId: 'conv-a', forMs: 10_000 }, invite('a'))
    expect(early.call('a').phase).toBe('answering')
    expect(types(early.all)).not.toContain('sound')
    expect(early.state.expected).toEqual({})
    const late = play({ type: 'expect', conversationId: 'conv-a', forMs: 500 }, invite('a'))
    expect(late.call('a').phase).toBe('ringing')
    const other = play({ type: 'expect', conversationId: 'conv-b', forMs: 10_000 }, invite('a'))
    expect(other.call('a').phase).toBe('ringing')
  })

  it('beeps instead of ringing while the agent talks, and tells a fourth caller that it is busy', () => {
    const second = play(...up('a'), invite('b'))
    expect(second.last).toContainEqual({ type: 'sound', sound: 'beep' })
    const fourth = play(...up('a'), invite('b'), invite('c'), invite('d'))
    expect(fourth.last).toContainEqual(expect.objectContaining({ type: 'reject', callId: 'd', status: 486 }))
    expect(fourth.state.calls).toHaveLength(3)
  })

  it('puts the first call on hold when a second one is answered', () => {
    const { call, last } = play(...up('a'), invite('b'), { type: 'accept', callId: 'b' })
    expect(call('a').phase).toBe('holding')
    expect(last).toContainEqual(expect.objectContaining({ type: 'reinvite', callId: 'a', hold: true }))
    expect(last).toContainEqual({ type: 'microphone', callId: 'a', open: false })
  })

  it.each([
    [false, 603],
    [true, 486]
  ])('says no with the right status (busy %s)', (busy, status) => {
    const { call, last, reports } = play(invite('a'), { type: 'decline', callId: 'a', busy })
    expect(call('a').phase).toBe('ended')
    expect(last).toContainEqual({ type: 'reject', callId: 'a', status })
    expect(reports).toEqual([])
  })

  it('keeps ringing when the microphone is not there, and reports it when the caller gives up', () => {
    const denied: Input[] = [
      invite('a'),
      { type: 'accept', callId: 'a' },
      { type: 'accept-failed', callId: 'a', problem: 'microphone-denied', detail: 'no' }
    ]
    const first = play(...denied)
    expect(first.call('a')).toMatchObject({ phase: 'ringing', problem: 'microphone-denied' })
    expect(play(...denied, { type: 'accept', callId: 'a' }, { type: 'established', callId: 'a' }).call('a').problem).toBeUndefined()
    expect(play(...denied, { type: 'terminated', callId: 'a', by: 'far', detail: 'gone' }).reports).toEqual(['a failed'])
  })

  it('ends when the media cannot be made', () => {
    const { call, reports } = play(
      invite('a'),
      { type: 'accept', callId: 'a' },
      { type: 'accept-failed', callId: 'a', problem: 'media-failed', detail: 'sdp' }
    )
    expect(call('a')).toMatchObject({ phase: 'ended', problem: 'media-failed' })
    expect(reports).toEqual(['a failed'])
  })

  it('is hung up: reported at once, gone when the far end agrees or after a while, cleaned from the screen later', () => {
    const ending = play(...up('a'), { type: 'hang-up', callId: 'a' })
    expect(ending.call('a').phase).toBe('ending')
    expect(types(ending.last)).toContain('bye')
    const over = play(...up('a'), { type: 'hang-up', callId: 'a' }, { type: 'terminated', callId: 'a', by: 'self', detail: '' })
    expect(over.call('a').phase).toBe('ended')
    expect(over.reports).toEqual(['a answered', 'a ended'])
    expect(play(...up('a'), { type: 'hang-up', callId: 'a' }, { type: 'timer', name: 'ending:a' }).call('a').phase).toBe('ended')
    const clean = play(
      ...up('a'),
      { type: 'hang-up', callId: 'a' },
      { type: 'timer', name: 'ending:a' },
      { type: 'timer', name: 'clean:a' }
    )
    expect(clean.state.calls).toEqual([])
    expect(clean.last).toEqual([{ type: 'forget', callId: 'a' }])
  })

  it('hung up while the answer was on its way is ended as soon as there is something to end', () => {
    const { last } = play(
      invite('a'),
      { type: 'accept', callId: 'a' },
      { type: 'hang-up', callId: 'a' },
      { type: 'established', callId: 'a' }
    )
    expect(last).toContainEqual({ type: 'bye', callId: 'a' })
  })

  it('refuses keys no keypad has, and sends digits only while both can talk', () => {
    const { call, last } = play(...up('a'), { type: 'digit', callId: 'a', digit: '#' })
    expect(call('a').digits).toBe('#')
    expect(last).toEqual([{ type: 'digit', callId: 'a', digit: '#' }])
    expect(() => play(...up('a'), { type: 'digit', callId: 'a', digit: 'x' })).toThrow(PhoneInputError)
    expect(play(invite('a'), { type: 'digit', callId: 'a', digit: '1' }).last).toEqual([])
  })

  it('throws by name when the driver tells what cannot be, and forgives what is merely late', () => {
    expect(() => play(invite('a'), { type: 'established', callId: 'a' })).toThrow(IllegalMove)
    expect(
      play(...up('a'), { type: 'terminated', callId: 'a', by: 'far', detail: '' }, { type: 'established', callId: 'a' }).call('a').phase
    ).toBe('ended')
    expect(play({ type: 'terminated', callId: 'x', by: 'far', detail: '' }).all).toEqual([])
  })
})

describe('hold', () => {
  const hold: Input = { type: 'hold', callId: 'a', on: true }
  const resume: Input = { type: 'hold', callId: 'a', on: false }
  const agreed: Input = { type: 'reinvite-answered', callId: 'a', confirmed: true }
  const refused = (status: number): Input => ({ type: 'reinvite-refused', callId: 'a', status })

  it('turns to one customer at a time: resuming one holds the other', () => {
    const { call, last } = play(...up('a'), ...up('b'), agreed, resume)
    expect([call('a').phase, call('b').phase]).toEqual(['resuming', 'holding'])
    expect(last.filter((e) => e.type === 'microphone')).toEqual([
      { type: 'microphone', callId: 'b', open: false },
      { type: 'microphone', callId: 'a', open: true }
    ])
  })

  it('is held only when the far end agreed; the microphone closes at once', () => {
    const asked = play(...up('a'), hold)
    expect(asked.call('a').phase).toBe('holding')
    expect(asked.last).toContainEqual({ type: 'microphone', callId: 'a', open: false })
    const held = play(...up('a'), hold, agreed)
    expect(held.call('a')).toMatchObject({ phase: 'held', heldAt: 5_000 })
    expect(held.reports).toEqual(['a answered', 'a held'])
  })

  it('stays up, says why, and opens the microphone again when the far end does not agree or refuses', () => {
    for (const [answer, problem] of [
      [{ type: 'reinvite-answered', callId: 'a', confirmed: false }, 'hold-not-confirmed'],
      [refused(488), 'hold-failed']
    ] as const) {
      const { call, last, reports } = play(...up('a'), hold, answer)
      expect(call('a')).toMatchObject({ phase: 'up', wantsHold: false, problem })
      expect(last).toContainEqual({ type: 'microphone', callId: 'a', open: true })
      expect(reports).toEqual(['a answered'])
    }
  })

  it('gives up when no answer comes', () => {
    expect(play(...up('a'), hold, { type: 'timer', name: 'hold:a' }).call('a')).toMatchObject({ phase: 'up', problem: 'hold-failed' })
    expect(play(...up('a'), hold, agreed, resume, { type: 'timer', name: 'hold:a' }).call('a')).toMatchObject({
      phase: 'held',
      problem: 'resume-failed',
      wantsHold: true
    })
  })

  it('tries again a while after a glare, at most four times', () => {
    const glare = play(...up('a'), hold, refused(491))
    expect(glare.call('a').phase).toBe('holding')
    expect(glare.last).toContainEqual({ type: 'timer', name: 'glare:a', ms: 0, jitterMs: 2_000 })
    const again: Input[] = [refused(491), { type: 'timer', name: 'glare:a' }]
    expect(play(...up('a'), hold, ...again).last).toContainEqual(expect.objectContaining({ type: 'reinvite', callId: 'a', hold: true }))
    expect(play(...up('a'), hold, ...again, ...again, ...again, ...again, refused(491)).call('a')).toMatchObject({
      phase: 'up',
      problem: 'hold-failed'
    })
  })

  it('follows a change of mind once the answer to the first wish is there', () => {
    const { call, last } = play(...up('a'), hold, resume, agreed)
    expect(call('a').phase).toBe('resuming')
    expect(last).toContainEqual(expect.objectContaining({ type: 'reinvite', callId: 'a', hold: false }))
  })

  it('ends the call when the far end does not know it any more', () => {
    const { call, reports } = play(...up('a'), hold, refused(481))
    expect(call('a').phase).toBe('ended')
    expect(reports.at(-1)).toBe('a ended')
  })

  it('keeps mute as it was through hold and resume', () => {
    const { call, all } = play(...up('a'), { type: 'mute', callId: 'a', on: true }, hold, agreed, resume, {
      type: 'reinvite-answered',
      callId: 'a',
      confirmed: false
    })
    expect(call('a')).toMatchObject({ phase: 'up', muted: true })
    expect(all.filter((e) => e.type === 'microphone').at(-1)).toEqual({ type: 'microphone', callId: 'a', open: false })
  })
})

describe('whatever happens', () => {
  const callId = fc.constantFrom('a', 'b')
  const input: fc.Arbitrary<Input> = fc.oneof(
    callId.map((id) => invite(id)),
    fc.record({ type: fc.constantFrom('accept' as const, 'hang-up' as const, 'decline' as const, 'digit-failed' as const), callId }),
    fc.record({ type: fc.constantFrom('hold' as const, 'mute' as const, 'far-hold' as const), callId, on: fc.boolean() }),
    fc.record({ type: fc.constant('reinvite-answered' as const), callId, confirmed: fc.boolean() }),
    fc.record({ type: fc.constant('reinvite-refused' as const), callId, status: fc.constantFrom(481, 488, 491, 503) }),
    fc.record({ type: fc.constant('terminated' as const), callId, by: fc.constant('far' as const), detail: fc.constant('') }),
    fc.record({
      type: fc.constant('timer' as const),
      name: fc.constantFrom('hold:a' as const, 'glare:a' as const, 'ending:a' as const, 'clean:a' as const, 'retry' as const)
    })
  )

  it('the agent is never heard by two customers, never while muted or held, and never rung without a caller', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 40 }), (inputs) => {
        let state = NEW_PHONE
        const open = new Map<string, boolean>()
        for (const [i, one] of inputs.entries()) {
          // A driver says `established` only of what is being answered.
          const answering = state.calls.find((call) => call.phase === 'answering')
          for (const next of answering ? [{ type: 'established', callId: answering.callId } as const, one] : [one]) {
            const decision = decide(state, next, i)
            state = decision.state
            for (const effect of decision.effects) if (effect.type === 'microphone') open.set(effect.callId, effect.open)
          }
          for (const call of state.calls) {
            if (call.phase === 'ended') open.delete(call.callId)
            if (open.get(call.callId)) expect([call.muted, call.wantsHold, call.phase === 'held']).toEqual([false, false, false])
          }
          expect([...open.values()].filter(Boolean).length).toBeLessThan(2)
          if (soundOf(state.calls) !== 'off') expect(state.calls.some((call) => call.phase === 'ringing')).toBe(true)
        }
      })
    )
  })

  it('an answered call is reported as ended exactly once', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 30 }), (inputs) => {
        const sequence: Input[] = [
          ...up('z'),
          ...inputs,
          { type: 'hang-up', callId: 'z' },
          { type: 'terminated', callId: 'z', by: 'self', detail: '' }
        ]
        let state = NEW_PHONE
        let ends = 0
        for (const one of sequence) {
          const decision = decide(state, one, 1)
          state = decision.state
          ends += decision.effects.filter((effect) => effect.type === 'report' && effect.callId === 'z' && effect.what === 'ended').length
        }
        expect(ends).toBe(1)
      })
    )
  })
})
