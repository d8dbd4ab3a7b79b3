import type { WallboardView } from '../../src-shared/contract/wallboard.ts'
import { quarterOf } from '../../src-shared/metrics.ts'
import { PRESENCES, type Presence } from '../../src-shared/taxonomy.ts'
import { formatDuration, formatRatio } from '../text/catalogue.svelte.ts'
import { text } from '../text/wallboard.ts'
import { now } from '../ui/clock.ts'
import {
  type Figure,
  figure,
  heatCells,
  isStale,
  type Level,
  quarters,
  queuesWithWork,
  serviceLevelState,
  today,
  waitState
} from './figures.ts'

/** A figure as a tile shows it: a number in its unit, "N/A" for nothing to divide by, "-" for never supplied. */
export function shown(value: Figure, unit: 'count' | 'ratio' | 'ms'): string {
  if (value === undefined) return '-'
  if (value === null) return text().notAvailable
  return unit === 'ratio' ? formatRatio(value) : unit === 'ms' ? formatDuration(value) : String(value)
}

/** Everything the tiles show, derived from the newest view and this screen's own clock. */
export class Board {
  readonly #view: () => WallboardView | undefined
  #levelBefore: Level = 'normal'

  constructor(view: () => WallboardView | undefined) {
    this.#view = view
  }

  readonly view = $derived.by(() => this.#view())
  readonly day = $derived(today(this.view?.intervals ?? [], now()))
  readonly quarter = $derived(this.day.filter((one) => one.startAt === quarterOf(now())))
  readonly starts = $derived(quarters(this.day, now()))
  readonly queues = $derived(queuesWithWork(this.day, this.view?.queues ?? []))
  readonly heat = $derived(heatCells(this.view?.cells ?? [], this.queues, this.starts))
  readonly waiting = $derived(this.view?.at === undefined ? undefined : this.view.queues.reduce((sum, one) => sum + one.waiting, 0))
  readonly oldestAt = $derived.by(() => {
    const times = (this.view?.queues ?? []).flatMap((one) => (one.oldestAt === undefined ? [] : [one.oldestAt]))
    return times.length > 0 ? Math.min(...times) : undefined
  })
  readonly longestQueue = $derived(
    (this.view?.queues ?? []).find((one) => one.oldestAt !== undefined && one.oldestAt === this.oldestAt)?.queue
  )
  readonly transferred = $derived(this.day.reduce((sum, one) => sum + one.transferred, 0))
  /** Ticks on this screen's clock; undefined while nobody waits. */
  readonly longestMs = $derived(this.oldestAt === undefined ? undefined : Math.max(0, now() - this.oldestAt))
  readonly waitLevel = $derived(waitState(this.longestMs))
  readonly serviceLevel = $derived(figure('service_level', this.quarter))
  readonly serviceSample = $derived(this.quarter.reduce((sum, one) => sum + one.answered + one.abandoned - one.shortAbandoned, 0))
  readonly serviceState = $derived.by(() => {
    this.#levelBefore = serviceLevelState(this.serviceLevel, this.serviceSample, this.#levelBefore)
    return this.#levelBefore
  })
  readonly people = $derived.by(() => {
    const list = this.view?.people ?? []
    return PRESENCES.map((presence: Presence) => ({ presence, count: list.filter((one) => one.presence === presence).length })).filter(
      (one) => one.count > 0
    )
  })
  readonly ageMs = $derived(this.view?.at === undefined ? undefined : Math.max(0, now() - this.view.at))
  readonly stale = $derived(isStale(this.view?.live ?? false, this.view?.at, now()))

  /** One row of the queue table. */
  row(queue: (typeof this.queues)[number]) {
    const live = this.view?.queues.find((one) => one.queue === queue)
    const mine = this.day.filter((one) => one.queue === queue)
    return {
      waiting: live?.waiting ?? 0,
      oldestAt: live?.oldestAt,
      offered: figure('offered', mine),
      serviceLevel: figure('service_level', mine),
      answerRate: figure('answer_rate', mine),
      abandonRate: figure('abandon_rate', mine),
      transferRate: figure('transfer_rate', mine)
    }
  }
}
