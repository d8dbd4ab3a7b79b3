import type { Channel } from '../../src-shared/taxonomy.ts'

export type WaitLevel = 'calm' | 'caution' | 'bad'
export interface Wait {
  waitedMs: number
  /** How far to the point where the answer is late, 0..1: how much of the ring is drawn. */
  ratio: number
  level: WaitLevel
}

const SECOND = 1_000
const HOUR = 3_600 * SECOND
/** When a written answer becomes due and when it is late. A call has no such wait: its agent is speaking. */
const GOALS: Record<Channel, { cautionMs: number; badMs: number } | undefined> = {
  voice: undefined,
  chat: { cautionMs: 45 * SECOND, badMs: 90 * SECOND },
  email: { cautionMs: 4 * HOUR, badMs: 8 * HOUR }
}

/** How long a customer has waited for my answer, or `undefined` when nobody waits (or it is a call). */
export function waitOf(channel: Channel, unansweredSince: number | undefined, now: number): Wait | undefined {
  const goal = GOALS[channel]
  if (goal === undefined || unansweredSince === undefined) return undefined
  const waitedMs = Math.max(0, now - unansweredSince)
  const level = waitedMs >= goal.badMs ? 'bad' : waitedMs >= goal.cautionMs ? 'caution' : 'calm'
  return { waitedMs, ratio: Math.min(1, waitedMs / goal.badMs), level }
}

/** How urgent a wait in a queue is: `caution` past the target time, `bad` past three times of it. */
export function queueWaitLevel(since: number, now: number, targetMs: number): WaitLevel {
  const waitedMs = now - since
  return waitedMs >= 3 * targetMs ? 'bad' : waitedMs >= targetMs ? 'caution' : 'calm'
}
