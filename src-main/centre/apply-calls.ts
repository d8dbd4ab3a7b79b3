import type { Fact } from '../../src-shared/events.ts'
import type { Conversation } from './state.ts'

/** What a fact changes about a conversation's call and its recording. A fact about a leg that is over changes nothing. */
export function changeCall(conversation: Conversation, fact: Fact) {
  const call = conversation.call
  switch (fact.type) {
    case 'call.started': {
      const { callId, personId, direction, pbxCallId } = fact.data
      conversation.call = { callId, personId, direction, pbxCallId, state: 'ringing', holdMs: 0 }
      return
    }
    case 'call.answered':
      if (call?.callId !== fact.data.callId || call.state !== 'ringing') return
      call.state = 'up'
      call.answeredAt = fact.at
      delete conversation.lostAt
      return
    case 'call.held':
      if (call?.callId !== fact.data.callId || call.state !== 'up') return
      call.state = 'held'
      call.heldAt = fact.at
      return
    case 'call.resumed':
      if (call?.callId !== fact.data.callId || call.state !== 'held') return
      call.state = 'up'
      call.holdMs += fact.at - (call.heldAt ?? fact.at)
      delete call.heldAt
      return
    case 'call.parked':
      if (call?.callId === fact.data.callId) call.slot = fact.data.slot
      return
    case 'call.retrieved':
      if (call?.callId !== fact.data.callId) return
      call.personId = fact.data.personId
      delete call.slot
      return
    case 'call.ended':
      conversation.pastCalls.add(fact.data.callId)
      if (call?.callId !== fact.data.callId) return
      delete conversation.call
      if (conversation.recording?.recordingId === undefined) delete conversation.recording
      if (conversation.state === 'active') conversation.lostAt ??= fact.at
      return
    default:
      changeRecording(conversation, fact)
  }
}

function changeRecording(conversation: Conversation, fact: Fact) {
  switch (fact.type) {
    case 'call.recording-started': {
      const { callId, recordingId } = fact.data
      const known = conversation.recording
      // The recorder goes on calling a call by the name of the leg it began with.
      conversation.recording = { callId: known?.recordingId === recordingId ? known.callId : callId, recordingId, state: 'on' }
      return
    }
    case 'call.recording-paused': {
      const { callId, until, reason } = fact.data
      const known = conversation.recording
      conversation.recording = {
        callId: known?.callId ?? callId,
        recordingId: known?.recordingId,
        state: 'paused',
        pausedAt: known?.pausedAt ?? fact.at,
        until,
        reason
      }
      return
    }
    case 'call.recording-resumed': {
      const known = conversation.recording
      if (known) conversation.recording = { callId: known.callId, recordingId: known.recordingId, state: 'on' }
      return
    }
    case 'call.recorded':
      if (conversation.recording?.recordingId === fact.data.recordingId) delete conversation.recording
      return
    default:
      return // findings, ratings, alerts and the like are for readers; no decision rests on them
  }
}
