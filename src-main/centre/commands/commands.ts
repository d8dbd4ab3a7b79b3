import type { Command, CommandData } from '../../../src-shared/commands.ts'
import { RefusalError } from '../../../src-shared/errors.ts'
import { end as endCallback, schedule } from '../callbacks.ts'
import { fromSoftphone, recoverCall } from '../calls.ts'
import { type Draft, ownConversation } from '../decision.ts'
import { notReached, openCall } from '../dialled.ts'
import { keepReason, passOn, wasPassedOn } from '../hand-over.ts'
import { decideKnowledge, isAboutKnowledge, type KnowledgeCommand } from '../knowledge/publish.ts'
import { rate } from '../knowledge/ratings.ts'
import { isHeard, lateLine } from '../late-lines.ts'
import { pauseRecording, phoneConfirmed, resumeRecording } from '../recorder.ts'
import { resolveAlert } from '../risk/alerts.ts'
import { checkSealed, sendCode } from '../risk/code.ts'
import type { Conversation, PersonState } from '../state.ts'
import { accept, decline, endContact, finish, note, say, setPresence, transcribe, transfer } from '../work.ts'

/** What is known of a command's conversation that is no longer open. `mine`: this desk may know of it. */
export type Closed =
  | {
      mine: boolean
      wrappedBy?: string | undefined
      calls: readonly string[]
      openedAt: number
      closedAt: number
      entries: ReadonlySet<string>
    }
  | undefined

/**
 * A desk's command, for the person of that desk. Nothing is thrown but refusals.
 * @throws RefusalError with the code that ends the command
 */
export function obey(out: Draft, person: PersonState, command: Command, closed: Closed) {
  const { personId, role } = person.person
  if (command.type === 'presence.set') {
    if (role === 'screen') throw new RefusalError('not_allowed', 'a screen has no presence')
    const { presence, reason, writtenOnly } = command.data
    return setPresence(out, person, presence, reason, writtenOnly)
  }
  if (command.type === 'callback.end' && role === 'supervisor') return endCallback(out, person, command.data)
  if (isAboutKnowledge(command)) {
    if (role !== 'supervisor') throw new RefusalError('not_allowed', `${role} does not decide what becomes knowledge`)
    return decideKnowledge(out, command)
  }
  if (role !== 'agent' && role !== 'expert') throw new RefusalError('not_allowed', `${role} serves no customers`)
  if (command.type === 'callback.schedule') return schedule(out, person, command.data)
  if (command.type === 'callback.end') return endCallback(out, person, command.data)
  const { conversationId } = command.data

  if (command.type === 'offer.accept') {
    if (closed) throw new RefusalError('offer_gone', 'the customer has left', 'offerId')
    return accept(out, personId, conversationId, command.data.offerId)
  }
  if (command.type === 'offer.decline') {
    if (closed) throw new RefusalError('offer_gone', 'the customer has left', 'offerId')
    return decline(out, personId, conversationId, command.data.offerId)
  }
  if (closed) return aboutClosed(out, personId, command, closed)
  if (command.type === 'call.open') return openCall(out, person, command.data)
  if (command.type === 'call.report') {
    // While it rings the conversation is not theirs yet, but the phone is.
    const conversation = out.world.state.conversations.get(conversationId)
    if (!conversation?.audience.has(personId)) throw new RefusalError('not_found', 'no such conversation', 'conversationId')
    return fromSoftphone(out, personId, command.data)
  }
  if (command.type === 'call.quality') return quality(out, personId, command.data)
  if (command.type === 'transfer.done') {
    const moved = out.world.state.conversations.get(conversationId)
    if (moved && movedBefore(moved, personId)) return keepReason(out, moved, personId, command.data)
  }
  if (command.type === 'transcript.add' && isHeard(command.data)) {
    const conversation = out.world.state.conversations.get(conversationId)
    if (conversation?.passedOn?.by === personId && conversation.owner !== personId) {
      if (conversation.entryIds.has(command.data.entryId)) return
      return lateLine(out, personId, command.data, { from: conversation.openedAt, to: conversation.passedOn.at })
    }
  }
  return serve(out, personId, command, ownConversation(out.world.state, personId, conversationId))
}

/** The conversation is closed: what was meant for it comes too late, except a word about the help that was given. */
function aboutClosed(out: Draft, personId: string, command: Command, closed: NonNullable<Closed>) {
  if (!closed.mine) throw new RefusalError('not_found', 'no such conversation', 'conversationId')
  if (command.type === 'suggestion.rate') return rate(out, personId, command.data)
  if (command.type === 'call.quality') return quality(out, personId, command.data)
  // What a phone saw of a call that is in the books already.
  if (command.type === 'call.report' || command.type === 'transfer.done' || command.type === 'recording.confirmed') return
  if (command.type === 'transcript.add' && isHeard(command.data)) {
    if (closed.entries.has(command.data.entryId)) return
    return lateLine(out, personId, command.data, { from: closed.openedAt, to: closed.closedAt })
  }
  if (command.type === 'call.open' && closed.calls.includes(command.data.callId)) return
  if (command.type === 'wrapup.finish' && closed.wrappedBy === personId) throw new RefusalError('already_done', 'it was wrapped up before')
  throw new RefusalError('conversation_closed', 'the conversation is closed', 'conversationId')
}

/** One call's media as the phone measured it, for who looks at calls again. It may come when the conversation is closed. */
function quality(out: Draft, personId: string, { conversationId, ...data }: CommandData<'call.quality'>) {
  const conversation = out.world.state.conversations.get(conversationId)
  if (conversation && !conversation.audience.has(personId)) throw new RefusalError('not_found', 'no such conversation', 'conversationId')
  out.add('call.quality-recorded', { ...data, personId }, conversationId)
}

/** The telephone system said so first. */
const movedBefore = (conversation: Conversation, personId: string): boolean =>
  conversation.owner === personId
    ? conversation.call === undefined && wasPassedOn(conversation)
    : conversation.audience.has(personId) && conversation.refusedBy.has(personId)

type Served = Exclude<
  Command['type'],
  | 'presence.set'
  | 'offer.accept'
  | 'offer.decline'
  | 'call.report'
  | 'call.open'
  | 'call.quality'
  | 'callback.schedule'
  | 'callback.end'
  | KnowledgeCommand['type']
>

function serve(out: Draft, personId: string, command: Extract<Command, { type: Served }>, conversation: Conversation) {
  const { conversationId, channel } = conversation
  const over = conversation.state === 'wrap-up'
  // Typed while the line was cut, it keeps the time it was said; a clock that runs wrong cannot put it outside the conversation.
  const saidAt = Math.min(Math.max(command.at, conversation.openedAt), out.world.now)
  const needContact = () => {
    if (over) throw new RefusalError('conversation_closed', 'the contact is over', 'conversationId')
  }
  switch (command.type) {
    case 'message.send':
      if (channel === 'voice') throw new RefusalError('invalid', 'a caller cannot read', 'conversationId')
      needContact()
      return say(out, conversation, personId, command.data.entryId, command.data.text, out.world.now, command.data.inClear)
    case 'transcript.add':
      if (channel !== 'voice') throw new RefusalError('invalid', 'not a call', 'conversationId')
      return transcribe(out, conversation, personId, command.data, saidAt)
    case 'note.add':
      return note(out, conversation, personId, command.data.entryId, command.data.text, saidAt)
    case 'call.recover':
      if (channel !== 'voice') throw new RefusalError('invalid', 'not a call', 'conversationId')
      needContact()
      return recoverCall(out, conversation, personId)
    case 'transfer.blind':
      needContact()
      return transfer(out, conversation, personId, command.data.queue, command.data.reason)
    case 'conversation.end':
      if (conversation.call?.direction !== undefined && conversation.call.state === 'ringing')
        return notReached(out, conversation, 'agent', true)
      return endContact(out, conversation, 'agent')
    case 'verification.confirm': {
      const { passed, how } = command.data
      out.add('verification.changed', { state: passed ? 'verified' : 'failed', how: out.world.ai.mask(how) }, conversationId)
      return
    }
    case 'verification.start':
      needContact()
      return sendCode(out, conversation)
    case 'verification.check':
      needContact()
      return checkSealed(out, conversation, command.data.sealed)
    case 'alert.resolve':
      return resolveAlert(out, conversation, personId, command.data.alertId, command.data.outcome)
    case 'wrapup.finish':
      // Nobody is to cut a caller off by filing a form.
      if (conversation.call) throw new RefusalError('invalid', 'the call is still up', 'conversationId')
      return finish(out, conversation, personId, command.data.disposition, command.data.note)
    case 'suggestion.rate':
      return rate(out, personId, command.data)
    case 'recording.pause':
      return pauseRecording(out, conversation, personId, command.data)
    case 'recording.resume':
      return resumeRecording(out, conversation, personId, command.data)
    case 'recording.confirmed':
      return phoneConfirmed(out, conversation, personId, command.data)
    case 'transfer.done':
      if (channel !== 'voice') throw new RefusalError('invalid', 'not a call', 'conversationId')
      return passOn(out, conversation, personId, command.data.to, command.data.reason)
    case 'emotion.correct': {
      const { entryId, mood } = command.data
      if (conversation.entryIds.get(entryId) !== 'customer') throw new RefusalError('not_found', 'no such line of the customer', 'entryId')
      out.add('mood.corrected', { entryId, mood, personId }, conversationId)
      return
    }
    default:
      return command satisfies never
  }
}
