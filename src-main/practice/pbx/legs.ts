import { contactOf, dialogKey, newToken } from './dialog.ts'
import { type Ringing, type RingingEvents, ringAll } from './forking.ts'
import { createLeg, DEAF, type Leg, type LegContext } from './leg.ts'
import { UnusableSdpError } from './media.ts'
import type { ServerTransaction } from './transactions.ts'
import { encodeUserToUser } from './uui.ts'

/** Where one device of a user is. */
export interface Place {
  target: string
  /** The instance it named itself by (RFC 5626), else its address. */
  device: string
}

/** For whom a user is rung. */
export interface Invitation {
  /** The SIP Call-ID of all the devices' dialogs. */
  callId: string
  conversationId: string
  number: string
  name: string
  ringMs: number
}

/** All dialogs with agents. */
export interface Legs {
  readonly count: number
  find(callId: string, localTag: string): Leg | undefined
  /** Rings every device of a user; undefined when there is none. */
  ring(user: string, invitation: Invitation, on: RingingEvents): Ringing | undefined
  /** The dialog that an agent's INVITE opens. */
  incoming(transaction: ServerTransaction, user: string): Leg
  /** Answers it, with 488 when its description cannot be used. */
  accept(leg: Leg, transaction: ServerTransaction): Promise<void>
  forget(leg: Leg, mediaClosed: Promise<void>): void
  close(): void
  /** Resolves when the media of all legs that ended is closed. */
  settled(): Promise<void>
}

export interface LegsOptions {
  domain: string
  context: LegContext
  reach(user: string): readonly Place[]
}

export function createLegs({ domain, context, reach }: LegsOptions): Legs {
  const legs = new Map<string, Leg>()
  const closing = new Set<Promise<void>>()
  const uriOf = (user: string): string => `sip:${encodeURIComponent(user).replaceAll('%2B', '+')}@${domain}`

  const outgoing = (user: string, place: Place, { callId, number, name }: Invitation): Leg => {
    const leg = createLeg(
      context,
      user,
      {
        callId,
        localTag: newToken(),
        remoteTag: '',
        localUri: uriOf(number),
        localName: name,
        remoteUri: uriOf(user),
        target: place.target,
        localCseq: 0,
        remoteCseq: undefined
      },
      'calling',
      DEAF
    )
    leg.device = place.device
    legs.set(leg.key, leg)
    return leg
  }
  return {
    get count() {
      return legs.size
    },
    find: (callId, localTag) => legs.get(dialogKey(callId, localTag)),
    ring(user, invitation, on) {
      const rung = reach(user).map((place) => outgoing(user, place, invitation))
      if (rung.length === 0) return undefined
      const { conversationId, ringMs } = invitation
      const lines: [string, string][] = conversationId === '' ? [] : [['User-to-User', encodeUserToUser(conversationId)]]
      return ringAll(rung, { lines }, ringMs, on, context.log)
    },
    incoming(transaction, user) {
      const { request } = transaction
      const contact = request.contacts === '*' ? undefined : request.contacts[0]
      const leg = createLeg(
        context,
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
    },
    async accept(leg, transaction) {
      try {
        await leg.accept(transaction)
      } catch (error) {
        if (!(error instanceof UnusableSdpError)) throw error
        transaction.respond(488, { toTag: leg.dialog.localTag, lines: [['Contact', contactOf(context.hostPort)]] })
        leg.over('network')
      }
    },
    forget(leg, mediaClosed) {
      legs.delete(leg.key)
      closing.add(mediaClosed)
      void mediaClosed.then(() => closing.delete(mediaClosed))
    },
    close() {
      for (const leg of [...legs.values()]) leg.abandon()
    },
    async settled() {
      await Promise.all(closing)
    }
  }
}
