import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BEGAN_AT, type Listening, listen } from './listening.ts'
import { createScriptedRecogniser, type ScriptedRecogniser } from './scripted-recogniser.ts'

const until = (condition: () => void) => vi.waitFor(condition, { timeout: 10_000, interval: 5 })

describe.each(['vosk', 'funasr'] as const)('a recogniser that speaks %s', (protocol) => {
  let recogniser: ScriptedRecogniser
  let open: Listening[]
  beforeEach(async () => {
    recogniser = await createScriptedRecogniser(protocol)
    open = []
  })
  afterEach(async () => {
    await recogniser.close()
    for (const one of open) await one.session.close()
  })

  async function begin(): Promise<Listening> {
    const one = listen({ protocol, url: recogniser.url })
    open.push(one)
    await until(() => expect(one.states.at(-1)).toBe('listening'))
    return one
  }
  /** FunASR's careful pass sets full stops. */
  const said = (text: string) => (protocol === 'funasr' ? `${text}.` : text)
  const becomes = (one: Listening, lines: string[]) => until(() => expect(one.lines()).toEqual(lines))
  /** Until it has answered everything so far: nothing is under way. */
  const settled = (ms: number) => until(() => expect(recogniser.heardMs).toBe(ms))

  it('hears the configuration first, then the audio; partials grow and the final replaces them', async () => {
    const one = await begin()
    await one.say('my', 'card', 'is', 'lost', 600)
    await becomes(one, [said('my card is lost')])
    expect(recogniser.hellos).toHaveLength(1)
    expect(recogniser.heardMs).toBe(2_200)
    expect(one.partials.length).toBeGreaterThan(1)
    const grew = one.partials.filter((text, i) => text !== one.partials[i - 1])
    for (const [i, text] of grew.entries()) if (i > 0) expect(text.startsWith(grew[i - 1] ?? '?')).toBe(true)
    expect('my card is lost').toContain(grew.at(-1))
    expect(one.transcript.partials).toEqual({})
  })

  it('gives times of the clock on the wall, also after silence that was not sent', async () => {
    const one = await begin()
    await one.say(5_000, 'my', 'card', 600, 20_000, 'thank', 'you', 700)
    await becomes(one, [said('my card'), said('thank you')])
    const times = one.transcript.lines.map(({ startAt, endAt }) => [startAt - BEGAN_AT, endAt - BEGAN_AT])
    expect(times).toEqual([
      [5_000, 5_700],
      [26_400, 27_100]
    ])
    // Of every silence one and a half seconds are sent; the hundredth of a second after a word belongs to it.
    expect(recogniser.heardMs).toBe(1_500 + 800 - 100 + 1_500 + 800 - 100 + 800)
  })

  it('closes with a goodbye, and what was still being said becomes final', async () => {
    const one = await begin()
    await one.say('good', 'bye')
    await settled(800)
    await one.session.close()
    expect(one.lines()).toEqual([said('good bye')])
    expect(recogniser.goodbyes).toBe(1)
    await one.say('one')
    expect(recogniser.heardMs).toBe(800)
  })

  it('does not wait for ever for a recogniser that never says its last word', async () => {
    const one = await begin()
    await one.say('good', 'bye')
    recogniser.hesitate()
    let closed = false
    const closing = one.session.close().then(() => {
      closed = true
    })
    await until(() => expect(recogniser.goodbyes).toBe(1))
    one.clock.advance(4_900)
    await Promise.resolve()
    expect(closed).toBe(false)
    one.clock.advance(200)
    await closing
    // What it understood of it nobody knows.
    expect(one.lines()).toEqual(['[gap recogniser-lost 0-700]'])
  })

  it('may go down at the very end: what it had not understood is a gap', async () => {
    const one = await begin()
    await one.say('one', 600, 'two')
    await becomes(one, [said('one')])
    recogniser.hesitate()
    const closing = one.session.close()
    await until(() => expect(recogniser.goodbyes).toBe(1))
    recogniser.drop()
    await closing
    expect(one.lines()).toEqual([said('one'), '[gap recogniser-lost 1000-1300]'])
  })

  it('may be slow: nothing is lost, and the times stay those of the speech', async () => {
    const one = await begin()
    recogniser.hesitate()
    await one.say('one', 'two', 'three', 600, 'four', 'five', 600)
    await settled(3_200)
    expect(one.lines()).toEqual([])
    recogniser.hurry()
    await becomes(one, [said('one two three'), said('four five')])
    expect(one.transcript.lines.map(({ startAt }) => startAt - BEGAN_AT)).toEqual([0, 1_800])
  })

  it('may go down in the middle of a sentence: the sentence is heard again from its beginning', async () => {
    const one = await begin()
    await one.say('one', 'two', 600)
    await becomes(one, [said('one two')])
    await one.say('my', 'card')
    await settled(2_200)
    if (protocol === 'vosk') await until(() => expect(one.partials.at(-1)).toBe('my card'))
    recogniser.drop()
    await until(() => expect(one.states.at(-1)).toBe('lost dropped'))
    expect(one.transcript.partials).toEqual({})
    await one.say('is', 'lost', 600)
    await until(() => expect(one.states.at(-1)).toBe('listening'))
    await one.say(200)
    await becomes(one, [said('one two'), said('my card is lost')])
    expect(one.transcript.lines[1]?.startAt).toBe(BEGAN_AT + 1_400)
    expect(one.states).toEqual(['connecting', 'listening', 'lost dropped', 'listening'])
  })

  it('may be away for long: ten seconds are kept for it, and what is older is a gap', async () => {
    const one = await begin()
    await one.say('one', 600)
    await becomes(one, [said('one')])
    await recogniser.refuse()
    await until(() => expect(one.states.at(-1)).toBe('lost dropped'))
    for (let i = 0; i < 12; i++) await one.say('two', 'three', 200)
    await recogniser.welcome()
    await until(async () => {
      await one.say(100)
      expect(one.states.at(-1)).toBe('listening')
    })
    await until(async () => {
      await one.say(100)
      expect(one.lines().at(-1)).toContain('two three')
    })
    const [first, gap, ...rest] = one.lines()
    expect(first).toBe(said('one'))
    expect(gap).toMatch(/^\[gap recogniser-lost \d+-\d+\]$/)
    const lost = one.transcript.lines[1]
    // Twelve seconds and the silence behind them, less the ten that are kept.
    expect((lost?.endAt ?? 0) - (lost?.startAt ?? 0)).toBeGreaterThanOrEqual(2_000)
    expect((lost?.endAt ?? 0) - (lost?.startAt ?? 0)).toBeLessThanOrEqual(4_500)
    expect(rest).toHaveLength(1)
    expect(one.transcript.lines[2]?.startAt).toBeGreaterThanOrEqual(lost?.endAt ?? Number.NaN)
  })

  it('may not be there at all: it is tried again and again, ever more seldom, and said', async () => {
    await recogniser.refuse()
    const waits: number[] = []
    const one = listen({ protocol, url: recogniser.url }, 'agent', (clock) => ({
      after(ms, run) {
        // The limit to open is a timer too.
        if (ms !== 10_000) waits.push(ms)
        return clock.after(ms, run)
      }
    }))
    open.push(one)
    for (let tries = 1; tries <= 7; tries++) {
      await until(() => expect(waits).toHaveLength(tries))
      one.clock.advance(waits.at(-1) ?? 0)
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
    expect(new Set(one.states)).toEqual(new Set(['connecting', 'lost unreachable']))
    await recogniser.welcome()
    await until(() => {
      one.clock.advance(1_000)
      expect(one.states.at(-1)).toBe('listening')
    })
  })

  it('may babble: that is not taken for speech, and after a while it is given up', async () => {
    const one = await begin()
    await one.say('one', 600)
    await becomes(one, [said('one')])
    recogniser.babble('<html>502 Bad Gateway</html>')
    await until(async () => {
      await one.say('two', 600)
      expect(one.states).toContain('lost nonsense')
    })
    expect(one.lines()).toEqual([said('one')])
    recogniser.babble(undefined)
    await until(async () => {
      await one.say(100)
      expect(one.states.at(-1)).toBe('listening')
    })
    await one.say('three', 700)
    await until(() => expect(one.lines().at(-1)).toContain('three'))
  })

  it('may send a little nonsense between: the rest counts', async () => {
    const one = await begin()
    recogniser.babble(Buffer.from([0, 1, 2]))
    await one.say('one')
    await settled(400)
    recogniser.babble(undefined)
    await one.say('two', 600)
    await becomes(one, [said('one two')])
    expect(one.states.at(-1)).toBe('listening')
  })

  it('may tear its messages in two: they are not put together by guess', async () => {
    const one = await begin()
    recogniser.halve(true)
    await until(async () => {
      await one.say('one', 600)
      expect(one.states).toContain('lost nonsense')
    })
    expect(one.lines()).toEqual([])
  })

  it('hears nothing while listening is paused, and the pause stands in the transcript', async () => {
    const one = await begin()
    await one.say('my', 'card', 'is')
    await settled(1_200)
    one.session.pause()
    const before = recogniser.heardMs
    await one.say('four', 'five', 'six', 'seven', 3_000)
    await until(() => expect(recogniser.heardMs).toBe(before + 1_400))
    one.session.resume()
    await one.say('thank', 'you', 700)
    await becomes(one, [said('my card is'), '[gap paused 1200-5800]', said('thank you')])
    expect(one.transcript.lines[2]?.startAt).toBe(BEGAN_AT + 5_800)
    expect(recogniser.heardMs).toBe(before + 1_400 + 1_500)
  })
})

describe('an address', () => {
  it.each(['', 'recogniser', 'http://', 'ws://[::1', 'ftp://127.0.0.1'])(
    'that is none is said at once and not tried again: "%s"',
    async (url) => {
      const one = listen({ protocol: 'vosk', url })
      expect(one.states).toEqual(['connecting', 'lost bad-address'])
      one.clock.advance(60_000)
      await one.say('one')
      expect(one.states).toHaveLength(2)
      await one.session.close()
    }
  )
})
