import type { Suggestion } from '../../src-shared/contract/copilot.ts'
import type { Channel } from '../../src-shared/taxonomy.ts'

/** `reply`: sent to the customer in writing; `said`: what I said on a call; `note`: for colleagues only. */
export type ComposerMode = 'reply' | 'said' | 'note'

/** What a composer asks of the desk. Each gives `undefined` when it failed (and the user was told). */
export interface ComposerPort {
  send(mode: ComposerMode, text: string): Promise<unknown>
  loadDraft(): Promise<string | undefined>
  saveDraft(text: string): Promise<unknown>
}

/** Runs something later, once; calling what it returned forgets it. */
export type Later = (run: () => void, ms: number) => () => void

const DRAFT_PAUSE_MS = 500

/**
 * What one conversation's agent is typing. Reply and note have a text each, so that a note jotted down in between leaves the reply
 * alone. The reply's text is a draft that outlives a restart; a note's does not (a draft must never turn from note into reply).
 */
export class Composer {
  mode = $state<ComposerMode>('reply')
  /** Grows whenever words were put in for the agent, so that a view can follow with the cursor. */
  insertions = $state(0)
  /** Hidden by Escape, until another suggestion comes. */
  #hiddenGhost = $state<string | undefined>(undefined)
  #main = $state('')
  #note = $state('')
  #typed = false
  #cancelSave: (() => void) | undefined
  readonly outward: 'reply' | 'said'
  readonly #port: ComposerPort
  readonly #later: Later

  constructor(channel: Channel, port: ComposerPort, later: Later) {
    this.outward = channel === 'voice' ? 'said' : 'reply'
    this.mode = this.outward
    this.#port = port
    this.#later = later
  }

  get text(): string {
    return this.mode === 'note' ? this.#note : this.#main
  }
  set text(next: string) {
    this.#typed = true
    if (this.mode === 'note') {
      this.#note = next
      return
    }
    this.#main = next
    this.#cancelSave?.()
    this.#cancelSave = this.#later(() => void this.#port.saveDraft(next), DRAFT_PAUSE_MS)
  }

  get canSend(): boolean {
    return this.text.trim() !== ''
  }

  /** Brings back the stored draft, unless something was typed meanwhile. */
  async restore(): Promise<void> {
    const draft = await this.#port.loadDraft()
    if (draft && !this.#typed) this.#main = draft
  }

  toggleNote(): void {
    this.mode = this.mode === 'note' ? this.outward : 'note'
  }

  /** Sends what is in the box and empties it; when the desk could not store it, the text comes back. */
  async send(): Promise<boolean> {
    const { mode, text } = this
    if (text.trim() === '') return false
    this.#clear(mode)
    if ((await this.#port.send(mode, text.trim())) !== undefined) return true
    if (mode === 'note') this.#note = this.#note || text
    else this.#main = this.#main || text
    return false
  }

  /** The suggestion that Tab would take now: only with an empty box, and never into a note. */
  ghost(suggestion: Suggestion | undefined): Suggestion | undefined {
    if (!suggestion || this.mode === 'note' || this.text !== '') return undefined
    return this.hides(suggestion) ? undefined : suggestion
  }
  /** Put away by Escape. */
  hides(suggestion: Suggestion): boolean {
    return this.#hiddenGhost === suggestion.say
  }
  hideGhost(suggestion: Suggestion): void {
    this.#hiddenGhost = suggestion.say
  }

  /** Puts words for the customer into the box, after what is there. */
  insert(words: string): void {
    this.mode = this.outward
    const before = this.text.trimEnd()
    this.text = before === '' ? words : `${before} ${words}`
    this.insertions++
  }

  /** Stores an unsaved draft at once; before the page goes. */
  flush(): void {
    if (!this.#cancelSave) return
    this.#cancelSave()
    this.#cancelSave = undefined
    void this.#port.saveDraft(this.#main)
  }

  #clear(mode: ComposerMode): void {
    if (mode === 'note') {
      this.#note = ''
      return
    }
    this.#main = ''
    this.#cancelSave?.()
    this.#cancelSave = undefined
    void this.#port.saveDraft('')
  }
}
