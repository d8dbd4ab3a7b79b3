import type { Apply, Scope } from './projection.ts'

/** What the recorder of a call confirmed, and the ledger of what it did not record. */

function tell(scope: Scope, conversationId: string | undefined): void {
  if (conversationId !== undefined) scope.touched.add(conversationId)
  scope.touch('review')
}

export const started: Apply<'call.recording-started'> = (scope, { conversationId, data }) => {
  scope.db.run(`update call set recordingState = 'on' where callId = ? and recordingState is null`, data.callId)
  tell(scope, conversationId)
}

export const paused: Apply<'call.recording-paused'> = (scope, { conversationId, at, data }) => {
  const { db } = scope
  db.run(
    `update call set recordingState = 'paused', recordingUntil = ?, recordingReason = ? where callId = ?`,
    data.until,
    data.reason,
    data.callId
  )
  // A pause that is prolonged is one gap.
  if (db.get('select 1 from recording_gap where callId = ? and toAt is null', data.callId) === undefined)
    db.run(
      'insert into recording_gap (callId, fromAt, reason) values (?, ?, ?) on conflict (callId, fromAt) do nothing',
      data.callId,
      at,
      data.reason
    )
  tell(scope, conversationId)
}

export const resumed: Apply<'call.recording-resumed'> = (scope, { conversationId, at, data }) => {
  const { db } = scope
  db.run(
    `update call set recordingState = case when ? = 'call-ended' then 'ended' else 'on' end, recordingUntil = null, recordingReason = null
     where callId = ?`,
    data.endedBy,
    data.callId
  )
  db.run('update recording_gap set toAt = ?, endedBy = ? where callId = ? and toAt is null', at, data.endedBy, data.callId)
  tell(scope, conversationId)
}

export const recorded: Apply<'call.recorded'> = (scope, { conversationId, data }) => {
  const { callId, ...recording } = data
  // One recording may run through several legs, when the customer was passed on.
  scope.db.run(
    `update call set recordingState = 'ended', recordingUntil = null, recordingReason = null
     where conversationId = ? and recordingState is not null`,
    conversationId ?? ''
  )
  scope.db.run(`update call set recordingState = 'ended', recording = ? where callId = ?`, JSON.stringify(recording), callId)
  tell(scope, conversationId)
}
