import type { Fact } from '../../src-shared/events.ts'
import { SERVICE_LEVEL } from '../../src-shared/metrics.ts'
import type { Intent } from '../../src-shared/taxonomy.ts'

/** What a day came to. Times are ms, ratios 0..1, NaN where there is nothing to divide by. */
export interface DayFigures {
  arrived: number
  /** Helped by the front desk without a person. */
  contained: number
  /** Went from the front desk without help and without a person. */
  leftFrontDesk: number
  /** Came to the queue of people. */
  toPeople: number
  answered: number
  abandoned: number
  /** Neither helped nor gone when the day was over. */
  open: number
  /** The front desk began a flow or gave an article about something else than what the caller wanted. */
  wronglyAnswered: number
  /** Average speed of answer by people: from entering their queue to a person. */
  asaMs: number
  /** The same over everybody who was helped, by people or by the front desk, which answers at once. */
  waitOfHelpedMs: number
  /** 95 of 100 who were answered by people waited no longer. */
  wait95Ms: number
  /** As the boards count it: answered in time / (answered + abandoned - abandoned at once). */
  serviceLevelRatio: number
  /** Of those who came to the queue of people. */
  abandonRatio: number
  /** Of all who called. */
  toPeopleRatio: number
  containedRatio: number
  /** Time with callers / time at work. */
  occupancyRatio: number
  /** How long who was at the front desk was there. */
  frontDeskMs: number
}

interface Life {
  arrivedAt: number
  wants: Intent
  frontDeskEndedAt?: number
  contained?: boolean
  queuedAt?: number
  answeredAt?: number
  abandonedAt?: number
  closed?: boolean
  wrong?: boolean
}

/** Counts a day from the facts of the centre, one conversation at a time. */
export interface Tally {
  arrives(conversationId: string, wants: Intent): void
  take(fact: Fact): void
  /** @param staffMs how long people were at work, all together */
  figures(staffMs: number): DayFigures
}

export function createTally(): Tally {
  const lives = new Map<string, Life>()
  const wanted = new Map<string, Intent>()
  let busyMs = 0

  const of = (fact: Fact): Life | undefined => lives.get(fact.conversationId ?? '')
  const take = (fact: Fact): void => {
    if (fact.type === 'conversation.opened') {
      const id = fact.conversationId ?? ''
      lives.set(id, { arrivedAt: fact.at, wants: wanted.get(id) ?? 'unknown' })
      wanted.delete(id)
      return
    }
    const life = of(fact)
    if (!life) return
    switch (fact.type) {
      case 'front-desk.moved': {
        const { intent, flow, step } = fact.data.state
        if ((flow !== undefined || step === 'helped') && intent !== undefined && intent !== life.wants) life.wrong = true
        return
      }
      case 'front-desk.ended':
        life.frontDeskEndedAt = fact.at
        life.contained = fact.data.outcome === 'contained'
        return
      case 'conversation.queued':
        life.queuedAt ??= fact.at
        return
      case 'conversation.assigned':
        life.answeredAt ??= fact.at
        return
      case 'conversation.abandoned':
        life.abandonedAt = fact.at
        return
      case 'conversation.closed':
        life.closed = true
        if (life.answeredAt !== undefined) busyMs += fact.at - life.answeredAt
    }
  }

  return {
    arrives: (conversationId, wants) => void wanted.set(conversationId, wants),
    take,
    figures(staffMs) {
      const all = [...lives.values()]
      const waits = all.flatMap(({ queuedAt, answeredAt }) =>
        queuedAt === undefined || answeredAt === undefined ? [] : [answeredAt - queuedAt]
      )
      const gaveUp = all.flatMap(({ queuedAt, abandonedAt }) =>
        queuedAt === undefined || abandonedAt === undefined ? [] : [abandonedAt - queuedAt]
      )
      const atDesk = all.flatMap(({ arrivedAt, frontDeskEndedAt }) =>
        frontDeskEndedAt === undefined ? [] : [frontDeskEndedAt - arrivedAt]
      )
      const toPeople = all.filter(({ queuedAt }) => queuedAt !== undefined).length
      const contained = all.filter((one) => one.contained === true).length
      const short = gaveUp.filter((ms) => ms < SERVICE_LEVEL.shortMs).length
      return {
        arrived: all.length,
        contained,
        leftFrontDesk: all.filter((one) => one.contained === false && one.queuedAt === undefined && one.closed).length,
        toPeople,
        answered: waits.length,
        abandoned: gaveUp.length,
        open: all.filter((one) => !one.closed && one.answeredAt === undefined).length,
        wronglyAnswered: all.filter((one) => one.wrong).length,
        asaMs: mean(waits),
        waitOfHelpedMs: (mean(waits) * waits.length || 0) / (waits.length + contained),
        wait95Ms: waits.sort((a, b) => a - b)[Math.ceil(waits.length * 0.95) - 1] ?? Number.NaN,
        serviceLevelRatio: waits.filter((ms) => ms <= SERVICE_LEVEL.targetMs).length / (waits.length + gaveUp.length - short),
        abandonRatio: gaveUp.length / toPeople,
        toPeopleRatio: toPeople / all.length,
        containedRatio: contained / all.length,
        occupancyRatio: busyMs / staffMs,
        frontDeskMs: mean(atDesk)
      }
    }
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length
