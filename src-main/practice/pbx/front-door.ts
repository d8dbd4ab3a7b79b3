import { acceptsSdp, SESSION_TYPES, sessionBody } from '../../../src-shared/session-body.ts'
import { SipSyntaxError } from './address.ts'
import { ALLOW, composeResponse, SUPPORTED } from './compose.ts'
import { newToken } from './dialog.ts'
import type { DigestAuthority } from './digest.ts'
import type { Exchange } from './exchange.ts'
import { receiveInDialog } from './in-dialog.ts'
import type { Legs } from './legs.ts'
import { header, parseMessage, type SipRequest, type SipResponse, tokens } from './message.ts'
import type { Registrar } from './registrar.ts'
import { intervalRefusal } from './session.ts'
import type { ServerTransaction, Transactions } from './transactions.ts'
import type { SipConnection } from './transport.ts'

export interface PbxCounts {
  messages: number
  /** Malformed, answered with an error. */
  refused: number
  /** Malformed beyond an answer, or an answer to nothing we asked. */
  dropped: number
  crashed: number
}

export interface FrontDoorOptions {
  domain: string
  host: string
  port: number
  /** How our Contact names us. */
  hostPort: string
  /** The shortest session interval taken (RFC 4028). */
  minSessionSeconds: number
  authority: DigestAuthority
  registrar: Registrar
  transactions: Transactions
  legs: Pick<Legs, 'find'>
  exchange: Exchange
  log(line: string): void
}

type SipMessage = SipRequest | SipResponse

const METHODS = new Set(ALLOW.split(', '))
const EXTENSIONS = new Set(SUPPORTED.split(', '))

/** Takes every message off the sockets, checks what RFC 3261, section 8.2, asks of any request, and hands it to who deals with it. */
export function createFrontDoor(options: FrontDoorOptions): {
  receive(connection: SipConnection, frame: Uint8Array): void
  counts(): PbxCounts
} {
  const { domain, authority, registrar, transactions, legs, exchange, log } = options
  const counts: PbxCounts = { messages: 0, refused: 0, dropped: 0, crashed: 0 }

  const crash = (error: unknown, transaction?: ServerTransaction): void => {
    counts.crashed++
    log(`fault in the PBX: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    if (transaction && !transaction.answered) transaction.respond(500)
  }
  const receive = (connection: SipConnection, frame: Uint8Array): void => {
    try {
      counts.messages++
      const message = parseMessage(frame)
      switch (message.kind) {
        case 'keep-alive':
          // A double CRLF asks, a single one answers (RFC 5626, 4.4.1).
          if (frame.byteLength >= 4) connection.send('\r\n')
          return
        case 'fault':
          if (!message.answerable) counts.dropped++
          else {
            counts.refused++
            connection.send(
              composeResponse({ headers: message.answerable }, message.status, { reason: message.reason, toTag: newToken(8) })
            )
          }
          return
        case 'response':
          receiveResponse(withSession(message))
          return
        case 'request':
          receiveRequest(connection, message)
          return
        default:
          throw new Error(`no such message: ${message satisfies never}`)
      }
    } catch (error) {
      crash(error)
    }
  }
  const receiveResponse = (response: SipResponse): void => {
    if (transactions.response(response)) return
    counts.dropped++
    if (response.method === 'INVITE' && response.status >= 200 && response.status < 300)
      legs.find(response.callId, response.fromTag)?.acknowledgeAgain()
  }
  const receiveRequest = (connection: SipConnection, request: SipRequest): void => {
    const leg = request.toTag === '' ? undefined : legs.find(request.callId, request.toTag)
    const isOfLeg = leg?.dialog.remoteTag === request.fromTag
    if (request.method === 'ACK') {
      if (leg && isOfLeg) leg.acknowledged(withSession(request))
      return
    }
    const transaction = transactions.open(withSession(request), connection)
    if (!transaction) return
    const work = async (): Promise<void> => {
      if (!METHODS.has(request.method)) return transaction.respond(501, { lines: [['Allow', ALLOW]] })
      if (request.method === 'CANCEL') return receiveCancel(transaction)
      if (!request.uri) return transaction.respond(416)
      if (request.headers.get('max-forwards')?.[0] === '0' && request.method !== 'REGISTER' && !isOurs(request))
        return transaction.respond(483)
      const unknown = tokens(request, 'require').filter((extension) => !EXTENSIONS.has(extension))
      if (unknown.length > 0) return transaction.respond(420, { lines: [['Unsupported', unknown.join(', ')]] })
      const encoding = header(request, 'content-encoding')?.toLowerCase() ?? 'identity'
      if (encoding !== 'identity') return transaction.respond(415, { lines: [['Accept-Encoding', 'identity']] })
      const refusal = bodyRefusal(request)
      if (refusal !== undefined) return transaction.respond(refusal, refusal === 415 ? { lines: [['Accept', SESSION_TYPES]] } : {})
      if (wantsAnswer(request) && !acceptsSdp(request.headers.get('accept')))
        return transaction.respond(406, { lines: [['Warning', `399 ${domain} "No answer without application/sdp"`]] })
      const tooShort = intervalRefusal(request, options.minSessionSeconds)
      if (tooShort) return transaction.respond(422, { lines: [tooShort] })
      if (request.toTag !== '') {
        if (!leg || !isOfLeg) return transaction.respond(481)
        return receiveInDialog(leg, transaction, options.hostPort)
      }
      await receiveOutOfDialog(transaction)
    }
    work().catch((error: unknown) => {
      // Headers that only one method reads are parsed late, and may be as malformed as any.
      if (!(error instanceof SipSyntaxError)) return crash(error, transaction)
      counts.refused++
      transaction.respond(400)
    })
  }
  const isOurs = ({ uri }: SipRequest): boolean =>
    uri?.host === domain || (uri?.host === options.host && (uri.port ?? options.port) === options.port)

  const receiveCancel = (transaction: ServerTransaction): void => {
    const invitation = transactions.invitation(transaction.request)
    transaction.respond(invitation ? 200 : 481)
    if (invitation && !invitation.answered) invitation.onCancel?.()
  }
  const receiveOutOfDialog = async (transaction: ServerTransaction): Promise<void> => {
    const { request } = transaction
    switch (request.method) {
      case 'OPTIONS':
        return transaction.respond(200, {
          lines: [
            ['Allow', ALLOW],
            ['Accept', 'application/sdp'],
            ['Supported', SUPPORTED]
          ]
        })
      case 'REGISTER': {
        if (!isOurs(request)) return transaction.respond(404)
        if (!request.to.uri) return transaction.respond(416)
        const user = authenticate(transaction, request.to.uri.user ?? '', 'authorization')
        if (user === undefined) return
        const { status, parts } = registrar.register(user, request, transaction.connection)
        return transaction.respond(status, parts)
      }
      case 'INVITE': {
        const user = authenticate(transaction, request.from.uri?.user ?? '', 'proxy-authorization')
        if (user === undefined) return
        if (!isOurs(request)) return transaction.respond(404)
        return exchange.dial(transaction, user)
      }
      default:
        return transaction.respond(481)
    }
  }
  /** The user when the credentials fit; else the request has been answered. */
  const authenticate = (
    transaction: ServerTransaction,
    user: string,
    field: 'authorization' | 'proxy-authorization'
  ): string | undefined => {
    const { request } = transaction
    const ours = (request.headers.get(field) ?? []).find((value) =>
      new RegExp(`realm\\s*=\\s*"${domain.replaceAll('.', '\\.')}"`, 'i').test(value)
    )
    const outcome = authority.check(ours, { method: request.method, uri: request.uriText, user })
    if (outcome === 'accepted') return user
    if (outcome === 'refused') transaction.respond(403)
    else {
      const [status, name] = field === 'authorization' ? ([401, 'WWW-Authenticate'] as const) : ([407, 'Proxy-Authenticate'] as const)
      transaction.respond(status, { lines: authority.challenges(outcome === 'stale').map((challenge) => [name, challenge] as const) })
    }
    return undefined
  }
  return { receive, counts: () => ({ ...counts }) }
}

const describesSession = ({ method }: SipMessage): boolean => method === 'INVITE' || method === 'UPDATE'

/** An UPDATE without a body only keeps the session alive. */
const wantsAnswer = ({ method, body }: SipRequest): boolean => method === 'INVITE' || (method === 'UPDATE' && body !== '')

const sessionOf = (message: SipMessage) =>
  sessionBody({
    type: header(message, 'content-type'),
    disposition: header(message, 'content-disposition'),
    encoding: header(message, 'content-transfer-encoding'),
    content: message.body
  })

/** With nothing but the session's description as its body, where it has one of several parts; a faulty body stays as it is. */
function withSession<T extends SipMessage>(message: T): T {
  if (message.body === '' || !(describesSession(message) || message.method === 'ACK')) return message
  const session = sessionOf(message)
  return 'sdp' in session ? { ...message, body: session.sdp } : message
}

/** A body must say what it is, and where it is a session we must find the SDP in it. */
function bodyRefusal(request: SipRequest): number | undefined {
  if (request.body === '') return undefined
  if (header(request, 'content-type') === undefined) return 400
  if (!describesSession(request)) return undefined
  const session = sessionOf(request)
  if ('sdp' in session) return undefined
  return session.fault === 'malformed' ? 400 : 415
}
