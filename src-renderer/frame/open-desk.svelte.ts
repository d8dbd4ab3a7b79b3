import { toast } from 'svelte-sonner'
import type { LineView, Settings } from '../../src-shared/contract/desk.ts'
import type { PresenceView } from '../../src-shared/contract/inbox.ts'
import type { PersonView } from '../../src-shared/contract/session.ts'
import type { Client } from '../connect.ts'
import type { DeskState, Place } from '../desk.svelte.ts'
import { Live, LiveQuery } from '../live-query.svelte.ts'
import type { Preferences } from '../session/preferences.svelte.ts'
import { failureText } from '../text/failure.ts'
import { shell } from '../text/shell.ts'
import { hashOf, placeOf, roomsOf, serves } from './places.ts'

/** A signed-in desk. Create it while Desk.svelte initialises; its queries end with that component. */
export class OpenDesk implements DeskState {
  readonly client: Client
  readonly me: PersonView
  readonly live = new Live()
  readonly settings: LiveQuery<Settings>
  readonly line: LiveQuery<LineView>
  readonly presence: LiveQuery<PresenceView>
  readonly #preferences: Preferences
  #place: Place = $state.raw({ room: 'inbox' })

  constructor(client: Client, me: PersonView, preferences: Preferences) {
    this.client = client
    this.me = me
    this.#preferences = preferences
    this.#place = placeOf(location.hash, me.role) ?? this.home
    this.settings = new LiveQuery(
      this.live,
      () => ['settings'],
      () => client.desk.settings()
    )
    this.line = new LiveQuery(
      this.live,
      () => ['line', 'outbox'],
      () => client.desk.line()
    )
    // Who serves nobody has no presence to ask for.
    const nobody: PresenceView = { presence: 'offline', since: 0 }
    this.presence = new LiveQuery(
      this.live,
      () => ['presence'],
      () => (serves(me.role) ? client.inbox.presence() : Promise.resolve(nobody))
    )
  }

  get home(): Place {
    return { room: roomsOf(this.me.role)[0] ?? 'settings' }
  }

  get place(): Place {
    return this.#place
  }

  set place(next: Place) {
    const hash = hashOf(next)
    this.#place = next
    if (hash !== location.hash) history.pushState(null, '', hash)
  }

  /** After Back or Forward the address is right and the place follows. */
  followAddress(): void {
    this.#place = placeOf(location.hash, this.me.role) ?? this.home
  }

  async saveSettings(change: Partial<Settings>): Promise<void> {
    // The screen follows at once; the desk's answer, should it differ, follows through the query.
    if (this.settings.data) this.settings.data = { ...this.settings.data, ...change }
    this.#preferences.set({ ...(change.locale ? { locale: change.locale } : {}), ...(change.theme ? { theme: change.theme } : {}) })
    const saved = await this.attempt(() => this.client.desk.saveSettings(change))
    if (saved) this.settings.data = saved
    else await this.settings.refetch()
  }

  wearDark(on: boolean): void {
    this.#preferences.wearDark(on)
  }

  async attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act()
    } catch (error) {
      toast.error(failureText(error))
      return undefined
    }
  }

  say(text: string, undo?: () => void): void {
    toast(text, undo ? { action: { label: shell().undo, onClick: undo }, duration: 8_000 } : {})
  }
}
