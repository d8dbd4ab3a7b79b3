import { getContext, setContext } from 'svelte'
import type { LineView, Settings } from '../src-shared/contract/desk.ts'
import type { PresenceView } from '../src-shared/contract/inbox.ts'
import type { PersonView } from '../src-shared/contract/session.ts'
import type { Client } from './connect.ts'
import type { Live, LiveQuery } from './live-query.svelte.ts'

export type Place =
  | { room: 'inbox'; conversationId?: string }
  | { room: 'phone' | 'wallboard' | 'settings' }
  | { room: 'knowledge'; articleId?: string }
  | { room: 'review'; callId?: string }
  | { room: 'frontdesk'; flowId?: string }

/** What every room of a signed-in desk may use. Built once in App.svelte, reached through Svelte's context. */
export interface DeskState {
  readonly client: Client
  readonly live: Live
  readonly me: PersonView
  readonly settings: LiveQuery<Settings>
  readonly line: LiveQuery<LineView>
  readonly presence: LiveQuery<PresenceView>
  /** Where the user is; assigning goes there. */
  place: Place
  saveSettings(change: Partial<Settings>): Promise<void>
  /** Dark for as long as something on the screen needs it, whatever the settings say. */
  wearDark(on: boolean): void
  /** Shows a failure as a toast, in words; gives `undefined` when it failed. */
  attempt<T>(act: () => Promise<T>): Promise<T | undefined>
  /** Says something briefly, for eyes and screen readers. `undo` adds a button. */
  say(text: string, undo?: () => void): void
}

const KEY = Symbol('desk')
export const provideDesk = (desk: DeskState): DeskState => setContext(KEY, desk)
export const useDesk = (): DeskState => getContext<DeskState>(KEY)
