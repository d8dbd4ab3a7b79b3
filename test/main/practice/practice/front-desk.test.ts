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
let logged: { event: string; detail?: Record<string, unknown> | undefined }[]
let ids: number
let opened: Practice[]

async function open(): Promise<Practice> {
  const practice = await openPractice({
    hub,
    ai: createAi(),
    content,
    voice: () => new Uint8Array(8),
    memory,
    pbx: fakePbx().pbx,
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
    morningMs: MORNING_MS
  })
  opened.push(practice)
  return practice
}
const facts = () => [...hub.centre().facts()]
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

describe('customers at the front desk', () => {
  test('the front desk answers first where a trainee wants it to: it helps some and hands over the others with all it learnt', async () => {
    memory.choose(LIN, { pace: 'burst', language: 'en', frontDesk: 'all' })
    const practice = await open()
    practice.seated(LIN, () => 'en')
    await command('presence.set', { presence: 'available' })
    for (let second = 0; second < 1_200; second++) {
      vi.advanceTimersByTime(1_000)
      await turn()
      // Nobody answers here, so whom an offer found is not responding.
      if (second % 30 === 0) await command('presence.set', { presence: 'available' })
    }
    const since = facts().filter((one) => one.at > NOW)
    const ended = since.flatMap((one) => (one.type === 'front-desk.ended' ? [one] : []))
    const contained = ended.filter(({ data }) => data.outcome === 'contained')
    const handedOver = ended.filter(({ data }) => data.outcome === 'handed_over')
    expect(contained.length).toBeGreaterThan(0)
    expect(handedOver.length).toBeGreaterThan(0)
    for (const { conversationId } of contained) {
      expect(since.some((one) => one.type === 'conversation.offered' && one.conversationId === conversationId)).toBe(false)
      expect(since.some((one) => one.type === 'conversation.closed' && one.conversationId === conversationId)).toBe(true)
    }
    for (const { conversationId, data } of handedOver) {
      const handoff = since.find((one) => one.type === 'handoff.prepared' && one.conversationId === conversationId)
      expect(handoff?.data).toMatchObject({ because: data.because })
      const [queued] = since.filter((one) => one.type === 'conversation.queued' && one.conversationId === conversationId)
      expect(queued).toBeDefined()
    }
    // What anybody is told about an account comes after the code.
    for (const { conversationId, data } of ended) {
      const verified = since.some(
        (one) => one.type === 'verification.changed' && one.conversationId === conversationId && one.data.state === 'verified'
      )
      const moved = since.filter((one) => one.type === 'front-desk.moved' && one.conversationId === conversationId).at(-1)
      const told = moved?.type === 'front-desk.moved' ? moved.data.state.tried.map(({ what, outcome }) => `${what} ${outcome}`) : []
      if (told.includes('balance done') || told.includes('transactions done')) expect(verified).toBe(true)
      expect(data.outcome).not.toBe('left')
    }
    expect(logged).toEqual([])
  }, 60_000)

  test('a customer who is asked to come by the front desk is helped by it and wants a person in the end', async () => {
    const practice = await open()
    practice.seated(LIN, () => 'en')
    await command('presence.set', { presence: 'available' })
    const id = practice.start(LIN, 'en-balance', 'chat', true)
    const handoff = () => facts().find((one) => one.type === 'handoff.prepared' && one.conversationId === id)
    for (let second = 0; second < 180 && !handoff(); second++) {
      vi.advanceTimersByTime(1_000)
      await turn()
    }
    expect(handoff()?.data).toMatchObject({
      because: 'requested',
      verification: { state: 'verified', how: 'one_time_code' },
      tried: expect.arrayContaining([expect.objectContaining({ what: 'balance', outcome: 'done' })])
    })
  })
})
