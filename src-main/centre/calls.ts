import type { CommandData } from '../../src-shared/commands.ts'
import { QUEUES } from '../../src-shared/taxonomy.ts'
import type { Draft } from './decision.ts'
import { notReached } from './dialled.ts'
import { passOn, retrieved } from './hand-over.ts'
import { endCall, ring } from './legs.ts'
import type { PbxLike } from './port.ts'
import { fromRecorder, isOfRecorder } from './recorder.ts'
import { callAnswered, endOffer } from './routing/offers.ts'
import type { Call, Conversation } from './state.ts'
import { endContact, transfer } from './work.ts'

/**
 * The leg that an event is about, when it is still the one that counts. A leg may go by two names: a phone that fetched a parked
 * caller, or got one passed on, knows it by the Call-ID of its own dialog, and the PBX by its first. A name that no leg of before had is the present
 * one's.
 */
function current(
  out: Draft,
  conversationId: string,
  callId: string,
  personId: string
): { conversation: Conversation; call: Call } | undefined {
  const conversation = out.world.state.conversations.get(conversationId)
  const call = conversation?.call
  if (!conversation || !call) return undefined
  const theirs = call.callId === callId || call.pbxCallId === callId || (call.personId === personId && !conversation.pastCalls.has(callId))
  return theirs ? { conversation, call } : undefined
}

function callHeld(out: Draft, conversation: Conversation, call: Call, source: 'pbx' | 'softphone') {
  if (call.state === 'up') out.add('call.held', { callId: call.callId, source }, conversation.conversationId)
}

function callResumed(out: Draft, conversation: Conversation, call: Call, source: 'pbx' | 'softphone') {
  if (call.state === 'held') out.add('call.resumed', { callId: call.callId, source }, conversation.conversationId)
}

/** The leg ended. Whoever hung up ended the contact; a leg that the network or the centre took leaves the customer to be rung back. */
function callEnded(out: Draft, conversation: Conversation, call: Call, by: 'customer' | 'agent' | 'centre' | 'network') {
  if (call.state === 'ringing' && call.direction !== undefined) return notReached(out, conversation, by)
  if (call.state === 'ringing') {
    if (by === 'customer') return endContact(out, conversation, 'customer')
    return callRefused(out, conversation, by === 'agent' ? 603 : 480)
  }
  if (by === 'customer' || by === 'agent') endContact(out, conversation, by)
  else endCall(out, conversation, 'network', false)
}

/** @param status the phone's SIP answer, RFC 3261 21.4 - 21.6 */
function callRefused(out: Draft, conversation: Conversation, status: number) {
  if (conversation.state !== 'offered') return endCall(out, conversation, 'network', false)
  if (status === 408 || status === 487) return endOffer(out, conversation, 'timeout', 'timeout')
  if (status === 480 || status === 404 || status === 503) return endOffer(out, conversation, 'timeout', 'timeout', 'phone_unreachable')
  endOffer(out, conversation, 'declined', 'declined')
}

/** What the telephone system saw. An answer to a call that no longer counts is hung up; all else about such calls is nothing. */
export function fromPbx(out: Draft, event: PbxLike) {
  if (!('callId' in event) || event.type === 'heard') return
  if (isOfRecorder(event)) return fromRecorder(out, event)
  const { callId, conversationId, user } = event
  const found = current(out, conversationId, callId, user)
  if (!found) {
    // The phone dialled it, and the desk's word of that is still on its way.
    if (event.type === 'answered' && event.dialled === undefined) out.tell({ type: 'hangUp', callId, conversationId, by: 'centre' })
    return
  }
  const { conversation, call } = found
  switch (event.type) {
    case 'answered':
      return callAnswered(out, conversation, call)
    case 'transferred':
      if (call.state !== 'ringing') passOn(out, conversation, user, event.to, '', event.legCallId)
      return
    case 'parked':
      out.add('call.parked', { callId: call.callId, personId: user, slot: event.slot }, conversationId)
      return
    case 'retrieved':
      return retrieved(out, conversation, call, user, event.slot)
    case 'held':
      return callHeld(out, conversation, call, 'pbx')
    case 'resumed':
      return callResumed(out, conversation, call, 'pbx')
    case 'refused':
      if (call.state !== 'ringing') return
      if (call.direction !== undefined) return notReached(out, conversation, 'network')
      return callRefused(out, conversation, event.status)
    case 'digit':
      if (/^[0-9A-D*#]$/i.test(event.digit)) out.add('call.digit', { callId, digit: event.digit }, conversationId)
      return
    case 'ended':
      return callEnded(out, conversation, call, event.by)
    case 'refer': {
      const queue = QUEUES.find((one) => one === event.target || `queue-${one}` === event.target)
      if (queue && call.state !== 'ringing') transfer(out, conversation, call.personId, queue, '')
      return
    }
    default:
      return // it rings: the offer says so already
  }
}

/** What a softphone saw: the second witness. Its word counts as the PBX's does. */
export function fromSoftphone(out: Draft, personId: string, report: CommandData<'call.report'>) {
  const { callId, conversationId, what } = report
  const found = current(out, conversationId, callId, personId)
  if (!found || found.call.personId !== personId) return
  const { conversation, call } = found
  switch (what) {
    case 'answered':
      return callAnswered(out, conversation, call)
    case 'held':
      return callHeld(out, conversation, call, 'softphone')
    case 'resumed':
      return callResumed(out, conversation, call, 'softphone')
    case 'ended': {
      // Where the caller is parked only the phone's leg is over.
      if (call.slot !== undefined) return
      if (call.state === 'ringing' && call.direction !== undefined) return notReached(out, conversation, 'agent')
      // A ringing that stopped tells nothing about who stopped it; the PBX or the offer's end does.
      if (call.state === 'ringing') return
      const by = (['customer', 'agent', 'network'] as const).find((one) => one === report.detail) ?? 'agent'
      if (by === 'network') return endCall(out, conversation, 'network', true)
      return endContact(out, conversation, by)
    }
    case 'failed':
      if (call.slot !== undefined) return
      if (call.state === 'ringing' && call.direction !== undefined) return notReached(out, conversation, 'network')
      if (call.state === 'ringing' && conversation.state === 'offered')
        return endOffer(out, conversation, 'timeout', 'timeout', 'phone_unreachable')
      return endCall(out, conversation, 'network', true)
    case 'quality': {
      const { heardRms, rttMs, jitterMs, lossRatio, mos } = report
      const figures = Object.fromEntries(
        Object.entries({ heardRms, rttMs, jitterMs, lossRatio, mos }).filter(([, value]) => value !== undefined)
      )
      out.add('call.quality', { callId: call.callId, ...figures }, conversationId)
      return
    }
    case 'parked':
      // The phone learns the place from the PBX, which may have told it here already.
      if (call.state !== 'ringing' && report.slot !== undefined && (report.slot !== '' || call.slot === undefined))
        out.add('call.parked', { callId: call.callId, personId, slot: report.slot }, conversationId)
      return
    default:
      return what satisfies never
  }
}

/** Rings the person again for the call they had; a leg that is left over is dropped. */
export function recoverCall(out: Draft, conversation: Conversation, personId: string) {
  if (conversation.call?.state === 'ringing') return
  endCall(out, conversation, 'network', true)
  ring(out, conversation, personId)
}

/** After a restart of the centre no leg of before exists any more. `aliveUntil` is the last time it is known to have been up. */
export function afterRestart(out: Draft, aliveUntil: number) {
  const { state, now } = out.world
  for (const conversation of state.conversations.values()) {
    const { call, offer } = conversation
    const colleague = call !== undefined && (state.people.get(call.personId)?.person.colleague ?? false)
    if (call?.state === 'ringing' && call.direction !== undefined) notReached(out, conversation, 'network')
    else if (offer && (call || offer.expiresAt <= now)) endOffer(out, conversation, 'withdrawn', 'recovered')
    else if (call && !colleague) endCall(out, conversation, 'network', false, Math.min(aliveUntil, now))
  }
}
