import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { BEGAN_AT, listen } from './listening.ts'
import { type Recogniser, startPocketSphinx } from './pocketsphinx.ts'
import { joined, quiet, recorded, type Speech, spoken } from './speech.ts'
import { wordErrorRatio } from './word-error.ts'

/** A real recogniser with an open vocabulary, and speech: a woman's recordings for the customer, a voice built from a man's for the agent. */
const MOST_ERRORS = 0.2

let recogniser: Recogniser
beforeAll(async () => {
  recogniser = await startPocketSphinx()
}, 60_000)
afterAll(() => recogniser.kill())

const CUSTOMER = (): Speech[] => [
  recorded('info-about-last-call', 'information about your last call'),
  recorded('cannot-complete-as-dialed', 'your call cannot be completed as dialed'),
  recorded('queue-thankyou', 'thank you for your patience')
]
const AGENT = (): Speech[] =>
  ['what is the balance of my account', 'please block my card', 'i would like to pay my credit card bill'].map(spoken)

const until = (condition: () => void | Promise<void>) => vi.waitFor(condition, { timeout: 120_000, interval: 20 })
const SAMPLES_PER_MS = 16

it('word errors are counted as words replaced, added and left out', () => {
  expect(wordErrorRatio('one two three four', 'one two three four')).toBe(0)
  expect(wordErrorRatio('one two three four', 'one too three')).toBe(0.5)
  expect(wordErrorRatio('one', '')).toBe(1)
  expect(wordErrorRatio('one', 'one and two')).toBe(2)
})

describe.each([
  ['customer', CUSTOMER],
  ['agent', AGENT]
] as const)('the %s', (speaker, speeches) => {
  it('is understood, sentence by sentence, with the times at which it was said', { timeout: 240_000 }, async () => {
    const said = speeches()
    const one = listen({ protocol: 'vosk', url: recogniser.url }, speaker)
    await until(() => expect(one.states.at(-1)).toBe('listening'))
    await one.play(joined([quiet(500), ...said.flatMap(({ pcm }) => [pcm, quiet(1_000)])]))
    await one.session.close()

    const lines = one.transcript.lines.flatMap((line) => (line.type === 'said' ? [line] : []))
    expect(lines).toHaveLength(said.length)
    const heard = lines.map(({ text }) => text).join(' ')
    expect(wordErrorRatio(said.map(({ words }) => words).join(' '), heard), heard).toBeLessThanOrEqual(MOST_ERRORS)

    let at = BEGAN_AT + 500
    for (const [i, { pcm }] of said.entries()) {
      const line = lines[i]
      const endAt = at + pcm.length / SAMPLES_PER_MS
      // Recordings have a little silence of their own at both ends.
      expect(line?.startAt).toBeGreaterThanOrEqual(at - 100)
      expect(line?.startAt).toBeLessThanOrEqual(at + 600)
      expect(line?.endAt).toBeLessThanOrEqual(endAt + 300)
      expect(line?.endAt).toBeGreaterThanOrEqual(endAt - 900)
      expect(line?.confidence).toBeGreaterThan(0)
      expect(line?.confidence).toBeLessThanOrEqual(1)
      expect(line?.speaker).toBe(speaker)
      at = endAt + 1_000
    }
    // Partials came before: the agent reads along.
    expect(one.partials.filter((text) => text !== '').length).toBeGreaterThan(said.length)
  })
})

it('a recogniser that is killed in the middle of a sentence hears the whole sentence when it is back', { timeout: 240_000 }, async () => {
  const [first, sentence, last] = CUSTOMER()
  if (!first || !sentence || !last) throw new Error('three sentences')
  const one = listen({ protocol: 'vosk', url: recogniser.url })
  await until(() => expect(one.states.at(-1)).toBe('listening'))
  await one.play(joined([quiet(300), first.pcm, quiet(1_000)]))
  await until(() => expect(one.lines()).toHaveLength(1))
  await one.play(sentence.pcm.subarray(0, sentence.pcm.length / 2))
  await until(() => expect(one.partials.at(-1)).not.toBe(''))
  await recogniser.kill()
  await until(() => expect(one.states.at(-1)).toBe('lost dropped'))
  await one.play(joined([sentence.pcm.subarray(sentence.pcm.length / 2), quiet(1_000)]))
  await recogniser.restart()
  await until(async () => {
    await one.play(quiet(100))
    expect(one.states.at(-1)).toBe('listening')
  })
  await until(async () => {
    await one.play(quiet(100))
    expect(one.lines()).toHaveLength(2)
  })
  await one.play(joined([last.pcm, quiet(1_000)]))
  await one.session.close()
  expect(wordErrorRatio([first, sentence, last].map(({ words }) => words).join(' '), one.lines().join(' '))).toBeLessThanOrEqual(
    MOST_ERRORS
  )
  expect(one.lines().join()).not.toContain('gap')
})
