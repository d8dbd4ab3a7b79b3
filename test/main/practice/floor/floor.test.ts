import { describe, expect, test } from 'vitest'
import { createAi } from '../../../../src-main/ai/index.ts'
import { createCentre } from '../../../../src-main/centre/centre.ts'
import { recompute } from '../../../../src-main/centre/metrics/recompute.ts'
import { createLocalHub } from '../../../../src-main/hub/local-hub.ts'
import { createClock } from '../../../../src-main/practice/clock.ts'
import { clearLeftovers, createFloor } from '../../../../src-main/practice/floor/floor.ts'
import { passersBy } from '../../../../src-main/practice/floor/passers-by.ts'
import { COLLEAGUES, PEOPLE } from '../../../../src-main/practice/people.ts'
import { rememberingAi } from '../../../../src-main/practice/remembering-ai.ts'
import { loadScenarios } from '../../../../src-main/practice/scenarios/load.ts'
import { QUARTER_MS, SERVICE_LEVEL, sumIntervals } from '../../../../src-shared/metrics.ts'
import { seeded } from '../../../build/practice.ts'
import { PRACTICE_DIR } from '../scenarios/practice-dir.ts'

const START = new Date(2026, 2, 2, 8).getTime()
const MORNING_MS = 3.5 * 3600_000
const content = loadScenarios(PRACTICE_DIR)

/** A floor with the real centre and the real intelligence on virtual time. */
function build(seed: number) {
  const hub = createLocalHub({ path: ':memory:' })
  const random = seeded(seed)
  let ids = 0
  const clock = createClock({
    realNow: () => START,
    start: START,
    failed: (error) => {
      throw error
    }
  })
  const strangers = passersBy()
  const floor = createFloor({ clock, random, scenarios: content.scenarios, colleagues: COLLEAGUES, customers: strangers })
  const failures: unknown[] = []
  const make = () =>
    createCentre({
      line: hub.centre(),
      ai: rememberingAi(createAi()),
      people: [...PEOPLE, ...COLLEAGUES],
      articles: content.articles,
      customers: [...content.customers, ...strangers],
      now: () => clock.now(),
      newId: () => `id-${seed}-${++ids}`,
      effects: (effect) => floor.effect(effect),
      log: { write: (event, detail) => failures.push({ event, detail }) }
    })
  const centre = make()
  const look = () => {
    if ((centre.nextDueAt() ?? Number.POSITIVE_INFINITY) <= clock.now()) centre.tick()
    clock.at(clock.now() + 500, look)
  }
  const live = (ms: number) =>
    clock.liveThrough(
      () => START + ms,
      (run) => centre.rehearse(run)
    )
  return { hub, clock, floor, centre, failures, look, live, facts: () => [...hub.centre().facts()] }
}

describe.each([1, 2, 3])('a morning of the practice floor (chance %i)', (seed) => {
  test('is believable, and leaves nobody stuck', { timeout: 60_000 }, async () => {
    const { floor, centre, clock, look, live, facts, failures } = build(seed)
    floor.open(centre)
    look()
    await live(MORNING_MS)
    const view = centre.view()
    const { intervals, cells } = recompute(facts())
    const sum = sumIntervals(intervals)
    if (!sum) throw new Error('nothing happened')
    expect(failures).toEqual([])

    const contacts = facts().filter((one) => one.type === 'conversation.opened').length
    expect(contacts).toBeGreaterThan(200)
    expect(contacts).toBeLessThan(700)
    const level = sum.answeredInTarget / (sum.answered + sum.abandoned - sum.shortAbandoned)
    expect(level).toBeGreaterThan(0.6)
    expect(level).toBeLessThanOrEqual(1)
    expect(sum.abandoned).toBeGreaterThan(0)
    expect(sum.abandoned / sum.offered).toBeLessThan(0.2)
    expect(sum.transferred / sum.answered).toBeGreaterThan(0.02)
    expect(sum.transferred / sum.answered).toBeLessThan(0.15)
    expect(SERVICE_LEVEL.targetMs).toBe(20_000)

    const quarters = new Set(cells.filter((one) => one.utterances > 0).map((one) => one.startAt))
    expect(quarters.size).toBeGreaterThanOrEqual(MORNING_MS / QUARTER_MS - 1)
    expect(cells.some((one) => one.strained > 0 && one.phrases.length > 0)).toBe(true)

    // Everybody who is busy has work, and no work is older than a long conversation.
    for (const one of view.people)
      expect([one.personId, one.presence === 'busy' || one.presence === 'wrap-up']).toEqual([one.personId, one.work > 0])
    const openedAt = new Map(facts().flatMap((one) => (one.type === 'conversation.opened' ? [[one.conversationId, one.at]] : [])))
    for (const { conversationId } of view.conversations)
      expect(START + MORNING_MS - Number(openedAt.get(conversationId))).toBeLessThan(30 * 60_000)
    clock.close()
  })
})

test('customers who are passed on go on where they stopped; nothing is said twice', { timeout: 60_000 }, async () => {
  const { floor, centre, clock, look, live, facts } = build(4)
  floor.open(centre)
  look()
  await live(2 * 3600_000)
  const all = facts()
  const passedOn = new Set(all.flatMap((one) => (one.type === 'conversation.transferred' ? [one.conversationId] : [])))
  expect(passedOn.size).toBeGreaterThan(2)
  for (const id of passedOn) {
    const lines = all.flatMap((one) =>
      one.type === 'entry.added' && one.conversationId === id && one.data.speaker === 'customer' ? [one.data.text] : []
    )
    expect(lines).toEqual([...new Set(lines)])
  }
  clock.close()
})

test('what an earlier run left behind is over, and everybody is free for new work', { timeout: 60_000 }, async () => {
  const { floor, centre, clock, look, live } = build(5)
  floor.open(centre)
  look()
  await live(3600_000)
  expect(centre.view().conversations.length).toBeGreaterThan(0)
  clearLeftovers(centre, COLLEAGUES)
  expect(centre.view().conversations).toEqual([])
  expect(centre.view().people.filter((one) => one.work > 0)).toEqual([])
  clock.close()
})

test("a user's own conversation is not swept away with the floor's", () => {
  const { centre } = build(6)
  const [one] = content.customers
  centre.setPresence('agent-lin', 'available')
  const id = centre.contactArrived({
    customerId: String(one?.customerId),
    channel: 'chat',
    queue: 'cards',
    language: 'en',
    reason: 'Card',
    priority: 0,
    reservedFor: 'agent-lin'
  })
  centre.accept('agent-lin', id)
  clearLeftovers(centre, COLLEAGUES)
  expect(centre.view().conversations).toMatchObject([{ conversationId: id, owner: 'agent-lin', state: 'active' }])
})
