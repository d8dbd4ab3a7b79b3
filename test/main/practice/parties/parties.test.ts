import { beforeEach, describe, expect, test } from 'vitest'
import type { Party } from '../../../../src-main/practice/parties/numbers.ts'
import { type AnsweringParties, createParties } from '../../../../src-main/practice/parties/parties.ts'
import type { PbxEvent } from '../../../../src-main/practice/pbx/port.ts'
import { loadScenarios } from '../../../../src-main/practice/scenarios/load.ts'
import { type TurnedClock, turnedClock } from '../../../build/practice.ts'
import { PRACTICE_DIR } from '../scenarios/practice-dir.ts'

const { parties } = loadScenarios(PRACTICE_DIR)
const ABOUT = { callId: 'c1', conversationId: 'k1', user: 'agent-lin' }

let clock: TurnedClock
let answering: AnsweringParties
let played: { line: string; finish: () => void }[]
let hungUp: string[]
let said: string[]
let logged: string[]
let party: Party | undefined
/** Lever: the voice files are missing. */
let voiceless: boolean

const settle = () => new Promise((resolve) => setImmediate(resolve))
const tell = (event: PbxEvent) => answering.phone(event)
const answered = (role: 'colleague' | 'customer', number = '201') => tell({ type: 'answered', ...ABOUT, dialled: { number, party: role } })
const heard = (rms: number) => tell({ type: 'heard', ...ABOUT, rms, packets: 50 })
const agentSpeaks = () => {
  heard(0.1)
  heard(0)
}
async function lineEnds(): Promise<void> {
  played.at(-1)?.finish()
  await settle()
}
const lines = () => played.map(({ line }) => line)

beforeEach(() => {
  clock = turnedClock(Date.UTC(2026, 2, 2, 8))
  played = []
  hungUp = []
  said = []
  logged = []
  voiceless = false
  party = { role: 'colleague', id: 'colleague-1', language: 'en' }
  answering = createParties({
    pbx: {
      play: (_, ulaw) => new Promise((finish) => played.push({ line: String.fromCharCode(...ulaw), finish })),
      hangUp: (callId, by) => void hungUp.push(`${callId} ${by}`)
    },
    centre: { customerSaid: (conversationId, text) => void said.push(`${conversationId} ${text}`) },
    clock,
    random: () => 0.5,
    parties,
    voice(folder, lineId) {
      if (voiceless) throw new Error('no such file')
      return Uint8Array.from(`${folder}/${lineId}`, (letter) => letter.charCodeAt(0))
    },
    party: () => party,
    log: (event) => logged.push(event)
  })
})

describe('a colleague who is consulted', () => {
  test('greets, answers each time the agent has spoken and paused, and stays on the line', async () => {
    answered('colleague')
    expect(lines()).toEqual([])
    clock.advance(1_000)
    expect(lines()).toEqual(['en-colleague/opening'])
    agentSpeaks()
    expect(lines()).toHaveLength(1)
    await lineEnds()
    for (const line of ['reply-1', 'reply-2', 'reply-3', 'reply-3']) {
      agentSpeaks()
      expect(lines().at(-1)).toBe(`en-colleague/${line}`)
      await lineEnds()
    }
    expect([hungUp, said]).toEqual([[], []])
    expect(answering.onCall('colleague-1')).toBe(true)
    tell({ type: 'ended', ...ABOUT, by: 'agent' })
    expect(answering.onCall('colleague-1')).toBe(false)
    clock.advance(60_000)
    expect(lines()).toHaveLength(5)
  })

  test('asks twice into silence, then hangs up; not while the call is on hold', async () => {
    answered('colleague')
    clock.advance(1_000)
    await lineEnds()
    tell({ type: 'held', ...ABOUT })
    clock.advance(120_000)
    expect(lines()).toHaveLength(1)
    tell({ type: 'resumed', ...ABOUT })
    for (let i = 0; i < 2; i++) {
      clock.advance(15_000)
      expect(lines().at(-1)).toBe('en-colleague/nudge')
      await lineEnds()
    }
    clock.advance(15_000)
    clock.advance(5_000)
    expect(hungUp).toEqual(['c1 customer'])
  })
})

describe('a customer who is rung up', () => {
  test('goes through their lines, which stand in the conversation, and says goodbye', async () => {
    party = { role: 'customer', id: '+12025550101', language: 'zh' }
    answered('customer', '+12025550101')
    clock.advance(1_000)
    await lineEnds()
    agentSpeaks()
    await lineEnds()
    answering.effect({ type: 'agentSaid', conversationId: 'k1', personId: 'agent-lin', text: 'Good morning' })
    await lineEnds()
    answering.effect({ type: 'agentSaid', conversationId: 'other', personId: 'agent-lin', text: 'Good morning' })
    agentSpeaks()
    expect(lines()).toEqual(['opening', 'reply-1', 'reply-2', 'reply-3'].map((line) => `zh-customer/${line}`))
    expect(hungUp).toEqual([])
    await lineEnds()
    agentSpeaks()
    expect(lines()).toHaveLength(4)
    clock.advance(5_000)
    expect(hungUp).toEqual(['c1 customer'])
    const { opening, replies } = parties.zh.customer
    expect(said).toEqual([opening, ...replies].map(({ text }) => `k1 ${text}`))
  })

  test('who is parked waits, and goes on when fetched: a second answer is no new call', async () => {
    party = { role: 'customer', id: '+1', language: 'en' }
    answered('customer')
    clock.advance(1_000)
    await lineEnds()
    agentSpeaks()
    await lineEnds()
    tell({ type: 'parked', ...ABOUT, slot: '1' })
    clock.advance(120_000)
    tell({ type: 'retrieved', ...ABOUT, slot: '1', legCallId: 'c2' })
    answered('customer')
    agentSpeaks()
    expect(lines()).toEqual(['opening', 'reply-1', 'reply-2'].map((line) => `en-customer/${line}`))
  })

  test('whose voice is missing is there all the same', async () => {
    voiceless = true
    party = { role: 'customer', id: '+1', language: 'en' }
    answered('customer')
    clock.advance(1_000)
    await settle()
    expect(logged).toEqual(['practice.play-failed'])
    expect(said).toHaveLength(1)
  })
})

test('nobody speaks for people with a phone of their own, or for calls that came in', () => {
  party = undefined
  answered('colleague', '102')
  tell({ type: 'answered', ...ABOUT })
  clock.advance(60_000)
  expect(lines()).toEqual([])
})
