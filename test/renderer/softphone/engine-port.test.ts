import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { PhoneInputError } from '../../../src-renderer/softphone/call/state.ts'
import { createPage, type Wire } from '../../../src-renderer/softphone/port/channel.ts'
import { readMessage } from '../../../src-renderer/softphone/port/messages.ts'
import {
  type Action,
  type Levels,
  NEW_VIEW,
  PhoneGoneError,
  type PhonePort,
  type PhoneView,
  SILENCE
} from '../../../src-renderer/softphone/port/port.ts'
import { type Locks, lockName, sharedPhone } from '../../../src-renderer/softphone/port/shared.ts'
import { createFakeTimers } from '../../fakes/timers.ts'
import { settle } from './engine-bench.ts'

/** A browser with pages that can be opened, closed and killed, one lock, and a channel between them. */
function browser() {
  const timers = createFakeTimers()
  const listeners = new Map<string, (message: unknown) => void>()
  const queue: { run(): Promise<void>; page: string }[] = []
  let holder: string | undefined
  const said: unknown[] = []
  const next = () => {
    const first = queue.shift()
    holder = first?.page
    void first?.run()
  }
  let made = 0

  function open(name: string, options: { mayBePhone?: boolean; locks?: boolean } = {}) {
    const dead = new AbortController()
    const wire: Wire = {
      post(message) {
        if (dead.signal.aborted) return
        const copy: unknown = structuredClone(message) // only plain data crosses
        said.push(copy)
        queueMicrotask(() => {
          for (const [id, listener] of listeners) if (id !== name) listener(copy)
        })
      },
      listen: (listener) => void listeners.set(name, listener),
      close: () => void listeners.delete(name)
    }
    const locks: Locks = {
      request: (lock, { signal }, hold) =>
        new Promise((resolve, reject) => {
          expect(lock).toBe('sidetone-phone:lin')
          const one = {
            page: name,
            run: () =>
              hold().then(() => {
                resolve()
                if (holder === name) next()
              })
          }
          signal.addEventListener('abort', () => {
            const at = queue.indexOf(one)
            if (at >= 0) queue.splice(at, 1)
            reject(new DOMException('left', 'AbortError'))
          })
          queue.push(one)
          if (holder === undefined) next()
        })
    }
    const engine = fakeEngine()
    const page = createPage(wire, name, { now: timers.now, after: timers.after, random: () => 0.5 })
    const port = sharedPhone({
      deskId: 'lin',
      page,
      locks: options.locks === false ? undefined : locks,
      mayBePhone: options.mayBePhone ?? true,
      newId: () => `id-${++made}`,
      start: () => {
        engine.started++
        return engine.port
      }
    })
    return {
      port,
      engine,
      /** Lever: the page is gone without a word, as when its process dies. */
      kill() {
        dead.abort()
        listeners.delete(name)
        if (holder === name) next()
      }
    }
  }
  return {
    open,
    timers,
    said,
    /** Lever: somebody else posts this. */
    post: (message: unknown) => {
      for (const listener of listeners.values()) listener(message)
    },
    async pass(ms = 0) {
      await settle()
      // Beat by beat: what one page says must reach the others before their next beat.
      for (let left = ms; left > 0; left -= 500) {
        timers.advance(Math.min(500, left))
        await settle()
      }
    }
  }
}

interface FakeEngine {
  started: number
  closed: number
  acted: Action[]
  answer(): Promise<void>
  view: PhoneView
  show(change: Partial<PhoneView>): void
  watching(what: string): number
  level(out: number): void
  port: PhonePort
}

/** An engine that the test drives. */
function fakeEngine(): FakeEngine {
  const listeners = new Set<() => void>()
  const watchers = new Map<string, Set<(levels: Levels) => void>>()
  const engine: FakeEngine = {
    started: 0,
    closed: 0,
    acted: [],
    answer: async () => {},
    view: NEW_VIEW,
    show(change: Partial<PhoneView>) {
      engine.view = { ...engine.view, ...change }
      for (const listener of listeners) listener()
    },
    watching: (what: string) => watchers.get(what)?.size ?? 0,
    level(out: number) {
      for (const tell of watchers.get('call') ?? []) tell({ ...SILENCE, out })
    },
    port: {
      get view(): PhoneView {
        return engine.view
      },
      place: 'here',
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      watch(what, listener) {
        const set = watchers.get(what) ?? new Set()
        watchers.set(what, set.add(listener))
        return () => set.delete(listener)
      },
      act(action) {
        engine.acted.push(action)
        return engine.answer()
      },
      async close() {
        engine.closed++
      }
    }
  }
  return engine
}

const MUTE: Action = { type: 'phone', input: { type: 'mute', callId: 'a', on: true } }

describe('a desk in several pages', () => {
  it('has one phone: the first page is it, the second shows it and can use it', async () => {
    const { open, pass } = browser()
    const first = open('one')
    const second = open('two')
    await pass()
    expect([first.engine.started, second.engine.started]).toEqual([1, 0])
    expect([first.port.place, second.port.place]).toEqual(['here', 'elsewhere'])
    first.engine.show({ account: 'ready' })
    await pass()
    expect(second.port.view.account).toBe('ready')
    await second.port.act(MUTE)
    expect(first.engine.acted).toEqual([MUTE])
    // A click there lets the browser ask nothing here.
    await second.port.act({ type: 'headset', connect: true, asks: true })
    expect(first.engine.acted.at(-1)).toEqual({ type: 'headset', connect: true, asks: false })
  })

  it('tells several changes at once only once, and nobody when nobody looks', async () => {
    const { open, pass, said } = browser()
    const first = open('one')
    await pass(10_000)
    const alone = said.length
    first.engine.show({ account: 'ready' })
    await pass(10_000)
    expect(said.length).toBe(alone)
    open('two')
    await pass()
    const views = () => said.filter((one) => (one as { type: string }).type === 'view').length
    const before = views()
    first.engine.show({ account: 'failed' })
    first.engine.show({ account: 'ready' })
    await pass()
    expect(views()).toBe(before + 1)
  })

  it('goes on in another page when its page dies, at once, with what is being looked at', async () => {
    const { open, pass } = browser()
    const first = open('one')
    const second = open('two')
    const third = open('three')
    await pass()
    const heard: number[] = []
    second.port.watch('call', ({ out }) => heard.push(out))
    const changes = vi.fn()
    third.port.subscribe(changes)
    await pass()
    first.kill()
    await pass()
    expect([second.engine.started, second.port.place, third.port.place]).toEqual([1, 'here', 'elsewhere'])
    expect(changes).toHaveBeenCalled()
    second.engine.level(0.3)
    expect(heard).toEqual([0.3])
    await third.port.act(MUTE)
    expect(second.engine.acted).toEqual([MUTE])
  })

  it('ends its phone before the next page begins one', async () => {
    const { open, pass } = browser()
    const first = open('one')
    const second = open('two')
    await pass()
    let gone = () => {}
    first.engine.port.close = () =>
      new Promise<void>((resolve) => {
        gone = resolve
      })
    const closing = first.port.close()
    await pass()
    expect(second.engine.started).toBe(0)
    gone()
    await closing
    await pass()
    expect([second.engine.started, second.port.place]).toEqual([1, 'here'])
  })

  it('does not become the phone after it was closed, nor where a window of its own is the phone', async () => {
    const { open, pass } = browser()
    const screen = open('screen', { mayBePhone: false })
    await pass(20_000)
    expect([screen.engine.started, screen.port.place]).toEqual([0, 'starting'])
    await expect(screen.port.act(MUTE)).rejects.toThrow(PhoneGoneError)
    const phone = open('phone')
    const waiting = open('waiting')
    await waiting.port.close()
    await pass()
    expect(screen.port.place).toBe('elsewhere')
    await phone.port.close()
    await pass()
    expect([waiting.engine.started, screen.port.place]).toEqual([0, 'starting'])
  })

  it('is its own phone where the browser has no locks', async () => {
    const { open, pass } = browser()
    const only = open('one', { locks: false })
    await pass()
    expect([only.engine.started, only.port.place]).toEqual([1, 'here'])
  })

  it('measures levels only while some page looks, and not for a page that died looking', async () => {
    const { open, pass } = browser()
    const first = open('one')
    const second = open('two')
    await pass()
    const heard: number[] = []
    const end = second.port.watch('call', ({ out }) => heard.push(out))
    await pass()
    expect(first.engine.watching('call')).toBe(1)
    first.engine.level(0.1)
    await pass()
    end()
    await pass()
    expect([heard, first.engine.watching('call')]).toEqual([[0.1], 0])
    second.port.watch('microphone', () => {})
    await pass()
    second.kill()
    await pass(10_000)
    expect(first.engine.watching('microphone')).toBe(0)
  })

  it('says when the phone has not been heard for a while, and when it is back', async () => {
    const { open, pass, timers, post } = browser()
    const screen = open('two', { mayBePhone: false })
    await pass()
    post({ v: 1, from: 'hung', type: 'view', view: NEW_VIEW })
    expect(screen.port.place).toBe('elsewhere')
    const acting = screen.port.act(MUTE)
    const failed = expect(acting).rejects.toThrow(PhoneGoneError)
    await pass(10_000)
    expect(screen.port.place).toBe('silent')
    await failed
    post({ v: 1, from: 'hung', type: 'alive' })
    expect(screen.port.place).toBe('elsewhere')
    expect(timers.now()).toBeGreaterThan(0)
  })

  it('brings what the phone refused to the page that asked, in the same words', async () => {
    const { open, pass } = browser()
    const first = open('one')
    const second = open('two')
    await pass()
    first.engine.answer = () => Promise.reject(Object.assign(new Error('no'), { code: 'REFUSED', data: { code: 'already_done' } }))
    await expect(second.port.act(MUTE)).rejects.toMatchObject({ code: 'REFUSED', data: { code: 'already_done' } })
    first.engine.answer = () => Promise.reject(new PhoneInputError('digit', 'not a key'))
    await expect(second.port.act(MUTE)).rejects.toThrow(PhoneInputError)
    first.engine.answer = () => Promise.reject(new Error('the sky fell'))
    await expect(second.port.act(MUTE)).rejects.toThrow('the sky fell')
    first.engine.answer = () => new Promise(() => {})
    const late = expect(second.port.act(MUTE)).rejects.toThrow(PhoneGoneError)
    await pass(16_000)
    await late
  })

  it('gives up what was asked of a phone that went', async () => {
    const { open, pass } = browser()
    const first = open('one')
    const second = open('two', { mayBePhone: false })
    await pass()
    first.engine.answer = () => new Promise(() => {})
    const asked = expect(second.port.act(MUTE)).rejects.toThrow(PhoneGoneError)
    await pass()
    await first.port.close()
    await pass()
    await asked
  })
})

describe('what pages say to each other', () => {
  const from = { v: 1, from: 'somebody' }
  it.each([
    null,
    undefined,
    'hello',
    42,
    [],
    {},
    { ...from, v: 2, type: 'alive' },
    { v: 1, type: 'alive' },
    { ...from, type: 'nonsense' },
    { ...from, type: '__proto__' },
    { ...from, type: 'constructor' },
    { ...from, type: 'view', view: {} },
    { ...from, type: 'view', view: { ...NEW_VIEW, state: { calls: {} } } },
    { ...from, type: 'levels', what: 'call', levels: { out: 'loud', in: 0, microphone: 0 } },
    { ...from, type: 'levels', what: 'room', levels: SILENCE },
    { ...from, type: 'screen', watching: ['everything'] },
    { ...from, type: 'act', id: 'x', action: { type: 'phone', input: { type: 'registered' } } },
    { ...from, type: 'act', id: 'x', action: { type: 'phone', input: { type: 'go-offline' } } },
    { ...from, type: 'act', id: 'x', action: { type: 'phone', input: { type: 'mute', callId: 'a', on: 'yes' } } },
    { ...from, type: 'act', id: 'x', action: { type: 'phone', input: { type: 'conference', callIds: 'a' } } },
    { ...from, type: 'act', id: 'x', action: { type: 'dial', callId: 'a' } },
    { ...from, type: 'act', id: 'x', action: { type: 'test-sound', what: 'ringer', deviceId: '', volume: Number.NaN } },
    { ...from, type: 'act', id: 7, action: { type: 'probe' } },
    { ...from, type: 'done', to: 'me', id: 'x', failure: 'no' }
  ])('is passed over when it is not understood: %j', (data) => {
    expect(readMessage(data)).toHaveProperty('bad')
  })

  it('is passed over with a warning, and the phone goes on', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { open, pass, post } = browser()
    const first = open('one')
    await pass()
    post({ v: 1, from: 'evil', type: 'act', id: 'x', action: { type: 'phone', input: { type: 'terminated', callId: 'a' } } })
    await pass()
    expect(first.engine.acted).toEqual([])
    expect(warn).toHaveBeenCalledTimes(1)
    warn.mockRestore()
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('view', 'act', 'levels', 'screen', 'done', 'alive'), (anything, type) => {
        readMessage(anything)
        readMessage({ ...from, type, view: anything, action: anything, levels: anything, watching: anything, failure: anything, id: 'x' })
      })
    )
  })

  it('names the lock after the desk', () => expect(lockName('lin')).toBe('sidetone-phone:lin'))
})
