import { readCommand } from '../../../src-shared/commands.ts'
import { type Refusal, RefusalError } from '../../../src-shared/errors.ts'
import { type Fact, fact } from '../../../src-shared/events.ts'
import type { CentreLine, ReceivedCommand } from '../../hub/hub.ts'
import { type Draft, personOf } from '../decision.ts'
import type { Ledger } from '../ledger.ts'
import type { CentreLog, Effect } from '../port.ts'
import { type Closed, obey } from './commands.ts'

export interface AnswerOptions {
  received: ReceivedCommand
  ledger: Ledger
  line: CentreLine
  /** Decides with ids that follow from the command, so that the same command makes the same facts. */
  take: (decide: (out: Draft) => void, ids: () => string) => Effect[]
  publish: () => void
  now: () => number
  log?: CentreLog | undefined
}

/**
 * Deals with a desk's command: what it leads to, its answer, and its end go into one commit. Every command gets exactly one answer;
 * the answer's id follows from the command's, so that it cannot stand in the log twice.
 */
export function answer(options: AnswerOptions): Effect[] {
  const { received, ledger, line, now } = options
  const handled = { deskId: received.deskId, commandId: received.id }
  const reply = (event: Fact) => {
    ledger.addRows([{ deskId: received.deskId, event }])
    options.publish()
    ledger.commit(handled)
  }
  const refuse = (refusal: Refusal) => {
    const { code, field, detail } = refusal
    const data = { commandId: received.id, code, ...(field === undefined ? {} : { field }), ...(detail === undefined ? {} : { detail }) }
    reply(fact('command.rejected', data, now(), `answer:${received.id}`))
  }

  const read = readCommand(received)
  if (!('ok' in read)) {
    refuse({ code: read.unknown ? 'unknown_command' : 'invalid', field: read.field, detail: read.detail })
    return []
  }
  const command = read.ok
  let made = 0
  try {
    const told = options.take(
      (out) => {
        const { state } = out.world
        const person = state.people.get(received.deskId)
        if (!person || person.person.colleague) throw new RefusalError('not_allowed', 'nobody has this desk')
        obey(out, personOf(state, received.deskId), command, closedOf(command.data, received.deskId, ledger, line))
      },
      () => `${received.id}/${made++}`
    )
    reply(fact('command.accepted', { commandId: received.id }, now(), `answer:${received.id}`))
    return told
  } catch (error) {
    if (error instanceof RefusalError) {
      refuse(error.refusal)
      return []
    }
    // A fault of ours. The desk must not wait for ever: the command ends refused, and its content stays in the tray.
    options.log?.write('centre.command-failed', { commandId: received.id, type: received.type, error: String(error) })
    ledger.rebuild()
    refuse({ code: 'not_available', detail: 'the centre could not deal with it' })
    return []
  }
}

/** Looks a conversation up that is no longer open. */
function closedOf(data: object, deskId: string, ledger: Ledger, line: CentreLine): Closed {
  if (!('conversationId' in data) || typeof data.conversationId !== 'string') return undefined
  if (ledger.state().conversations.has(data.conversationId)) return undefined
  const facts = line.factsOf(data.conversationId)
  if (facts.length === 0) return undefined
  const names = (one: Fact) => (one.type === 'conversation.offered' || one.type === 'conversation.assigned') && one.data.personId === deskId
  const wrapped = facts.findLast((one) => one.type === 'conversation.wrapped')
  const entries = new Set(facts.flatMap((one) => (one.type === 'entry.added' ? [one.data.entryId] : [])))
  const closedAt = facts.findLast((one) => one.type === 'conversation.closed')?.at ?? facts.at(-1)?.at ?? 0
  const calls = facts.flatMap((one) => (one.type === 'call.started' ? [one.data.callId] : []))
  return {
    mine: facts.some(names),
    calls,
    entries,
    openedAt: facts[0]?.at ?? 0,
    closedAt,
    wrappedBy: wrapped?.type === 'conversation.wrapped' ? wrapped.data.personId : undefined
  }
}
