import type { Suggestion } from '../../src-shared/contract/copilot.ts'
import type { Composer } from '../conversation/composer.svelte.ts'

export type RatedAs = 'accepted' | 'edited' | 'rejected'
export interface SayThisPort {
  rate(articleId: string, outcome: RatedAs, why?: string): Promise<unknown>
}

/** What became of the co-pilot's words in one conversation. */
export class SayThis {
  #rated = $state<Record<string, RatedAs>>({})
  readonly #port: SayThisPort
  readonly #composer: Composer

  constructor(port: SayThisPort, composer: Composer) {
    this.#port = port
    this.#composer = composer
  }

  /** The same article may come back with other words: then it is a new suggestion. */
  ratedAs(suggestion: Suggestion): RatedAs | undefined {
    return this.#rated[keyOf(suggestion)]
  }

  /** Decided on, or put away: these words must not change any more. */
  readonly isTouched = (suggestion: Suggestion): boolean => this.ratedAs(suggestion) !== undefined || this.#composer.hides(suggestion)

  /** The suggestion while nobody has decided on it. */
  open(suggestion: Suggestion | undefined): Suggestion | undefined {
    return suggestion && !this.ratedAs(suggestion) ? suggestion : undefined
  }

  /** On a call the words count as said at once; in writing they go into the box, to be sent by the agent. */
  async accept(suggestion: Suggestion): Promise<void> {
    if (this.ratedAs(suggestion)) return
    this.#composer.insert(suggestion.say)
    if (this.#composer.outward === 'said' && this.#composer.text === suggestion.say) await this.#composer.send()
    await this.#rate(suggestion, 'accepted')
  }

  async edit(suggestion: Suggestion): Promise<void> {
    if (this.ratedAs(suggestion)) return
    this.#composer.insert(suggestion.say)
    await this.#rate(suggestion, 'edited')
  }

  async reject(suggestion: Suggestion, why: string): Promise<void> {
    if (this.ratedAs(suggestion)) return
    await this.#rate(suggestion, 'rejected', why)
  }

  async #rate(suggestion: Suggestion, outcome: RatedAs, why?: string): Promise<void> {
    this.#rated[keyOf(suggestion)] = outcome
    if ((await this.#port.rate(suggestion.articleId, outcome, why)) === undefined) delete this.#rated[keyOf(suggestion)]
  }
}

const keyOf = (suggestion: Suggestion): string => `${suggestion.articleId} ${suggestion.say}`
