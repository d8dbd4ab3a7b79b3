import type { ResponseParts } from './compose.ts'
import { composeMessage, reasonOf } from './compose.ts'
import { composeRequest, contactOf, type Dialog, dialogKey, type RequestParts } from './dialog.ts'
import { createMedia, type Media } from './media.ts'
import { header, type SipRequest, type SipResponse } from './message.ts'
import type { ReferTarget } from './refer.ts'
import { type AudioDescription, holds } from './sdp.ts'
import type { Timers } from './timers.ts'
import { type OutgoingRequest, type ServerTransaction, TRANSACTION_MS, type Transactions } from './transactions.ts'
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

export interface LegContext {
  hostPort: string
  mediaAddress: string
  /** Audio that stays away this long after it was up, or never comes, ends the call. */
  mediaLostMs: number
  timers: Timers
  transactions: Transactions
  connectionOf(user: string): SipConnection | undefined
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
  events: LegEvents
  connection: SipConnection | undefined
  negotiation: 'none' | 'ours' | 'theirs'
  referring: boolean
  ring(parts: RequestParts, ringMs: number): Promise<void>
  /** Answers the INVITE this leg came with. */
  accept(transaction: ServerTransaction): Promise<void>
  /** Sends the 200 of an INVITE until its ACK comes. */
  confirm(transaction: ServerTransaction, sdp: string, onAck: (ack: SipRequest) => void): void
  acknowledged(ack: SipRequest): void
  /** The agent's 200 came again: our ACK was lost with a socket. */
  acknowledgeAgain(): void
  negotiated(remote: AudioDescription): void
  notifyRefer(status: number): Promise<void>
  request(method: string, parts?: RequestParts): Promise<SipResponse | undefined>
  /** Ends the dialog from our side without an event. */
  end(): void
  /** Ends it without a word to anybody. */
  abandon(): void
  /** Ends it because the agent or the network did; with an event. */
  over(by: 'agent' | 'network'): void
}

/** T1 and T2 of RFC 3261. */
const REPEAT_MS = 500
const REPEAT_MAX_MS = 4_000

export function createLeg(context: LegContext, user: string, dialog: Dialog, initial: LegState, events: LegEvents): Leg {
  const { timers, transactions, hostPort } = context
  let state: LegState = initial
  let held = false
  let invite: OutgoingRequest | undefined
  let cancelled = false
  let ack: string | undefined
  let unacknowledged: { cseq: number; stop(): void; onAck(ack: SipRequest): void } | undefined
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
    stopMediaWatch = timers.after(context.mediaLostMs, () => {
      sendBye()
      leg.over('network')
    })
  }
  const send = (text: string): boolean => {
    if (leg.connection?.send(text)) return true
    leg.connection = context.connectionOf(user)
    return leg.connection?.send(text) ?? false
  }
  const close = (): void => {
    if (state === 'over') return
    state = 'over'
    stopMediaWatch()
    unacknowledged?.stop()
    unacknowledged = undefined
    context.closed(
      leg,
      media.close().catch((error: unknown) => context.log(`media of ${dialog.callId}: ${String(error)}`))
    )
  }
  const sendBye = (): void => {
    const bye = composeRequest(dialog, hostPort, 'BYE')
    void transactions.request(bye, (text) => {
      if (send(text)) return true
      context.whenReachable(user, () => void context.connectionOf(user)?.send(text))
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
    const cancel = composeRequest(dialog, hostPort, 'CANCEL', { cseq: invite.cseq, branch: invite.branch })
    transactions.limit(invite)
    void transactions.request(cancel, send)
  }
  const acknowledge = (sent: OutgoingRequest, response: SipResponse): void => {
    if (response.status < 300) {
      ack = composeRequest(dialog, hostPort, 'ACK', { cseq: sent.cseq }).text
      send(ack)
      return
    }
    // The ACK of a refusal belongs to the INVITE's own transaction and repeats the To of the response (RFC 3261, 17.1.1.3).
    send(
      composeMessage(`ACK ${dialog.target} SIP/2.0`, [
        ['Via', `SIP/2.0/WS ${hostPort};branch=${sent.branch}`],
        ['Max-Forwards', '70'],
        ['From', header(response, 'from') ?? ''],
        ['To', header(response, 'to') ?? ''],
        ['Call-ID', dialog.callId],
        ['CSeq', `${sent.cseq} ACK`]
      ])
    )
  }

  const leg: Leg = {
    user,
    key: dialogKey(dialog.callId, dialog.localTag),
    dialog,
    media,
    events,
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
      const offer = await media.offer()
      if (state !== 'calling') return close()
      const sent = (invite = composeRequest(dialog, hostPort, 'INVITE', { ...parts, body: offer }))
      const stopRinging = timers.after(ringMs, () => {
        if (state !== 'calling' && state !== 'ringing') return
        leg.end()
        leg.events.refused(408)
      })
      // An INVITE may be lost with its socket; the same one again is a repetition to a phone that has it already.
      const stopWaiting = context.whenReachable(user, () => {
        if (state === 'calling') send(sent.text)
      })
      let early = ''
      const response = await transactions.request(sent, send, (provisional) => {
        if (provisional.body !== '') early = provisional.body
        // A CANCEL may not overtake its INVITE, so it waits for a sign of life (RFC 3261, 9.1).
        if (state === 'withdrawn') return sendCancel()
        if (state !== 'calling' || provisional.status === 100) return
        state = 'ringing'
        leg.events.ringing()
      })
      stopRinging()
      stopWaiting()
      const withdrawn = state !== 'calling' && state !== 'ringing'
      if (!response || response.status >= 300) {
        if (response) acknowledge(sent, response)
        close()
        if (!withdrawn) leg.events.refused(response?.status ?? 480)
        return
      }
      dialog.remoteTag = response.toTag
      const contact = response.contacts === '*' ? undefined : response.contacts[0]
      if (contact) dialog.target = contact.uriText
      acknowledge(sent, response)
      if (withdrawn) {
        sendBye()
        return close()
      }
      try {
        const remote = await media.accept(response.body === '' ? early : response.body)
        if (state !== 'calling' && state !== 'ringing') return
        up()
        leg.negotiated(remote)
      } catch (error) {
        context.log(`answer of ${user}: ${String(error)}`)
        sendBye()
        close()
        leg.events.refused(488)
      }
    },
    async accept(transaction) {
      const { request } = transaction
      const late = request.body === ''
      const answer = late ? { sdp: await media.offer() } : await media.answer(request.body)
      if (state !== 'incoming') return
      state = 'confirming'
      if (late) leg.negotiation = 'ours'
      leg.confirm(transaction, answer.sdp, (acked) => {
        const ready = late ? media.accept(acked.body) : Promise.resolve('remote' in answer ? answer.remote : undefined)
        ready.then(
          (remote) => {
            leg.negotiation = 'none'
            if (state !== 'confirming') return
            up()
            if (remote) leg.negotiated(remote)
          },
          () => {
            sendBye()
            leg.over('network')
          }
        )
      })
    },
    confirm(transaction, sdp, onAck) {
      unacknowledged?.stop()
      const parts: ResponseParts = {
        toTag: dialog.localTag,
        lines: [
          ['Contact', contactOf(hostPort)],
          ['Supported', 'replaces']
        ],
        body: sdp
      }
      transaction.respond(200, parts)
      let waited = REPEAT_MS
      let total = 0
      const repeat = (): void => {
        total += waited
        if (total >= TRANSACTION_MS) {
          sendBye()
          leg.over('network')
          return
        }
        transaction.repeat(send)
        waited = Math.min(waited * 2, REPEAT_MAX_MS)
        stop = timers.after(waited, repeat)
      }
      let stop = timers.after(waited, repeat)
      unacknowledged = { cseq: transaction.request.cseq, stop: () => stop(), onAck }
    },
    acknowledged(received) {
      if (unacknowledged?.cseq !== received.cseq) return
      const { stop, onAck } = unacknowledged
      unacknowledged = undefined
      stop()
      onAck(received)
    },
    acknowledgeAgain() {
      if (ack !== undefined) send(ack)
    },
    negotiated(remote) {
      if (holds(remote) === held || state === 'over') return
      held = !held
      leg.events.held(held)
    },
    async notifyRefer(status) {
      if (state !== 'up') return
      const final = status >= 200
      if (final) leg.referring = false
      await leg.request('NOTIFY', {
        lines: [
          ['Event', 'refer'],
          ['Subscription-State', final ? 'terminated;reason=noresource' : 'active;expires=60']
        ],
        body: `SIP/2.0 ${status} ${reasonOf(status)}\r\n`,
        contentType: 'message/sipfrag;version=2.0'
      })
    },
    async request(method, parts) {
      const response = await transactions.request(composeRequest(dialog, hostPort, method, parts), send)
      // The agent's phone has forgotten the call (RFC 3261, 12.2.1.2).
      if (response?.status === 481 && method !== 'NOTIFY') leg.over('network')
      return response
    },
    end() {
      if (state === 'calling') {
        state = 'withdrawn'
        if (!invite) close()
      } else if (state === 'ringing') {
        state = 'withdrawn'
        sendCancel()
      } else if (state === 'up' || state === 'confirming') {
        if (leg.referring) void leg.notifyRefer(200)
        sendBye()
        close()
      } else if (state === 'incoming') close()
    },
    abandon: close,
    over(by) {
      if (state === 'over') return
      close()
      leg.events.ended(by)
    }
  }
  return leg
}
