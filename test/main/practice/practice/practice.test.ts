import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createAi } from '../../../../src-main/ai/index.ts'
import type { Hub, HubLevers } from '../../../../src-main/hub/hub.ts'
import { createLocalHub } from '../../../../src-main/hub/local-hub.ts'
import { createPracticeBank } from '../../../../src-main/practice/bank/practice-bank.ts'
import { openPractice, type Practice } from '../../../../src-main/practice/practice.ts'
import { loadScenarios } from '../../../../src-main/practice/scenarios/load.ts'
import { openDatabase } from '../../../../src-main/sqlite/sqlite.ts'
import { rememberIn, seeded } from '../../../build/practice.ts'
import { fakePbx } from '../../../fakes/pbx.ts'
import { shippedFlows } from '../../centre/front-desk/talk.ts'
import { PRACTICE_DIR } from '../scenarios/practice-dir.ts'

const NOW = new Date(2026, 2, 2, 11, 30).getTime()
const MORNING_MS = 30 * 60_000
const content = loadScenarios(PRACTICE_DIR)
const LIN = 'agent-lin'

let hub: Hub & { levers: HubLevers }
let memory: ReturnType<typeof rememberIn>
let phone: ReturnType<typeof fakePbx>
let logged: { event: string; detail?: Record<string, unknown> | undefined }[]
let ids: number
let opened: Practice[]

async function open(more: { signal?: AbortSignal } = {}): Promise<Practice> {
  phone = fakePbx()
  const practice = await openPractice({
    hub,
    ai: createAi(),
    content,
    voice: () => new Uint8Array(8),
    memory,
    pbx: phone.pbx,
    flows: shippedFlows(),
    bank: (deliver) =>
      createPracticeBank({
        db: openDatabase(':memory:', undefined),
        customers: content.customers,
        now: Date.now,
        random: seeded(3),
        deliver,
        log: () => {},
        madeUp: 0
      }),
    now: Date.now,
    random: seeded(7),
    newId: () => `id-${++ids}`,
    log: (event, detail) => logged.push({ event, detail }),
    morningMs: MORNING_MS,
    signal: more.signal
  })
  opened.push(practice)
  return practice
}
const facts = () => [...hub.centre().facts()]
const mine = () => facts().flatMap((one) => (one.type === 'conversation.opened' && one.data.reservedFor === LIN ? [one] : []))
const openNow = () => {
  const closed = new Set(facts().flatMap((one) => (one.type === 'conversation.closed' ? [one.conversationId] : [])))
  return facts().flatMap((one) => (one.type === 'conversation.opened' && !closed.has(one.conversationId) ? [one] : []))
}
const turn = () => new Promise((resolve) => setImmediate(resolve))
async function command(type: string, data: unknown): Promise<void> {
  const id = `command-${++ids}`
  await hub.desk(LIN).send({ id, at: Date.now(), type, data })
  await turn()
  await turn()
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: NOW })
  hub = createLocalHub({ path: ':memory:' })
  memory = rememberIn()
  logged = []
  ids = 0
  opened = []
})
afterEach(() => {
  for (const one of opened) one.close()
  hub.close()
  vi.useRealTimers()
})

describe('the practice centre', () => {
  test('opens with a history behind it, and goes on in real time', async () => {
    await open()
    const lived = facts().filter((one) => one.type === 'conversation.opened')
    expect(lived.length).toBeGreaterThan(20)
    expect(lived.every((one) => one.at >= NOW - MORNING_MS && one.at <= NOW)).toBe(true)
    vi.advanceTimersByTime(10 * 60_000)
    expect(facts().filter((one) => one.type === 'conversation.opened' && one.at > NOW).length).toBeGreaterThan(3)
    expect(logged).toEqual([])
  })

  test("a second start soon after rehearses nothing again, clears what the floor left, and keeps the user's conversation", async () => {
    const first = await open()
    first.seated(LIN, () => 'en')
    await command('presence.set', { presence: 'available' })
    const id = first.start(LIN, 'en-balance', 'chat')
    const offer = facts().find((one) => one.type === 'conversation.offered' && one.conversationId === id)
    await command('offer.accept', { conversationId: id, offerId: offer?.type === 'conversation.offered' ? offer.data.offerId : '' })
    vi.advanceTimersByTime(60_000)
    first.close()
    const before = facts()
    const left = openNow()
    expect(left.some((one) => one.data.background)).toBe(true)
    vi.setSystemTime(Date.now() + 60_000)

    const second = await open()
    const added = facts().slice(before.length)
    expect(added.filter((one) => one.type === 'conversation.opened' && one.at < Date.now() - 1)).toEqual([])
    expect(openNow().map((one) => one.conversationId)).toEqual([id])
    expect(memory.scripts().map((one) => one.conversationId)).toContain(id)
    second.seated(LIN, () => 'en')
    const said = () => facts().filter((one) => one.type === 'entry.added' && one.conversationId === id).length
    await command('message.send', { conversationId: id, entryId: 'entry-1', text: 'Sorry to keep you waiting.' })
    const had = said()
    vi.advanceTimersByTime(60_000)
    expect(said()).toBeGreaterThan(had)
    expect(logged).toEqual([])
  })

  test('a start after a long pause lives through the pause, and no call seems to have lasted all through it', async () => {
    const first = await open()
    vi.advanceTimersByTime(60_000)
    first.close()
    const stoppedAt = Math.max(...facts().map((one) => one.at))
    const left = new Set(openNow().map((one) => one.conversationId))
    expect(left.size).toBeGreaterThan(0)
    vi.setSystemTime(Date.now() + 3 * 3600_000)
    await open()
    for (const one of facts())
      if (one.type === 'conversation.ended' && left.has(one.conversationId)) expect(one.at).toBeLessThanOrEqual(stoppedAt)
    expect(openNow().filter((one) => left.has(one.conversationId))).toEqual([])
    expect(facts().some((one) => one.type === 'conversation.opened' && one.at > stoppedAt)).toBe(true)
  })

  test('given up while opening, it keeps nothing of the history', async () => {
    const stop = new AbortController()
    setImmediate(() => stop.abort(new Error('closing')))
    await expect(open({ signal: stop.signal })).rejects.toThrow('closing')
    expect(facts()).toEqual([])
    await expect(open({ signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late')
  })

  test("a user's conversation whose script is lost does not stay open without a customer", async () => {
    const first = await open()
    first.seated(LIN, () => 'en')
    await command('presence.set', { presence: 'available' })
    const id = first.start(LIN, 'en-balance', 'chat')
    first.close()
    memory = rememberIn()
    await open()
    expect(openNow().map((one) => one.conversationId)).not.toContain(id)
  })

  test('hears of recordings that an earlier run left', async () => {
    await open()
    expect(phone.asked).toEqual(['tellUntold'])
  })

  test('a fault of one appointment is logged, and the centre goes on', async () => {
    await open()
    vi.spyOn(hub.centre(), 'commit').mockImplementationOnce(() => {
      throw new Error('the disk is full')
    })
    vi.advanceTimersByTime(10 * 60_000)
    expect(logged.length).toBeGreaterThan(0)
    expect(facts().filter((one) => one.type === 'conversation.opened' && one.at > NOW).length).toBeGreaterThan(3)
  })
})

describe('somebody at a desk', () => {
  test.each([
    ['en', 'en'],
    ['zh-CN', 'zh'],
    ['zh-TW', 'zh']
  ] as const)('is rung or written to within 15 seconds of turning available; with a screen in %s, in %s', async (locale, language) => {
    const practice = await open()
    practice.seated(LIN, () => locale)
    await command('presence.set', { presence: 'available' })
    vi.advanceTimersByTime(15_000)
    expect(mine()[0]?.data.language).toBe(language)
  })

  test('who chose a language gets that one, whatever the screen says', async () => {
    const practice = await open()
    practice.seated(LIN, () => 'en')
    practice.setLanguage(LIN, 'zh')
    expect(practice.view(LIN)).toMatchObject({ language: 'zh', pace: 'normal' })
    await command('presence.set', { presence: 'available' })
    vi.advanceTimersByTime(15_000)
    expect(mine().at(-1)?.data.language).toBe('zh')
  })

  test('a call that was asked for rings their phone', async () => {
    const practice = await open()
    practice.seated(LIN, () => 'en')
    await command('presence.set', { presence: 'available' })
    const id = practice.start(LIN, 'en-card-lost', 'voice')
    expect(phone.rung).toMatchObject([{ user: LIN, conversationId: id }])
  })

  describe('on the phone', () => {
    /** A call of a scripted customer that Lin has answered. */
    async function talking() {
      const practice = await open()
      practice.seated(LIN, () => 'en')
      await command('presence.set', { presence: 'available' })
      const conversationId = practice.start(LIN, 'en-card-lost', 'voice')
      const callId = phone.rung[0]?.callId ?? ''
      const about = { callId, conversationId, user: LIN }
      phone.tell({ type: 'ringing', ...about })
      phone.tell({ type: 'answered', ...about })
      return { about, of: (type: string) => facts().filter((one) => one.type === type && one.conversationId === conversationId) }
    }

    test('a pause that the desk asks for reaches the recorder, and only what it confirms is a fact', async () => {
      const { about, of } = await talking()
      const recording = { ...about, recordingId: 'r1', at: Date.now() }
      phone.tell({ type: 'recording-started', ...recording, ms: 0 })
      const { conversationId } = about
      await command('recording.pause', { conversationId, reason: 'payment', forMs: 60_000 })
      expect(phone.asked.at(-1)).toBe(`pause ${about.callId} payment`)
      expect(of('call.recording-paused')).toEqual([])
      phone.tell({ type: 'recording-paused', ...recording, ms: 5_000, reason: 'payment' })
      expect(of('call.recording-paused')).toHaveLength(1)
      await command('recording.resume', { conversationId, endedBy: 'agent' })
      expect(phone.asked.at(-1)).toBe(`resume ${about.callId}`)
    })

    test('a parked customer is quiet until somebody fetches them', async () => {
      const { about, of } = await talking()
      vi.advanceTimersByTime(5_000)
      await turn()
      const begun = of('entry.added').length
      phone.tell({ type: 'parked', ...about, slot: '1' })
      vi.advanceTimersByTime(60_000)
      expect(of('entry.added')).toHaveLength(begun)
      phone.tell({ type: 'retrieved', ...about, slot: '1', legCallId: 'leg' })
      phone.tell({ type: 'answered', ...about })
      vi.advanceTimersByTime(20_000)
      await turn()
      expect(of('entry.added').length).toBeGreaterThan(begun)
      expect(of('call.retrieved')).toHaveLength(1)
    })

    test('a customer given to a simulated colleague is served on there', async () => {
      const { about, of } = await talking()
      vi.advanceTimersByTime(5_000)
      phone.tell({ type: 'transferred', ...about, to: 'colleague-1' })
      expect(of('conversation.assigned').at(-1)?.data).toMatchObject({ personId: 'colleague-1' })
      const before = of('entry.added').length
      vi.advanceTimersByTime(10 * 60_000)
      expect(of('entry.added').length).toBeGreaterThan(before + 2)
      expect(of('conversation.closed')).toHaveLength(1)
    })

    test.each(['transferred', 'fetched from where they were parked'])(
      'a customer %s goes on with somebody else, whose call it is then',
      async (how) => {
        const { about, of } = await talking()
        const tom = { ...about, user: 'agent-tom' }
        if (how === 'transferred') phone.tell({ type: 'transferred', ...about, to: 'agent-tom', legCallId: 'leg' })
        else {
          phone.tell({ type: 'parked', ...about, slot: '1' })
          phone.tell({ type: 'retrieved', ...tom, slot: '1', legCallId: 'leg' })
        }
        phone.tell({ type: 'answered', ...tom })
        expect(of('conversation.assigned').at(-1)?.data).toMatchObject({ personId: 'agent-tom' })
        expect(phone.hungUp).toEqual([])
        phone.tell({ type: 'held', ...tom })
        expect(of('call.held')).toHaveLength(1)
        vi.advanceTimersByTime(1_000)
        phone.tell({ type: 'ended', ...tom, by: 'agent' })
        expect(of('conversation.ended')).toHaveLength(1)
      }
    )

    test('numbers lead to colleagues as free as the floor has them, and a consultation is nothing to the centre', async () => {
      const { about, of } = await talking()
      vi.advanceTimersByTime(60_000)
      expect(phone.dial('600')).toEqual({ type: 'echo' })
      const free = ['201', '202', '203', '204', '205', '206', '207', '208', '209', '210', '211', '212'].filter((number) => {
        const answer = phone.dial(number)
        return answer?.type === 'party' && answer.status === undefined
      })
      expect(free.length).toBeGreaterThan(0)
      expect(free.length).toBeLessThan(13)
      const consult = { callId: 'consult', conversationId: about.conversationId, user: LIN }
      const dialled = { number: free[0] ?? '', party: 'colleague' } as const
      phone.tell({ type: 'answered', ...consult, dialled })
      expect(phone.dial(dialled.number)).toMatchObject({ status: 486 })
      phone.tell({ type: 'ended', ...consult, dialled, by: 'agent' })
      expect(of('call.ended')).toEqual([])
      expect(phone.hungUp).toEqual([])
    })
  })

  test('who left is offline a minute later; who comes back in time is not', async () => {
    const practice = await open()
    practice.seated(LIN, () => 'en')
    await command('presence.set', { presence: 'break' })
    const presence = () =>
      facts()
        .flatMap((one) => (one.type === 'presence.changed' && one.data.personId === LIN ? [one.data.presence] : []))
        .at(-1)
    practice.left(LIN)
    vi.advanceTimersByTime(30_000)
    practice.seated(LIN, () => 'en')
    vi.advanceTimersByTime(60_000)
    expect(presence()).toBe('break')
    practice.left(LIN)
    vi.advanceTimersByTime(61_000)
    expect(presence()).toBe('offline')
  })

  test('who left in the middle of a chat gets no other one, and is offline after it', async () => {
    const practice = await open()
    practice.seated(LIN, () => 'en')
    await command('presence.set', { presence: 'available' })
    const id = practice.start(LIN, 'en-balance', 'chat')
    const offer = facts().find((one) => one.type === 'conversation.offered' && one.conversationId === id)
    await command('offer.accept', { conversationId: id, offerId: offer?.type === 'conversation.offered' ? offer.data.offerId : '' })
    practice.left(LIN)
    vi.advanceTimersByTime(61_000)
    const presences = () => facts().flatMap((one) => (one.type === 'presence.changed' && one.data.personId === LIN ? [one.data] : []))
    expect(presences().at(-1)).toMatchObject({ presence: 'busy', reason: 'then_offline' })
    await command('wrapup.finish', { conversationId: id, disposition: 'resolved', note: '' })
    expect(presences().at(-1)).toMatchObject({ presence: 'offline' })
  })

  test('who serves no customers is refused every scenario', async () => {
    const practice = await open()
    practice.seated('super-ruth', () => 'en')
    expect(() => practice.start('super-ruth', 'en-card-lost', 'voice')).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ code: 'not_allowed' }) })
    )
  })

  test('is refused a scenario that is not there, that they cannot take now, or that is one too many', async () => {
    const practice = await open()
    practice.seated(LIN, () => 'en')
    const refused = (scenarioId: string, channel: 'voice' | 'chat') => {
      try {
        return practice.start(LIN, scenarioId, channel)
      } catch (error) {
        return (error as { refusal?: { code: string } }).refusal?.code ?? String(error)
      }
    }
    expect(refused('no-such', 'chat')).toBe('not_found')
    expect(refused('en-statement', 'voice')).toBe('not_found')
    expect(refused('en-balance', 'chat')).toBe('not_available')
    await command('presence.set', { presence: 'available' })
    const id = practice.start(LIN, 'en-balance', 'chat')
    const offer = facts().find((one) => one.type === 'conversation.offered' && one.conversationId === id)
    await command('offer.accept', { conversationId: id, offerId: offer?.type === 'conversation.offered' ? offer.data.offerId : '' })
    expect(refused('en-card-lost', 'voice')).toBe('capacity_full')
  })
})

test('closing leaves no timer and no listener behind', async () => {
  const practice = await open()
  practice.close()
  expect([vi.getTimerCount(), phone.listeners.size]).toEqual([0, 0])
  const count = facts().length
  vi.advanceTimersByTime(600_000)
  expect(facts()).toHaveLength(count)
})
