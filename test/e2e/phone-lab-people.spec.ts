import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import type { DialAnswer } from '../../src-main/practice/pbx/dialplan.ts'
import { createPbx, type PbxOptions, type PracticePbx } from '../../src-main/practice/pbx/pbx.ts'
import type { PbxEvent } from '../../src-main/practice/pbx/port.ts'
import { tone } from '../../src-main/practice/pbx/ulaw.ts'
import { openRecordings } from '../../src-main/practice/recordings/recordings.ts'
import type { Call, Input } from '../../src-renderer/softphone/call/state.ts'
import { newId } from '../../src-shared/ids.ts'
import type {} from './phone-lab/page.ts'
import { type Served, servePage } from './phone-lab/serve.ts'

/** What the real phone in a real browser does with the practice PBX's people, its park, its recorder and its own wishes. */

const USER = 'agent-lab'
const PLAN: Record<string, DialAnswer> = {
  '201': { type: 'party', party: 'colleague', id: 'colleague-1', ringMs: 300 },
  '202': { type: 'party', party: 'colleague', id: 'colleague-2', ringMs: 300, status: 486 },
  '600': { type: 'echo' }
}
let served: Served
let pbx: PracticePbx
let events: PbxEvent[]
let dir: string

test.beforeAll(async () => {
  served = await servePage()
})
test.afterAll(() => served.close())
test.beforeEach(() => {
  events = []
  dir = mkdtempSync(join(tmpdir(), 'phone-lab-'))
})
test.afterEach(async () => {
  await pbx.close()
  rmSync(dir, { recursive: true })
})

async function open(page: Page, options: PbxOptions = {}): Promise<void> {
  pbx = await createPbx({
    dialplan: (number) => PLAN[number] ?? { type: 'refuse', status: 404 },
    recordings: openRecordings({ dir, key: Buffer.alloc(32, 5), now: Date.now, newId, log: (line) => console.log(line) }),
    ...options
  })
  pbx.on((event) => events.push(event))
  await comeUp(page)
}
async function comeUp(page: Page): Promise<void> {
  const { server, ...account } = pbx.account(USER)
  await page.goto(served.origin)
  await page.waitForFunction(() => 'startLab' in window)
  await page.evaluate((given) => window.startLab({ ...given, iceServers: [], conversationHeader: 'User-to-User' }), {
    ...account,
    servers: [server]
  })
  await expect.poll(() => page.evaluate(() => window.lab.state().line.registration), { timeout: 20_000 }).toBe('registered')
}

const send = (page: Page, input: Input) => page.evaluate((given) => window.lab.send(given), input)
const call = (page: Page, callId: string): Promise<Call | undefined> =>
  page.evaluate((id) => window.lab.state().calls.find((one) => one.callId === id), callId)
const becomes = (page: Page, callId: string, wanted: string | undefined) =>
  expect.poll(async () => (await call(page, callId))?.phase, { timeout: 15_000 }).toBe(wanted)
const seen = (type: PbxEvent['type'], callId = '') =>
  events.filter((event) => event.type === type && (callId === '' || ('callId' in event && event.callId === callId)))
const happens = (type: PbxEvent['type'], callId = '') =>
  expect.poll(() => seen(type, callId).length, { timeout: 15_000 }).toBeGreaterThan(0)
const hears = async (page: Page, callId: string, pbxCallId = callId) => {
  void pbx.play(pbxCallId, tone(400, 5_000))
  await expect.poll(async () => (await page.evaluate((id) => window.lab.levels(id), callId)).in, { timeout: 15_000 }).toBeGreaterThan(0.05)
}
const isHeard = () =>
  expect.poll(() => events.findLast((event) => event.type === 'heard')?.rms ?? 0, { timeout: 15_000 }).toBeGreaterThan(0.005)

async function talk(page: Page, callId: string): Promise<void> {
  pbx.ring({ user: USER, conversationId: `conv-${callId}`, callId, from: '+49301234567', name: 'Ann Lee', ringMs: 30_000 })
  await becomes(page, callId, 'ringing')
  await send(page, { type: 'accept', callId })
  await becomes(page, callId, 'up')
  await happens('answered', callId)
}

test('a colleague is consulted and gets the customer', async ({ page }) => {
  await open(page)
  await talk(page, 'c1')
  await send(page, { type: 'dial', callId: 'k1', to: '201', consultFor: 'c1' })
  await becomes(page, 'c1', 'held')
  await becomes(page, 'k1', 'up')
  await happens('held', 'c1')
  await hears(page, 'k1')
  await send(page, { type: 'complete', callId: 'c1' })
  await happens('transferred', 'c1')
  expect(seen('transferred')).toEqual([expect.objectContaining({ user: USER, conversationId: 'conv-c1', to: 'colleague-1' })])
  await becomes(page, 'c1', undefined)
  await becomes(page, 'k1', undefined)
  expect(seen('ended', 'c1')).toEqual([])
})

test('a customer is passed on blindly; a busy colleague leaves them where they are', async ({ page }) => {
  await open(page)
  await talk(page, 'c2')
  await send(page, { type: 'transfer', callId: 'c2', to: '202' })
  await expect.poll(async () => (await call(page, 'c2'))?.problem, { timeout: 15_000 }).toBeDefined()
  await becomes(page, 'c2', 'up')
  await send(page, { type: 'transfer', callId: 'c2', to: '201' })
  await happens('transferred', 'c2')
  await becomes(page, 'c2', undefined)
})

test('a customer who is parked in the first moments after the answer is not lost', async ({ page }) => {
  await open(page)
  for (const afterMs of [0, 60, 250, 700]) {
    const callId = `p${afterMs}`
    pbx.ring({ user: USER, conversationId: `conv-${callId}`, callId, from: '+49301234567', name: 'Ann Lee', ringMs: 30_000 })
    await becomes(page, callId, 'ringing')
    await page.evaluate(
      async ([id, ms]) => {
        const isUp = () => window.lab.state().calls.some((one) => one.callId === id && one.phase === 'up')
        window.lab.send({ type: 'accept', callId: id })
        while (!isUp()) await new Promise((resolve) => setTimeout(resolve, 0))
        const since = performance.now()
        while (performance.now() - since < ms) await new Promise((resolve) => setTimeout(resolve, 0))
        window.lab.send({ type: 'park', callId: id, to: '*70', slot: '', retrieval: '*71' })
      },
      [callId, afterMs] as const
    )
    await happens('parked', callId)
    await becomes(page, callId, undefined)
    expect(seen('ended', callId), callId).toEqual([])
    expect((await page.evaluate(() => window.lab.reports)).filter((one) => one.includes(` ${callId} `))).toEqual(
      ['answered', 'held', 'parked', 'ended'].map((what) => `conv-${callId} ${callId} ${what}`)
    )
  }
})

test('a customer is parked and fetched again, and goes on talking', async ({ page }) => {
  await open(page)
  await talk(page, 'c3')
  await send(page, { type: 'park', callId: 'c3', to: '*70', slot: '', retrieval: '*71' })
  await happens('parked', 'c3')
  await becomes(page, 'c3', undefined)
  await send(page, { type: 'dial', callId: 'k3', to: '*711' })
  await becomes(page, 'k3', 'up')
  await happens('retrieved', 'c3')
  await hears(page, 'k3', 'c3')
  await isHeard()
})

test('the recorder is paused and goes on by the word of the phone, and what was said meanwhile is nowhere', async ({ page }) => {
  await open(page)
  await talk(page, 'c4')
  await happens('recording-started', 'c4')
  expect(await page.evaluate(() => window.lab.record('c4', false))).toBe(200)
  expect(pbx.recorder.state('c4')).toBe('paused')
  expect(await page.evaluate(() => window.lab.record('c4', true))).toBe(200)
  await happens('recording-resumed', 'c4')
  await isHeard()
  pbx.hangUp('c4', 'customer')
  await happens('recorded', 'c4')
  const recorded = events.find((event) => event.type === 'recorded')
  expect(recorded?.type === 'recorded' && recorded.gaps).toEqual([expect.objectContaining({ reason: 'request' })])
})

test('a page that comes up again takes its call back, and talks on', async ({ page }) => {
  await open(page)
  await talk(page, 'c5')
  await expect.poll(() => page.evaluate(() => window.lab.journal().length)).toBe(1)
  const [record] = await page.evaluate(() => window.lab.journal())
  if (!record) throw new Error('nothing in the journal')
  await comeUp(page)
  await send(page, { type: 'take-back', callId: 'b5', record })
  await becomes(page, 'b5', 'up')
  await expect.poll(() => seen('answered', 'c5').length).toBe(2)
  await hears(page, 'b5', 'c5')
  await isHeard()
  expect(seen('ended')).toEqual([])
})

test('the far end holds and resumes: the phone says so, and audio comes back', async ({ page }) => {
  await open(page)
  await talk(page, 'c6')
  expect(await pbx.reoffer('c6', { direction: 'inactive' })).toBe(200)
  await expect.poll(async () => (await call(page, 'c6'))?.heldByFarEnd).toBe(true)
  expect(await pbx.reoffer('c6', { direction: 'sendrecv' })).toBe(200)
  await expect.poll(async () => (await call(page, 'c6'))?.heldByFarEnd).toBe(false)
  await hears(page, 'c6')
  expect(await pbx.reoffer('c6', { late: true })).toBe(200)
  await hears(page, 'c6')
  await isHeard()
})

test('a PBX whose INVITEs carry no offer is understood', async ({ page }) => {
  await open(page, { lateOffer: true })
  await talk(page, 'c7')
  await hears(page, 'c7')
  await isHeard()
})

test('session timers: the phone says which interval it takes, and the call comes up with that', async ({ page }) => {
  await open(page, { session: { minSeconds: 4, seconds: 4, refresher: 'uac' } })
  await talk(page, 'c8')
  expect((await call(page, 'c8'))?.session).toEqual({ expiresS: 90, refresher: 'them' })
  expect(await pbx.reoffer('c8', {})).toBe(200)
  await hears(page, 'c8')
})

test('two pages of one person ring; when one answers, the other falls silent', async ({ page, context }) => {
  await open(page)
  const other = await context.newPage()
  await comeUp(other)
  pbx.ring({ user: USER, conversationId: 'conv-c9', callId: 'c9', from: '+49301234567', name: 'Ann Lee', ringMs: 30_000 })
  await becomes(page, 'c9', 'ringing')
  await becomes(other, 'c9', 'ringing')
  await send(other, { type: 'accept', callId: 'c9' })
  await becomes(other, 'c9', 'up')
  await becomes(page, 'c9', undefined)
  await hears(other, 'c9')
})
