import { DISPOSITIONS, type Disposition } from '../../src-shared/taxonomy.ts'

/** The end of a conversation's work: what came of it, and a note that starts as the co-pilot's summary. */
export class WrapUp {
  disposition = $state<Disposition | undefined>(undefined)
  #note = $state<string | undefined>(undefined)
  #summary = $state('')
  finishing = $state(false)
  readonly #finish: (disposition: Disposition, note: string) => Promise<unknown>

  constructor(finish: (disposition: Disposition, note: string) => Promise<unknown>) {
    this.#finish = finish
  }

  /** Until somebody types, the note follows the summary. */
  get note(): string {
    return this.#note ?? this.#summary
  }
  set note(text: string) {
    this.#note = text
  }
  /** True while the note is still the machine's own words. */
  get byMachine(): boolean {
    return this.#note === undefined && this.#summary !== ''
  }
  offerSummary(summary: string): void {
    this.#summary = summary
  }

  /** The n-th disposition, counted from 1; false when there is none. */
  choose(n: number): boolean {
    const chosen = DISPOSITIONS[n - 1]
    if (!chosen) return false
    this.disposition = chosen
    return true
  }

  /** Gives whether the conversation is done; without a disposition nothing happens. */
  async finish(): Promise<boolean> {
    if (!this.disposition || this.finishing) return false
    this.finishing = true
    const stored = await this.#finish(this.disposition, this.note.trim())
    this.finishing = false
    return stored !== undefined
  }
}
