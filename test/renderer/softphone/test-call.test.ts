import { describe, expect, it } from 'vitest'
import type { Call, CallPhase } from '../../../src-renderer/softphone/call/state.ts'
import { type Action, type Levels, NEW_VIEW, type PhoneView, SILENCE, type Watched } from '../../../src-renderer/softphone/port/port.ts'
import { type Results, runTest, STEPS } from '../../../src-renderer/softphone/test-call/run.ts'

/** A phone with levers: what it tells, how loud it is, and what it was asked. */
function bench() {
  let view: PhoneView = { ...NEW_VIEW, setup: { echoNumber: '600' } as NonNullable<PhoneView['setup']> } // the rest is not asked
  const listeners = new Set<() => void>()
  const watchers = new Map<Watched, (levels: Levels) => void>()
  const acts: Action[] = []
  const timers = new Map<() => void, number>()
  let failing: string | undefined
  let results: Results | undefined
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  const change = async (next: Partial<PhoneView>) => {
    view = { ...view, ...next }
    for (const listener of [...listeners]) listener()
    await settle()
  }
  const run = runTest({
    port: {
      get view() {
        return view
      },
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      watch(what, listener) {
        watchers.set(what, listener)
        return () => watchers.delete(what)
      },
      async act(action) {
        acts.push(action)
        if (failing === action.type) throw new Error('refused')
      }
    },
    devices: () => ({ speakerId: 'ear', ringerId: 'bell', ringVolume: 0.4 }),
    newId: () => 'echo-call',
    after(ms, act) {
      timers.set(act, ms)
      return () => timers.delete(act)
    },
    show: (next) => {
      results = next
    }
  })
  return {
    run,
    acts,
    settle,
    change,
    state: () => Object.fromEntries(STEPS.map((step) => [step, results?.[step].state])),
    outcome: (step: (typeof STEPS)[number]) => results?.[step],
    failNext: (type: Action['type']) => {
      failing = type
    },
    register: () => change({ state: { ...view.state, line: { ...view.state.line, registration: 'registered' } } }),
    async sounds(what: Watched, levels: Partial<Levels>) {
      watchers.get(what)?.({ ...SILENCE, ...levels })
      await settle()
    },
    async late() {
      const due = [...timers.keys()]
      timers.clear()
      for (const act of due) act()
      await settle()
    },
    call: (phase: CallPhase) => change({ state: { ...view.state, calls: [{ callId: 'echo-call', phase } as Call] } }), // all that is looked at
    watched: () => [...watchers.keys()]
  }
}

type Bench = ReturnType<typeof bench>
async function upToEcho(b: Bench): Promise<void> {
  await b.register()
  await b.sounds('microphone', { microphone: 0.1 })
  await b.settle()
  b.run.answer(true)
  await b.settle()
  b.run.answer(true)
  await b.settle()
}

describe('the test call', () => {
  it('goes through all steps and passes when all works', async () => {
    const b = bench()
    await upToEcho(b)
    expect(b.acts.map((act) => act.type)).toEqual(['test-sound', 'test-sound', 'dial'])
    expect(b.acts[0]).toMatchObject({ what: 'speaker', deviceId: 'ear', volume: 1 })
    expect(b.acts[1]).toMatchObject({ what: 'ringer', deviceId: 'bell', volume: 0.4 })
    await b.call('up')
    await b.change({ quality: { 'echo-call': { at: 1, mos: 4.3, rttMs: 20, warnings: [] } } })
    await b.sounds('call', { out: 0.2, in: 0.1 })
    await b.late()
    await b.run.done
    expect(b.state()).toEqual({ registration: 'passed', microphone: 'passed', speaker: 'passed', ringer: 'passed', echo: 'passed' })
    expect(b.outcome('echo')).toMatchObject({ echo: { sent: 0.2, received: 0.1, look: { mos: 4.3 } } })
    expect(b.acts.at(-1)).toEqual({ type: 'phone', input: { type: 'hang-up', callId: 'echo-call' } })
    expect(b.watched()).toEqual([])
  })

  it('tells why each step failed, and tries the rest all the same', async () => {
    const b = bench()
    await b.change({ state: { ...NEW_VIEW.state, line: { ...NEW_VIEW.state.line, registration: 'refused', reason: '403 Forbidden' } } })
    await b.late()
    expect(b.outcome('registration')).toEqual({ state: 'failed', cause: 'not-registered', detail: '403 Forbidden' })
    await b.sounds('microphone', { microphone: 0.0004 })
    await b.late()
    expect(b.outcome('microphone')).toEqual({ state: 'failed', cause: 'microphone-silent' })
    b.run.answer(false)
    await b.settle()
    b.failNext('dial')
    b.run.answer(false)
    await b.settle()
    await b.run.done
    expect(b.outcome('speaker')).toMatchObject({ cause: 'speaker-not-heard' })
    expect(b.outcome('ringer')).toMatchObject({ cause: 'ringer-not-heard' })
    expect(b.outcome('echo')).toEqual({ state: 'failed', cause: 'echo-not-answered', detail: 'refused' })
  })

  it.each([
    ['nothing left this computer', { out: 0, in: 0 }, 4.3, 'nothing-sent'],
    ['nothing came back', { out: 0.2, in: 0.001 }, 4.3, 'echo-silent'],
    ['the line is bad', { out: 0.2, in: 0.2 }, 2.1, 'line-bad']
  ])('hears that %s', async (_, levels, mos, cause) => {
    const b = bench()
    await upToEcho(b)
    await b.call('up')
    await b.change({ quality: { 'echo-call': { at: 1, mos, warnings: [] } } })
    await b.sounds('call', levels)
    await b.late()
    await b.run.done
    expect(b.outcome('echo')).toMatchObject({ state: 'failed', cause })
  })

  it('an echo that refuses is not waited for', async () => {
    const b = bench()
    await upToEcho(b)
    await b.call('ended')
    await b.run.done
    expect(b.outcome('echo')).toMatchObject({ state: 'failed', cause: 'echo-not-answered' })
    expect(b.acts.some((act) => act.type === 'phone')).toBe(false)
  })

  it('without an echo number the loop is left out, and says so', async () => {
    const b = bench()
    await b.change({ setup: { echoNumber: '' } as NonNullable<PhoneView['setup']> }) // the rest is not asked
    await upToEcho(b)
    await b.run.done
    expect(b.outcome('echo')).toEqual({ state: 'left-out', cause: 'no-echo-number' })
  })

  it('can be stopped at any step: no call, no open microphone stays', async () => {
    const b = bench()
    b.run.stop()
    await b.run.done
    expect(new Set(Object.values(b.state()))).toEqual(new Set(['left-out']))

    const later = bench()
    await upToEcho(later)
    await later.call('up')
    later.run.stop()
    await later.settle()
    await later.run.done
    expect(later.outcome('echo')).toEqual({ state: 'left-out', cause: 'stopped' })
    expect(later.acts.at(-1)).toEqual({ type: 'phone', input: { type: 'hang-up', callId: 'echo-call' } })
    expect(later.watched()).toEqual([])
  })
})
