import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'esbuild'
import type { Call, PhoneState } from '../../../src-renderer/softphone/call/state.ts'
import type { Action, PhoneView } from '../../../src-renderer/softphone/port/port.ts'
import type { DialogRecord, PhoneAccount } from '../../../src-shared/contract/phone.ts'
import type { Told } from '../page/host.ts'
import type { Way } from '../page/page.ts'
import type { Frame } from '../page/sockets.ts'
import { REALM, secretOf } from './kamailio.ts'
import type { Lab } from './lab.ts'
import type { Sound } from './pitch.ts'
import { PITCH } from './tones.ts'
import { until } from './until.ts'

/** The product's softphone in a page of its own, with levers and ears. */
export interface Softphone {
  readonly page: Page
  send(input: Extract<Action, { type: 'phone' }>['input']): Promise<void>
  /** What is no matter of the call control alone. */
  act(action: Action): Promise<void>
  state(): Promise<PhoneState>
  view(): Promise<PhoneView>
  call(callId: string): Promise<Call | undefined>
  /** Calls somebody, and gives the call's id. */
  dial(to: string, more?: { consultFor?: string; conversationId?: string }): Promise<string>
  /** Waits for the n-th call that this phone has or had (1 is the first), and gives its id. */
  rings(nth?: number): Promise<string>
  becomes(callId: string, phase: Call['phase'], withinMs?: number): Promise<void>
  /** Waits until the call is in this phase or has been, however short. */
  passes(callId: string, phase: Call['phase']): Promise<void>
  registered(withinMs?: number): Promise<void>
  /** Waits until this tone, and no other, is heard of a call. */
  hears(callId: string, hz: number): Promise<void>
  /** Waits until all these are heard together. */
  hearsAll(callId: string, hz: readonly number[]): Promise<void>
  hearsNothing(callId: string): Promise<void>
  /** What is heard at this moment. */
  sound(callId: string): Promise<Sound>
  /** The dialogs that the phone's desk keeps for it. */
  dialogs(): Promise<DialogRecord[]>
  /** What the phone told its desk, in order. */
  told(what: Told['what']): Promise<Told[]>
  /** SIP messages that went over its WebSockets so far. */
  frames(): Promise<Frame[]>
  /** Errors that nobody in the page caught. */
  faults(): Promise<string[]>
  /** The page goes without a word to anybody, and a new one with the same desk takes its place. */
  reload(): Promise<void>
  /** The desk knows that this conversation waits in an orbit. */
  knowsParked(conversationId: string, slot: string): Promise<void>
  /** What was to be played so far: the bell, the beep of a waiting call, tones. */
  tones(): Promise<string[]>
  close(): Promise<void>
}

export interface SoftphoneOptions {
  user?: string
  hz?: number
  account?: Partial<PhoneAccount>
  way?: Way
  /** Do not wait for the registration. */
  unregistered?: boolean
}

/** Opens softphones of one lab in one browser. */
export interface Softphones {
  open(options?: SoftphoneOptions): Promise<Softphone>
}

const chromiumFile = process.env['SIDETONE_CHROMIUM'] ?? '/usr/bin/chromium'

export async function startBrowser(lab: Lab): Promise<Softphones> {
  const code = await bundle()
  const server = await serve(code)
  lab.onClose(() => new Promise((done) => server.close(() => done())))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the page server has no port')
  // A page of a real loopback server: Chromium keeps other pages from WebSockets on loopback (Local Network Access).
  const origin = `http://127.0.0.1:${address.port}`
  const browser: Browser = await chromium.launch({
    executablePath: chromiumFile,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-features=WebRtcHideLocalIpsWithMdns'
    ]
  })
  lab.onClose(() => browser.close())

  return {
    async open({ user = 'agent1', hz = PITCH.agent1, account = {}, way = 'any', unregistered = false } = {}) {
      const context = await browser.newContext({ permissions: ['microphone'] })
      const page = await context.newPage()
      const printed: string[] = []
      page.on('console', (message) => printed.push(message.text()))
      const begin = async () => {
        await page.waitForFunction(() => 'startPhone' in window)
        await page.evaluate(([given, pitch, out]) => window.startPhone(given, pitch, out), [
          accountOf(lab, user, account),
          hz,
          way
        ] as const)
      }
      await page.goto(origin)
      await begin()
      const phone = drive(page, { begin, close: () => context.close() }, printed)
      if (!unregistered) await phone.registered()
      return phone
    }
  }
}

const accountOf = (lab: Lab, user: string, more: Partial<PhoneAccount>): PhoneAccount => ({
  source: 'own',
  servers: [`ws://127.0.0.1:${lab.cable.port}`],
  domain: REALM,
  user,
  authUser: '',
  displayName: '',
  secret: secretOf(user),
  iceServers: [],
  codecs: [],
  dtmf: 'rfc4733',
  conversationHeader: 'User-to-User',
  sessionExpiresS: 0,
  lines: 3,
  autoAnswer: { headers: true, queues: [] },
  park: { park: '', retrieve: '' },
  echoNumber: '',
  recorder: 'none',
  country: 'DE',
  outsidePrefix: '',
  transcriber: { protocol: 'off', url: '' },
  ...more
})

function drive(page: Page, { begin, close }: { begin(): Promise<void>; close(): Promise<void> }, printed: readonly string[]): Softphone {
  let dialled = 0
  const view = () => page.evaluate(() => window.phone.view())
  const state = async () => (await view()).state
  const act = (action: Action) => page.evaluate((given) => window.phone.act(given), action)
  const sound = (callId: string) => page.evaluate((id) => window.phone.hears(id), callId)
  const call = async (callId: string) => (await state()).calls.find((one) => one.callId === callId)
  const seen = async () => ({
    state: await state(),
    phases: await page.evaluate(() => window.phone.phases),
    printed: printed.slice(-5)
  })
  return {
    page,
    state,
    view,
    act,
    call,
    sound,
    async dial(to, more = {}) {
      const callId = `dialled-${++dialled}-${Date.now()}`
      await act({ type: 'dial', callId, to, number: to, inside: true, ...more })
      return callId
    },
    send: (input) => act({ type: 'phone', input }),
    async rings(nth = 1) {
      const ids = async () => [
        ...new Set((await page.evaluate(() => window.phone.phases)).map((one) => one.slice(0, one.lastIndexOf(' '))))
      ]
      return until(`call ${nth} is there`, async () => (await ids())[nth - 1], { seen })
    },
    async becomes(callId, phase, withinMs = 10_000) {
      await until(`${callId} is ${phase}`, async () => (await call(callId))?.phase === phase, { withinMs, seen })
    },
    async passes(callId, phase) {
      const passed = () => page.evaluate(([id, wanted]) => window.phone.phases.includes(`${id} ${wanted}`), [callId, phase] as const)
      await until(`${callId} was ${phase}`, passed, { seen })
    },
    async registered(withinMs = 10_000) {
      await until('registered', async () => (await state()).line.registration === 'registered', { withinMs, seen })
    },
    async hears(callId, hz) {
      let last: Sound | undefined
      await until(
        `${hz} Hz is heard`,
        async () => {
          last = await sound(callId)
          return last.rms > 0.02 && Math.abs(last.hz - hz) <= 20
        },
        { seen: async () => ({ last, ...(await seen()) }) }
      )
    },
    async hearsAll(callId, hz) {
      await until(
        `${hz.join(' and ')} Hz are heard together`,
        () => page.evaluate(([id, all]) => window.phone.hearsAll(id, all), [callId, hz] as const),
        { seen: async () => ({ last: await sound(callId) }) }
      )
    },
    async hearsNothing(callId) {
      await until('nothing is heard', async () => (await sound(callId)).rms < 0.003, { seen: () => sound(callId) })
    },
    dialogs: () => page.evaluate(() => JSON.parse(localStorage.getItem('dialogs') ?? '[]')),
    told: async (what) => (await page.evaluate(() => window.phone.told)).filter((one) => one.what === what),
    frames: () => page.evaluate(() => window.phone.frames),
    faults: () => page.evaluate(() => window.phone.faults),
    knowsParked: (conversationId, slot) =>
      page.evaluate(([id, at]) => localStorage.setItem('slots', JSON.stringify({ [id]: at })), [conversationId, slot] as const),
    tones: () => page.evaluate(() => window.phone.tones),
    async reload() {
      await page.reload()
      await begin()
    },
    close
  }
}

async function bundle(): Promise<string> {
  const built = await build({
    entryPoints: [join(import.meta.dirname, '../page/page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome130',
    logLevel: 'error'
  })
  return built.outputFiles[0]?.text ?? ''
}

function serve(code: string): Promise<Server> {
  const server = createServer((request, response) => {
    const script = request.url === '/page.js'
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html')
    response.end(script ? code : '<!doctype html><meta charset="utf-8"><title>softphone</title><script src="/page.js"></script>')
  })
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)))
}
