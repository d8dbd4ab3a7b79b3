import { expect, type Page, test } from '@playwright/test'
import { createPbx, type PracticePbx } from '../../src-main/practice/pbx/pbx.ts'
import type { PbxEvent } from '../../src-main/practice/pbx/port.ts'
import { tone } from '../../src-main/practice/pbx/ulaw.ts'
import type { Call, Input } from '../../src-renderer/softphone/call/state.ts'
import type {} from './phone-lab/page.ts'
import { createWire, type Wire } from './phone-lab/proxy.ts'
import { type Served, servePage } from './phone-lab/serve.ts'

/** The real SIP driver in a real browser against the real practice PBX: signalling, media both ways, and a bad line. */

const USER = 'agent-lab'
let served: Served
let pbx: PracticePbx
let wire: Wire
let events: PbxEvent[]

test.beforeAll(async () => {
  served = await servePage()
})
test.afterAll(() => served.close())

test.beforeEach(async ({ page }) => {
  events = []
  pbx = await createPbx()
  pbx.on((event) => events.push(event))
  wire = await createWire(pbx.port)
  const account = pbx.account(USER)
  await page.goto(served.origin)
  await page.waitForFunction(() => 'startLab' in window)
  await page.evaluate((given) => window.startLab({ ...given, iceServers: [], conversationHeader: 'User-to-User' }), {
    ...account,
    servers: [`ws://127.0.0.1:${wire.port}`]
  })
  await registered(page)
})
test.afterEach(async () => {
  await wire.close()
  await pbx.close()
})

const send = (page: Page, input: Input) => page.evaluate((given) => window.lab.send(given), input)
const registration = (page: Page) => page.evaluate(() => window.lab.state().line.registration)
const registered = (page: Page) => expect.poll(() => registration(page), { timeout: 20_000 }).toBe('registered')
const call = (page: Page, callId: string): Promise<Call | undefined> =>
  page.evaluate((id) => window.lab.state().calls.find((one) => one.callId === id), callId)
const phase = async (page: Page, callId: string) => (await call(page, callId))?.phase
const becomes = (page: Page, callId: string, wanted: string | undefined) =>
  expect.poll(() => phase(page, callId), { timeout: 15_000 }).toBe(wanted)
const seen = (type: PbxEvent['type'], callId = '') =>
  events.filter((event) => event.type === type && (callId === '' || ('callId' in event && event.callId === callId)))
const happens = (type: PbxEvent['type'], callId: string) =>
  expect.poll(() => seen(type, callId).length, { timeout: 15_000 }).toBeGreaterThan(0)
const heard = () => events.flatMap((event) => (event.type === 'heard' ? [event.rms] : []))

const ring = (callId: string, conversationId = `conv-${callId}`) =>
  pbx.ring({ user: USER, conversationId, callId, from: '+49301234567', name: 'Ann Lee', ringMs: 30_000 })

async function talk(page: Page, callId: string): Promise<void> {
  ring(callId)
  await becomes(page, callId, 'ringing')
  await send(page, { type: 'accept', callId })
  await becomes(page, callId, 'up')
  await happens('answered', callId)
}

test('a call rings with its conversation and caller, is answered, is heard at both ends, and is hung up', async ({ page }) => {
  ring('c1', '01931e9c-7d7e-7c3a-9d5e-2f0c6b1a4e11')
  await becomes(page, 'c1', 'ringing')
  expect(await call(page, 'c1')).toMatchObject({
    conversationId: '01931e9c-7d7e-7c3a-9d5e-2f0c6b1a4e11',
    name: 'Ann Lee',
    number: '+49301234567'
  })
  expect(await page.evaluate(() => window.lab.sounds)).toEqual(['ring'])
  await send(page, { type: 'accept', callId: 'c1' })
  await becomes(page, 'c1', 'up')
  expect(await page.evaluate(() => window.lab.sounds)).toEqual(['ring', 'off'])

  void pbx.play('c1', tone(400, 20_000))
  await expect.poll(async () => (await page.evaluate(() => window.lab.levels('c1'))).in, { timeout: 15_000 }).toBeGreaterThan(0.05)
  await expect.poll(() => Math.max(0, ...heard()), { timeout: 15_000 }).toBeGreaterThan(0.005)

  await send(page, { type: 'hang-up', callId: 'c1' })
  await becomes(page, 'c1', 'ended')
  await happens('ended', 'c1')
  expect(seen('ended', 'c1')).toEqual([expect.objectContaining({ by: 'agent' })])
  await becomes(page, 'c1', undefined)
  const reports = await page.evaluate(() => window.lab.reports)
  expect(reports.map((report) => report.split(' ').slice(1).join(' '))).toEqual(['c1 answered', 'c1 ended'])
  await expect.poll(() => page.evaluate(() => window.lab.openTracks())).toBe(0)
})

test('mute silences the agent at the far end, and unmute brings the voice back', async ({ page }) => {
  await talk(page, 'c2')
  await expect.poll(() => heard().at(-1) ?? 0, { timeout: 15_000 }).toBeGreaterThan(0.005)
  await send(page, { type: 'mute', callId: 'c2', on: true })
  await expect.poll(() => Math.max(...heard().slice(-2)), { timeout: 15_000 }).toBeLessThan(0.001)
  await send(page, { type: 'mute', callId: 'c2', on: false })
  await expect.poll(() => heard().at(-1) ?? 0, { timeout: 15_000 }).toBeGreaterThan(0.005)
})

test('hold is shown when the far end confirmed it, silences the agent, and resumes', async ({ page }) => {
  await talk(page, 'c3')
  await send(page, { type: 'hold', callId: 'c3', on: true })
  await becomes(page, 'c3', 'held')
  // Asked for first, held only when the far end had confirmed it.
  expect((await page.evaluate(() => window.lab.phases)).filter((one) => one.startsWith('c3 ')).slice(-3)).toEqual([
    'c3 up',
    'c3 holding',
    'c3 held'
  ])
  await happens('held', 'c3')
  await send(page, { type: 'hold', callId: 'c3', on: false })
  await becomes(page, 'c3', 'up')
  await happens('resumed', 'c3')
  const count = heard().length
  await expect.poll(() => Math.max(0, ...heard().slice(count)), { timeout: 15_000 }).toBeGreaterThan(0.005)
  expect((await page.evaluate(() => window.lab.reports)).map((report) => report.split(' ').at(-1))).toEqual(['answered', 'held', 'resumed'])
})

test('digits typed faster than they sound all arrive, in order', async ({ page }) => {
  await talk(page, 'c4')
  for (const digit of '159*0#') await send(page, { type: 'digit', callId: 'c4', digit })
  const digits = () => events.flatMap((event) => (event.type === 'digit' ? [event.digit] : [])).join('')
  await expect.poll(digits, { timeout: 15_000 }).toBe('159*0#')
})

test('a declined call is refused with 603, one that the caller gives up stops ringing', async ({ page }) => {
  ring('c5')
  await becomes(page, 'c5', 'ringing')
  await send(page, { type: 'decline', callId: 'c5' })
  await happens('refused', 'c5')
  expect(seen('refused', 'c5')).toEqual([expect.objectContaining({ status: 603 })])
  ring('c6')
  await becomes(page, 'c6', 'ringing')
  pbx.hangUp('c6', 'customer')
  await becomes(page, 'c6', 'ended')
  expect(await page.evaluate(() => window.lab.sounds.at(-1))).toBe('off')
})

test('a conversation accepted before its INVITE is answered without ringing, and the customer can hang up', async ({ page }) => {
  await send(page, { type: 'expect', conversationId: 'conv-c7', forMs: 20_000 })
  ring('c7')
  await becomes(page, 'c7', 'up')
  expect(await page.evaluate(() => window.lab.sounds)).toEqual([])
  pbx.hangUp('c7', 'customer')
  await becomes(page, 'c7', 'ended')
})

test('a second caller beeps; answering puts the first on hold, and only one of them hears the agent', async ({ page }) => {
  await talk(page, 'c8')
  ring('c9')
  await becomes(page, 'c9', 'ringing')
  expect(await page.evaluate(() => window.lab.sounds.at(-1))).toBe('beep')
  await send(page, { type: 'accept', callId: 'c9' })
  await becomes(page, 'c9', 'up')
  await becomes(page, 'c8', 'held')
  await happens('held', 'c8')
  await send(page, { type: 'hold', callId: 'c8', on: false })
  await becomes(page, 'c8', 'up')
  await becomes(page, 'c9', 'held')
})

test('the audio of a call goes on through a cut connection, and the call can be held and ended after it', async ({ page }) => {
  await talk(page, 'c10')
  void pbx.play('c10', tone(400, 30_000))
  wire.setOpen(false)
  await expect.poll(() => registration(page)).not.toBe('registered')
  const before = heard().length
  await expect
    .poll(
      () =>
        heard()
          .slice(before)
          .some((rms) => rms > 0.005),
      { timeout: 15_000 }
    )
    .toBe(true)
  await page.evaluate(() => window.lab.levels('c10'))
  await expect.poll(async () => (await page.evaluate(() => window.lab.levels('c10'))).in).toBeGreaterThan(0.05)
  expect(await phase(page, 'c10')).toBe('up')
  // What needs signalling does not pretend: the wish waits for the line and travels with it.
  await send(page, { type: 'hold', callId: 'c10', on: true })
  expect(await call(page, 'c10')).toMatchObject({ phase: 'up', wantsHold: true, link: 'cut' })
  expect(seen('held', 'c10')).toEqual([])
  wire.setOpen(true)
  await registered(page)
  await becomes(page, 'c10', 'held')
  await happens('held', 'c10')
  await send(page, { type: 'hang-up', callId: 'c10' })
  await happens('ended', 'c10')
})

test('a call hung up while the connection is away is ended at the far end when it is back', async ({ page }) => {
  await talk(page, 'c11')
  wire.setOpen(false)
  await expect.poll(() => registration(page)).not.toBe('registered')
  await send(page, { type: 'hang-up', callId: 'c11' })
  await becomes(page, 'c11', 'ended')
  expect(seen('ended', 'c11')).toEqual([])
  wire.setOpen(true)
  await happens('ended', 'c11')
  expect(seen('ended', 'c11')).toEqual([expect.objectContaining({ by: 'agent' })])
})

test('a connection that is there but carries nothing is found out and replaced', async ({ page }) => {
  const before = wire.made
  wire.freeze()
  await send(page, { type: 'hurry' })
  await expect.poll(() => wire.made, { timeout: 15_000 }).toBeGreaterThan(before)
  await registered(page)
  await talk(page, 'c12')
})
