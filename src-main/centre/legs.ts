import type { Draft } from './decision.ts'
import { gapEnds } from './recorder.ts'
import type { Conversation } from './state.ts'

/** Ends the leg in the books, and on the line too when it is not gone by itself. Talk time is without hold time. */
export function endCall(
  out: Draft,
  conversation: Conversation,
  by: 'customer' | 'agent' | 'centre' | 'network',
  onTheLine: boolean,
  at = out.world.now
) {
  const call = conversation.call
  if (!call) return
  const { conversationId } = conversation
  const holdMs = Math.max(0, call.holdMs + (call.heldAt === undefined ? 0 : at - call.heldAt))
  const talkMs = call.answeredAt === undefined ? 0 : Math.max(0, at - call.answeredAt - holdMs)
  gapEnds(out, conversation)
  out.add('call.ended', { callId: call.callId, by, talkMs, holdMs }, conversationId)
  const colleague = out.world.state.people.get(call.personId)?.person.colleague ?? false
  if (onTheLine && !colleague)
    out.tell({ type: 'hangUp', callId: call.pbxCallId ?? call.callId, conversationId, by: by === 'customer' ? 'customer' : 'centre' })
}

/** Starts a leg to this person's phone. */
export function ring(out: Draft, conversation: Conversation, personId: string) {
  const callId = out.world.newId()
  const { conversationId } = conversation
  const card = out.world.state.cards.get(conversation.customerId)?.data
  out.add('call.started', { callId, personId }, conversationId)
  const ringMs = out.world.settings.ringMs
  out.tell({ type: 'ring', personId, conversationId, callId, from: card?.phone ?? '', name: card?.name ?? '', ringMs })
}
