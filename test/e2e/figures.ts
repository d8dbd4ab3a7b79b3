import type { Fact } from '../../src-shared/events.ts'
import { ofType } from './app.ts'

/** The board's figures of today, worked out from the facts alone; shares no code with the centre's counters or the board. */

const QUARTER_MS = 900_000
const STRAINED = ['frustrated', 'angry', 'abusive']

interface Stay {
  queue: string
  at: number
  answeredAt?: number
  left?: number
  moved: boolean
}

export interface Recount {
  waiting: number
  oldestAt: number | undefined
  offered: Map<string, number>
  answeredRatio: number
  abandonedRatio: number
  transferredRatio: number
  contacts: number
  /** Of the quarter hour that `now` lies in; `undefined` without contacts. */
  serviceLevel: number | undefined
  presence: Map<string, number>
  /** `queue startAt` -> utterances and strained ones. */
  cells: Map<string, { utterances: number; strained: number }>
}

export function recount(facts: readonly Fact[], now: number): Recount {
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  const stories = new Map<string, Fact[]>()
  for (const fact of facts) {
    if (fact.conversationId === undefined) continue
    stories.set(fact.conversationId, [...(stories.get(fact.conversationId) ?? []), fact])
  }
  const stays: Stay[] = []
  const waiting: { queue: string; at: number }[] = []
  const cells: Recount['cells'] = new Map()
  for (const story of stories.values()) {
    let stay: Stay | undefined
    let unanswered: number | undefined
    let queue = ''
    for (const fact of story) {
      if (fact.type === 'conversation.queued') {
        queue = fact.data.queue
        unanswered = fact.at
        if (!stay || fact.data.reason === 'transfer') stays.push((stay = { queue, at: fact.at, moved: false }))
      }
      if (fact.type === 'conversation.assigned') {
        unanswered = undefined
        if (stay) stay.answeredAt ??= fact.at
      }
      if (fact.type === 'conversation.abandoned' && stay) stay.left = fact.data.waitedMs
      if (fact.type === 'conversation.transferred' && stay) stay.moved = true
      if (['conversation.abandoned', 'conversation.ended', 'conversation.closed'].includes(fact.type)) unanswered = undefined
      if (fact.type === 'entry.analysed' && fact.data.mood) {
        const key = `${queue} ${Math.floor(fact.at / QUARTER_MS) * QUARTER_MS}`
        const cell = cells.get(key) ?? { utterances: 0, strained: 0 }
        cell.utterances += 1
        if (STRAINED.includes(fact.data.mood.mood)) cell.strained += 1
        cells.set(key, cell)
      }
    }
    if (unanswered !== undefined) waiting.push({ queue, at: unanswered })
  }

  const today = stays.filter((one) => Math.floor(one.at / QUARTER_MS) * QUARTER_MS >= midnight)
  const answered = today.filter((one) => one.answeredAt !== undefined)
  const left = today.filter((one) => one.left !== undefined)
  const quarter = today.filter((one) => Math.floor(one.at / QUARTER_MS) === Math.floor(now / QUARTER_MS))
  const counted = quarter.filter((one) => one.answeredAt !== undefined || (one.left !== undefined && one.left >= 5_000))
  const inTime = quarter.filter((one) => one.answeredAt !== undefined && one.answeredAt - one.at <= 20_000)
  const presence = new Map<string, string>()
  for (const { data } of ofType(facts, 'presence.changed')) presence.set(data.personId, data.presence)
  return {
    waiting: waiting.length,
    oldestAt: waiting.length > 0 ? Math.min(...waiting.map((one) => one.at)) : undefined,
    offered: tally(today.map((one) => one.queue)),
    answeredRatio: answered.length / (answered.length + left.length),
    abandonedRatio: left.length / (answered.length + left.length),
    transferredRatio: today.filter((one) => one.moved).length / answered.length,
    contacts: answered.length + left.length,
    serviceLevel: counted.length > 0 ? inTime.length / counted.length : undefined,
    presence: tally([...presence.values()]),
    cells
  }
}

function tally(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** 0.834 -> "83%", as the board writes it. */
export const percent = (ratio: number): string => new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 }).format(ratio)
