import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { LiveTranscript } from '../../src-renderer/softphone/transcriber/live-transcript.ts'
import type { Speaker } from '../../src-renderer/softphone/transcriber/port.ts'
import type { TranscriberSettings } from '../../src-renderer/softphone/transcriber/transcriber.ts'
import { buildPage, openVoiceBrowser, type VoiceBrowser } from './browser.ts'
import { type Recogniser, startPocketSphinx } from './pocketsphinx.ts'
import { createScriptedRecogniser, type ScriptedRecogniser } from './scripted-recogniser.ts'
import { joined, quiet, recorded, spoken } from './speech.ts'
import { wordErrorRatio } from './word-error.ts'

/** The whole way in a real browser: microphone and WebRTC, worklet, socket, recogniser, transcript. */

const AGENT = ['what is the balance of my account', 'i would like to pay my credit card bill']
const CUSTOMER = [
  ['info-about-last-call', 'information about your last call'],
  ['queue-thankyou', 'thank you for your patience']
] as const
/** More than in the clean room: coded, buffered, and filtered by the browser's own echo and noise control. */
const MOST_ERRORS = 0.3
const TIMEOUT = 180_000

const until = (condition: () => void | Promise<void>) => vi.waitFor(condition, { timeout: 100_000, interval: 50 })

let dir: string
let browser: VoiceBrowser | undefined
beforeAll(async () => {
  dir = await buildPage()
}, 60_000)
afterAll(() => rmSync(dir, { recursive: true }))
afterEach(async () => {
  await browser?.close()
  browser = undefined
})

async function open(
  settings: TranscriberSettings,
  how: { workletUrl?: string; rate?: number; customer?: Int16Array; agent?: Int16Array; sides?: Speaker[] } = {}
) {
  const agent = how.agent ?? joined([quiet(1_000), ...AGENT.flatMap((words) => [spoken(words).pcm, quiet(2_500)])])
  const customer = how.customer ?? joined([quiet(4_500), ...CUSTOMER.flatMap(([name, words]) => [recorded(name, words).pcm, quiet(2_500)])])
  browser = await openVoiceBrowser(dir, [settings.url], agent, customer)
  const { page, complaints } = browser
  const workletUrl = await page.evaluate((given) => window.startVoice(given), {
    settings,
    workletUrl: how.workletUrl ?? '',
    rate: how.rate ?? 0,
    sides: how.sides ?? ['agent', 'customer']
  })
  const transcript = (): Promise<LiveTranscript> => page.evaluate(() => window.voice.transcript())
  return { page, complaints, workletUrl, transcript }
}

describe('with a real recogniser', () => {
  let recogniser: Recogniser
  beforeAll(async () => {
    recogniser = await startPocketSphinx()
  }, 60_000)
  afterAll(() => recogniser.kill())

  it('what both sides say arrives as text, each under its own name, in the order it was said', { timeout: TIMEOUT }, async () => {
    const beganAt = Date.now()
    const { page, complaints, workletUrl } = await open({ protocol: 'vosk', url: recogniser.url })
    // A file of the page's own origin: the security policy allows no other.
    expect(new URL(workletUrl, page.url()).origin).toBe(new URL(page.url()).origin)
    await until(async () => expect(await page.evaluate(() => window.voice.finals.length)).toBeGreaterThanOrEqual(4))
    await page.evaluate(() => window.voice.stop())
    const { finals, partials, transcript } = await page.evaluate(() => ({
      finals: window.voice.finals,
      partials: window.voice.partials,
      transcript: window.voice.transcript()
    }))
    expect(complaints).toEqual([])
    const textOf = (speaker: string) =>
      finals
        .filter((one) => one.speaker === speaker)
        .map(({ text }) => text)
        .join(' ')
    const all = JSON.stringify(finals)
    expect(wordErrorRatio(AGENT.join(' '), textOf('agent')), all).toBeLessThanOrEqual(MOST_ERRORS)
    expect(wordErrorRatio(CUSTOMER.map(([, words]) => words).join(' '), textOf('customer')), all).toBeLessThanOrEqual(MOST_ERRORS)
    // Both lists of sentences are about equally long, so that a swap of the sides could not pass.
    expect(wordErrorRatio(AGENT.join(' '), textOf('customer'))).toBeGreaterThan(0.5)

    const lines = transcript.lines.flatMap((line) => (line.type === 'said' ? [line] : []))
    expect(lines.map(({ startAt }) => startAt)).toEqual(lines.map(({ startAt }) => startAt).toSorted((a, b) => a - b))
    expect(lines[0]?.speaker).toBe('agent')
    for (const { startAt, endAt } of lines) {
      expect(startAt).toBeGreaterThan(beganAt)
      expect(endAt).toBeGreaterThan(startAt)
      expect(endAt).toBeLessThan(Date.now())
    }
    expect(partials.filter((one) => /^(agent|customer): \w/.test(one)).length).toBeGreaterThan(4)
    expect(transcript.partials).toEqual({})
  })
})

describe('with a scripted recogniser', () => {
  let recogniser: ScriptedRecogniser
  beforeAll(async () => {
    recogniser = await createScriptedRecogniser('vosk')
  })
  afterAll(() => recogniser.close())
  const tone = (ms: number) =>
    Int16Array.from({ length: ms * 16 }, (_, i) => Math.round(8_000 * Math.sin((2 * Math.PI * 400 * i) / 16_000)))

  it('mute and pause send nothing, a new microphone is followed, and a lost recogniser costs the transcript only', {
    timeout: TIMEOUT
  }, async () => {
    const { page, transcript } = await open(
      { protocol: 'vosk', url: recogniser.url },
      { rate: 44_100, agent: tone(60_000), customer: quiet(100) }
    )
    const flowing = async () => {
      const before = recogniser.heardMs
      await until(() => expect(recogniser.heardMs).toBeGreaterThanOrEqual(before + 1_000))
    }
    /** How much comes in three seconds of the page's audio clock. */
    const inThreeSeconds = async () => {
      const before = recogniser.heardMs
      await page.evaluate(() => new Promise((done) => setTimeout(done, 3_000)))
      return recogniser.heardMs - before
    }
    const dry = () => until(async () => expect(await inThreeSeconds()).toBe(0))

    await flowing()
    await page.evaluate(() => window.voice.mute(true))
    await dry()
    await page.evaluate(() => window.voice.mute(false))
    await flowing()
    await page.evaluate(() => window.voice.pause())
    await dry()
    await page.evaluate(() => window.voice.resume())
    await flowing()
    await page.evaluate(() => window.voice.replaceMicrophone())
    await flowing()
    await recogniser.refuse()
    await until(async () => expect((await transcript()).states.agent).toMatchObject({ state: 'lost' }))
    await recogniser.welcome()
    await until(async () => expect((await transcript()).states.agent).toEqual({ state: 'listening' }))
    await flowing()
    // What was muted was not said; what was paused was, and is missing.
    const gaps = (await transcript()).lines.flatMap((line) => (line.type === 'gap' ? [`${line.speaker} ${line.reason}`] : []))
    expect(gaps.slice(0, 2)).toEqual(['agent paused', 'customer paused'])
    expect(gaps.slice(2).filter((gap) => !gap.endsWith('recogniser-lost'))).toEqual([])
    // The browser keeps the nodes of a context for as long as that runs: one for both sides, and closed with the call.
    expect(await page.evaluate(() => window.voice.contexts())).toEqual(['running'])
    await page.evaluate(() => window.voice.stop())
    await until(async () => expect(await page.evaluate(() => window.voice.contexts())).toEqual(['closed']))
  })

  it('is not there: the customer is heard all the same', { timeout: TIMEOUT }, async () => {
    const gone = await createScriptedRecogniser('vosk')
    await gone.close()
    const { page, transcript } = await open({ protocol: 'vosk', url: gone.url }, { customer: tone(60_000), sides: ['customer'] })
    await until(async () => expect((await transcript()).states.customer).toMatchObject({ state: 'lost', reason: 'unreachable' }))
    expect((await transcript()).states.agent).toEqual({ state: 'off' })
    expect(await page.evaluate(() => window.voice.remotePeak())).toBeGreaterThan(0.05)
  })

  it('the worklet cannot be loaded: that is said, and nothing else happens', { timeout: TIMEOUT }, async () => {
    const { page, transcript } = await open(
      { protocol: 'vosk', url: recogniser.url },
      { workletUrl: 'not-there.js', customer: tone(60_000) }
    )
    await until(async () => {
      const { states } = await transcript()
      expect(states.agent).toMatchObject({ state: 'lost', reason: 'no-audio' })
      expect(states.customer).toMatchObject({ state: 'lost', reason: 'no-audio' })
    })
    expect(await page.evaluate(() => window.voice.remotePeak())).toBeGreaterThan(0.05)
    await page.evaluate(() => window.voice.stop())
  })

  it('the security policy does not name the recogniser: that is said', { timeout: TIMEOUT }, async () => {
    const other = recogniser.url.replace('127.0.0.1', 'localhost')
    browser = await openVoiceBrowser(dir, [recogniser.url], quiet(100), quiet(100))
    const { page } = browser
    await page.evaluate((given) => window.startVoice(given), {
      settings: { protocol: 'vosk' as const, url: other },
      workletUrl: '',
      rate: 0,
      sides: ['agent' as const]
    })
    await until(async () => {
      const { states } = await page.evaluate(() => window.voice.transcript())
      expect(states.agent).toMatchObject({ state: 'lost', reason: expect.stringMatching(/bad-address|unreachable/) })
    })
  })
})
