import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newCall } from '../../../src-renderer/softphone/call/call.ts'
import type { Call } from '../../../src-renderer/softphone/call/state.ts'
import { decideHeadset, type HeadsetView, headsetView, NEW_HEADSET } from '../../../src-renderer/softphone/headset/decide-headset.ts'
import { headsetDrivers } from '../../../src-renderer/softphone/headset/drivers.ts'
import { createHeadset, type HeadsetIntent } from '../../../src-renderer/softphone/headset/headset.ts'
import type { HeadsetEvents, HeadsetOrder, HeadsetPress, HeadsetStatus } from '../../../src-renderer/softphone/headset/port.ts'
import { createFakeHeadset, type FakeHeadset, show } from '../../fakes/headset.ts'
import { createFakeHid } from '../../fakes/hid-device.ts'

const REST: HeadsetView = { up: [], muted: false, held: false }
const inCall = (over: Partial<HeadsetView> = {}): HeadsetView => ({ ...REST, up: [{ callId: 'a', dialled: false }], ...over })
const RINGS: HeadsetView = { ...REST, ringing: { callId: 'a', name: 'Chen' } }

/** Feeds views and presses a second apart; says what came of the last. */
function feed(...inputs: (HeadsetView | HeadsetPress)[]) {
  let state = NEW_HEADSET
  let said: unknown[] = []
  inputs.forEach((input, i) => {
    const decision = decideHeadset(state, 'type' in input ? { type: 'press', press: input } : { type: 'phone', view: input }, i * 1_000)
    state = decision.state
    said = decision.effects.map((effect) => (effect.type === 'tell' ? effect.order : effect.intent))
  })
  return said
}

describe('the headset follows the phone', () => {
  it('rings, lifts when the call is answered on the screen, and rests when it is over', () => {
    expect(feed(RINGS)).toEqual([{ type: 'ring', callId: 'a', name: 'Chen' }])
    expect(feed(RINGS, RINGS)).toEqual([])
    expect(feed(RINGS, inCall())).toEqual([{ type: 'off-hook', callId: 'a', how: 'rung' }])
    expect(feed(RINGS, inCall(), REST)).toEqual([{ type: 'on-hook', callId: 'a', last: true }])
    expect(feed(RINGS, REST)).toEqual([{ type: 'stop-ring', callId: 'a' }])
  })

  it('lifts for a call that answered itself or was dialled', () => {
    expect(feed(inCall())).toEqual([{ type: 'off-hook', callId: 'a', how: 'unrung' }])
    expect(feed({ ...REST, up: [{ callId: 'a', dialled: true }] })).toEqual([{ type: 'off-hook', callId: 'a', how: 'dialled' }])
  })

  it('shows mute and hold of the call in the ear, and none of them when there is no call', () => {
    expect(feed(inCall(), inCall({ muted: true }))).toEqual([{ type: 'mute', on: true }])
    expect(feed(inCall(), inCall({ held: true }))).toEqual([{ type: 'hold', callId: 'a', on: true }])
    expect(feed(inCall(), inCall({ muted: true, held: true }), REST, inCall())).toEqual([{ type: 'off-hook', callId: 'a', how: 'unrung' }])
  })

  it('never rings in the ear of somebody who talks; the waiting call rings when the talk is over', () => {
    const waiting = inCall({ ringing: { callId: 'b', name: 'Wu' } })
    expect(feed(inCall(), waiting)).toEqual([])
    expect(feed(inCall(), waiting, { ...REST, ringing: { callId: 'b', name: 'Wu' } })).toEqual([
      { type: 'on-hook', callId: 'a', last: true },
      { type: 'ring', callId: 'b', name: 'Wu' }
    ])
  })

  it('keeps the hook lifted while one of two calls is left', () => {
    const two = inCall({
      up: [
        { callId: 'b', dialled: false },
        { callId: 'a', dialled: false }
      ]
    })
    expect(feed(inCall(), two)).toEqual([{ type: 'off-hook', callId: 'b', how: 'unrung' }])
    expect(feed(inCall(), two, inCall({ held: true }))).toEqual([
      { type: 'on-hook', callId: 'b', last: false },
      { type: 'hold', callId: 'a', on: true }
    ])
  })

  it('is told everything anew when it is connected in a call', () => {
    let state = decideHeadset(NEW_HEADSET, { type: 'phone', view: inCall({ muted: true }) }, 0).state
    const decision = decideHeadset(state, { type: 'connected' }, 1)
    state = decision.state
    expect(decision.effects).toHaveLength(2)
    expect(decideHeadset(state, { type: 'phone', view: inCall({ muted: true }) }, 2).effects).toEqual([])
  })
})

describe('the phone follows the headset', () => {
  it.each<[string, HeadsetView, HeadsetPress, unknown[]]>([
    ['answers what rings', RINGS, { type: 'answer' }, [{ type: 'answer', callId: 'a' }]],
    ['declines what rings', RINGS, { type: 'reject' }, [{ type: 'decline', callId: 'a' }]],
    ['declines what rings when it is put down', RINGS, { type: 'hang-up' }, [{ type: 'decline', callId: 'a' }]],
    ['hangs up', inCall(), { type: 'hang-up' }, [{ type: 'hang-up', callId: 'a' }]],
    ['mutes', inCall(), { type: 'mute', on: true }, [{ type: 'mute', callId: 'a', on: true }]],
    ['holds', inCall(), { type: 'hold', on: true }, [{ type: 'hold', callId: 'a', on: true }]],
    ['resumes', inCall({ held: true }), { type: 'hold', on: false }, [{ type: 'hold', callId: 'a', on: false }]],
    [
      'takes the waiting call with the hold button',
      inCall({ ringing: { callId: 'b', name: '' } }),
      { type: 'hold', on: true },
      [{ type: 'answer', callId: 'b' }]
    ],
    ['does nothing when there is nothing to answer', REST, { type: 'answer' }, []],
    ['does nothing when there is nothing to hang up', REST, { type: 'hang-up' }, []],
    ['has its mute lamp put out when there is no call', REST, { type: 'mute', on: true }, [{ type: 'mute', on: false }]],
    ['does nothing when it says what is so', inCall({ muted: true }), { type: 'mute', on: true }, []]
  ])('%s', (_what, view, press, said) => {
    expect(feed(view, press)).toEqual(said)
  })

  it('is confirmed what it did, and corrected where the phone would not', () => {
    expect(feed(inCall(), { type: 'mute', on: true }, inCall({ muted: true }))).toEqual([{ type: 'mute', on: true }])
    expect(feed(inCall(), { type: 'mute', on: true }, inCall())).toEqual([{ type: 'mute', on: false }])
  })

  it('is not believed when it only repeats what it was just told', () => {
    const tell = (state: typeof NEW_HEADSET, view: HeadsetView, at: number) => decideHeadset(state, { type: 'phone', view }, at).state
    const told = tell(tell(tell(NEW_HEADSET, inCall(), 0), inCall({ muted: true }), 100), inCall(), 200)
    const press = { type: 'press', press: { type: 'mute', on: true } } as const
    expect(decideHeadset(told, press, 300).effects).toEqual([])
    expect(decideHeadset(told, press, 900).effects).toEqual([{ type: 'ask', intent: { type: 'mute', callId: 'a', on: true } }])
  })
})

type Step =
  | { at: 'screen' | 'headset'; does: 'mute' | 'hold' | 'hook' }
  | { at: 'far'; does: 'call' | 'end' }
  | { at: 'line'; does: 'down' | 'up' | 'wait' }
const STEPS: readonly Step[] = [
  ...(['mute', 'hold', 'hook'] as const).flatMap((does) => [{ at: 'screen', does } as const, { at: 'headset', does } as const]),
  { at: 'far', does: 'call' },
  { at: 'far', does: 'end' },
  { at: 'line', does: 'down' },
  { at: 'line', does: 'up' },
  { at: 'line', does: 'wait' }
]

/** A phone and a headset with a slow wire between them. `echoes`: the headset reports also what it was told. */
function twoOfThem(echoes: boolean) {
  const phone = { ringing: undefined as string | undefined, up: [] as string[], muted: false, held: false }
  const headset = { ringing: false, offHook: false, muted: false, held: false }
  const down: HeadsetOrder[] = []
  const up: HeadsetPress[] = []
  let state = NEW_HEADSET
  let now = 0
  let calls = 0
  const view = (): HeadsetView => ({
    ringing: phone.ringing === undefined ? undefined : { callId: phone.ringing, name: '' },
    up: phone.up.map((callId) => ({ callId, dialled: false })),
    muted: phone.up.length > 0 && phone.muted,
    held: phone.up.length > 0 && phone.held
  })
  function decide(input: Parameters<typeof decideHeadset>[1]): void {
    const decision = decideHeadset(state, input, now)
    state = decision.state
    for (const effect of decision.effects) {
      if (effect.type === 'tell') down.push(effect.order)
      else ask(effect.intent)
    }
  }
  function ask(intent: HeadsetIntent): void {
    if (intent.type === 'answer') answer()
    else if (intent.type === 'decline') phone.ringing = undefined
    else if (intent.type === 'hang-up') hangUp()
    else if ('on' in intent && intent.type === 'mute') phone.muted = intent.on
    else if ('on' in intent) phone.held = intent.on
    decide({ type: 'phone', view: view() })
  }
  function answer(): void {
    if (phone.ringing === undefined) return
    phone.up = [phone.ringing]
    phone.ringing = undefined
    phone.muted = phone.held = false
  }
  function hangUp(): void {
    phone.up = []
    phone.muted = phone.held = false
  }
  function deliver(way: 'down' | 'up'): void {
    now += 1
    const order = way === 'down' ? down.shift() : undefined
    if (order) {
      const before = { ...headset }
      show(headset, order)
      if (echoes && before.muted !== headset.muted) up.push({ type: 'mute', on: headset.muted })
      if (echoes && before.held !== headset.held) up.push({ type: 'hold', on: headset.held })
    }
    const press = way === 'up' ? up.shift() : undefined
    if (press) decide({ type: 'press', press })
  }
  function settle(): void {
    for (let i = 0; down.length > 0 || up.length > 0; i++) {
      if (i > 400) throw new Error('phone and headset contradict each other for ever')
      deliver('down')
      deliver('up')
    }
  }
  return {
    phone,
    headset,
    settle,
    step({ at, does }: Step): void {
      if (at === 'line' && does === 'wait') {
        settle() // no message takes longer than the time within which an echo is known as one
        now += 5_000
      } else if (at === 'line') deliver(does === 'down' ? 'down' : 'up')
      else if (at === 'headset') {
        if (does === 'mute') up.push({ type: 'mute', on: (headset.muted = !headset.muted) })
        if (does === 'hold') up.push({ type: 'hold', on: (headset.held = !headset.held) })
        if (does === 'hook') up.push({ type: headset.offHook ? 'hang-up' : 'answer' })
      } else {
        if (does === 'mute' && phone.up.length > 0) phone.muted = !phone.muted
        if (does === 'hold' && phone.up.length > 0) phone.held = !phone.held
        if (does === 'hook') phone.up.length > 0 ? hangUp() : answer()
        if (does === 'call') phone.ringing ??= `call-${calls++}`
        if (does === 'end') hangUp()
        decide({ type: 'phone', view: view() })
      }
    }
  }
}

describe('phone and headset', () => {
  it.each([false, true])('show the same in the end, whoever pressed what and however slow the wire is (echoing: %s)', (echoes) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STEPS), { maxLength: 60 }), (steps) => {
        const { phone, headset, step, settle } = twoOfThem(echoes)
        for (const one of steps) step(one)
        settle()
        const talking = phone.up.length > 0
        expect(headset.offHook).toBe(talking)
        expect(headset.ringing).toBe(!talking && phone.ringing !== undefined)
        if (talking) expect([headset.muted, headset.held]).toEqual([phone.muted, phone.held])
        else expect(headset.muted).toBe(false)
      }),
      { numRuns: 500 }
    )
  })
})

const call = (callId: string, over: Partial<Call>): Call =>
  newCall({ callId, name: '', number: '123', conversationId: undefined, direction: 'in', phase: 'ringing', ...over }, 0)

describe('the calls as a headset can show them', () => {
  it('the one that is talked on is in the ear, the others wait on the hook', () => {
    const calls = [
      call('held', { phase: 'held', wantsHold: true, turnedToAt: 5 }),
      call('up', { phase: 'up', muted: true, turnedToAt: 4 }),
      call('ringing', { phase: 'ringing', name: 'Chen' }),
      call('over', { phase: 'ended' }),
      call('ending', { phase: 'ending' })
    ]
    expect(headsetView(calls)).toMatchObject({
      ringing: { callId: 'ringing', name: 'Chen' },
      up: [{ callId: 'up' }, { callId: 'held' }],
      muted: true,
      held: false
    })
    expect(headsetView([])).toEqual(REST)
    expect(headsetView([call('r', { phase: 'ringing' })]).ringing?.name).toBe('123')
  })
})

/** A phone's headset with fake drivers behind it, the first for headsets named "Vendor". */
function bench() {
  const fakes: FakeHeadset[] = []
  const loads: string[] = []
  const intents: HeadsetIntent[] = []
  const statuses: HeadsetStatus[] = []
  let calls: Call[] = []
  const driver = (name: string, suits: (label: string) => boolean) => ({
    maySuit: suits,
    async load() {
      loads.push(name)
      return (events: HeadsetEvents) => {
        const fake = createFakeHeadset(events, suits)
        fakes.push(fake)
        return fake
      }
    }
  })
  const headset = createHeadset({
    drivers: [driver('vendor', (label) => label.startsWith('Vendor')), driver('any', () => true)],
    calls: () => calls,
    ask: (intent) => intents.push(intent),
    status: (status) => statuses.push(status),
    now: () => 0
  })
  return {
    headset,
    fakes,
    loads,
    intents,
    statuses,
    show(...next: Call[]) {
      calls = next
      headset.follow()
    }
  }
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('a headset beside the phone', () => {
  it('that no maker has is no reason to fetch what knows the makers', async () => {
    const { headset, loads } = bench()
    await headset.connect('Other', false)
    expect(loads).toEqual(['any'])
    expect(headsetDrivers(undefined)).toEqual([])
    const [makers, any] = headsetDrivers(createFakeHid([]).hid)
    const labels = [
      'Jabra Evolve2 65',
      'Headset (Yealink WH62)',
      'VT9500',
      'AC-304',
      'CA Essential',
      'Poly Voyager',
      'Microphone (HD Audio)',
      ''
    ]
    expect(labels.map((label) => makers?.maySuit(label))).toEqual([true, true, true, true, true, false, false, false])
    expect(any?.maySuit('Poly Voyager')).toBe(true)
  })

  it('is found by the first driver that suits it; a driver is made once', async () => {
    const { headset, loads, fakes, statuses } = bench()
    expect(await headset.connect('Vendor One', false)).toEqual({ state: 'connected', name: 'Vendor One' })
    expect(await headset.connect('Other', true)).toEqual({ state: 'connected', name: 'Other' })
    expect(loads).toEqual(['vendor', 'any'])
    expect(fakes.map((fake) => fake.asked)).toEqual([['Vendor One false', 'disconnect'], ['Other true']])
    expect(statuses.map((one) => one.state)).toEqual(['connecting', 'connected', 'connecting', 'connected'])
    await headset.close()
    expect(headset.status).toEqual({ state: 'none' })
  })

  it('rings, answers, mutes and hangs up with the phone', async () => {
    const { headset, fakes, intents, show: shows } = bench()
    await headset.connect('Vendor', false)
    shows(call('a', { phase: 'ringing' }))
    await settled()
    expect(fakes[0]?.shows).toMatchObject({ ringing: true, offHook: false })
    fakes[0]?.press({ type: 'answer' })
    expect(intents).toEqual([{ type: 'answer', callId: 'a' }])
    shows(call('a', { phase: 'up', muted: true }))
    await settled()
    expect(fakes[0]?.shows).toEqual({ ringing: false, offHook: true, muted: true, held: false })
    // The phone does not obey this press: the lamp goes back.
    fakes[0]?.press({ type: 'mute', on: false })
    await settled()
    expect([fakes[0]?.shows.muted, intents.at(-1)]).toEqual([true, { type: 'mute', callId: 'a', on: false }])
    fakes[0]?.press({ type: 'hang-up' })
    expect(intents.at(-1)).toEqual({ type: 'hang-up', callId: 'a' })
  })

  it('tries the next driver when one finds nothing, asks for a permission once at most, and keeps the reason', async () => {
    const { headset, fakes } = bench()
    await headset.connect('Vendor', false)
    fakes[0]?.answer('unpermitted')
    fakes[0]?.asked.splice(0)
    expect(await headset.connect('Vendor', true)).toEqual({ state: 'connected', name: 'Vendor' })
    expect(fakes.map((fake) => fake.asked)).toEqual([['disconnect', 'Vendor true'], ['Vendor false']])
    fakes[1]?.answer('none')
    expect(await headset.connect('Vendor', false)).toEqual({ state: 'unpermitted', name: 'Vendor' })
    fakes[0]?.answer(new Error('the library broke'))
    expect(await headset.connect('Vendor', false)).toEqual({ state: 'failed', name: 'Vendor', detail: 'the library broke' })
    fakes[0]?.answer('none')
    expect(await headset.connect('Vendor', false)).toEqual({ state: 'none' })
  })

  it('is told the calls again when it comes back, and is not listened to when it was let go', async () => {
    const { headset, fakes, intents, show: shows } = bench()
    await headset.connect('Other', false)
    const [fake] = fakes.slice(-1)
    shows(call('a', { phase: 'up' }))
    await settled()
    fake?.tellStatus({ state: 'none' })
    expect(headset.status.state).toBe('none')
    fake?.orders.splice(0)
    fake?.tellStatus({ state: 'connected', name: 'Other' })
    await settled()
    expect(fake?.orders).toEqual([{ type: 'off-hook', callId: 'a', how: 'unrung' }])
    await headset.connect('', false)
    fake?.press({ type: 'hang-up' })
    expect(intents).toEqual([])
  })

  it('the last of two choices wins, however the first ends', async () => {
    const { headset } = bench()
    const [first, second] = await Promise.all([headset.connect('Vendor', false), headset.connect('Other', false)])
    expect([first.state, second]).toEqual([expect.any(String), { state: 'connected', name: 'Other' }])
    expect(headset.status).toEqual({ state: 'connected', name: 'Other' })
  })
})
