import { type Call, type CallContext, createCall } from './call.ts'
import type { RequestParts } from './dialog.ts'
import { contactOf, dialogKey, newToken } from './dialog.ts'
import type { Dialplan } from './dialplan.ts'
import { createLeg, type Leg, type LegContext, type LegEvents } from './leg.ts'
import { UnusableSdpError } from './media.ts'
import { header, type SipRequest } from './message.ts'
import type { RingOptions } from './port.ts'
import { type ReferTarget, readReplaces } from './refer.ts'
import type { ServerTransaction } from './transactions.ts'
import { decodeUserToUser, encodeUserToUser } from './uui.ts'

/** Joins customers and agents: every way in which a call begins, moves to another leg, and ends. */
export interface Exchange {
  ring(options: RingOptions): void
  call(callId: string): Call | undefined
  leg(callId: string, localTag: string): Leg | undefined
  forget(leg: Leg, mediaClosed: Promise<void>): void
  /** An authenticated INVITE of an agent that opens a dialog. */
  dial(transaction: ServerTransaction, user: string): Promise<void>
  close(): void
  /** Resolves when the media of all legs that ended is closed. */
  settled(): Promise<void>
}

export interface ExchangeOptions {
  domain: string
  maxCalls: number
  legs: LegContext
  dialplan: Dialplan
  reach(user: string): { target: string } | undefined
  clock: CallContext['clock']
  recorder: CallContext['recorder']
  emit: CallContext['emit']
}

const DIAL_RING_MS = 60_000
const DEAF: LegEvents = {
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

export function createExchange(options: ExchangeOptions): Exchange {
  const { domain, maxCalls, dialplan, reach, emit } = options
  const calls = new Map<string, Call>()
  const legs = new Map<string, Leg>()
  const closing = new Set<Promise<void>>()
  const callContext: CallContext = {
    clock: options.clock,
    recorder: options.recorder,
    emit,
    onRefer(call, leg, target) {
      transfer(call, leg, target).catch((error: unknown) => {
        options.legs.log(`transfer of ${call.callId}: ${String(error)}`)
        void leg.notifyRefer(500)
      })
    },
    onReleased: (call) => {
      if (calls.get(call.callId) === call) calls.delete(call.callId)
    }
  }

  const openLeg = (user: string, from: { callId: string; number: string; name: string; target: string }): Leg => {
    const leg = createLeg(
      options.legs,
      user,
      {
        callId: from.callId,
        localTag: newToken(),
        remoteTag: '',
        localUri: `sip:${encodeURIComponent(from.number).replaceAll('%2B', '+')}@${domain}`,
        localName: from.name,
        remoteUri: `sip:${encodeURIComponent(user)}@${domain}`,
        target: from.target,
        localCseq: 0,
        remoteCseq: undefined
      },
      'calling',
      DEAF
    )
    legs.set(leg.key, leg)
    return leg
  }
  const invitation = (conversationId: string): RequestParts => ({
    lines: conversationId === '' ? [] : [['User-to-User', encodeUserToUser(conversationId)]]
  })
  const startRinging = (leg: Leg, conversationId: string, ringMs: number): void => {
    leg.ring(invitation(conversationId), ringMs).catch((error: unknown) => {
      options.legs.log(`ringing ${leg.user}: ${String(error)}`)
      leg.end()
      leg.events.refused(500)
    })
  }

  /** Opens the dialog that an agent's INVITE asks for. */
  const answerLeg = (transaction: ServerTransaction, user: string): Leg => {
    const { request } = transaction
    const contact = request.contacts === '*' ? undefined : request.contacts[0]
    const leg = createLeg(
      options.legs,
      user,
      {
        callId: request.callId,
        localTag: newToken(),
        remoteTag: request.fromTag,
        localUri: request.to.uriText,
        localName: '',
        remoteUri: request.from.uriText,
        target: contact?.uriText ?? request.from.uriText,
        localCseq: 0,
        remoteCseq: request.cseq
      },
      'incoming',
      DEAF
    )
    leg.connection = transaction.connection
    legs.set(leg.key, leg)
    return leg
  }
  const acceptOrRefuse = async (leg: Leg, transaction: ServerTransaction): Promise<void> => {
    try {
      await leg.accept(transaction)
    } catch (error) {
      if (!(error instanceof UnusableSdpError)) throw error
      transaction.respond(488, { toTag: leg.dialog.localTag })
      leg.over('network')
    }
  }
  const ringFar = (call: Call, user: string, on: { ringing(): void; answered(leg: Leg): void; refused(status: number): void }): void => {
    const place = reach(user)
    if (!place) {
      on.refused(480)
      return
    }
    const far = openLeg(user, { callId: newToken(), number: call.from, name: call.name, target: place.target })
    far.events = { ...DEAF, ringing: on.ringing, answered: () => on.answered(far), refused: on.refused }
    call.far = far
    startRinging(far, call.conversationId, DIAL_RING_MS)
  }

  /** Makes the audio of a call's far leg the agent's: what either says the other hears. */
  const join = (call: Call, far: Leg): void => {
    call.far = far
    call.source = 'far'
    far.events = { ...DEAF, audio: (payload) => call.leg.media.send(payload, call.leg.held), ended: () => call.end('customer') }
  }

  async function dialNumber(call: Call, transaction: ServerTransaction, user: string): Promise<void> {
    const { leg } = call
    const toTag = leg.dialog.localTag
    const plan = dialplan(transaction.request.uri?.user ?? '', user)
    const refuse = (status: number): void => {
      transaction.respond(status, { toTag })
      leg.end()
      leg.events.refused(status)
    }
    transaction.onCancel = () => {
      transaction.respond(487, { toTag })
      leg.over('agent')
    }
    if (plan.type === 'refuse') return refuse(plan.status)
    const ring = (): void => {
      transaction.respond(180, { toTag, lines: [['Contact', contactOf(options.legs.hostPort)]] })
      emit({ type: 'ringing', callId: call.callId, conversationId: call.conversationId, user })
    }
    if (plan.type === 'agent') {
      return ringFar(call, plan.user, {
        ringing: ring,
        refused: refuse,
        answered(far) {
          join(call, far)
          acceptOrRefuse(leg, transaction).catch((error: unknown) => options.legs.log(`dialling: ${String(error)}`))
        }
      })
    }
    ring()
    if (plan.type === 'echo') call.source = 'echo'
    else void call.player.play(plan.ulaw, { loop: plan.loop ?? false })
    await acceptOrRefuse(leg, transaction)
  }

  /** An INVITE with Replaces (RFC 3891): the user's reloaded page takes its call back on a new dialog. */
  async function takeOver(transaction: ServerTransaction, user: string, value: string): Promise<void> {
    const wanted = readReplaces(value)
    if (!wanted) return transaction.respond(400, { reason: 'Bad Replaces' })
    const old = legs.get(dialogKey(wanted.callId, wanted.toTag))
    if (!old || old.dialog.remoteTag !== wanted.fromTag) return transaction.respond(481)
    if (old.user !== user) return transaction.respond(403)
    if (wanted.earlyOnly) return transaction.respond(486)
    const call = [...calls.values()].find((one) => one.leg === old)
    if (!call?.up || old.state !== 'up') return transaction.respond(481)
    const leg = answerLeg(transaction, user)
    leg.events = {
      ...DEAF,
      answered() {
        old.events = DEAF
        call.follow(leg)
        old.end()
        call.begin()
      }
    }
    transaction.onCancel = () => {
      transaction.respond(487, { toTag: leg.dialog.localTag })
      leg.end()
    }
    await acceptOrRefuse(leg, transaction)
  }

  async function transfer(call: Call, leg: Leg, { target, replaces }: ReferTarget): Promise<void> {
    emit({ type: 'refer', callId: call.callId, conversationId: call.conversationId, user: leg.user, target })
    // A listener that moved or ended the call itself has answered the REFER by that.
    if (leg.state !== 'up' || call.leg !== leg) return
    if (replaces) return attendedTransfer(call, leg, replaces)
    const plan = dialplan(target, leg.user)
    if (plan.type === 'refuse') return leg.notifyRefer(plan.status)
    if (plan.type !== 'agent') {
      await leg.notifyRefer(200)
      return call.end('agent')
    }
    call.transferring = true
    ringFar(call, plan.user, {
      ringing: () => void leg.notifyRefer(180),
      refused(status) {
        call.far = undefined
        call.transferring = false
        void leg.notifyRefer(status)
        if (leg.state === 'over') call.end('agent')
      },
      answered: (far) => moveTo(call, leg, far)
    })
  }

  /** The call goes on with another agent; the one before is let go. */
  function moveTo(call: Call, from: Leg, to: Leg): void {
    from.events = DEAF
    call.far = undefined
    call.transferring = false
    call.source = 'player'
    call.follow(to)
    void from.notifyRefer(200).then(() => from.end())
    call.begin()
  }

  async function attendedTransfer(call: Call, leg: Leg, replaces: NonNullable<ReferTarget['replaces']>): Promise<void> {
    const other = legs.get(dialogKey(replaces.callId, replaces.toTag))
    const consultation = [...calls.values()].find((one) => one.leg === other)
    if (!other || !consultation?.up || other.user !== leg.user || other.dialog.remoteTag !== replaces.fromTag) return leg.notifyRefer(481)
    const { far } = consultation
    if (far?.state !== 'up') {
      await leg.notifyRefer(200)
      consultation.end('agent')
      return call.end('agent')
    }
    consultation.far = undefined
    consultation.end('agent')
    moveTo(call, leg, far)
  }

  return {
    ring({ user, conversationId, callId, from, name, ringMs }) {
      calls.get(callId)?.release()
      const place = reach(user)
      if (!place || legs.size >= maxCalls) {
        queueMicrotask(() => emit({ type: 'refused', callId, conversationId, user, status: place ? 503 : 480 }))
        return
      }
      const leg = openLeg(user, { callId: /^[\w.-]{1,100}$/.test(callId) ? callId : newToken(), number: from, name, target: place.target })
      calls.set(callId, createCall(callContext, { callId, conversationId, from, name, customer: true, leg }))
      startRinging(leg, conversationId, ringMs)
    },
    call: (callId) => calls.get(callId),
    leg: (callId, localTag) => legs.get(dialogKey(callId, localTag)),
    forget(leg, mediaClosed) {
      legs.delete(leg.key)
      closing.add(mediaClosed)
      void mediaClosed.then(() => closing.delete(mediaClosed))
    },
    async settled() {
      await Promise.all(closing)
    },
    async dial(transaction, user) {
      const { request } = transaction
      if (legs.size >= maxCalls) return transaction.respond(503)
      if (request.contacts === '*' || !request.contacts[0]) return transaction.respond(400, { reason: 'Missing Contact' })
      const replaces = header(request, 'replaces')
      if (replaces !== undefined) return takeOver(transaction, user, replaces)
      transaction.respond(100)
      const leg = answerLeg(transaction, user)
      const call = createCall(callContext, {
        callId: request.callId,
        conversationId: conversationOf(request),
        from: user,
        name: request.from.displayName,
        customer: false,
        leg
      })
      calls.set(call.callId, call)
      try {
        await dialNumber(call, transaction, user)
      } catch (error) {
        call.end('network')
        throw error
      }
    },
    close() {
      for (const call of [...calls.values()]) call.release()
      for (const leg of [...legs.values()]) leg.abandon()
    }
  }
}

/** An agent may dial on behalf of a conversation; else the call belongs to none. */
function conversationOf(request: SipRequest): string {
  const value = header(request, 'user-to-user')
  return (value === undefined ? undefined : decodeUserToUser(value)) ?? ''
}
