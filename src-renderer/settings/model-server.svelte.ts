import type { ModelServerInput, ModelServerSettings, ModelServerTrial } from '../../src-shared/contract/model-server.ts'
import { refusalOf } from '../connect.ts'
import type { DeskState } from '../desk.svelte.ts'
import { LiveQuery } from '../live-query.svelte.ts'
import { modelServerText } from '../text/model-server.ts'

/** What the form holds: the settings, and a key only where somebody types a new one. */
export type ModelServerDraft = ModelServerInput

export const draftOf = ({ hasKey: _, ...rest }: ModelServerSettings): ModelServerDraft => ({ ...rest })

/** Would saving the form change anything? Pure. */
export const isChanged = (draft: ModelServerDraft, saved: ModelServerSettings): boolean =>
  draft.key !== undefined ||
  draft.on !== saved.on ||
  draft.url.trim() !== saved.url ||
  draft.model.trim() !== saved.model ||
  draft.deadlineMs !== saved.deadlineMs

/** The model server's settings while somebody edits them. Create it while a component initialises. */
export class ModelServerSetup {
  readonly saved: LiveQuery<ModelServerSettings>
  draft = $state<ModelServerDraft>()
  /** The field that was refused, and why, in English. */
  wrong = $state<{ field: string; why: string }>()
  saving = $state(false)
  testing = $state(false)
  trial = $state<ModelServerTrial>()
  readonly dirty = $derived.by(() => this.saved.data !== undefined && this.draft !== undefined && isChanged(this.draft, this.saved.data))
  readonly #desk: DeskState
  #shown: ModelServerSettings | undefined

  constructor(desk: DeskState) {
    this.#desk = desk
    this.saved = new LiveQuery(
      desk.live,
      () => ['settings'],
      () => desk.client.modelServer.settings()
    )
    $effect(() => {
      const saved = this.saved.data
      // What somebody is typing is not overwritten by a change from another tab.
      if (!saved || (this.dirty && this.#shown !== undefined) || saved === this.#shown) return
      this.#shown = saved
      this.draft = draftOf(saved)
    })
  }

  /** A result belongs to what was tried. */
  edit(change: Partial<ModelServerDraft>): void {
    if (this.draft) Object.assign(this.draft, change)
    this.trial = undefined
    this.wrong = undefined
  }

  undo(): void {
    if (this.saved.data) this.draft = draftOf(this.saved.data)
    this.wrong = undefined
    this.trial = undefined
  }

  async save(): Promise<void> {
    if (!this.draft || this.saving) return
    this.saving = true
    const saved = await this.#offer((input) => this.#desk.client.modelServer.save(input))
    this.saving = false
    if (!saved) return
    this.#shown = saved
    this.saved.data = saved
    this.draft = draftOf(saved)
    this.#desk.say(modelServerText().saved)
  }

  async test(): Promise<void> {
    if (!this.draft || this.testing) return
    this.testing = true
    this.trial = undefined
    const asked = JSON.stringify(this.draft)
    const trial = await this.#offer((input) => this.#desk.client.modelServer.test(input))
    this.testing = false
    if (asked === JSON.stringify(this.draft)) this.trial = trial
  }

  async #offer<T>(act: (input: ModelServerInput) => Promise<T>): Promise<T | undefined> {
    if (!this.draft) return undefined
    this.wrong = undefined
    try {
      return await act($state.snapshot(this.draft))
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal?.code === 'invalid') this.wrong = { field: refusal.field ?? '', why: refusal.detail ?? '' }
      else await this.#desk.attempt(() => Promise.reject(error))
      return undefined
    }
  }
}
