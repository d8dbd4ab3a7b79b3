import { ALLOW, SUPPORTED } from './compose.ts'
import { contactOf } from './dialog.ts'
import type { Leg } from './leg.ts'
import { UnusableSdpError } from './media.ts'
import { header } from './message.ts'
import { readReferTo } from './refer.ts'
import type { ServerTransaction } from './transactions.ts'

/** Carries out what the agent's phone asks inside a call (RFC 3261, 12.2.2). */
export async function receiveInDialog(leg: Leg, transaction: ServerTransaction, hostPort: string): Promise<void> {
  const { request } = transaction
  const refuse = (status: number): void => transaction.respond(status)
  const { remoteCseq } = leg.dialog
  if (remoteCseq !== undefined && request.cseq <= remoteCseq) return transaction.respond(500, { reason: 'CSeq Out Of Order' })
  leg.dialog.remoteCseq = request.cseq
  leg.connection = transaction.connection
  switch (request.method) {
    case 'BYE':
      transaction.respond(200)
      return leg.over('agent')
    case 'INVITE':
    case 'UPDATE':
      return renegotiate(leg, transaction, hostPort)
    case 'INFO':
      return receiveInfo(leg, transaction)
    case 'REFER':
      return receiveRefer(leg, transaction, hostPort)
    case 'OPTIONS':
      return transaction.respond(200, {
        lines: [
          ['Allow', ALLOW],
          ['Accept', 'application/sdp'],
          ['Supported', SUPPORTED]
        ]
      })
    case 'NOTIFY':
      return refuse(489)
    default:
      return transaction.respond(501, { lines: [['Allow', ALLOW]] })
  }
}

async function renegotiate(leg: Leg, transaction: ServerTransaction, hostPort: string): Promise<void> {
  const { request } = transaction
  const isInvite = request.method === 'INVITE'
  if (leg.state !== 'up') return transaction.respond(491)
  if (leg.negotiation === 'ours') return transaction.respond(491)
  if (leg.negotiation === 'theirs') return transaction.respond(500, { lines: [['Retry-After', '1']] })
  const contact = request.contacts === '*' ? undefined : request.contacts[0]
  const refresh = (): void => {
    if (contact) leg.dialog.target = contact.uriText
  }
  if (request.body === '' && !isInvite) {
    refresh()
    return transaction.respond(200, { lines: [['Contact', contactOf(hostPort)], ...leg.session.take(request)] })
  }
  if (isInvite) transaction.respond(100)
  if (request.body === '') {
    leg.negotiation = 'ours'
    const offer = await leg.media.offer()
    refresh()
    return leg.confirm(transaction, offer, (ack) => void settle(leg, ack.body))
  }
  leg.negotiation = 'theirs'
  try {
    const { sdp, remote } = await leg.media.answer(request.body)
    if (leg.state !== 'up') return transaction.respond(487)
    refresh()
    if (isInvite) leg.confirm(transaction, sdp, () => undefined)
    else transaction.respond(200, { lines: [['Contact', contactOf(hostPort)], ...leg.session.take(request)], body: sdp })
    leg.negotiated(remote)
  } catch (error) {
    if (!(error instanceof UnusableSdpError)) throw error
    transaction.respond(488)
  } finally {
    leg.negotiation = 'none'
  }
}

/** Takes the answer to our late offer; without a usable one the call stays as it was. */
async function settle(leg: Leg, answer: string): Promise<void> {
  try {
    leg.negotiated(await leg.media.accept(answer))
  } catch {
    // An answer that cannot be used leaves the session as it was before the offer (RFC 3264, section 5).
    await leg.media.withdrawOffer().catch(() => leg.over('network'))
  } finally {
    leg.negotiation = 'none'
  }
}

/** Recording by INFO: answered when it is so. 403 where nothing is recorded. */
function receiveRecord(leg: Leg, transaction: ServerTransaction, wish: string): void {
  const asked = wish.trim().toLowerCase()
  if (asked !== 'on' && asked !== 'off') transaction.respond(400, { reason: 'Bad Record' })
  else transaction.respond(leg.events.record(asked === 'on') ? 200 : 403)
}

/** Digits by INFO: `Signal=5` lines of application/dtmf-relay, or the bare digit of application/dtmf. */
function receiveInfo(leg: Leg, transaction: ServerTransaction): void {
  const { body } = transaction.request
  const wish = header(transaction.request, 'record')
  const type = (header(transaction.request, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  const form = type === 'application/dtmf' ? /^\s*([0-9*#A-D])\s*$/i : /^\s*Signal\s*=\s*([0-9*#A-D])\s*$/im
  const digit = form.exec(body)?.[1]
  if (wish !== undefined) receiveRecord(leg, transaction, wish)
  else if (body === '') transaction.respond(200)
  else if (type !== 'application/dtmf-relay' && type !== 'application/dtmf') {
    transaction.respond(415, { lines: [['Accept', 'application/dtmf-relay, application/dtmf']] })
  } else if (digit === undefined) transaction.respond(400, { reason: 'Bad Digit' })
  else {
    transaction.respond(200)
    leg.events.digit(digit.toUpperCase())
  }
}

async function receiveRefer(leg: Leg, transaction: ServerTransaction, hostPort: string): Promise<void> {
  const target = readReferTo(transaction.request)
  if (!target) return transaction.respond(400, { reason: 'Bad Refer-To' })
  if (leg.state !== 'up') return transaction.respond(403)
  if (leg.referring) return transaction.respond(491)
  leg.referring = true
  transaction.respond(202, { lines: [['Contact', contactOf(hostPort)]] })
  void leg.notifyRefer(100)
  leg.events.refer(target)
}
