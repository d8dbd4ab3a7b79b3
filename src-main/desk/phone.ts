import type { z } from 'zod'
import type { RecoverableCall } from '../../src-shared/contract/conversation.ts'
import type { DialogRecord, PhoneAccount, PhoneSettings, PhoneSettingsInput } from '../../src-shared/contract/phone.ts'
import type { Topic } from '../../src-shared/topics.ts'
import type { Db } from '../store/open.ts'
import { noteInsideCalls } from '../store/own/inside-calls.ts'
import { readSettings } from '../store/own/keep.ts'
import { readDialogs, readPhoneSettings, type StoredPhoneSettings, saveDialogs, savePhoneSettings } from '../store/own/phone.ts'
import { callsToTakeBack, isServedHere } from '../store/queries/conversation.ts'
import type { Reading } from '../store/queries/rows.ts'
import { accountOf, changedSettings, FRESH_PHONE, type SeatAccount, sourcesOf, withoutSecrets } from './phone-settings.ts'

/**
 * The phone of this seat: how it is set up, and which calls may be taken back. A call lives in the page's softphone: when the desk or
 * the page starts anew, a call that was answered before cannot be in it, so it is offered for recovery until the softphone reports it
 * or the contact ends. A call that the centre has lost (it was down itself) is offered too: its customer waits to be rung through.
 */
export interface Phone {
  /** `null` for roles without a phone. */
  account(): z.infer<typeof PhoneAccount> | null
  settings(): z.infer<typeof PhoneSettings>
  /** @throws {RefusalError} `invalid` with the field; nothing is changed then. */
  saveSettings(input: PhoneSettingsInput): z.infer<typeof PhoneSettings>
  /** Dialogs that are up in the phone's page; on the disk when it returns. */
  saveDialogs(dialogs: readonly DialogRecord[]): void
  dialogs(): DialogRecord[]
  /** Somebody is on the line, and nobody of a contact that the centre knows to be going on. */
  engaged(): boolean
  /** A softphone has just started (it asks for its account): it has no call yet. */
  connected(): void
  /** The softphone saw this call: it is live here. */
  reported(callId: string, what: string): void
  recoverable(): RecoverableCall[]
}

export interface PhoneOptions {
  own: () => Db
  reading: () => Reading
  now: () => number
  account: (() => SeatAccount | null) | undefined
  /** Lets pages loaded from now on speak to these addresses. True when a page loaded before may not. */
  allow: ((sources: readonly string[]) => boolean) | undefined
  audit: (act: string, detail: Record<string, string>) => void
  changed: (topics: Topic[]) => void
  /** Calls came up or ended. */
  callsChanged: () => void
  /** Whether this is the number or the user of a colleague's phone. */
  isColleague: (number: string) => boolean
}

const DAY_MS = 24 * 3_600_000

export function createPhone({ own, reading, now, account, allow, audit, changed, callsChanged, isColleague }: PhoneOptions): Phone {
  let since = now()
  const live = new Set<string>()
  const stored = (): StoredPhoneSettings => readPhoneSettings(own()) ?? FRESH_PHONE
  return {
    account() {
      const seat = account?.() ?? null
      return seat && accountOf(seat, stored())
    },
    settings: () => withoutSecrets(stored()),
    saveSettings(input) {
      const next = changedSettings(stored(), input)
      savePhoneSettings(own(), next)
      audit('phone-settings-saved', {
        source: next.source,
        servers: next.servers.join(' '),
        user: next.user,
        secret: input.secret === undefined ? 'kept' : input.secret === '' ? 'forgotten' : 'changed'
      })
      const reloadNeeded = allow?.(sourcesOf(next)) ?? false
      changed(['phone'])
      return { ...withoutSecrets(next), reloadNeeded }
    },
    saveDialogs(dialogs) {
      saveDialogs(own(), dialogs, now())
      const inside = dialogs.filter(({ conversationId, number }) => conversationId === undefined && isColleague(number))
      const since = now() - readSettings(own()).keepClosedDays * DAY_MS
      if (noteInsideCalls(own(), inside, now(), since)) changed(['calls'])
      callsChanged()
    },
    dialogs: () => readDialogs(own(), now()),
    engaged() {
      const dialogs = readDialogs(own(), now())
      return (
        dialogs.length > 0 && !dialogs.some(({ conversationId }) => conversationId !== undefined && isServedHere(reading(), conversationId))
      )
    },
    connected() {
      since = now()
      live.clear()
    },
    reported(callId, what) {
      if (what === 'ended' || what === 'failed') live.delete(callId)
      else live.add(callId)
    },
    recoverable: () =>
      callsToTakeBack(reading(), since)
        .filter(({ lost, callId }) => lost || !live.has(callId))
        .map(({ lost: _, ...call }) => call)
  }
}
