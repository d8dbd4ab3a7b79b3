import { type Core, type Session, UserAgent } from 'sip.js'
import { ALLOW_UPDATE } from './in-dialog.ts'
import { guard, isUp, type Leg, type LineParts } from './leg.ts'

/** REFER both ways (RFC 3515, 5589) and the NOTIFYs that tell how it goes. */

/** A number or an address as the URI of a request. */
export function uriOf(line: LineParts, to: string): ReturnType<typeof UserAgent.makeURI> {
  if (/^sips?:/i.test(to)) return UserAgent.makeURI(to)
  const [user = '', host] = to.split('@')
  // A hash in the user part must be escaped (RFC 3261 25.1); the other keys of a keypad need not.
  return UserAgent.makeURI(`sip:${user.replaceAll('#', '%23')}@${host ?? line.account.domain}`)
}

/**
 * Where somebody else can reach the far end of a dialog. Its Contact, unless that is only good on the far end's own WebSocket (RFC 7118
 * 5: a name under .invalid) and no GRUU (RFC 5627); then the address it is known by.
 */
export function reachable(session: Session): string {
  const { dialog } = session
  if (!dialog) return ''
  const target = dialog.remoteTarget
  return /\.invalid$/i.test(target.host) && !target.hasParam('gr') ? dialog.remoteURI.toString() : target.toString()
}

/** RFC 3891 3: whose tags: the receiver's own is `to-tag`, so the far end's here. */
export const replacesOf = (callId: string, localTag: string, remoteTag: string): string =>
  `${callId};to-tag=${remoteTag};from-tag=${localTag}`

/** Asks the far end to call `to`, or whom `partner` talks to instead of us. */
export function refer(line: LineParts, leg: Leg, to: string, partner: Leg | undefined): void {
  const { callId, session } = leg
  const answered = (status: number) => line.emit({ type: 'refer-answered', callId, status })
  if (!session?.dialog || !isUp(leg) || !line.agent.isConnected()) {
    answered(503)
    return
  }
  const other = partner?.session
  let target = ''
  if (partner) {
    if (!other?.dialog || !isUp(partner)) {
      answered(481)
      return
    }
    const { callId: id, localTag, remoteTag } = other.dialog
    target = `<${reachable(other)}?Replaces=${encodeURIComponent(replacesOf(id, localTag, remoteTag))}>`
  } else {
    const uri = uriOf(line, to)
    if (!uri) {
      answered(400)
      return
    }
    target = `<${uri.toString()}>`
  }
  const mine = line.agent.configuration.uri.toString()
  guard('REFER', () =>
    session.dialog?.refer(
      {
        onAccept: ({ message }) => answered(message.statusCode ?? 202),
        onRedirect: ({ message }) => answered(message.statusCode ?? 300),
        onReject: ({ message }) => answered(message.statusCode ?? 500)
      },
      {
        extraHeaders: [`Refer-To: ${target}`, `Referred-By: <${mine}>`, `Contact: ${line.agent.contact.toString()}`, ALLOW_UPDATE]
      }
    )
  )
}

/** The status line that a NOTIFY of a REFER carries (message/sipfrag, RFC 3420); undefined when it is about something else. */
export function readSipfrag(event: string | undefined, contentType: string | undefined, body: string) {
  if (!/^\s*refer\b/i.test(event ?? '') || !/^\s*message\/sipfrag\b/i.test(contentType ?? '')) return undefined
  const match = /^SIP\/2\.0[ \t]+(\d{3})[ \t]*([^\r\n]*)/.exec(body)
  return match ? { status: Number(match[1]), reason: match[2] ?? '' } : undefined
}

/** Follows the REFERs and NOTIFYs of the far end. */
export function followReferrals(line: LineParts, leg: Leg, session: Session, newCallId: () => string): void {
  const { callId } = leg
  session.delegate = {
    ...session.delegate,
    onNotify: (notification) => {
      guard('NOTIFY', () => notification.accept())
      const { request } = notification
      const news = readSipfrag(request.getHeader('event') ?? request.getHeader('o'), request.getHeader('content-type'), request.body)
      if (news) line.emit({ type: 'refer-progress', callId, ...news })
    },
    onRefer: (referral) => {
      const target = referral.referTo.uri.clone()
      const { replaces } = referral
      target.clearHeaders()
      leg.answerRefer = (accept) => {
        leg.answerRefer = undefined
        guard('REFER', () => (accept ? referral.accept({ statusCode: 202 }) : referral.reject({ statusCode: 603 })))
      }
      line.emit({
        type: 'referred',
        callId,
        newCallId: newCallId(),
        to: target.toString(),
        replaces: replaces === undefined ? undefined : decodeURIComponent(replaces)
      })
    }
  }
}

/** Tells the far end how its REFER goes; SIP.js would end the subscription with the first word (RFC 3515 2.4.4). */
export function notify(leg: Leg, status: number): void {
  const { session } = leg
  if (!session?.dialog || !isUp(leg)) return
  const over = status >= 200
  const body: Core.Body = {
    contentDisposition: 'session',
    contentType: 'message/sipfrag;version=2.0',
    content: `SIP/2.0 ${status} ${PHRASES[status] ?? (over ? (status < 300 ? 'OK' : 'Failed') : 'Progress')}\r\n`
  }
  guard('NOTIFY', () =>
    session.dialog?.notify(undefined, {
      extraHeaders: ['Event: refer', `Subscription-State: ${over ? 'terminated;reason=noresource' : 'active;expires=60'}`],
      body
    })
  )
}

const PHRASES: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  404: 'Not Found',
  480: 'Temporarily Unavailable',
  486: 'Busy Here',
  487: 'Request Terminated',
  503: 'Service Unavailable',
  603: 'Decline'
}
