import type { OutboxRow } from '../../src-shared/contract/desk.ts'
import type { DeskState } from '../desk.svelte.ts'
import { LiveQuery } from '../live-query.svelte.ts'
import { outbox } from '../text/outbox.ts'

/** Commands whose refused content is a text that a person can mend. */
const TEXTS = new Set(['message.send', 'note.add', 'transcript.add', 'wrapup.finish'])
export const canEdit = (row: Pick<OutboxRow, 'type'>): boolean => TEXTS.has(row.type)

/** What waits for the centre and what it refused, with what can be done about it. Create it while a component initialises. */
export class Tray {
  readonly rows: LiveQuery<OutboxRow[]>
  readonly refused = $derived.by(() => (this.rows.data ?? []).filter((row) => row.state === 'refused'))
  readonly waiting = $derived.by(() => (this.rows.data ?? []).filter((row) => row.state === 'waiting'))
  /** The refused command whose text is being changed. */
  editing = $state<{ commandId: string; text: string }>()
  /** The command discarded last, while that can be undone here. */
  discarded = $state<string>()
  readonly #desk: DeskState

  constructor(desk: DeskState) {
    this.#desk = desk
    this.rows = new LiveQuery(
      desk.live,
      () => ['outbox', 'line'],
      () => desk.client.desk.outbox()
    )
  }

  edit(row: OutboxRow): void {
    this.editing = { commandId: row.commandId, text: row.content }
  }

  async retry(commandId: string, text?: string): Promise<void> {
    const sent = await this.#desk.attempt(() => this.#desk.client.desk.retry({ commandId, ...(text === undefined ? {} : { text }) }))
    if (!sent) return
    this.editing = undefined
    this.#desk.say(outbox().sentAgain)
    await this.rows.refetch()
  }

  /** The undo stands in the tray itself: a toast lies behind the open dialog, where neither mouse nor keys reach it. */
  async discard(commandId: string): Promise<void> {
    if (!(await this.#desk.attempt(() => this.#desk.client.desk.discard({ commandId })))) return
    this.discarded = commandId
    await this.rows.refetch()
  }

  async undoDiscard(): Promise<void> {
    const commandId = this.discarded
    if (commandId === undefined) return
    if (!(await this.#desk.attempt(() => this.#desk.client.desk.undoDiscard({ commandId })))) return
    this.discarded = undefined
    await this.rows.refetch()
  }
}
