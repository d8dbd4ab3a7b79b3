import { type Invitation, SessionState } from 'sip.js'
import { answerAfter } from './auto-answer.ts'
import { ALLOW_UPDATE, followDialog, headerOf } from './in-dialog.ts'
import {
  guard,
  type Leg,
  type LineParts,
  microphoneFailed,
  newLeg,
  openRtc,
  release,
  takeMicrophone,
  tellDialog,
  tellTimer,
  words
} from './leg.ts'
import { answerTimer, LEAST_EXPIRES_S } from './session-timer.ts'
import { followReferrals } from './transfer.ts'
import { readUserToUser } from './user-to-user.ts'

/** Calls that come: INVITE, CANCEL, our answer. */

const AFTER_BELL_MS = 30

export function arrive(line: LineParts, invitation: Invitation): void {
  const { request } = invitation
  const callId = request.callId
  if (timerOf(line, invitation) === 'too small') {
    guard('422', () => invitation.reject({ statusCode: 422, extraHeaders: [`Min-SE: ${LEAST_EXPIRES_S}`] }))
    return
  }
  // One call came by two ways (RFC 3261 8.2.2.2).
  if (line.legs.has(callId)) {
    guard('482', () => invitation.reject({ statusCode: 482 }))
    return
  }
  const leg = newLeg(callId, line.account.sessionExpiresS ?? 0)
  leg.session = invitation
  line.legs.set(callId, leg)
  invitation.stateChange.addListener((state) => {
    if (state === SessionState.Established) {
      tellDialog(line, leg)
      line.emit({ type: 'established', callId })
    }
    if (state === SessionState.Terminated) {
      release(leg)
      line.emit({ type: 'terminated', callId, by: leg.endedBy, detail: leg.detail })
    }
  })
  invitation.delegate = {
    onBye: (bye) => {
      leg.endedBy = 'far'
      leg.detail = bye.request.getHeader('reason') ?? 'hung up'
      guard('BYE', () => bye.accept())
    },
    onCancel: (cancel) => {
      leg.endedBy = 'far'
      leg.detail = cancel.request.getHeader('reason') ?? 'the caller stopped ringing'
    },
    onInfo: (info) => guard('INFO', () => info.accept())
  }
  followDialog(line, leg, invitation)
  followReferrals(line, leg, invitation, () => crypto.randomUUID())
  const { remoteIdentity } = invitation
  const replaced = [...line.legs.values()].find((one) => one.session !== undefined && one.session === invitation.replacee)
  line.emit({
    type: 'invite',
    callId,
    conversationId: readUserToUser(request.getHeader(line.account.conversationHeader)),
    name: remoteIdentity.displayName,
    number: remoteIdentity.uri.user ?? '',
    answerAfterMs: line.account.autoAnswer?.headers
      ? answerAfter(request.getHeaders('call-info'), request.getHeaders('alert-info'))
      : undefined,
    replaces: replaced?.callId
  })
  // The bell and its picture come first; and refused at once, a call needs no microphone.
  setTimeout(() => {
    if (invitation.state === SessionState.Initial && line.legs.has(callId)) leg.preparing ??= prepare(line, leg, invitation)
  }, AFTER_BELL_MS)
}

/**
 * Opens the microphone, gated, and takes the offer in while it rings: what an agent waits for after the button is then the network alone.
 * Nothing leaves before the answer. What fails here fails again in {@link accept}, and is told there.
 */
async function prepare(line: LineParts, leg: Leg, invitation: Invitation): Promise<void> {
  try {
    await takeMicrophone(line, leg)
    if (invitation.body && invitation.state === SessionState.Initial) {
      const rtc = openRtc(line, leg)
      await rtc.offered(invitation.body)
      leg.prepared = rtc
    }
  } catch (error) {
    leg.rtc?.close()
    console.debug(`preparing an answer: ${words(error)}`)
  }
  if (invitation.state === SessionState.Terminated) release(leg)
}

const timerOf = (line: LineParts, { request }: Invitation) =>
  answerTimer(
    { sessionExpires: headerOf(request, 'session-expires', 'x'), supported: headerOf(request, 'supported', 'k') },
    line.account.sessionExpiresS ?? 0
  )

export async function accept(line: LineParts, leg: Leg): Promise<void> {
  const { callId, session } = leg
  if (!session || !('accept' in session)) return
  // What has not begun by now would come too late.
  leg.preparing ??= Promise.resolve()
  await leg.preparing
  try {
    await takeMicrophone(line, leg)
  } catch (error) {
    microphoneFailed(line, callId, error)
    return
  }
  const timer = timerOf(line, session)
  const agreed = timer === 'too small' ? undefined : timer
  try {
    // What becomes of it comes by stateChange: this promise sometimes never settles when a CANCEL crosses it.
    await session.accept({ extraHeaders: [ALLOW_UPDATE, ...(agreed?.headers ?? [])] })
    if (agreed) tellTimer(line, leg, agreed)
  } catch (error) {
    release(leg)
    const gone = leg.session?.state === SessionState.Terminated
    line.emit({ type: 'accept-failed', callId, problem: gone ? 'caller-gone' : 'media-failed', detail: words(error) })
    if (!gone) reject(leg, 488)
  }
}

export function reject(leg: Leg, statusCode: number, reason?: string): void {
  leg.endedBy = 'self'
  leg.detail = `rejected ${statusCode}`
  const { session } = leg
  if (!session || !('reject' in session)) return
  if (session.state === SessionState.Initial || session.state === SessionState.Establishing)
    guard('rejecting', () => session.reject({ statusCode, ...(reason === undefined ? {} : { extraHeaders: [`Reason: ${reason}`] }) }))
}
