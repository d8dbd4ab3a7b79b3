import { type CommandData, type CommandType, readCommand } from '../../src-shared/commands.ts'
import type { OutboxRow } from '../../src-shared/contract/desk.ts'
import { RefusalError } from '../../src-shared/errors.ts'
import { newId } from '../../src-shared/ids.ts'
import type { Topic } from '../../src-shared/topics.ts'
import type { Ai } from '../ai/ai.ts'
import { inClear } from '../ai/in-clear.ts'
import type { Db } from '../store/open.ts'
import { findCommand, openCommands, removeCommand, type StoredCommand, setCommandState, storeCommand } from '../store/own/commands.ts'
import type { Reading } from '../store/queries/rows.ts'

/** What a user does, as commands: entered, seen in the outbox and tray, tried again, discarded. */
export interface Commands {
  /**
   * Checks, masks and stores a command; when this returns it survives a crash and is on its way.
   *
   * @param commandId one that whoever enters it made: the same id again is the same command, and changes nothing
   * @throws {RefusalError} `invalid` with the field that is wrong.
   */
  enter<T extends CommandType>(type: T, data: CommandData<T>, commandId?: string): string
  rows(): OutboxRow[]
  /** Enters a refused command again under a new id, with another text where one is given. */
  retry(commandId: string, text?: string): string
  discard(commandId: string): void
  undoDiscard(commandId: string): void
}

/** Fields in which people write freely. */
const TYPED = ['text', 'note', 'reason', 'how', 'why', 'detail', 'title', 'say', 'body'] as const

export interface CommandsOptions {
  own: () => Db
  reading: () => Reading
  now: () => number
  ai: Pick<Ai, 'mask' | 'findings'>
  /** Something was stored or moved; these views show it. */
  changed: (topics: Topic[]) => void
}

export function createCommands({ own, reading, now, ai, changed }: CommandsOptions): Commands {
  const masked = (data: object): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(data).map(([name, value]: [string, unknown]) => [
        name,
        typeof value === 'string' && (TYPED as readonly string[]).includes(name) ? ai.mask(value) : value
      ])
    )

  /** The centre gets the masked text only, so what was in clear is told beside it. */
  function seenIn(type: CommandType, data: object): { inClear?: CommandData<'message.send'>['inClear'] } {
    if ((type !== 'message.send' && type !== 'transcript.add') || !('text' in data) || typeof data.text !== 'string') return {}
    const text = data.text.trim()
    const speaker = 'speaker' in data && data.speaker === 'customer' ? 'customer' : 'agent'
    const found = inClear(ai, text, ai.mask(text), speaker).map(({ severity, span: { start, end } }) => ({ start, end, severity }))
    return found.length === 0 ? {} : { inClear: found.slice(0, 50) }
  }

  function topicsOf(conversationId: string | undefined): Topic[] {
    const topics: Topic[] = ['outbox', 'inbox', 'presence', 'line']
    if (conversationId === undefined) return topics
    topics.push(`conversation:${conversationId}`)
    const { desk } = reading()
    const customerId = desk.get<{ customerId: string }>(
      'select customerId from conversation where conversationId = ?',
      conversationId
    )?.customerId
    if (customerId !== undefined) topics.push(`customer:${customerId}`)
    return topics
  }

  const isKnown = (commandId: string): boolean =>
    findCommand(own(), commandId) !== undefined || reading().desk.get('select 1 from answer where commandId = ?', commandId) !== undefined

  function enter(type: CommandType, data: object, id: string, replaces?: string): string {
    const at = now()
    const read = readCommand({ id, at, type, data: { ...masked(data), ...seenIn(type, data) } })
    if (!('ok' in read)) throw new RefusalError(read.unknown ? 'unknown_command' : 'invalid', read.detail, read.field)
    const conversationId = 'conversationId' in read.ok.data ? read.ok.data.conversationId : undefined
    own().transaction(() => {
      if (replaces !== undefined) removeCommand(own(), replaces)
      storeCommand(own(), { id, type, at, data: read.ok.data, conversationId })
    })
    changed(type.startsWith('callback.') || type === 'call.open' ? [...topicsOf(conversationId), 'calls'] : topicsOf(conversationId))
    return id
  }

  /** A command in the state that an action needs, or a refusal that says why not. */
  function expectState(commandId: string, state: StoredCommand['state']): StoredCommand {
    const command = findCommand(own(), commandId)
    if (!command) throw new RefusalError('not_found', `no command ${commandId}`, 'commandId')
    if (command.state !== state) throw new RefusalError('not_available', `command ${commandId} is ${command.state}`, 'commandId')
    return command
  }

  return {
    enter: (type, data, commandId) => (commandId !== undefined && isKnown(commandId) ? commandId : enter(type, data, commandId ?? newId())),
    rows: () => openCommands(own()).map((command) => outboxRow(reading(), command)),
    retry(commandId, text) {
      const command = expectState(commandId, 'refused')
      const data = { ...(command.data as Record<string, unknown>) } // stored from an object that was checked
      if (text !== undefined) {
        const field = 'text' in data ? 'text' : 'note' in data ? 'note' : 'reason' in data ? 'reason' : undefined
        if (field === undefined) throw new RefusalError('invalid', `a ${command.type} has no text to change`, 'text')
        data[field] = text
        delete data['inClear'] // it was about the text before
      }
      // A line of the timeline gets a new identity too: the centre may know the refused one.
      if ('entryId' in data) data['entryId'] = newId()
      return enter(command.type, data, newId(), commandId)
    },
    discard(commandId) {
      const { conversationId } = expectState(commandId, 'refused')
      setCommandState(own(), commandId, 'refused', 'discarded')
      changed(topicsOf(conversationId))
    },
    undoDiscard(commandId) {
      const { conversationId } = expectState(commandId, 'discarded')
      setCommandState(own(), commandId, 'discarded', 'refused')
      changed(topicsOf(conversationId))
    }
  }
}

/** What the user entered, in one line; empty where the type says it all. */
function contentOf(data: unknown): string {
  const fields = data as Record<string, unknown> // stored from an object that was checked
  for (const name of ['text', 'note', 'title', 'presence', 'queue', 'disposition', 'mood', 'outcome', 'what', 'how'])
    if (typeof fields[name] === 'string' && fields[name] !== '') return fields[name].replace(/\s+/g, ' ')
  return ''
}

function presenceReason(command: StoredCommand): { reason?: string } {
  if (command.type !== 'presence.set') return {}
  const { reason } = command.data as { reason?: string } // stored from an object that was checked
  return reason === undefined ? {} : { reason }
}

function outboxRow({ desk }: Reading, command: StoredCommand): OutboxRow {
  const customerName =
    command.conversationId === undefined
      ? undefined
      : desk.get<{ name: string }>(
          'select u.name from conversation c join customer u on u.customerId = c.customerId where c.conversationId = ?',
          command.conversationId
        )?.name
  return {
    commandId: command.commandId,
    type: command.type,
    ...(command.conversationId === undefined ? {} : { conversationId: command.conversationId }),
    ...(customerName === undefined ? {} : { customerName }),
    content: contentOf(command.data),
    ...presenceReason(command),
    at: command.at,
    state: command.state === 'refused' ? 'refused' : 'waiting',
    ...(command.refusal ? { refusal: command.refusal } : {})
  }
}
