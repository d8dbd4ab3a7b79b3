import { createServer, type Server } from 'node:http'
import { resolve } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { contentSecurityPolicy } from '../../../src-main/host/policy.ts'
import type {} from './media-page.ts'

/** Devices, microphone, sounds and the makers' headset library in a real Chromium, under the policy that our pages have. */

const FLAGS = ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
let server: Server
let browser: Browser
let page: Page
let origin: string
const files = new Map<string, string>()

beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'chrome146',
      rollupOptions: {
        input: resolve(import.meta.dirname, 'media-page.ts'),
        output: { entryFileNames: 'page.js', chunkFileNames: 'chunks/[name].js' }
      }
    }
  })
  for (const one of (Array.isArray(built) ? built : [built]).flatMap((all) => ('output' in all ? all.output : [])))
    if (one.type === 'chunk') files.set(`/${one.fileName}`, one.code)
  server = createServer((request, response) => {
    const code = files.get(request.url ?? '')
    response.setHeader('content-type', code === undefined ? 'text/html' : 'text/javascript')
    response.setHeader('content-security-policy', contentSecurityPolicy([]))
    response.end(code ?? '<!doctype html><meta charset="utf-8"><title>media</title><script type="module" src="/page.js"></script>')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  origin = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
  browser = await chromium.launch({
    executablePath: process.env['SIDETONE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...FLAGS, '--autoplay-policy=no-user-gesture-required']
  })
}, 90_000)
afterAll(async () => {
  await browser?.close()
  server?.close()
})

const faults: string[] = []
beforeEach(async () => {
  faults.splice(0)
  page = await browser.newPage({ permissions: ['microphone'] })
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(origin)
  await page.waitForFunction(() => 'media' in window)
}, 30_000)
afterEach(async () => {
  expect(await page.evaluate(() => window.media.violations)).toEqual([])
  expect(faults).toEqual([])
  await page.close()
})

const SETTINGS = {
  microphoneId: '',
  speakerId: '',
  ringerId: '',
  ringVolume: 0.5,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  microphoneGain: 1,
  deviceProfiles: []
}
const apply = (change: Partial<typeof SETTINGS> = {}) =>
  page.evaluate((settings) => window.media.apply(settings), { ...SETTINGS, ...change })
const track = () => page.evaluate(() => window.media.track())

describe('in a real browser', () => {
  it('the microphone is proven live and closed again', async () => {
    expect(await page.evaluate(() => window.media.probe())).toEqual({ live: true })
  })

  it('a refused microphone is told as such', async () => {
    const context = await browser.newContext({ permissions: [] })
    const refused = await context.newPage()
    // Chromium grants by itself here (see FLAGS); this page's policy forbids it.
    await refused.route(`${origin}/refused`, async (route) => {
      const response = await route.fetch({ url: `${origin}/` })
      await route.fulfill({ response, headers: { ...response.headers(), 'permissions-policy': 'microphone=()' } })
    })
    await refused.goto(`${origin}/refused`)
    await refused.waitForFunction(() => 'media' in window)
    expect(await refused.evaluate(() => window.media.probe())).toMatchObject({ live: false, problem: 'microphone-denied' })
    await context.close()
  })

  it('another microphone and other processing reach a running call', async () => {
    await apply()
    await page.evaluate(() => window.media.refresh())
    const { microphones, outputs, canChooseOutput } = await page.evaluate(() => window.media.devices())
    expect([microphones.length >= 2, outputs.length >= 1, canChooseOutput]).toEqual([true, true, true])
    await page.evaluate(() => window.media.take())
    const first = await track()
    expect(first.state).toBe('live')

    const other = microphones.find(({ label }) => label !== first.label)
    await apply({ microphoneId: other?.deviceId ?? 'none' })
    await expect.poll(async () => (await track()).label, { timeout: 10_000 }).toBe(other?.label)
    await apply({ microphoneId: other?.deviceId ?? 'none', echoCancellation: false, noiseSuppression: false, autoGainControl: false })
    await expect.poll(async () => (await track()).replaced, { timeout: 10_000 }).toBe(2)
    expect(await track()).toMatchObject({
      state: 'live',
      settings: { deviceId: other?.deviceId, echoCancellation: false, noiseSuppression: false, autoGainControl: false }
    })
    await page.evaluate(() => window.media.release())
    expect((await track()).state).toBe('ended')
    // The choice is kept for the next time.
    const saved = await page.evaluate(() => window.media.saves.at(-1))
    expect(saved?.deviceProfiles[0]?.microphoneId).toBe(other?.deviceId)
  })

  it('a gain makes the voice in a call weaker and stronger', async () => {
    await apply({ echoCancellation: false, noiseSuppression: false, autoGainControl: false })
    await page.evaluate(() => window.media.take())
    const plain = await page.evaluate(() => window.media.loudest(2_500))
    expect(plain).toBeGreaterThan(0.005)
    await page.evaluate(() => window.media.setGain(0))
    await expect.poll(async () => (await track()).replaced, { timeout: 10_000 }).toBe(1)
    expect(await page.evaluate(() => window.media.loudest(2_500))).toBe(0)
    await page.evaluate(() => window.media.setGain(0.5))
    const weak = await page.evaluate(() => window.media.loudest(2_500))
    expect(weak / plain).toBeGreaterThan(0.3)
    expect(weak / plain).toBeLessThan(0.7)
    expect((await track()).replaced).toBe(1) // no gap in the call for it
  }, 40_000)

  it('calls with a gain and looks at the microphone leave no node of their streams behind', async () => {
    await page.evaluate(() => window.media.setGain(0.5))
    for (let i = 0; i < 3; i++) {
      await page.evaluate(() => window.media.take())
      expect(await page.evaluate(() => window.media.kept())).toBeGreaterThan(0)
      await page.evaluate(() => window.media.release())
      expect(await page.evaluate(() => window.media.probe())).toEqual({ live: true })
      await expect.poll(() => page.evaluate(() => window.media.kept()), { timeout: 10_000 }).toBe(0)
    }
  }, 40_000)

  it('a ring plays on the ringer and a beep on the speaker', async () => {
    await page.evaluate(() => {
      const made: HTMLAudioElement[] = []
      Object.assign(window, { made })
      const create = document.createElement.bind(document)
      document.createElement = ((name: string) => {
        const element = create(name)
        if (element instanceof HTMLAudioElement) made.push(element)
        return element
      }) as typeof document.createElement
    })
    await apply()
    await page.evaluate(() => window.media.refresh())
    const { outputs } = await page.evaluate(() => window.media.devices())
    const [ringer, speaker] = [outputs[0]?.deviceId ?? '', outputs.at(-1)?.deviceId ?? '']
    expect(ringer).not.toBe(speaker)
    await page.evaluate(
      ([ring, speak]) => {
        window.media.chooseRinger(ring ?? '')
        window.media.chooseSpeaker(speak ?? '')
        window.media.play('ring')
      },
      [ringer, speaker]
    )
    const playing = () =>
      page.evaluate(() =>
        (window as unknown as { made: HTMLAudioElement[] }).made
          .filter((one) => !one.paused)
          .map((one) => ({ sink: one.sinkId, volume: one.volume }))
      )
    await expect.poll(playing, { timeout: 10_000 }).toEqual([{ sink: ringer, volume: 0.5 }])
    await page.evaluate(() => window.media.play('beep'))
    await expect.poll(playing, { timeout: 10_000 }).toEqual([{ sink: speaker, volume: 1 }])
    await page.evaluate(() => window.media.play('off'))
    await expect.poll(playing, { timeout: 10_000 }).toEqual([])
  })

  it.each([
    ['opus', 'opus/48000', 'fullband'],
    ['PCMA', 'PCMA/8000', 'narrowband'],
    ['G722', 'G722/8000', 'wideband']
  ])(
    'a call with %s is measured: codec, loss, delay, levels, MOS',
    async (codec, name, scale) => {
      const { samples, record } = await page.evaluate((preferred) => window.media.measure(5, preferred), codec)
      const last = samples.at(-1)
      expect(last).toMatchObject({ scale, lossRatio: 0, ice: 'connected' })
      expect(last?.packetsReceived).toBeGreaterThan(15)
      expect(last?.bytesSent).toBeGreaterThan(100)
      // A loaded machine may be late with everything; what matters is that it is measured.
      expect(last?.rttMs).toBeGreaterThanOrEqual(0)
      expect(last?.jitterMs).toBeGreaterThanOrEqual(0)
      expect(last?.jitterBufferMs).toBeGreaterThan(0)
      expect(last?.mos).toBeGreaterThan(2)
      // The fake microphone beeps once a second or so.
      expect(Math.max(...samples.map(({ levelOut }) => levelOut ?? 0))).toBeGreaterThan(0.005)
      expect(Math.max(...samples.map(({ levelIn }) => levelIn ?? 0))).toBeGreaterThan(0.005)
      expect(record).toMatchObject({ codec: name, lossRatio: 0, mos: { average: expect.any(Number) } })
      const network = ['low-bytes-sent', 'low-bytes-received', 'ice-connectivity-lost', 'high-packet-loss']
      expect(record?.warnings.filter(({ kind }) => network.includes(kind))).toEqual([])
    },
    40_000
  )

  it("a maker's headset library is a piece of its own, runs under the policy and works", async () => {
    const page0 = files.get('/page.js') ?? ''
    expect(page0).not.toMatch(/jabra-js|fetchJsonp/i)
    expect(await page.evaluate(() => window.media.hasHid())).toBe(true)
    const [HOOK, MUTE] = [0b1, 0b100]
    const { suits, status, sent } = await page.evaluate(([orders, reports]) => window.media.headset(orders, reports), [
      [
        { type: 'ring', callId: 'a', name: 'Chen' },
        { type: 'off-hook', callId: 'a', how: 'rung' },
        { type: 'mute', on: true },
        { type: 'mute', on: false }
      ] as const,
      [HOOK, HOOK | MUTE, HOOK, 0]
    ] as const)
    expect(suits).toEqual([true, true, true, true, false, false, false, false, false])
    expect(status).toEqual({ state: 'connected', name: 'Headset (Yealink WH62)' })
    expect(sent.length).toBeGreaterThanOrEqual(4)
    expect(await page.evaluate(() => window.media.pressed)).toEqual(
      expect.arrayContaining([{ type: 'mute', on: true }, { type: 'hang-up' }])
    )
  })
  it('that library says when the user has not allowed a headset, and asks only when it may', async () => {
    const unpermitted = { state: 'unpermitted', name: 'Headset (Yealink WH62)' }
    expect(await page.evaluate(() => window.media.unpermitted())).toEqual({ statuses: [unpermitted, unpermitted], requests: 1 })
  })
})
