import type { z } from 'zod'
import { ModelServerInput } from '../../../src-shared/contract/model-server.ts'
import type { ReadDb, WriteDb } from '../../sqlite/sqlite.ts'

const NAME = 'model-server'

const Stored = ModelServerInput.required()
/** As stored: with its key, which leaves this file towards the model server only. */
export type StoredModelServer = z.infer<typeof Stored>

/** Absent when nothing was ever set, or what was set does not fit any more. */
export function readModelServer(own: ReadDb): StoredModelServer | undefined {
  const row = own.get<{ json: string }>('select json from setting where name = ?', NAME)
  const stored = Stored.safeParse(row && (JSON.parse(row.json) as unknown))
  return stored.success ? stored.data : undefined
}

export const saveModelServer = (own: WriteDb, settings: StoredModelServer): void => {
  own.run(
    'insert into setting (name, json) values (?, ?) on conflict (name) do update set json = excluded.json',
    NAME,
    JSON.stringify(settings)
  )
}
