import type { PracticeView } from '../../src-shared/contract/desk.ts'
import { refusalOf } from '../connect.ts'
import type { DeskState } from '../desk.svelte.ts'
import { LiveQuery } from '../live-query.svelte.ts'
import { matchWords } from '../search/match.ts'
import { domain } from '../text/domain.ts'
import { settings } from '../text/settings.ts'

export type Scenario = PracticeView['scenarios'][number]

/** How soon a centre that is still opening is asked again. */
const OPENING_MS = 1_000

/** The levers of the practice centre. Create it while a component initialises. */
export class PracticeLevers {
  readonly view: LiveQuery<PracticeView>
  /** What the scenario list is narrowed to. */
  words = $state('')
  starting = $state<string>()
  /** A customer who is started comes by the front desk. */
  byFrontDesk = $state(false)
  readonly #desk: DeskState

  /** The desk is at a real centre. */
  readonly absent = $derived.by(() => refusalOf(this.view.error)?.code === 'practice_only')
  readonly scenarios = $derived.by(() =>
    (this.view.data?.scenarios ?? []).filter((one) =>
      matchWords(`${one.title} ${domain().intent[one.intent]} ${settings().spoken[one.language]}`, this.words)
    )
  )

  constructor(desk: DeskState) {
    this.#desk = desk
    this.view = new LiveQuery(
      desk.live,
      () => ['practice', 'line'],
      () => desk.client.practice.view()
    )
    // The centre may still be opening; it does not say when it is there.
    $effect(() => {
      if (refusalOf(this.view.error)?.code !== 'not_available') return
      const again = setTimeout(() => void this.view.refetch(), OPENING_MS)
      return () => clearTimeout(again)
    })
  }

  /** Runs one lever and reads the levers anew. */
  async set(act: () => Promise<unknown>): Promise<void> {
    await this.#desk.attempt(act)
    await this.view.refetch()
  }

  async start(scenario: Scenario, channel: 'voice' | 'chat'): Promise<void> {
    this.starting = scenario.scenarioId
    const started = await this.#desk.attempt(() =>
      this.#desk.client.practice.start({ scenarioId: scenario.scenarioId, channel, frontDesk: this.byFrontDesk })
    )
    this.starting = undefined
    if (started) this.#desk.say(this.byFrontDesk ? settings().startedByFrontDesk : settings().started)
  }
}
