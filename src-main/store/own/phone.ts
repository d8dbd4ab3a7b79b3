import { z } from 'zod'
import { DialogRecord, PhoneSettingsInput } from '../../../src-shared/contract/phone.ts'
import { READINESS_CAUSES } from '../../../src-shared/taxonomy.ts'
import type { ReadDb, WriteDb } from '../../sqlite/sqlite.ts'

/** What the phone of this desk needs kept: how it is set up, what is up in it, and the presence its user waits for. */

/** As stored: with secrets, which leave this file towards the phone's own page only. */
export type StoredPhoneSettings = z.infer<typeof PhoneSettingsInput>

/** Absent when nothing was ever set, or what was set does not fit any more. */
export function readPhoneSettings(own: ReadDb): StoredPhoneSettings | undefined {
  const stored = PhoneSettingsInput.safeParse(readJson(own, 'settings'))
  return stored.success ? stored.data : undefined
}
export const savePhoneSettings = (own: WriteDb, settings: StoredPhoneSettings): void => saveJson(own, 'settings', settings)

/** What a person wants to be while their phone does not let them, and what the centre was told instead. */
const Wish = z.object({
  wanted: z.literal('available'),
  told: z
    .object({ presence: z.enum(['available', 'technical', 'busy']), cause: z.enum(READINESS_CAUSES).optional(), writtenOnly: z.boolean() })
    .optional()
})
type Wish = z.infer<typeof Wish>

export function readWish(own: ReadDb): Wish | undefined {
  const stored = Wish.safeParse(readJson(own, 'wish'))
  return stored.success ? stored.data : undefined
}
export function saveWish(own: WriteDb, wish: Wish | undefined): void {
  if (wish === undefined) own.run(`delete from phone where name = 'wish'`)
  else saveJson(own, 'wish', wish)
}

function readJson(own: ReadDb, name: string): unknown {
  const row = own.get<{ json: string }>('select json from phone where name = ?', name)
  return row && (JSON.parse(row.json) as unknown)
}
function saveJson(own: WriteDb, name: string, value: unknown): void {
  own.run('insert into phone (name, json) values (?, ?) on conflict (name) do update set json = excluded.json', name, JSON.stringify(value))
}

/** No PBX keeps a dialog longer whose phone is gone (RFC 4028 would have ended it long before). */
const DIALOG_KEPT_MS = 12 * 3_600_000

/** Replaces what was saved before as a whole; on the disk when it returns. */
export function saveDialogs(own: WriteDb, dialogs: readonly DialogRecord[], at: number): void {
  own.transaction(() => {
    own.run('delete from dialog')
    for (const dialog of dialogs)
      own.run(
        'insert into dialog (callId, json, savedAt) values (?, ?, ?) on conflict (callId) do update set json = excluded.json',
        dialog.callId,
        JSON.stringify(dialog),
        at
      )
  })
}

/** Those saved last that may still be up, oldest first. */
export const readDialogs = (own: ReadDb, now: number): DialogRecord[] =>
  own
    .all<{ json: string }>('select json from dialog where savedAt > ?', now - DIALOG_KEPT_MS)
    .flatMap(({ json }) => {
      const read = DialogRecord.safeParse(JSON.parse(json))
      return read.success ? [read.data] : []
    })
    .sort((a, b) => a.answeredAt - b.answeredAt)
