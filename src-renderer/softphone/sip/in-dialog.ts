import { type Core, type Session, SessionState, UserAgent } from 'sip.js'
import { dialogOf, guard, isUp, type Leg, type LineParts, tellDialog, tellTimer, words } from './leg.ts'
import { answerTimer, LEAST_EXPIRES_S, offerTimer, readAnswer, readMinSe } from './session-timer.ts'
import { confirmsHold, putsOnHold } from './user-to-user.ts'

/** What happens inside an established dialog: re-INVITE both ways, UPDATE, and the session timer that both carry (RFC 4028, 3311). */

/** SIP.js lists all methods but this one. */
export const ALLOW_UPDATE = 'Allow: UPDATE'

/** Parts of SIP.js that its types keep to itself; each use says why it is needed. */
interface Inner {
  _contact: string | undefined
  onInviteRequest(request: Core.IncomingInviteRequest): void
}
interface InnerDialog {
  dialogState: { remoteTarget: ReturnType<typeof UserAgent.makeURI> }
  ackWait: boolean
}
interface InnerClient {
  onTransportError(error: Error): void
}

/** Follows what the far end does in this dialog. Called once for each session, before it is established. */
export function followDialog(line: LineParts, leg: Leg, session: Session): void {
  const { callId } = leg
  // The 2xx to a re-INVITE must carry the session timer, and SIP.js has no place to say so.
  const inner = session as unknown as Inner
  const answer = inner.onInviteRequest.bind(session)
  inner.onInviteRequest = (request) => {
    const timer = answerTimer(
      { sessionExpires: headerOf(request.message, 'session-expires', 'x'), supported: headerOf(request.message, 'supported', 'k') },
      0
    )
    if (timer === 'too small') {
      request.reject({ statusCode: 422, extraHeaders: [`Min-SE: ${LEAST_EXPIRES_S}`] })
      return
    }
    const accept = request.accept.bind(request)
    request.accept = (options) =>
      accept({
        ...(options ?? { statusCode: 200 }),
        extraHeaders: [...(options?.extraHeaders ?? []), ALLOW_UPDATE, ...(timer?.headers ?? [])]
      })
    answer(request)
    if (timer) tellTimer(line, leg, timer)
  }
  session.delegate = {
    ...session.delegate,
    onInvite: (request, _response, statusCode) => {
      if (statusCode !== 200) return
      if (request.body) line.emit({ type: 'far-hold', callId, on: putsOnHold(request.body) })
      tellDialog(line, leg)
    },
    // Without an offer in the re-INVITE the far end's word is in its ACK.
    onAck: ({ request }) => {
      if (request.body && leg.rtc && !leg.rtc.hold) line.emit({ type: 'far-hold', callId, on: putsOnHold(request.body) })
      const next = leg.afterAck
      leg.afterAck = undefined
      // SIP.js looks at this ACK itself when we have returned.
      if (next) queueMicrotask(next)
    }
  }
}

/** Reads a header by its long or compact name (RFC 3261 7.3.3). */
export function headerOf(message: Core.IncomingRequestMessage | Core.IncomingResponseMessage, name: string, compact?: string) {
  return message.getHeader(name) ?? (compact ? message.getHeader(compact) : undefined)
}

export function reinvite(line: LineParts, leg: Leg, asked: { hold: boolean; restartIce: boolean }): void {
  const { callId, rtc } = leg
  const session = leg.session
  const mine = Symbol(callId)
  leg.asking = mine
  const before = rtc?.hold ?? false
  const refused = (status: number) => {
    if (leg.asking !== mine) return
    leg.asking = undefined
    // The next answer to the far end must say what is, not what was wished.
    if (rtc) rtc.hold = before
    line.emit({ type: 'reinvite-refused', callId, status })
  }
  if (!session || !rtc || !line.agent.isConnected() || !isUp(leg)) {
    refused(503)
    return
  }
  rtc.hold = asked.hold
  rtc.restartIce = asked.restartIce
  renewContact(line, session)
  let raised = false
  const send = (): void => {
    if (leg.asking !== mine || !isUp(leg)) return
    // An offer of ours is still open, e.g. one whose answer came just now, in an ACK.
    if (rtc.connection.signalingState !== 'stable') {
      refused(491)
      return
    }
    session
      .invite({
        requestOptions: { extraHeaders: [ALLOW_UPDATE, ...offerTimer(leg.expiresS, leg.refresher)] },
        requestDelegate: {
          onAccept: ({ message }) => {
            retarget(session, message)
            tellDialog(line, leg)
            tellTimer(line, leg, readAnswer(headerOf(message, 'session-expires', 'x')))
            if (!asked.hold) line.emit({ type: 'far-hold', callId, on: putsOnHold(message.body) })
            if (leg.asking !== mine) return
            leg.asking = undefined
            line.emit({ type: 'reinvite-answered', callId, confirmed: confirmsHold(message.body) })
          },
          onReject: ({ message }) => {
            const least = message.statusCode === 422 ? readMinSe(message.getHeader('min-se')) : undefined
            if (least === undefined || raised) return refused(message.statusCode ?? 500)
            raised = true
            leg.expiresS = Math.max(least, leg.expiresS)
            send()
          }
        }
      })
      .catch((error: unknown) => {
        // A re-INVITE of the far end is under way: SIP.js throws where a 491 would have come, and leaves our offer behind.
        guard('taking an offer back', () => rtc.rollbackDescription())
        const busy =
          dialogOf(session)?.reinviteUserAgentServer !== undefined || /pending|progress|ongoing|state|overtaken/i.test(words(error))
        refused(session.state === SessionState.Established && busy ? 491 : 500)
      })
  }
  // RFC 3261 14.1: not before the ACK of our answer. SIP.js would send it, and end the call when the ACK comes.
  if (waitsForAck(session)) leg.afterAck = send
  else send()
}

function waitsForAck(session: Session): boolean {
  const dialog = dialogOf(session)
  // Private in SIP.js, which minds it for BYE only.
  return dialog !== undefined && (dialog as unknown as InnerDialog).ackWait
}

/**
 * The socket is gone. A re-INVITE on its way is given up, else SIP.js would refuse another one for 32 s; one that we answered may never
 * get its ACK, and SIP.js would wait for that for ever.
 */
export function abandonTransactions(leg: Leg): void {
  leg.asking = undefined
  leg.afterAck = undefined
  const dialog = dialogOf(leg.session)
  if (!dialog) return
  const client = dialog.reinviteUserAgentClient
  if (client) {
    // What the transaction layer does when a request cannot be sent (RFC 3261 8.1.3.1); SIP.js only asks while it sends.
    const inner = client as unknown as InnerClient
    guard('giving a re-INVITE up', () => inner.onTransportError(new Error('the connection was lost')))
  }
  dialog.reinviteUserAgentServer = undefined
}

/** After a new registration our Contact may be another one (GRUU); SIP.js keeps the one of the session's beginning. */
function renewContact(line: LineParts, session: Session): void {
  const inner = session as unknown as Inner
  inner._contact = line.agent.contact.toString()
}

/** RFC 3261 12.2.1.2: the Contact of a 2xx is the new remote target. SIP.js takes it from requests only. */
function retarget(session: Session, message: Core.IncomingRequestMessage | Core.IncomingResponseMessage): void {
  const contact: unknown = message.parseHeader('contact')
  if (!session.dialog || typeof contact !== 'object' || contact === null || !('uri' in contact)) return
  const uri = UserAgent.makeURI(String(contact.uri))
  if (!uri) return
  // Protected in SIP.js, which sets it for incoming requests only.
  const inner = session.dialog as unknown as InnerDialog
  inner.dialogState.remoteTarget = uri
}

/**
 * Answers an UPDATE (RFC 3311), which SIP.js knows nothing of: without an offer it refreshes the session and the target; with one it is
 * answered like a re-INVITE, in one step.
 */
export function answerUpdate(line: LineParts, message: Core.IncomingRequestMessage): void {
  const core = line.agent.userAgentCore
  const reply = (statusCode: number, extraHeaders: string[] = [], content?: string) =>
    core.replyStateless(message, {
      statusCode,
      ...(message.toTag ? { toTag: message.toTag } : {}),
      extraHeaders,
      ...(content === undefined ? {} : { body: { contentDisposition: 'session', contentType: 'application/sdp', content } })
    })
  const id = message.callId + message.toTag + message.fromTag
  const leg = [...line.legs.values()].find((one) => one.session?.dialog?.id === id)
  const session = leg?.session
  const dialog = dialogOf(session)
  if (!leg || !session || !dialog || session.state !== SessionState.Established) {
    // An early dialog may be told new things about who rings; there is no offer of ours that it could change.
    reply(core.dialogs.has(id) && !message.body ? 200 : core.dialogs.has(id) ? 491 : 481)
    return
  }
  if (dialog.remoteSequenceNumber !== undefined && message.cseq < dialog.remoteSequenceNumber) {
    reply(500, ['Retry-After: 1'])
    return
  }
  const timer = answerTimer(
    { sessionExpires: headerOf(message, 'session-expires', 'x'), supported: headerOf(message, 'supported', 'k') },
    0
  )
  if (timer === 'too small') {
    reply(422, [`Min-SE: ${LEAST_EXPIRES_S}`])
    return
  }
  const headers = [`Contact: ${line.agent.contact.toString()}`, ALLOW_UPDATE, ...(timer?.headers ?? [])]
  const done = (content?: string) => {
    reply(200, headers, content)
    retarget(session, message)
    tellDialog(line, leg)
    if (timer) tellTimer(line, leg, timer)
  }
  const { body } = message
  if (!body) {
    done()
    return
  }
  const { rtc } = leg
  if (!rtc || headerOf(message, 'content-type', 'c')?.split(';')[0]?.trim().toLowerCase() !== 'application/sdp') {
    reply(415, ['Accept: application/sdp'])
    return
  }
  // RFC 3311 5.2: an offer while another is open.
  if (leg.asking || dialog.signalingState !== 'Stable' || rtc.connection.signalingState !== 'stable') {
    reply(491)
    return
  }
  rtc
    .setDescription(body)
    .then(() => rtc.getDescription())
    .then(({ body: sdp }) => {
      done(sdp)
      line.emit({ type: 'far-hold', callId: leg.callId, on: putsOnHold(body) })
    })
    .catch((error: unknown) => {
      console.warn(`an offer in UPDATE could not be taken: ${words(error)}`)
      guard('taking an offer back', () => rtc.rollbackDescription())
      reply(488)
    })
}
