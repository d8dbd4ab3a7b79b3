import type { PhoneSettings, PhoneSettingsInput } from '../../src-shared/contract/phone.ts'
import { refusalOf } from '../connect.ts'
import type { DeskState } from '../desk.svelte.ts'
import { LiveQuery } from '../live-query.svelte.ts'
import { phoneSettings } from '../text/phone-settings.ts'

/** What the form holds: the settings, and secrets only where somebody types new ones. */
export type PhoneDraft = Omit<PhoneSettings, 'hasSecret' | 'reloadNeeded' | 'iceServers'> & {
  /** Absent: the one there is stays. */
  secret?: string | undefined
  iceServers: { urls: string; username: string; credential?: string | undefined; hasCredential: boolean }[]
}

export const CODEC_ORDER: readonly PhoneSettings['codecs'][number][] = ['opus', 'G722', 'PCMA', 'PCMU']

/** The form as the settings stand. Pure. */
export const draftOf = ({ hasSecret: _, reloadNeeded: __, iceServers, ...rest }: PhoneSettings): PhoneDraft => ({
  ...structuredClone(rest),
  iceServers: iceServers.map(({ urls, username = '', hasCredential }) => ({ urls, username, hasCredential }))
})

/** What is saved of a form: empty rows are left out, a secret goes along only when one was typed. Pure. */
export function inputOf({ secret, iceServers, ...rest }: PhoneDraft): PhoneSettingsInput {
  return {
    ...rest,
    servers: rest.servers.map((server) => server.trim()).filter((server) => server !== ''),
    country: rest.country.trim().toUpperCase(),
    iceServers: iceServers
      .filter(({ urls }) => urls.trim() !== '')
      .map(({ urls, username, credential }) => ({
        urls: urls.trim(),
        ...(username.trim() === '' ? {} : { username: username.trim() }),
        ...(credential === undefined ? {} : { credential })
      })),
    ...(secret === undefined ? {} : { secret })
  }
}

/** The order in which fields came says nothing; a field that is `undefined` is none. */
const sorted = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value

/** Do two forms hold the same? Pure. */
export const isSame = (one: PhoneDraft, other: PhoneDraft): boolean => JSON.stringify(one, sorted) === JSON.stringify(other, sorted)

/** Moves one of a list up or down by one; out of range nothing moves. Pure. */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): T[] {
  const next = [...list]
  const [one] = next.splice(from, 1)
  if (one === undefined || from + by < 0 || from + by > next.length) return [...list]
  next.splice(from + by, 0, one)
  return next
}

/** The phone's settings while somebody edits them. Create it while a component initialises. */
export class PhoneSetup {
  readonly saved: LiveQuery<PhoneSettings>
  draft = $state<PhoneDraft>()
  /** The part of the form that was refused, by the name of its field, and why, in English. */
  wrong = $state<{ field: string; why: string }>()
  saving = $state(false)
  /** An address was added that this page may reach only after it is loaded again: its security policy was fixed before. */
  needsReload = $state(false)
  readonly dirty = $derived.by(() => {
    const saved = this.saved.data
    return saved !== undefined && this.draft !== undefined && !isSame(this.draft, draftOf(saved))
  })
  readonly #desk: DeskState
  #shown: PhoneSettings | undefined

  constructor(desk: DeskState) {
    this.#desk = desk
    this.saved = new LiveQuery(
      desk.live,
      () => ['phone'],
      () => desk.client.calls.phoneSettings()
    )
    $effect(() => {
      const saved = this.saved.data
      // What somebody is typing is not overwritten by a change from another tab.
      if (!saved || (this.dirty && this.#shown !== undefined) || saved === this.#shown) return
      this.#shown = saved
      this.draft = draftOf(saved)
    })
  }

  undo(): void {
    if (this.saved.data) this.draft = draftOf(this.saved.data)
    this.wrong = undefined
  }

  async save(): Promise<void> {
    if (!this.draft || this.saving) return
    this.saving = true
    this.wrong = undefined
    try {
      const saved = await this.#desk.client.calls.savePhoneSettings(inputOf($state.snapshot(this.draft)))
      this.#shown = saved
      this.saved.data = saved
      this.draft = draftOf(saved)
      this.needsReload ||= saved.reloadNeeded ?? false
      this.#desk.say(this.needsReload ? phoneSettings().savedReload : phoneSettings().saved)
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal?.code === 'invalid') this.wrong = { field: refusal.field ?? '', why: refusal.detail ?? '' }
      else await this.#desk.attempt(() => Promise.reject(error))
    } finally {
      this.saving = false
    }
  }
}
