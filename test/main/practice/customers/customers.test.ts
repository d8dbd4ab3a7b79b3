import { beforeEach, describe, expect, test } from 'vitest'
import type { Contact } from '../../../../src-main/centre/port.ts'
import { type Customers, createCustomers } from '../../../../src-main/practice/customers/customers.ts'
import { rememberIn, scenario, type TurnedClock, turnedClock } from '../../../build/practice.ts'

const START = Date.UTC(2026, 2, 2, 8)
const SCRIPT = scenario()
/** Longer than every pause a customer makes between lines. */
const A_WHILE = 15_000

let clock: TurnedClock
let memory: ReturnType<typeof rememberIn>
let customers: Customers
let said: string[]
let left: string[]
let arrived: Contact[]
let handedOver: unknown[][]
let logged: string[]
let played: { callId: string; finish: () => void; fail: () => void }[]
/** Lever: the voice files are missing. */
let voiceless: boolean
/** Lever: the centre turns the next contact away. */
let turnedAway: boolean

function make(): Customers {
  let ids = 0
  return createCustomers({
    centre: {
      contactArrived(contact) {
        if (turnedAway) throw new Error('turned away')
        arrived.push(contact)
        return contact.conversationId ?? ''
      },
      customerSaid: (_conversationId, text) => said.push(text),
      customerLeft: (conversationId) => left.push(conversationId)
    },
    clock,
    random: () => 0.5,
    scenarios: [SCRIPT],
    memory,
    newId: () => `k${++ids}`,
    voice() {
      if (voiceless) throw new Error('no such file')
      return new Uint8Array(8)
    },
    play: (callId) => new Promise((resolve, reject) => played.push({ callId, finish: resolve, fail: () => reject(new Error('no media')) })),
    servedBy: (personId) => personId.startsWith('colleague'),
    handOver: (...what) => handedOver.push(what),
    fileOf: () => undefined,
    log: (event) => logged.push(event)
  })
}
const settle = () => new Promise((resolve) => setImmediate(resolve))
const assigned = (personId = 'agent-lin', channel: 'voice' | 'chat' = 'chat') =>
  customers.effect({ type: 'assigned', conversationId: 'k1', personId, channel })
const agentSays = (text: string) => customers.effect({ type: 'agentSaid', conversationId: 'k1', personId: 'agent-lin', text })
const requeued = () => customers.effect({ type: 'requeued', conversationId: 'k1', reason: 'transfer' })
const ring = (callId = 'call1') =>
  customers.effect({ type: 'ring', personId: 'agent-lin', conversationId: 'k1', callId, from: '+1', name: 'Ann', ringMs: 20_000 })
const heard = (rms: number) =>
  customers.phone({ type: 'heard', callId: 'call1', conversationId: 'k1', user: 'agent-lin', rms, packets: 50 })

beforeEach(() => {
  clock = turnedClock(START)
  memory = rememberIn()
  said = []
  left = []
  arrived = []
  handedOver = []
  logged = []
  played = []
  voiceless = false
  turnedAway = false
  customers = make()
})

describe('a customer who writes', () => {
  test('arrives for the one person with the first line written, and goes through the script to the end', () => {
    expect(customers.arrive(SCRIPT, 'chat', 'agent-lin')).toBe('k1')
    expect(arrived[0]).toMatchObject({ conversationId: 'k1', reservedFor: 'agent-lin', channel: 'chat', queue: 'cards' })
    expect(said).toEqual(['I lost my card.'])
    assigned()
    agentSays('What is your name?')
    clock.advance(A_WHILE)
    expect(said.slice(1)).toEqual(['My name is Ann.'])
    agentSays('It is blocked.')
    clock.advance(A_WHILE)
    expect(said.slice(2)).toEqual(['Thank you, goodbye.'])
    expect(left).toEqual(['k1'])
    customers.effect({ type: 'conversationEnded', conversationId: 'k1', by: 'customer' })
    expect(memory.scripts()).toEqual([])
  })

  test('has a line for the agent who serves them at each step, and for nobody else', () => {
    customers.arrive(SCRIPT, 'voice', 'agent-lin')
    expect(customers.prompt('k1', 'agent-lin')).toBeUndefined()
    assigned('agent-lin', 'voice')
    expect(customers.prompt('k1', 'agent-lin')).toBeUndefined()
    clock.advance(A_WHILE)
    expect(customers.prompt('k1', 'agent-lin')).toEqual({ text: SCRIPT.agentPrompts[0], place: 1, of: SCRIPT.agentPrompts.length })
    expect(customers.prompt('k1', 'agent-tom')).toBeUndefined()
    expect(customers.prompt('nobody', 'agent-lin')).toBeUndefined()
    agentSays('What is your name?')
    expect(customers.prompt('k1', 'agent-lin')).toMatchObject({ text: SCRIPT.agentPrompts[1], place: 2 })
    clock.advance(A_WHILE)
    agentSays('It is blocked.')
    clock.advance(1)
    expect(customers.prompt('k1', 'agent-lin')).toBeUndefined()
    requeued()
    expect(customers.prompt('k1', 'agent-lin')).toBeUndefined()
  })

  test('answers what the agent wrote while they were typing', () => {
    customers.arrive(SCRIPT, 'chat', 'agent-lin')
    assigned()
    agentSays('Your name?')
    clock.advance(100)
    agentSays('And I have blocked it.')
    clock.advance(100)
    expect(said).toHaveLength(1)
    clock.advance(A_WHILE * 2)
    expect(said).toEqual(['I lost my card.', 'My name is Ann.', 'Thank you, goodbye.'])
  })

  test('asks once whether somebody is there, not before their patience ran out, then takes any answer', () => {
    customers.arrive(SCRIPT, 'chat', 'agent-lin')
    assigned()
    clock.advance(19_000)
    expect(said).toHaveLength(1)
    clock.advance(A_WHILE)
    expect(said.slice(1)).toEqual(['Are you there?'])
    clock.advance(600_000)
    expect(said).toHaveLength(2)
    agentSays('Hello')
    clock.advance(A_WHILE)
    expect(said.slice(2)).toEqual(['My name is Ann.'])
  })

  test('gives up when nobody serves them, and not when somebody does', () => {
    customers.arrive(SCRIPT, 'chat', 'agent-lin')
    clock.advance(179_999)
    expect(left).toEqual([])
    clock.advance(2)
    expect(left).toEqual(['k1'])
    left = []
    customers = make()
    customers.arrive(SCRIPT, 'chat', 'agent-lin')
    assigned()
    clock.advance(3_600_000)
    expect(left).toEqual([])
  })

  test('gives up too when passed on in the middle of a line, which is not sent then', () => {
    customers.arrive(SCRIPT, 'chat', 'agent-lin')
    assigned()
    agentSays('Your name?')
    requeued()
    clock.advance(A_WHILE)
    expect(said).toEqual(['I lost my card.'])
    clock.advance(180_000)
    expect(left).toEqual(['k1'])
  })

  test('is not remembered when the centre turns them away', () => {
    turnedAway = true
    expect(() => customers.arrive(SCRIPT, 'chat', 'agent-lin')).toThrow('turned away')
    expect(memory.scripts()).toEqual([])
    clock.advance(600_000)
    expect(left).toEqual([])
  })
})

describe('a customer who calls', () => {
  const call = () => {
    customers.arrive(SCRIPT, 'voice', 'agent-lin')
    ring()
    assigned('agent-lin', 'voice')
    clock.advance(A_WHILE)
  }

  test('lets the agent greet first, speaks, and goes on when the agent has spoken and paused', async () => {
    customers.arrive(SCRIPT, 'voice', 'agent-lin')
    expect(said).toEqual([])
    ring()
    assigned('agent-lin', 'voice')
    clock.advance(1_999)
    expect(said).toEqual([])
    clock.advance(A_WHILE)
    expect([said, played.map((one) => one.callId)]).toEqual([['I lost my card.'], ['call1']])
    heard(0.2)
    heard(0)
    clock.advance(A_WHILE)
    expect(said).toHaveLength(1) // the agent was heard while the customer spoke
    played[0]?.finish()
    await settle()
    heard(0.2)
    heard(0)
    clock.advance(5_000)
    expect(said.slice(1)).toEqual(['My name is Ann.'])
  })

  test.each([
    ['playing fails', () => played[0]?.fail()],
    ['playing never ends', () => clock.advance(120_000)]
  ])('goes on when %s', async (_name, fault) => {
    call()
    fault()
    await settle()
    clock.advance(A_WHILE)
    await settle()
    agentSays('Your name?')
    clock.advance(300_000)
    expect(said).toContain('My name is Ann.')
  })

  test('is greeted, and then says why they call, when the agent speaks first', () => {
    customers.arrive(SCRIPT, 'voice', 'agent-lin')
    ring()
    assigned('agent-lin', 'voice')
    agentSays('Good morning, may I have your name?')
    clock.advance(A_WHILE)
    expect(said).toEqual(['I lost my card.'])
  })

  test('goes on when the voice file is missing', async () => {
    voiceless = true
    call()
    await settle()
    clock.advance(A_WHILE)
    await settle()
    expect(logged).toEqual(['practice.play-failed'])
    agentSays('Your name?')
    clock.advance(A_WHILE)
    expect(said).toContain('My name is Ann.')
  })

  test('gives up when passed on while speaking, though the old line ends later', async () => {
    call()
    requeued()
    played[0]?.finish()
    await settle()
    clock.advance(181_000)
    expect(left).toEqual(['k1'])
  })

  test('is asked nothing twice by a new agent: they say where they stand', async () => {
    call()
    played[0]?.finish()
    await settle()
    requeued()
    ring('call2')
    assigned('expert-grace', 'voice')
    clock.advance(A_WHILE)
    expect([said, played.at(-1)?.callId]).toEqual([['I lost my card.', 'Are you there?'], 'call2'])
  })
})

describe('a colleague who helps out', () => {
  test('takes the customer over with how far they have come', () => {
    customers.arrive(SCRIPT, 'chat', 'agent-lin')
    assigned()
    agentSays('Your name?')
    clock.advance(A_WHILE)
    requeued()
    assigned('colleague-1')
    expect(handedOver).toEqual([['k1', 'colleague-1', SCRIPT, 2]])
    expect(memory.scripts()).toEqual([])
    agentSays('Anything')
    clock.advance(3_600_000)
    expect([said.length, left]).toEqual([2, []])
  })

  test('begins at the beginning with a caller who has said nothing', () => {
    customers.arrive(SCRIPT, 'voice', 'agent-lin')
    assigned('colleague-1', 'voice')
    expect(handedOver).toEqual([['k1', 'colleague-1', SCRIPT, 0]])
  })
})

describe('after a restart', () => {
  const open = (state: string, owner?: string, background = false) => [{ conversationId: 'k1', state, owner, background }]
  const halfway = (channel: 'voice' | 'chat' = 'chat') => {
    customers.arrive(SCRIPT, channel, 'agent-lin')
    assigned('agent-lin', channel)
    agentSays('Your name?')
    clock.advance(A_WHILE)
    clock.close()
    said = []
    played = []
    customers = make()
  }

  test('a chat goes on where it stood', () => {
    halfway()
    customers.resume(open('active', 'agent-lin'))
    clock.advance(1_000)
    agentSays('It is blocked.')
    clock.advance(A_WHILE)
    expect([said, left]).toEqual([['Thank you, goodbye.'], ['k1']])
  })

  test('one who waits gives up in the end', () => {
    halfway()
    customers.resume(open('waiting'))
    clock.advance(181_000)
    expect(left).toEqual(['k1'])
  })

  test.each([['wrap-up'], ['gone']])('one whose conversation is in %s is forgotten', (state) => {
    halfway()
    customers.resume(state === 'gone' ? [] : open(state, 'agent-lin'))
    expect(memory.scripts()).toEqual([])
    clock.advance(3_600_000)
    expect([said, left]).toEqual([[], []])
  })

  test("a conversation for which nobody can speak any more is ended; the floor's and colleagues' are not ours", () => {
    customers.resume([
      { conversationId: 'lost', state: 'active', owner: 'agent-lin', background: false },
      { conversationId: 'waiting', state: 'waiting', background: false },
      { conversationId: 'done', state: 'wrap-up', owner: 'agent-lin', background: false },
      { conversationId: 'helped', state: 'active', owner: 'colleague-1', background: false },
      { conversationId: 'floor', state: 'waiting', background: true }
    ])
    expect(left).toEqual(['lost', 'waiting'])
  })

  test('a caller whose line was lost speaks again once rung through', () => {
    halfway('voice')
    customers.resume(open('active', 'agent-lin'))
    clock.advance(60_000)
    expect(said).toEqual([])
    ring('call2')
    assigned('agent-lin', 'voice')
    clock.advance(A_WHILE)
    expect(said).toHaveLength(1)
    expect(played.map((one) => one.callId)).toEqual(['call2'])
  })
})
