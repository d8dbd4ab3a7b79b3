import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBacklog } from '../../../src-renderer/softphone/transcriber/backlog.ts'
import type { RecogniserSocket } from '../../../src-renderer/softphone/transcriber/connection.ts'
import { funAsr } from '../../../src-renderer/softphone/transcriber/funasr.ts'
import { assemble, type LiveTranscript, NEW_TRANSCRIPT } from '../../../src-renderer/softphone/transcriber/live-transcript.ts'
import type { Frame, Gap, Result, Speaker } from '../../../src-renderer/softphone/transcriber/port.ts'
import { openSession, retryDelayMs } from '../../../src-renderer/softphone/transcriber/session.ts'
import { createStreamClock } from '../../../src-renderer/softphone/transcriber/stream-clock.ts'
import { createTranscriber } from '../../../src-renderer/softphone/transcriber/transcriber.ts'
import { VOSK } from '../../../src-renderer/softphone/transcriber/vosk.ts'
import { createFakeTimers } from '../../fakes/timers.ts'

const AT = 1_700_000_000_000
const loud = (startAt: number): Frame => ({ startAt, pcm: new Int16Array(1_600).fill(5_000) })
const silent = (startAt: number): Frame => ({ startAt, pcm: new Int16Array(1_600).fill(8) })

describe('the clock of a stream', () => {
  it('knows when each position was heard, across what was not sent', () => {
    const clock = createStreamClock(AT)
    expect(clock.at(0, 'start')).toBe(AT)
    for (const startAt of [100, 200, 300, 5_000, 5_100]) clock.sent(AT + startAt, 100)
    expect(clock.sentMs).toBe(500)
    expect([0, 50, 299, 300, 499].map((ms) => clock.at(ms, 'start') - AT)).toEqual([100, 150, 399, 5_000, 5_199])
    // A word that ends where the jump is has ended before it.
    expect([1, 300, 301, 500].map((ms) => clock.at(ms, 'end') - AT)).toEqual([101, 400, 5_001, 5_200])
  })

  it('holds to what was sent, whatever a recogniser says', () => {
    const clock = createStreamClock(AT)
    clock.sent(AT, 100)
    expect(clock.at(-5, 'start')).toBe(AT)
    expect(clock.at(90_000, 'end')).toBe(AT + 100)
  })

  it('does not take the unrest of the audio clock for a jump', () => {
    const clock = createStreamClock(AT)
    for (let i = 0; i < 100; i++) clock.sent(AT + i * 100 + (i % 3), 100)
    expect(clock.at(9_950, 'start')).toBe(AT + 9_950)
  })
})

describe('audio that waits', () => {
  it('is sent in order and once, and again from where it was not understood', () => {
    const backlog = createBacklog(1_000)
    for (const at of [0, 100, 200, 300]) backlog.push(loud(at))
    expect([backlog.next(), backlog.next(), backlog.next()].map((frame) => frame?.startAt)).toEqual([0, 100, 200])
    backlog.rewind(150)
    const rest: (number | undefined)[] = []
    for (let frame = backlog.next(); frame; frame = backlog.next()) rest.push(frame.startAt)
    expect(rest).toEqual([100, 200, 300])
    expect(backlog.takeLost()).toBeUndefined()
  })

  it('is bounded: the oldest goes, and what of it was not silence is told once', () => {
    const backlog = createBacklog(300)
    for (const frame of [silent(0), loud(100), loud(200), loud(300), loud(400), loud(500)]) backlog.push(frame)
    expect(backlog.takeLost()).toEqual({ startAt: 100, endAt: 300 })
    expect(backlog.takeLost()).toBeUndefined()
    expect(backlog.next()?.startAt).toBe(300)
  })

  it('of a long sentence that was sent, not understood and is no longer kept, the missing part is told', () => {
    const backlog = createBacklog(300)
    for (let at = 0; at < 1_000; at += 100) {
      backlog.push(loud(at))
      backlog.next()
    }
    backlog.rewind(200)
    expect(backlog.takeLost()).toEqual({ startAt: 200, endAt: 700 })
    expect(backlog.next()?.startAt).toBe(700)
  })

  it('is lost when nothing will be sent any more', () => {
    const backlog = createBacklog(1_000)
    for (const frame of [loud(0), loud(100), silent(200)]) backlog.push(frame)
    backlog.next()
    backlog.giveUp()
    expect(backlog.takeLost()).toEqual({ startAt: 100, endAt: 200 })
  })

  it('is never sent twice without a rewind, never out of order, and never lost in silence', () => {
    const steps = fc.array(fc.oneof(fc.constant('push'), fc.constant('next')), { maxLength: 200 })
    fc.assert(
      fc.property(steps, (actions) => {
        const backlog = createBacklog(1_000)
        const sent: number[] = []
        let lostMs = 0
        let pushed = 0
        for (const action of actions) {
          if (action === 'push') backlog.push(loud(pushed++ * 100))
          else {
            const frame = backlog.next()
            if (frame) sent.push(frame.startAt)
          }
          const lost = backlog.takeLost()
          lostMs += lost ? lost.endAt - lost.startAt : 0
        }
        for (let frame = backlog.next(); frame; frame = backlog.next()) sent.push(frame.startAt)
        expect(sent).toEqual([...new Set(sent)].toSorted((a, b) => a - b))
        expect(sent.length * 100 + lostMs).toBe(pushed * 100)
      })
    )
  })
})

/** A socket with levers: how much it holds, and when it opens, answers and ends. */
function bench(codec = VOSK) {
  const clock = createFakeTimers(AT)
  const sockets: (RecogniserSocket & { sent: unknown[]; closed: boolean; protocols: readonly string[] })[] = []
  const results: Result[] = []
  const gaps: Gap[] = []
  const states: string[] = []
  const session = openSession(
    'ws://recogniser',
    codec,
    'agent',
    {
      result: (result) => results.push(result),
      gap: (gap) => gaps.push(gap),
      state: (state) => states.push(state.state === 'lost' ? `lost ${state.reason}` : state.state)
    },
    {
      open(_, protocols) {
        const socket = {
          binaryType: 'blob' as BinaryType, // widened: the session sets it
          readyState: 0 as WebSocket['readyState'],
          bufferedAmount: 0,
          onopen: null,
          onmessage: null,
          onclose: null,
          sent: [] as unknown[],
          closed: false,
          protocols,
          send(data: unknown) {
            socket.sent.push(data)
          },
          close() {
            socket.closed = true
          }
        }
        sockets.push(socket)
        return socket
      },
      now: clock.now,
      random: () => 0.5,
      after: clock.after
    }
  )
  const last = () => {
    const socket = sockets.at(-1)
    if (!socket) throw new Error('no socket')
    return socket
  }
  // The handlers do not look at what they are called on.
  const self = () => last() as unknown as WebSocket
  return {
    session,
    clock,
    sockets,
    results,
    gaps,
    states,
    last,
    open() {
      Object.assign(last(), { readyState: 1 })
      last().onopen?.call(self(), new Event('open'))
    },
    answer(message: unknown) {
      last().onmessage?.call(self(), new MessageEvent('message', { data: JSON.stringify(message) }))
    },
    end(code = 1006) {
      Object.assign(last(), { readyState: 3 })
      last().onclose?.call(self(), Object.assign(new Event('close'), { code, reason: '', wasClean: code === 1000 }) as CloseEvent)
    },
    /** Frames of `ms`, one each 100 ms of the clock. */
    speak(ms: number, frame = loud) {
      for (let i = 0; i < ms / 100; i++) {
        session.push(frame(clock.now()))
        clock.advance(100)
      }
    },
    pieces: () => last().sent.filter((data) => typeof data !== 'string').length
  }
}

describe('a session', () => {
  it('leaves in its own hands what the socket cannot take at once, and drops the oldest of it', () => {
    const b = bench()
    b.open()
    b.speak(1_000)
    expect(b.pieces()).toBe(10)
    Object.assign(b.last(), { bufferedAmount: 40_000 })
    b.speak(3_000)
    b.answer({ partial: 'a' })
    expect(b.pieces()).toBe(10)
    b.speak(9_000)
    Object.assign(b.last(), { bufferedAmount: 0 })
    b.speak(100)
    expect(b.pieces()).toBe(110)
    expect(b.gaps).toEqual([{ speaker: 'agent', startAt: AT + 1_000, endAt: AT + 3_100, reason: 'recogniser-lost' }])
  })

  it('does not wait for ever for a connection', () => {
    const b = bench()
    b.clock.advance(10_000)
    expect(b.states).toEqual(['connecting', 'lost unreachable'])
    expect(b.last().closed).toBe(true)
    b.clock.advance(500)
    expect(b.sockets).toHaveLength(2)
  })

  it('takes a server that no longer answers for lost, where every piece of audio is answered', () => {
    const b = bench()
    b.open()
    b.speak(5_000)
    b.answer({ partial: '' })
    b.speak(15_000)
    expect(b.states.at(-1)).toBe('listening')
    b.speak(200)
    expect(b.states.at(-1)).toBe('lost silent')
    expect(b.last().closed).toBe(true)
  })

  it('does not, where silence is an answer', () => {
    const b = bench(funAsr())
    b.open()
    b.speak(60_000)
    expect(b.states).toEqual(['connecting', 'listening'])
  })

  it('offers the other subprotocol when it was not let in, and stays with the one that was taken', () => {
    const b = bench(funAsr())
    b.end()
    b.clock.advance(1_000)
    b.open()
    b.end()
    b.clock.advance(1_000)
    expect(b.sockets.map(({ protocols }) => protocols)).toEqual([[], ['binary'], ['binary']])
  })

  it('waits longer after each loss until something sensible was heard', () => {
    const b = bench()
    for (const wait of [500, 1_000, 2_000]) {
      b.open()
      b.end()
      const before = b.sockets.length
      b.clock.advance(wait - 1)
      expect(b.sockets).toHaveLength(before)
      b.clock.advance(1)
      expect(b.sockets).toHaveLength(before + 1)
    }
    b.open()
    b.answer({ partial: '' })
    b.end()
    const before = b.sockets.length
    b.clock.advance(500)
    expect(b.sockets).toHaveLength(before + 1)
  })

  it('does not hear what comes from a connection that is over', () => {
    const b = bench()
    b.open()
    b.end()
    b.answer({ text: 'late' })
    expect(b.results.map(({ text }) => text)).toEqual([''])
    b.end()
    expect(b.states).toEqual(['connecting', 'listening', 'lost dropped'])
  })

  it('ignores times that lie beyond what was sent', () => {
    const b = bench()
    b.open()
    b.speak(1_000)
    for (let i = 0; i < 10; i++) b.answer({ partial: 'one' })
    b.answer({ text: 'one', result: [{ word: 'one', start: 500, end: 501, conf: 1 }] })
    expect(b.results.at(-1)).toEqual({ speaker: 'agent', text: 'one', final: true, startAt: AT, endAt: AT + 1_000, confidence: 1 })
  })

  it('can be closed at any time, more than once, and says nothing afterwards', async () => {
    const b = bench()
    const first = b.session.close()
    await b.session.close()
    await first
    b.open()
    b.speak(500)
    b.clock.advance(60_000)
    expect(b.sockets).toHaveLength(1)
    expect(b.last().closed).toBe(true)
    expect(b.states).toEqual(['connecting'])
    expect(b.gaps).toEqual([])
  })

  it('of a call that ends in a pause, the pause stands in the transcript too', async () => {
    const b = bench()
    b.open()
    b.speak(300)
    b.session.pause()
    b.speak(700)
    const closing = b.session.close()
    b.end(1_000)
    await closing
    expect(b.gaps).toEqual([{ speaker: 'agent', startAt: AT + 300, endAt: AT + 1_000, reason: 'paused' }])
    // What was said in the pause left as silence.
    const audio = b.last().sent.filter((data) => typeof data !== 'string') as Int16Array[] // frames are all that is not text
    expect(audio.map((pcm) => pcm[0])).toEqual([5_000, 5_000, 5_000, 0, 0, 0, 0, 0, 0, 0])
  })

  it('tells what it still held when it was closed without a connection', async () => {
    const b = bench()
    b.speak(500)
    b.speak(500, silent)
    await b.session.close()
    expect(b.gaps).toEqual([{ speaker: 'agent', startAt: AT, endAt: AT + 500, reason: 'recogniser-lost' }])
  })

  it('spreads its attempts, so that a hundred desks do not come back at the same moment', () => {
    expect([0, 1, 5, 40].map((tries) => retryDelayMs(tries, 0.5))).toEqual([500, 1_000, 15_000, 15_000])
    expect([retryDelayMs(0, 0), retryDelayMs(0, 0.999)]).toEqual([375, expect.closeTo(624.75)])
  })

  it('is not opened at all when no recogniser shall listen', () => {
    const clock = createFakeTimers(AT)
    const open = () => {
      throw new Error('nobody asked for this')
    }
    expect(createTranscriber({ protocol: 'off', url: '' }, { open, now: clock.now, random: () => 0, after: clock.after })).toBeUndefined()
  })
})

describe('the live transcript', () => {
  const result = (speaker: Speaker, text: string, final: boolean, startAt: number) =>
    ({ type: 'result', result: { speaker, text, final, startAt, endAt: startAt + 500 } }) as const
  const whole = (...inputs: Parameters<typeof assemble>[1][]) =>
    inputs.reduce<LiveTranscript>((transcript, input) => assemble(transcript, input).transcript, NEW_TRANSCRIPT)

  it('has one partial a side, which the next one replaces and the final takes away', () => {
    const both = whole(result('agent', 'good', false, 1), result('customer', 'my', false, 2), result('agent', 'good morning', false, 1))
    expect(both.partials).toEqual({ agent: { text: 'good morning', startAt: 1 }, customer: { text: 'my', startAt: 2 } })
    const { transcript, said } = assemble(both, result('agent', 'Good morning.', true, 1))
    expect(transcript.partials).toEqual({ customer: { text: 'my', startAt: 2 } })
    expect(said).toEqual({ speaker: 'agent', text: 'Good morning.', startAt: 1, endAt: 501 })
    expect(assemble(transcript, result('customer', '', false, 3)).transcript.partials).toEqual({})
    expect(assemble(transcript, result('customer', 'my', false, 2)).said).toBeUndefined()
  })

  it('stands in the order in which things were said, whatever the order in which they were understood', () => {
    const { lines } = whole(
      result('customer', 'second', true, 2_000),
      { type: 'gap', gap: { speaker: 'agent', startAt: 2_500, endAt: 3_000, reason: 'paused' } },
      result('agent', 'third', true, 3_000),
      result('agent', 'first', true, 1_000)
    )
    expect(lines.map((line) => (line.type === 'gap' ? 'gap' : line.text))).toEqual(['first', 'second', 'gap', 'third'])
  })

  it('knows of each side whether it is listened to', () => {
    const { states } = whole(
      { type: 'state', speaker: 'agent', state: { state: 'listening' } },
      { type: 'state', speaker: 'customer', state: { state: 'lost', reason: 'dropped', detail: 'ws://recogniser' } }
    )
    expect(states).toEqual({ agent: { state: 'listening' }, customer: { state: 'lost', reason: 'dropped', detail: 'ws://recogniser' } })
  })

  it('keeps the last two hundred lines', () => {
    const many = Array.from({ length: 250 }, (_, i) => result('agent', String(i), true, i))
    const { lines } = whole(...many)
    expect(lines).toHaveLength(200)
    expect(lines[0]).toMatchObject({ text: '50' })
  })

  it('is plain data, so that it can cross between pages', () => {
    const transcript = whole(result('agent', 'one', true, 1), result('customer', 'two', false, 2))
    expect(structuredClone(transcript)).toEqual(transcript)
  })
})
