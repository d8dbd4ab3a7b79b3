import { z } from 'zod'
import { Settings } from '../../../src-shared/contract/desk.ts'
import type { ReadDb, WriteDb } from '../../sqlite/sqlite.ts'

/** What a fresh desk starts with. */
const FRESH: Settings = {
  locale: 'en',
  theme: 'system',
  guide: 'who',
  microphoneId: '',
  speakerId: '',
  ringerId: '',
  ringVolume: 0.8,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  microphoneGain: 1,
  deviceProfiles: [],
  doNotDisturb: false,
  writtenOnly: false,
  whisperHandoff: false,
  paneList: 320,
  paneCopilot: 360,
  viewingDistanceM: 4,
  keepClosedDays: 30
}

/** Settings as stored; a field that does not fit any more (an older build's, or a damaged one) falls back to the fresh value. */
export function readSettings(own: ReadDb): Settings {
  const settings: Settings = { ...FRESH }
  for (const { name, json } of own.all<{ name: string; json: string }>('select name, json from setting')) {
    const one = Settings.partial().safeParse({ [name]: JSON.parse(json) as unknown })
    if (one.success) Object.assign(settings, one.data)
  }
  return settings
}

export function saveSettings(own: WriteDb, change: Partial<Settings>): Settings {
  own.transaction(() => {
    for (const [name, value] of Object.entries(change))
      if (value !== undefined)
        own.run(
          'insert into setting (name, json) values (?, ?) on conflict (name) do update set json = excluded.json',
          name,
          JSON.stringify(value)
        )
  })
  return readSettings(own)
}

export const readDraft = (own: ReadDb, conversationId: string): string =>
  own.get<{ text: string }>('select text from draft where conversationId = ?', conversationId)?.text ?? ''

/** Empty text forgets the draft. */
export function saveDraft(own: WriteDb, conversationId: string, text: string, at: number): void {
  if (text === '') own.run('delete from draft where conversationId = ?', conversationId)
  else
    own.run(
      'insert into draft (conversationId, text, at) values (?, ?, ?) on conflict (conversationId) do update set text = excluded.text, at = excluded.at',
      conversationId,
      text,
      at
    )
}

export const readMark = (own: ReadDb, conversationId: string): number =>
  own.get<{ deskSeq: number }>('select deskSeq from read_mark where conversationId = ?', conversationId)?.deskSeq ?? 0

/** Returns whether the mark moved. It only moves forward. */
export const setReadMark = (own: WriteDb, conversationId: string, deskSeq: number): boolean =>
  own.run(
    `insert into read_mark (conversationId, deskSeq) values (?, ?)
     on conflict (conversationId) do update set deskSeq = excluded.deskSeq where excluded.deskSeq > deskSeq`,
    conversationId,
    deskSeq
  ).changes > 0

const Notice = z.object({ kind: z.literal('rebuilt'), at: z.number(), keptAs: z.string() })
/** A file was found damaged and set aside; kept until the user has read it. */
export type StoreNotice = z.infer<typeof Notice>

export function readNotice(own: ReadDb): StoreNotice | undefined {
  const row = own.get<{ json: string }>(`select json from setting where name = 'store-notice'`)
  return row && Notice.parse(JSON.parse(row.json))
}
export const saveNotice = (own: WriteDb, notice: StoreNotice): void => {
  own.run(
    `insert into setting (name, json) values ('store-notice', ?) on conflict (name) do update set json = excluded.json`,
    JSON.stringify(notice)
  )
}
export const dismissNotice = (own: WriteDb): void => {
  own.run(`delete from setting where name = 'store-notice'`)
}
