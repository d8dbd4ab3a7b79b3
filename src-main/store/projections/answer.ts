import type { Apply } from './projection.ts'

export const accepted: Apply<'command.accepted'> = ({ db, touch }, { at, data }) => {
  db.run('insert into answer (commandId, accepted, at) values (?, 1, ?) on conflict (commandId) do nothing', data.commandId, at)
  touch('outbox')
}

export const rejected: Apply<'command.rejected'> = ({ db, touch }, { at, data }) => {
  db.run(
    'insert into answer (commandId, accepted, code, field, detail, at) values (?, 0, ?, ?, ?, ?) on conflict (commandId) do nothing',
    data.commandId,
    data.code,
    data.field ?? null,
    data.detail ?? null,
    at
  )
  touch('outbox')
}
