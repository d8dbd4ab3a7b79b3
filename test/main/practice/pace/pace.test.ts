import { beforeEach, describe, expect, test } from 'vitest'
import type { CentreView } from '../../../../src-main/centre/centre.ts'
import { createPace, type Trainee } from '../../../../src-main/practice/pace.ts'
import type { Scenario } from '../../../../src-main/practice/scenarios/format.ts'
import { PACES } from '../../../../src-shared/taxonomy.ts'
import { scenario, seeded, type TurnedClock, turnedClock } from '../../../build/practice.ts'

const START = Date.UTC(2026, 2, 2, 8)
const LIN = 'agent-lin'
const SCENARIOS: Scenario[] = ['a', 'b', 'c', 'd'].flatMap((name) => [
  scenario({ id: `en-${name}` }),
  scenario({ id: `zh-${name}`, language: 'zh' })
])

interface Sent {
  personId: string
  scenario: Scenario
  channel: 'voice' | 'chat'
  at: number
}
let clock: TurnedClock
let view: CentreView
let trainees: Trainee[]
let sent: Sent[]
/** What becomes of a contact that is sent. */
let becomes: 'offered' | 'waiting' | 'active' | 'gone'
let failing: boolean

const trainee = (rest: Partial<Trainee> = {}): Trainee => ({
  personId: LIN,
  pace: 'normal',
  languages: ['en'],
  queues: ['cards'],
  phone: true,
  ...rest
})
const presence = (personId: string, now: string) => {
  view.people = [...view.people.filter((one) => one.personId !== personId), { personId, presence: now, work: 0 }]
}
function open(seed = 1, scenarios = SCENARIOS): void {
  createPace({
    centre: { view: () => structuredClone(view) },
    clock,
    random: seeded(seed),
    scenarios,
    trainees: () => trainees,
    arrive(one, channel, personId) {
      if (failing) throw new Error('turned away')
      const conversationId = `k${sent.length}`
      sent.push({ personId, scenario: one, channel, at: clock.now() - START })
      if (becomes === 'gone') return conversationId
      view.conversations.push({
        conversationId,
        customerId: one.customerId,
        channel,
        queue: one.queue,
        state: becomes,
        background: false,
        ...(becomes === 'active' ? { owner: personId } : {}),
        ...(becomes === 'offered' ? { offeredTo: personId } : {})
      })
      if (becomes === 'active') presence(personId, 'busy')
      return conversationId
    }
  }).open()
}

beforeEach(() => {
  clock = turnedClock(START)
  view = { conversations: [], people: [] }
  trainees = [trainee()]
  sent = []
  becomes = 'active'
  failing = false
  presence(LIN, 'available')
})

describe('somebody who turns available', () => {
  test.each(PACES)('has a first contact within 15 seconds at pace %s, whatever chance brings', (pace) => {
    for (let seed = 0; seed < 50; seed++) {
      clock = turnedClock(START)
      view = { conversations: [], people: [] }
      sent = []
      trainees = [trainee({ pace })]
      presence(LIN, 'break')
      open(seed)
      clock.advance(60_000)
      expect(sent).toEqual([])
      presence(LIN, 'available')
      clock.advance(15_000)
      expect(sent.length).toBeGreaterThan(0)
    }
  })

  test('is not kept waiting by a contact that is on its way to somebody else', () => {
    trainees = [trainee(), trainee({ personId: 'agent-tom' })]
    presence('agent-tom', 'break')
    becomes = 'offered'
    open()
    clock.advance(15_000)
    presence('agent-tom', 'available')
    clock.advance(15_000)
    expect(sent.map((one) => one.personId)).toEqual([LIN, 'agent-tom'])
  })

  test.each(['offered', 'waiting'] as const)('gets no second one while the first is %s', (state) => {
    becomes = state
    open()
    clock.advance(600_000)
    expect(sent).toHaveLength(1)
  })

  test('gets a new one after a missed one, though that still waits for somebody', () => {
    becomes = 'waiting'
    open()
    clock.advance(15_000)
    presence(LIN, 'not-responding')
    clock.advance(5_000)
    presence(LIN, 'available')
    clock.advance(15_000)
    expect(sent).toHaveLength(2)
  })
})

test.each([
  ['calm', 1],
  ['normal', 2],
  ['busy', 3],
  ['burst', 4]
] as const)('at pace %s at most %i conversations run at once', (pace, most) => {
  trainees = [trainee({ pace, phone: false })]
  open()
  clock.advance(3_600_000)
  expect(sent).toHaveLength(most)
  expect(sent.every((one) => one.channel === 'chat')).toBe(true)
})

test('who is on a call gets nothing beside it', () => {
  view.conversations = [
    { conversationId: 'call', customerId: 'c1', channel: 'voice', queue: 'cards', state: 'active', owner: LIN, background: false }
  ]
  presence(LIN, 'busy')
  trainees = [trainee({ pace: 'burst' })]
  open()
  clock.advance(600_000)
  expect(sent).toEqual([])
})

test.each(['break', 'training', 'meeting', 'technical', 'wrap-up', 'not-responding', 'offline'])('who is in %s gets nothing', (now) => {
  presence(LIN, now)
  open()
  clock.advance(600_000)
  expect(sent).toEqual([])
})

test('a quicker pace brings more', () => {
  const counts = (['calm', 'normal', 'busy', 'burst'] as const).map((pace) => {
    clock = turnedClock(START)
    sent = []
    becomes = 'gone'
    trainees = [trainee({ pace })]
    open()
    clock.advance(3_600_000)
    return sent.length
  })
  expect(counts).toEqual([...counts].sort((a, b) => a - b))
  expect(new Set(counts).size).toBe(4)
})

test('customers speak the languages that were chosen, and the same one does not come twice in a row', () => {
  becomes = 'gone'
  for (const languages of [['en'], ['zh'], ['en', 'zh']] as const) {
    clock = turnedClock(START)
    sent = []
    trainees = [trainee({ languages, pace: 'burst' })]
    open()
    clock.advance(600_000)
    expect(new Set(sent.map((one) => one.scenario.language))).toEqual(new Set(languages))
    for (const [i, one] of sent.entries()) expect(one.scenario.id).not.toBe(sent[i - 1]?.scenario.id)
  }
})

test('with a phone, calls and chats take turns; a scenario that is only a call never comes to who has none', () => {
  becomes = 'gone'
  trainees = [trainee({ pace: 'burst' })]
  open()
  clock.advance(120_000)
  expect(sent.slice(0, 4).map((one) => one.channel)).toEqual(['voice', 'chat', 'voice', 'chat'])
  sent = []
  clock = turnedClock(START)
  trainees = [trainee({ pace: 'burst', phone: false })]
  open(1, [scenario({ id: 'call-only', channels: ['voice'] }), scenario({ id: 'both' })])
  clock.advance(120_000)
  expect(new Set(sent.map((one) => `${one.scenario.id} ${one.channel}`))).toEqual(new Set(['both chat']))
})

test('a contact that is turned away does not end the stream', () => {
  failing = true
  becomes = 'gone'
  open()
  const steady = () => {
    try {
      clock.advance(60_000)
    } catch (error) {
      if (String(error) !== 'Error: turned away') throw error
    }
  }
  steady()
  failing = false
  for (let i = 0; i < 5; i++) steady()
  expect(sent.length).toBeGreaterThan(0)
})

test('without a scenario that fits nothing comes and nothing breaks', () => {
  trainees = [trainee({ languages: ['zh'] })]
  open(1, [scenario()])
  clock.advance(600_000)
  expect(sent).toEqual([])
})

test('everybody gets customers of their own queues', () => {
  becomes = 'gone'
  trainees = [trainee({ pace: 'burst', queues: ['expert', 'wealth'] })]
  open(1, [scenario(), scenario({ id: 'fund', queue: 'wealth' }), scenario({ id: 'clause', queue: 'expert' })])
  clock.advance(300_000)
  expect(new Set(sent.map((one) => one.scenario.id))).toEqual(new Set(['fund', 'clause']))
})
