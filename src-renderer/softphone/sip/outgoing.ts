import { type Core, Inviter, SessionState, UserAgent } from 'sip.js'
import type { Effect } from '../call/effects.ts'
import { ALLOW_UPDATE, followDialog, headerOf } from './in-dialog.ts'
import {
  guard,
  isUp,
  type Leg,
  type LineParts,
  microphoneFailed,
  newLeg,
  release,
  takeMicrophone,
  tellDialog,
  tellTimer,
  words
} from './leg.ts'
import { offerTimer, readAnswer, readMinSe } from './session-timer.ts'
import { followReferrals, replacesOf, uriOf } from './transfer.ts'
import { writeConversation } from './user-to-user.ts'

/** Calls that we make: INVITE, its early sound, 3xx, 422, CANCEL, and the INVITE that takes a dialog back. */

type Dial = Extract<Effect, { type: 'dial' }>
type TakeBack = Extract<Effect, { type: 'take-back' }>

interface Invite {
  to: string
  /** The To header where it is not the target: who is called, not how they are reached. */
  known?: string | undefined
  headers: string[]
  hold: boolean
  /** A request with the same Call-ID goes on counting (RFC 3261 8.1.3.4). */
  cseq: number
}

export function dial(line: LineParts, { callId, to, conversationId, replaces }: Dial): void {
  const old = line.legs.get(callId)
  const leg = old ?? newLeg(callId, line.account.sessionExpiresS ?? 0)
  line.legs.set(callId, leg)
  const { conversationHeader } = line.account
  const headers = [
    ...(conversationId === undefined ? [] : [`${conversationHeader}: ${writeConversation(conversationHeader, conversationId)}`]),
    ...(replaces === undefined ? [] : [`Replaces: ${replaces.replace(/[\r\n]/g, '')}`])
  ]
  void invite(line, leg, { to, headers, hold: false, cseq: nextSequence(leg) })
}

export function takeBack(line: LineParts, { callId, to, record, hold }: TakeBack): void {
  const leg = line.legs.get(callId) ?? newLeg(callId, line.account.sessionExpiresS ?? 0)
  line.legs.set(callId, leg)
  const { conversationHeader } = line.account
  const { conversationId } = record
  const headers = [
    `Replaces: ${replacesOf(record.callId, record.localTag, record.remoteTag)}`,
    // Who does not know Replaces must say so instead of ringing (RFC 3891 3).
    'Require: replaces',
    ...(conversationId === undefined ? [] : [`${conversationHeader}: ${writeConversation(conversationHeader, conversationId)}`])
  ]
  void invite(line, leg, { to, known: record.remoteUri, headers, hold, cseq: nextSequence(leg) })
}

const nextSequence = (leg: Leg): number => (leg.session instanceof Inviter ? leg.session.request.cseq + 1 : 1)

async function invite(line: LineParts, leg: Leg, { to, known, headers, hold, cseq }: Invite): Promise<void> {
  const { callId } = leg
  const { account, agent } = line
  const target = uriOf(line, to)
  if (!target) {
    line.emit({ type: 'refused', callId, status: 404, reason: `not an address: ${to}` })
    return
  }
  try {
    await takeMicrophone(line, leg)
  } catch (error) {
    microphoneFailed(line, callId, error)
    return
  }
  if (leg.dropped) {
    release(leg)
    line.emit({ type: 'terminated', callId, by: 'self', detail: 'hung up before the INVITE was sent' })
    return
  }
  const again = (more: Partial<Invite>) => void invite(line, leg, { to, known, headers, hold, cseq: nextSequence(leg), ...more })
  leg.told = false
  leg.early = false
  const inviter = new Inviter(agent, target, {
    // Early sound is played by us: SIP.js ends a forked call when it has applied an early answer.
    earlyMedia: false,
    extraHeaders: [...headers, ALLOW_UPDATE, ...offerTimer(leg.expiresS)],
    // Call-ID and CSeq are options of the message; the types of the Inviter name fewer than it hands on.
    params: {
      callId,
      cseq,
      ...(account.displayName ? { fromDisplayName: account.displayName } : {}),
      ...(known ? { toUri: known } : {})
    } as object
  })
  leg.session = inviter
  inviter.delegate = {
    onBye: (bye) => {
      leg.endedBy = 'far'
      leg.detail = bye.request.getHeader('reason') ?? 'hung up'
      guard('BYE', () => bye.accept())
    },
    onInfo: (info) => guard('INFO', () => info.accept()),
    onSessionDescriptionHandler: () => {
      if (leg.rtc) leg.rtc.hold = hold
    }
  }
  followDialog(line, leg, inviter)
  followReferrals(line, leg, inviter, () => crypto.randomUUID())
  inviter.stateChange.addListener((state) => {
    if (leg.session !== inviter) return
    if (state === SessionState.Established) {
      tellDialog(line, leg)
      line.emit({ type: 'established', callId })
      // Another fork answered than the one that was heard.
      if (leg.rtc?.stale) freshOffer(leg)
    }
    // A refusal tells why right after this; only then is there nothing more to say.
    if (state === SessionState.Terminated) queueMicrotask(() => over(line, leg, inviter))
  })
  try {
    await inviter.invite({
      requestDelegate: {
        onProgress: ({ message }) => progress(line, leg, message),
        onAccept: ({ message }) => {
          if (!isUp(leg)) return
          tellTimer(line, leg, readAnswer(headerOf(message, 'session-expires', 'x')))
        },
        onRedirect: ({ message }) => {
          leg.told = true
          line.emit({ type: 'redirected', callId, status: message.statusCode ?? 302, targets: contactsOf(message) })
        },
        onReject: ({ message }) => {
          leg.told = true
          const status = message.statusCode ?? 500
          const least = status === 422 ? readMinSe(message.getHeader('min-se')) : undefined
          if (least !== undefined && least > leg.expiresS && !leg.dropped) {
            leg.expiresS = least
            again({})
            return
          }
          line.emit({ type: 'refused', callId, status, reason: message.reasonPhrase ?? '' })
        }
      }
    })
  } catch (error) {
    if (leg.session !== inviter || leg.dropped) return
    leg.told = true
    line.emit({ type: 'accept-failed', callId, problem: 'media-failed', detail: words(error) })
  }
}

function over(line: LineParts, leg: Leg, inviter: Inviter): void {
  if (leg.session !== inviter) return
  // A 3xx or 422 goes on with the same microphone.
  if (!leg.told || leg.dropped) release(leg)
  if (!leg.told) line.emit({ type: 'terminated', callId: leg.callId, by: leg.endedBy, detail: leg.detail })
}

function progress(line: LineParts, leg: Leg, message: Core.IncomingResponseMessage): void {
  const { callId } = leg
  const status = message.statusCode ?? 180
  const tell = () => line.emit({ type: 'progress', callId, status, early: leg.early })
  const isSdp = headerOf(message, 'content-type', 'c')?.trim().toLowerCase().startsWith('application/sdp') ?? false
  if (!leg.rtc || !message.body || !isSdp) {
    tell()
    return
  }
  leg.rtc.early(message.body).then(
    () => {
      leg.early = true
      tell()
    },
    (error: unknown) => {
      console.warn(`early sound could not be played: ${words(error)}`)
      tell()
    }
  )
}

/** Where a 3xx leads, the most wanted first (q, RFC 3261 20.10). */
function contactsOf(message: Core.IncomingResponseMessage): string[] {
  const found: { uri: string; q: number }[] = []
  for (let i = 0; i < message.getHeaders('contact').length; i++) {
    const contact: unknown = message.parseHeader('contact', i)
    if (typeof contact !== 'object' || contact === null || !('uri' in contact)) continue
    const q = 'getParam' in contact && typeof contact.getParam === 'function' ? Number(contact.getParam('q') ?? 1) : 1
    const uri = UserAgent.makeURI(String(contact.uri))
    if (uri && /^sips?$/.test(uri.scheme)) found.push({ uri: uri.toString(), q: Number.isFinite(q) ? q : 1 })
  }
  return found.toSorted((one, other) => other.q - one.q).map(({ uri }) => uri)
}

/** The answer did not fit the connection that had played early sound: a new one is offered at once. */
function freshOffer(leg: Leg): void {
  const { session, rtc } = leg
  if (!session || !rtc) return
  rtc.renew()
  guard('a fresh offer', () => session.invite({}))
}

/** Takes an INVITE back that has no final answer yet; the races of RFC 5407 are SIP.js's (2xx crossing: ACK, then BYE). */
export function cancel(line: LineParts, leg: Leg): void {
  leg.dropped = true
  leg.endedBy = 'self'
  leg.detail = 'hung up'
  const { session } = leg
  leg.playback?.stop()
  leg.taken?.release()
  leg.taken = undefined
  if (!(session instanceof Inviter)) return
  const { state } = session
  if (state !== SessionState.Initial && state !== SessionState.Establishing) return
  if (!line.agent.isConnected()) {
    leg.owes = 'cancel'
    return
  }
  leg.owes = undefined
  guard('CANCEL', () => session.cancel())
}
