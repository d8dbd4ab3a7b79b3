import type { Account, SipEffect } from '../call/line.ts'
import type { Input } from '../call/state.ts'
import { answerAfter } from './auto-answer.ts'
import { type Head, valuesOf } from './head.ts'
import { answerTimer } from './session-timer.ts'
import { readUserToUser } from './user-to-user.ts'

/**
 * The bell before the library: SIP.js takes longer to read an INVITE than the screen takes to show it, and a page is painted only when
 * nothing runs. So a plain INVITE is told at once, from its head, and SIP.js gets it right behind the picture: its 100 and 180 leave one
 * picture later, which is some milliseconds. A CANCEL, a hand on a button and whatever else comes meanwhile waits for its turn.
 */

export interface EarlyRing {
  /** A message for SIP.js, in the order they came. `head`: what it says. */
  take(message: string, head: Head): void
  /** What is to be done with a call that SIP.js does not have: done as soon as it has it, which is now seen to. Others are over. */
  hold(effect: OfCall): void
  /** News of the line on their way out; of a call that was told already, no second INVITE. */
  emit(input: Input): void
  close(): void
}

type OfCall = Extract<SipEffect, { callId: string }>

export interface EarlyRingDeps {
  account: Pick<Account, 'conversationHeader' | 'sessionExpiresS' | 'autoAnswer'>
  /** Users that requests to us may name (RFC 3261 8.2.2.1). */
  isOurs(user: string): boolean
  /** Has SIP.js a call of this id? */
  knows(callId: string): boolean
  deliver(message: string): void
  perform(effect: OfCall): void
  emit(input: Input): void
  /** Runs behind the next picture of this page. Gives what takes it back. Absent where no pictures are painted. */
  afterPicture?: ((run: () => void) => () => void) | undefined
  /** Runs in a task of its own. Gives what takes it back. */
  soon(run: () => void): () => void
}

/** More than come within the 32 s in which a message may be sent again. */
const MOST_SEEN = 100

/** A sip: or sips: address that needs no unescaping, with a name that needs none. */
const PLAIN_ADDRESS = /^(?:"([^"\\]*)"|([\w.!%*+`'~-]+(?:[ \t]+[\w.!%*+`'~-]+)*))?[ \t]*<sips?:([\w*+.!~'-]+)@[^<>"%?]+>(?:[ \t]*;|$)/i
const REQUEST_TO = /^INVITE sip:([\w*+.!~'-]+)@\S+ SIP\/2\.0$/

/** What an INVITE tells of a new call, where that can be told from its head alone; undefined where SIP.js must judge it. Pure. */
export function readEarly(
  head: Head,
  account: EarlyRingDeps['account']
): (Extract<Input, { type: 'invite' }> & { to: string }) | undefined {
  const to = REQUEST_TO.exec(head.start)?.[1]
  const [callId] = valuesOf(head, 'call-id')
  if (to === undefined || callId === undefined || /\s/.test(callId)) return undefined
  // Within a dialog, in place of another call, or to be refused for its timer or want of a Contact: there is more to it than a bell.
  if (/;\s*tag\s*=/i.test(valuesOf(head, 'to')[0] ?? '') || valuesOf(head, 'replaces').length > 0) return undefined
  if (valuesOf(head, 'contact').length === 0) return undefined
  const timer = { sessionExpires: valuesOf(head, 'session-expires')[0], supported: valuesOf(head, 'supported')[0] }
  if (answerTimer(timer, account.sessionExpiresS ?? 0) === 'too small') return undefined
  const from = PLAIN_ADDRESS.exec(valuesOf(head, 'from')[0] ?? '')
  if (!from) return undefined
  return {
    type: 'invite',
    to,
    callId,
    conversationId: readUserToUser(valuesOf(head, account.conversationHeader.toLowerCase())[0]),
    name: from[1] ?? from[2] ?? '',
    number: from[3] ?? '',
    answerAfterMs: account.autoAnswer?.headers ? answerAfter(valuesOf(head, 'call-info'), valuesOf(head, 'alert-info')) : undefined,
    replaces: undefined
  }
}

export function createEarlyRing({ account, isOurs, knows, deliver, perform, emit, afterPicture, soon }: EarlyRingDeps): EarlyRing {
  /** Told, and not yet with SIP.js: what is to be done with each meanwhile. */
  const told = new Map<string, OfCall[]>()
  /** The last ids that were told, also of calls that are over: what comes again of them is sent again (RFC 3261 17.2.1), or asked again. */
  const seen: string[] = []
  let waiting: { callId: string; message: string } | undefined
  /** Came behind the one that waits or is being taken in. */
  const behind: { message: string; head: Head }[] = []
  let cancel: (() => void) | undefined

  function settle(): void {
    if (!waiting) return
    const { callId, message } = waiting
    waiting = undefined
    cancel?.()
    // SIP.js tells of an INVITE some microtasks later. A CANCEL before that would meet nobody.
    cancel = soon(() => {
      cancel = undefined
      // It judged otherwise: nothing of the call may stay on the screen.
      if (told.delete(callId)) emit({ type: 'terminated', callId, by: 'self', detail: 'not taken' })
      for (let next = behind.shift(); next; next = cancel ? undefined : behind.shift()) take(next.message, next.head)
    })
    deliver(message)
  }

  function take(message: string, head: Head): void {
    if (cancel) {
      behind.push({ message, head })
      settle()
      return
    }
    const early = afterPicture && readEarly(head, account)
    if (!early || !isOurs(early.to) || knows(early.callId) || seen.includes(early.callId)) {
      deliver(message)
      return
    }
    const { to: _to, ...invite } = early
    told.set(invite.callId, [])
    seen.push(invite.callId)
    if (seen.length > MOST_SEEN) seen.shift()
    waiting = { callId: invite.callId, message }
    cancel = afterPicture?.(settle)
    emit(invite)
  }

  return {
    take,
    hold(effect) {
      told.get(effect.callId)?.push(effect)
      if (waiting?.callId === effect.callId) settle()
    },
    emit(input) {
      if (input.type !== 'invite') return emit(input)
      const held = told.get(input.callId)
      if (!held) return emit(input)
      told.delete(input.callId)
      for (const effect of held) perform(effect)
    },
    close() {
      cancel?.()
      cancel = waiting = undefined
      behind.length = 0
      told.clear()
    }
  }
}
