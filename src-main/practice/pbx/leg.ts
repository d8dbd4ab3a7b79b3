import { type HeaderLine, reasonOf, SUPPORTED } from './compose.ts'
import { createConfirmation } from './confirmation.ts'
import { composeAck, composeRequest, contactOf, type Dialog, dialogKey, type RequestParts } from './dialog.ts'
import { createFarHold } from './far-hold.ts'
import { createMedia, type Media } from './media.ts'
import type { SipRequest, SipResponse } from './message.ts'
import type { ReferTarget } from './refer.ts'
import type { Reoffer } from './reoffer.ts'
import { reoffer } from './reoffer.ts'
import { type AudioDescription, holds } from './sdp.ts'
import { createSessionTimer, type SessionOptions, type SessionTimer } from './session.ts'
import type { Timers } from './timers.ts'
import type { OutgoingRequest, ServerTransaction, Transactions } from './transactions.ts'
import type { SipConnection } from './transport.ts'

/**
 * One dialog with one agent and its media.
 *
 *   we ring:      calling --18x--> ringing --200 (ACK)--> up
 *                    |                |
 *                    +-- 3xx..6xx ----+--> over
 *                    +-- end() -------+--> withdrawn --487--> over;  withdrawn --200 that crossed our CANCEL (ACK, BYE)--> over
 *   agent dials:  incoming --accept (200)--> confirming --ACK--> up;   incoming --refuse, CANCEL--> over;   confirming --32 s--> over
 *   either:       up --BYE of either side, or media lost for good--> over
 *
 * Inside `up` one offer is open at a time (RFC 3264): `negotiation` is `theirs` while we work on the agent's, `ours` while the agent owes
 * us an answer; whoever comes second gets 500 or 491 (RFC 3261, 14.2). A cut socket changes no state: requests go to the socket the
 * agent spoke on last, else to the one of the newest registration, and a BYE that reaches nobody is owed until the agent is back.
 */
export type LegState = 'calling' | 'ringing' | 'withdrawn' | 'incoming' | 'confirming' | 'up' | 'over'

export interface LegEvents {
  ringing(): void
  answered(): void
  held(held: boolean): void
  digit(digit: string): void
  audio(payload: Uint8Array): void
  /** The leg waits for `notifyRefer` with a final status. */
  refer(target: ReferTarget): void
  /** The phone asks to record or to pause (`Record: on|off` in an INFO, as Snom's phones send it); false when that cannot be. */
  record(on: boolean): boolean
  refused(status: number): void
  /** `agent`: BYE or CANCEL; `network`: the media was lost or the agent's phone does not know the call any more. */
  ended(by: 'agent' | 'network'): void
}

/** Listens to nothing. */
export const DEAF: LegEvents = {
  ringing: () => undefined,
  answered: () => undefined,
  held: () => undefined,
  digit: () => undefined,
  audio: () => undefined,
  refer: () => undefined,
  record: () => false,
  refused: () => undefined,
  ended: () => undefined
}

export interface LegContext {
  hostPort: string
  mediaAddress: string
  /** Audio that stays away this long after it was up, or never comes, ends the call. */
  mediaLostMs: number
  /** Our INVITEs carry no offer, so the agent's phone makes it (RFC 3264, RFC 3261 13.2.1). */
  lateOffer: boolean
  session: SessionOptions
  timers: Timers
  transactions: Transactions
  /** The socket of a user's device, or of whichever is newest when that one is gone or none is named. */
  connectionOf(user: string, device?: string): SipConnection | undefined
  /** Runs `action` once when the user is reachable again, unless the returned function is called first. */
  whenReachable(user: string, action: () => void): () => void
  /** The dialog is over; `mediaClosed` tells when its sockets are. */
  closed(leg: Leg, mediaClosed: Promise<void>): void
  log(line: string): void
}

export interface Leg {
  readonly user: string
  readonly key: string
  readonly dialog: Dialog
  readonly media: Media
  readonly state: LegState
  readonly held: boolean
  readonly session: SessionTimer
  /** We chose the Call-ID: who did waits longer after glare. */
  readonly ownsCallId: boolean
  events: LegEvents
  /** Which of the user's devices this is, where one was chosen. */
  device: string | undefined
  /** Headers for the 200 of the INVITE that this leg came with. */
  answerLines: readonly HeaderLine[]
  connection: SipConnection | undefined
  negotiation: 'none' | 'ours' | 'theirs'
  referring: boolean
  ring(parts: RequestParts, ringMs: number): Promise<void>
  /** Answers the INVITE this leg came with. */
  accept(transaction: ServerTransaction): Promise<void>
  /** Sends the 200 of an INVITE until its ACK comes. */
  confirm(transaction: ServerTransaction, sdp: string, onAck: (ack: SipRequest) => void, lines?: readonly HeaderLine[]): void
  acknowledged(ack: SipRequest): void
  /** The agent's 200 came again: our ACK was lost with a socket. */
  acknowledgeAgain(): void
  negotiated(remote: AudioDescription): void
  /** `lines`: headers of the response that the NOTIFY tells of. */
  notifyRefer(status: number, lines?: readonly HeaderLine[]): Promise<void>
  request(method: string, parts?: RequestParts): Promise<SipResponse | undefined>
  /** Offers anew from our side; the final status. */
  reoffer(wish: Reoffer): Promise<number>
  /** The agent at the other end of the call holds, or does not any more. */
  farHolds(held: boolean): void
  /** An INVITE inside the dialog; its final response must then be acknowledged. */
  reinvite(parts: RequestParts): Promise<{ response: SipResponse; acknowledge(body?: string): void } | undefined>
  /** Ends the dialog from our side without an event. `reason`: a Reason header (RFC 3326). */
  end(reason?: string): void
  /** Ends it without a word to anybody. */
  abandon(): void
  /** Ends it with a BYE because it cannot go on; with an event. */
  fail(reason?: string): void
  /** Ends it because the agent or the network did; with an event. */
  over(by: 'agent' | 'network'): void
}

export function createLeg(context: LegContext, user: string, dialog: Dialog, initial: LegState, events: LegEvents): Leg {
  const { timers, transactions, hostPort } = context
  let state: LegState = initial
  let held = false
  let invite: OutgoingRequest | undefined
  let cancelled = false
  let withdrawnFor: string | undefined
  let ack: string | undefined
  let stopMediaWatch: () => void = () => undefined

  const media = createMedia({
    address: context.mediaAddress,
    onDigit: (digit) => leg.events.digit(digit),
    onAudio: (payload) => leg.events.audio(payload),
    onConnection(connected) {
      stopMediaWatch()
      if (!connected) watchMedia()
    }
  })
  const watchMedia = (): void => {
    stopMediaWatch()
    if (state !== 'up') return
    stopMediaWatch = timers.after(context.mediaLostMs, () => leg.fail())
  }
  const send = (text: string): boolean => {
    if (leg.connection?.send(text)) return true
    leg.connection = context.connectionOf(user, leg.device)
    return leg.connection?.send(text) ?? false
  }
  const close = (): void => {
    if (state === 'over') return
    state = 'over'
    stopMediaWatch()
    session.stop()
    confirmation.stop()
    context.closed(
      leg,
      media.close().catch((error: unknown) => context.log(`media of ${dialog.callId}: ${String(error)}`))
    )
  }
  const reasonLines = (reason: string | undefined): RequestParts => (reason === undefined ? {} : { lines: [['Reason', reason]] })
  const sendBye = (reason?: string): void => {
    const bye = composeRequest(dialog, hostPort, 'BYE', reasonLines(reason))
    void transactions.request(bye, (text) => {
      if (send(text)) return true
      context.whenReachable(user, () => void context.connectionOf(user, leg.device)?.send(text))
      return false
    })
  }
  const up = (): void => {
    state = 'up'
    if (!media.connected) watchMedia()
    leg.events.answered()
  }
  const sendCancel = (): void => {
    if (!invite || cancelled) return
    cancelled = true
    const cancel = composeRequest(dialog, hostPort, 'CANCEL', { ...reasonLines(withdrawnFor), cseq: invite.cseq, branch: invite.branch })
    transactions.limit(invite)
    void transactions.request(cancel, send)
  }
  const acknowledge = (sent: OutgoingRequest, response: SipResponse, body?: string): void => {
    const text = composeAck(dialog, hostPort, sent, response, body)
    if (response.status < 300) ack = text
    send(text)
  }
  const session = createSessionTimer(context.session, timers, {
    refresh: () => leg.reoffer({}),
    expired: () => leg.fail('SIP;cause=408;text="Session expired"')
  })
  const confirmation = createConfirmation(timers, send, () => leg.fail('SIP;cause=408;text="No ACK"'))
  const refused = (sent: OutgoingRequest, response: SipResponse | undefined): void => {
    const withdrawn = !isRinging()
    if (response) acknowledge(sent, response)
    close()
    if (!withdrawn) leg.events.refused(response?.status ?? 480)
  }
  const isRinging = (): boolean => state === 'calling' || state === 'ringing'
  const takeAnswer = async (sent: OutgoingRequest, response: SipResponse, early: string): Promise<void> => {
    const withdrawn = !isRinging()
    dialog.remoteTag = response.toTag
    const contact = response.contacts === '*' ? undefined : response.contacts[0]
    if (contact) dialog.target = contact.uriText
    try {
      const late = context.lateOffer && !withdrawn ? await media.answer(response.body) : undefined
      acknowledge(sent, response, late?.sdp)
      if (withdrawn) {
        sendBye(withdrawnFor)
        return close()
      }
      const remote = late?.remote ?? (await media.accept(response.body === '' ? early : response.body))
      if (!isRinging()) return
      session.answered(response)
      up()
      leg.negotiated(remote)
    } catch (error) {
      context.log(`answer of ${user}: ${String(error)}`)
      if (ack === undefined) acknowledge(sent, response)
      sendBye()
      close()
      leg.events.refused(488)
    }
  }

  const leg: Leg = {
    user,
    key: dialogKey(dialog.callId, dialog.localTag),
    dialog,
    media,
    events,
    ownsCallId: initial === 'calling',
    session,
    device: undefined,
    answerLines: [],
    connection: undefined,
    negotiation: 'none',
    referring: false,
    get state() {
      return state
    },
    get held() {
      return held
    },
    async ring(parts, ringMs) {
      const body = context.lateOffer ? '' : await media.offer()
      if (state !== 'calling') return close()
      const stopRinging = timers.after(ringMs, () => {
        if (!isRinging()) return
        leg.end()
        leg.events.refused(408)
      })
      // An INVITE may be lost with its socket; the same one again is a repetition to a phone that has it already.
      const stopWaiting = context.whenReachable(user, () => {
        if (state === 'calling' && invite) send(invite.text)
      })
      let early = ''
      const attempt = async (): Promise<{ sent: OutgoingRequest; response: SipResponse | undefined }> => {
        const lines = [...(parts.lines ?? []), ...session.wish()]
        const sent = (invite = composeRequest(dialog, hostPort, 'INVITE', { ...parts, lines, body }))
        const response = await transactions.request(sent, send, (provisional) => {
          if (provisional.body !== '') early = provisional.body
          // A CANCEL may not overtake its INVITE, so it waits for a sign of life (RFC 3261, 9.1).
          if (state === 'withdrawn') return sendCancel()
          if (state !== 'calling' || provisional.status === 100) return
          state = 'ringing'
          leg.events.ringing()
        })
        // Too short a session interval: asked again with the one that the phone takes (RFC 4028, 7.4).
        if (response?.status !== 422 || !isRinging() || !session.raised(response)) return { sent, response }
        acknowledge(sent, response)
        return attempt()
      }
      const { sent, response } = await attempt()
      stopRinging()
      stopWaiting()
      if (!response || response.status >= 300) return refused(sent, response)
      await takeAnswer(sent, response, early)
    },
    async accept(transaction) {
      const { request } = transaction
      const late = request.body === ''
      const answer = late ? { sdp: await media.offer() } : await media.answer(request.body)
      if (state !== 'incoming') return
      state = 'confirming'
      if (late) leg.negotiation = 'ours'
      const onAck = (acked: SipRequest): void => {
        const ready = late ? media.accept(acked.body) : Promise.resolve('remote' in answer ? answer.remote : undefined)
        ready.then(
          (remote) => {
            leg.negotiation = 'none'
            if (state !== 'confirming') return
            up()
            if (remote) leg.negotiated(remote)
          },
          () => leg.fail()
        )
      }
      leg.confirm(transaction, answer.sdp, onAck, leg.answerLines)
    },
    confirm(transaction, sdp, onAck, lines = []) {
      const said: HeaderLine[] = [
        ['Contact', contactOf(hostPort)],
        ['Supported', SUPPORTED],
        ...session.take(transaction.request),
        ...lines
      ]
      confirmation.begin(transaction, { toTag: dialog.localTag, lines: said, body: sdp }, onAck)
    },
    acknowledged: (received) => confirmation.acknowledged(received),
    acknowledgeAgain() {
      if (ack !== undefined) send(ack)
    },
    negotiated(remote) {
      // While we send nothing ourselves, what the phone will not take says nothing about its own hold.
      if (state === 'over' || !media.sends || holds(remote) === held) return
      held = !held
      leg.events.held(held)
    },
    async notifyRefer(status, lines = []) {
      if (state !== 'up' || !leg.referring) return
      const final = status >= 200
      if (final) leg.referring = false
      await leg.request('NOTIFY', {
        lines: [
          ['Event', 'refer'],
          ['Subscription-State', final ? 'terminated;reason=noresource' : 'active;expires=60']
        ],
        body: [`SIP/2.0 ${status} ${reasonOf(status)}`, ...lines.map(([name, value]) => `${name}: ${value}`), ''].join('\r\n'),
        contentType: 'message/sipfrag;version=2.0'
      })
    },
    async request(method, parts) {
      const response = await transactions.request(composeRequest(dialog, hostPort, method, parts), send)
      // The agent's phone has forgotten the call (RFC 3261, 12.2.1.2).
      if (response?.status === 481 && method !== 'NOTIFY') leg.over('network')
      return response
    },
    async reinvite(parts) {
      const sent = composeRequest(dialog, hostPort, 'INVITE', parts)
      const response = await transactions.request(sent, send)
      if (response?.status === 481 || response?.status === 408) leg.over('network')
      return response && { response, acknowledge: (body) => acknowledge(sent, response, body) }
    },
    reoffer: (wish) => reoffer(leg, wish, (ms) => new Promise((resolve) => timers.after(ms, () => resolve()))),
    farHolds: (held) => farHold(held),
    end(reason) {
      withdrawnFor = reason
      if (state === 'calling') {
        state = 'withdrawn'
        if (!invite) close()
      } else if (state === 'ringing') {
        state = 'withdrawn'
        sendCancel()
      } else if (state === 'up' || state === 'confirming') {
        if (leg.referring) void leg.notifyRefer(200)
        sendBye(reason)
        close()
      } else if (state === 'incoming') close()
    },
    abandon: close,
    fail(reason) {
      if (state === 'over') return
      sendBye(reason)
      leg.over('network')
    },
    over(by) {
      if (state === 'over') return
      close()
      leg.events.ended(by)
    }
  }
  const farHold = createFarHold(leg)
  return leg
}
