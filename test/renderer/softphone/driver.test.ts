import { describe, expect, it } from 'vitest'
import type { SipLine } from '../../../src-renderer/softphone/call/line.ts'
import type { Input } from '../../../src-renderer/softphone/call/state.ts'
import { createPhone } from '../../../src-renderer/softphone/engine/driver.ts'
import { createReportQueue } from '../../../src-renderer/softphone/engine/reports.ts'

function bench() {
  const done: string[] = []
  const timers: { ms: number; run: () => void; off: boolean }[] = []
  const clock = { now: 1_000 }
  let tell: (input: Input) => void = () => {}
  const levers: { onPerform?: (type: string) => void } = {}
  const line: SipLine = {
    perform(effect) {
      done.push('callId' in effect ? `${effect.type} ${effect.callId}` : effect.type)
      levers.onPerform?.(effect.type)
    },
    chooseSpeaker() {},
    streams: () => ({}),
    stats: async () => undefined,
    async close() {
      done.push('close')
    }
  }
  const phone = createPhone({
    open(emit) {
      tell = emit
      return line
    },
    onState() {},
    sound: (sound) => done.push(`sound ${sound}`),
    report: ({ callId, what }) => done.push(`report ${callId} ${what}`),
    now: () => clock.now,
    random: () => 0.5,
    after(ms, run) {
      const timer = { ms, run, off: false }
      timers.push(timer)
      return () => {
        timer.off = true
      }
    }
  })
  // The first one is the watch for sleep.
  return { phone, done, timers, clock, tell: (input: Input) => tell(input), levers }
}

describe('the phone at work', () => {
  it('carries out a decision before it takes the news that an effect brought at once', () => {
    const { phone, done, tell, levers } = bench()
    levers.onPerform = (type) => {
      if (type === 'connect') tell({ type: 'connected' })
      if (type === 'register') tell({ type: 'registered' })
    }
    phone.send({ type: 'go-online' })
    expect(phone.state.line.registration).toBe('registered')
    expect(done).toEqual(['connect', 'register'])
  })

  it('adds half of the jitter when chance says half, and forgets timers that were replaced', () => {
    const { phone, timers, tell } = bench()
    phone.send({ type: 'go-online' })
    tell({ type: 'disconnected', reason: 'gone' })
    expect(timers.map((timer) => timer.ms)).toEqual([1_000, 400])
    timers[1]?.run()
    tell({ type: 'disconnected', reason: 'gone' })
    expect(timers.map((timer) => timer.ms)).toEqual([1_000, 400, 800])
    phone.send({ type: 'hurry' })
    expect(timers[2]?.off).toBe(true)
  })

  it('asks whether the line is still there when the machine has slept, and not when a tick was merely late', () => {
    const { phone, done, timers, clock, tell } = bench()
    phone.send({ type: 'go-online' })
    tell({ type: 'connected' })
    tell({ type: 'registered' })
    const tick = (ms: number) => {
      clock.now += ms
      timers.findLast((timer) => timer.ms === 1_000 && !timer.off)?.run()
    }
    tick(1_000)
    tick(3_000)
    expect(done).not.toContain('ping')
    tick(60_000)
    expect(done.at(-1)).toBe('ping')
  })

  it('tells the user of a key that is none and goes on working', () => {
    const { phone, tell } = bench()
    tell({ type: 'invite', callId: 'a', name: '', number: '' })
    expect(() => phone.send({ type: 'digit', callId: 'a', digit: '!' })).toThrow(/not a key/)
    phone.send({ type: 'accept', callId: 'a' })
    expect(phone.state.calls[0]?.phase).toBe('answering')
  })

  it('falls silent when closed', async () => {
    const { phone, done, tell, timers } = bench()
    tell({ type: 'invite', callId: 'a', name: '', number: '' })
    await phone.close()
    expect(done.slice(-2)).toEqual(['sound off', 'close'])
    tell({ type: 'accept', callId: 'a' })
    expect(phone.state.calls[0]?.phase).toBe('ringing')
    expect(timers.every((timer) => timer.off)).toBe(true)
  })
})

describe('reports', () => {
  it('are stored in order, each until the host has it; a refused one does not hold up the rest', async () => {
    const stored: string[] = []
    const again: (() => void)[] = []
    let down = true
    const queue = createReportQueue<string>(
      async (report) => {
        if (down) throw new Error('no host')
        if (report === 'bad') throw new TypeError('refused')
        stored.push(report)
      },
      (error) => error instanceof TypeError,
      (_ms, run) => {
        again.push(run)
        return () => {}
      }
    )
    for (const report of ['one', 'bad', 'two']) queue.add(report)
    await Promise.resolve()
    await Promise.resolve()
    expect([stored, again.length]).toEqual([[], 1])
    down = false
    again[0]?.()
    await expect.poll(() => stored).toEqual(['one', 'two'])
  })
})
