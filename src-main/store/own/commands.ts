import type { CommandType } from '../../../src-shared/commands.ts'
import type { ReadDb, WriteDb } from '../../sqlite/sqlite.ts'

/** A command as the outbox keeps it. `data` is what goes on the wire. */
export interface StoredCommand {
  seq: number
  commandId: string
  type: CommandType
  conversationId: string | undefined
  data: unknown
  at: number
  state: 'waiting' | 'refused' | 'discarded'
  refusal: { code: string; field?: string; detail?: string } | undefined
}

interface Row {
  seq: number
  commandId: string
  type: string
  conversationId: string | null
  json: string
  at: number
  state: StoredCommand['state']
  code: string | null
  field: string | null
  detail: string | null
}

const fromRow = (row: Row): StoredCommand => ({
  seq: row.seq,
  commandId: row.commandId,
  type: row.type as CommandType, // only `storeCommand` writes the column
  conversationId: row.conversationId ?? undefined,
  data: JSON.parse(row.json) as unknown,
  at: row.at,
  state: row.state,
  refusal:
    row.code === null
      ? undefined
      : { code: row.code, ...(row.field === null ? {} : { field: row.field }), ...(row.detail === null ? {} : { detail: row.detail }) }
})

/** Stores a command before anything else happens to it. The caller answers the user only after this returned. */
export function storeCommand(
  own: WriteDb,
  command: { id: string; type: CommandType; at: number; data: unknown; conversationId?: string | undefined }
): void {
  own.run(
    `insert into command (commandId, type, conversationId, json, at, state) values (?, ?, ?, ?, ?, 'waiting')`,
    command.id,
    command.type,
    command.conversationId ?? null,
    JSON.stringify(command.data),
    command.at
  )
}

/** The oldest waiting command after `seq`, in the order entered. */
export function nextWaiting(own: ReadDb, afterSeq: number): StoredCommand | undefined {
  const row = own.get<Row>(`select * from command where state = 'waiting' and seq > ? order by seq limit 1`, afterSeq)
  return row && fromRow(row)
}

/** Waiting and refused commands, oldest first. */
export const openCommands = (own: ReadDb): StoredCommand[] =>
  own.all<Row>(`select * from command where state in ('waiting', 'refused') order by seq`).map(fromRow)

/** Waiting and refused commands of one conversation, oldest first. */
export const commandsOf = (own: ReadDb, conversationId: string): StoredCommand[] =>
  own.all<Row>(`select * from command where conversationId = ? and state <> 'discarded' order by seq`, conversationId).map(fromRow)

export function findCommand(own: ReadDb, commandId: string): StoredCommand | undefined {
  const row = own.get<Row>('select * from command where commandId = ?', commandId)
  return row && fromRow(row)
}

/** The newest waiting command of a type, such as the presence I chose last. */
export function newestWaiting(own: ReadDb, type: CommandType): StoredCommand | undefined {
  const row = own.get<Row>(`select * from command where state = 'waiting' and type = ? order by seq desc limit 1`, type)
  return row && fromRow(row)
}

export const countCommands = (own: ReadDb): { waiting: number; refused: number } => ({
  waiting: own.get<{ n: number }>(`select count(*) as n from command where state = 'waiting'`)?.n ?? 0,
  refused: own.get<{ n: number }>(`select count(*) as n from command where state = 'refused'`)?.n ?? 0
})

/** The centre did it: nothing is left to show. Returns whether the command was waiting here. */
export const acceptCommand = (own: WriteDb, commandId: string): boolean =>
  own.run(`delete from command where commandId = ? and state = 'waiting'`, commandId).changes > 0

/** The centre said no: it goes to the tray with its content. A command that is not waiting here any more is left as it is. */
export const refuseCommand = (
  own: WriteDb,
  commandId: string,
  refusal: { code: string; field?: string | undefined; detail?: string | undefined }
): boolean =>
  own.run(
    `update command set state = 'refused', code = ?, field = ?, detail = ? where commandId = ? and state = 'waiting'`,
    refusal.code,
    refusal.field ?? null,
    refusal.detail ?? null,
    commandId
  ).changes > 0

/** Moves a command between tray and discarded. Returns whether it was in `from`. */
export const setCommandState = (own: WriteDb, commandId: string, from: 'refused' | 'discarded', to: 'refused' | 'discarded'): boolean =>
  own.run('update command set state = ? where commandId = ? and state = ?', to, commandId, from).changes > 0

export const removeCommand = (own: WriteDb, commandId: string): void => {
  own.run('delete from command where commandId = ?', commandId)
}

/** Discarded commands can be restored until the desk stops. */
export const forgetDiscarded = (own: WriteDb): void => {
  own.run(`delete from command where state = 'discarded'`)
}

/**
 * Ends commands whose answer is in the log already: a process that was killed between the two databases' commits left them.
 * The answers outlive the commands, so this may run as often as one likes.
 */
export function settleFromAnswers(own: WriteDb, desk: ReadDb): void {
  own.transaction(() => {
    for (const { commandId, state } of openCommands(own)) {
      if (state !== 'waiting') continue
      const answer = desk.get<{ accepted: number; code: string | null; field: string | null; detail: string | null }>(
        'select accepted, code, field, detail from answer where commandId = ?',
        commandId
      )
      if (!answer) continue
      if (answer.accepted === 1) acceptCommand(own, commandId)
      else
        refuseCommand(own, commandId, {
          code: answer.code ?? 'invalid',
          field: answer.field ?? undefined,
          detail: answer.detail ?? undefined
        })
    }
  })
}
