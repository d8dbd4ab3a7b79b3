import type { Apply, Scope } from './projection.ts'

/** ringing -> up <-> held; any -> ended, which is final: a late event of the other witness changes nothing. */
function move(scope: Scope, callId: string, state: 'up' | 'held', at: number, conversationId: string | undefined): void {
  scope.db.run(
    `update call set state = ?, lastSeenAt = max(lastSeenAt, ?), answeredAt = coalesce(answeredAt, ?) where callId = ? and state <> 'ended'`,
    state,
    at,
    at,
    callId
  )
  if (conversationId !== undefined) scope.touched.add(conversationId)
}

export const started: Apply<'call.started'> = (scope, { conversationId, at, data }) => {
  if (conversationId === undefined) return
  scope.db.run(
    `insert into call (callId, conversationId, personId, state, startedAt, lastSeenAt, direction, number)
     values (?, ?, ?, 'ringing', ?, ?, ?, ?) on conflict (callId) do nothing`,
    data.callId,
    conversationId,
    data.personId,
    at,
    at,
    data.direction ?? 'in',
    data.number ?? null
  )
  scope.touched.add(conversationId)
  scope.touch('calls')
}

export const answered: Apply<'call.answered'> = (scope, { conversationId, at, data }) => {
  scope.db.run('update call set personId = ? where callId = ?', data.personId, data.callId)
  move(scope, data.callId, 'up', at, conversationId)
}
export const held: Apply<'call.held'> = (scope, { conversationId, at, data }) => move(scope, data.callId, 'held', at, conversationId)
export const resumed: Apply<'call.resumed'> = (scope, { conversationId, at, data }) => move(scope, data.callId, 'up', at, conversationId)

export const digit: Apply<'call.digit'> = (scope, { conversationId, at, data }) => {
  scope.db.run('update call set digits = digits || ?, lastSeenAt = max(lastSeenAt, ?) where callId = ?', data.digit, at, data.callId)
  if (conversationId !== undefined) scope.touch(`conversation:${conversationId}`)
}

export const quality: Apply<'call.quality'> = (scope, { conversationId, at, data }) => {
  scope.db.run(
    'update call set heardRms = coalesce(?, heardRms), lastSeenAt = max(lastSeenAt, ?) where callId = ?',
    data.heardRms ?? null,
    at,
    data.callId
  )
  if (conversationId !== undefined) scope.touch(`conversation:${conversationId}`)
}

export const ended: Apply<'call.ended'> = (scope, { conversationId, at, data }) => {
  scope.db.run(
    // A call that the network took was last seen before anybody noticed.
    `update call set state = 'ended', endedAt = coalesce(endedAt, ?), lastSeenAt = max(lastSeenAt, ?), talkMs = coalesce(talkMs, ?),
       slot = null where callId = ?`,
    at,
    data.by === 'network' ? 0 : at,
    data.talkMs,
    data.callId
  )
  if (conversationId !== undefined) scope.touched.add(conversationId)
  scope.touch('calls')
  scope.touch('review')
}

export const qualityRecorded: Apply<'call.quality-recorded'> = (scope, { conversationId, data }) => {
  const { callId, personId: _, ...quality } = data
  scope.db.run('update call set quality = ? where callId = ?', JSON.stringify(quality), callId)
  tell(scope, conversationId)
  scope.touch('review')
}

export const parked: Apply<'call.parked'> = (scope, { conversationId, data }) => {
  scope.db.run('update call set slot = ? where callId = ?', data.slot, data.callId)
  tell(scope, conversationId)
}

export const retrieved: Apply<'call.retrieved'> = (scope, { conversationId, data }) => {
  scope.db.run('update call set slot = null where callId = ?', data.callId)
  tell(scope, conversationId)
}

function tell(scope: Scope, conversationId: string | undefined): void {
  if (conversationId !== undefined) scope.touched.add(conversationId)
  scope.touch('calls')
}
