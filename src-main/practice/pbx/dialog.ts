import { randomBytes } from 'node:crypto'
import { quote } from './address.ts'
import { ALLOW, composeMessage, type HeaderLine, SUPPORTED } from './compose.ts'
import { header, type SipResponse } from './message.ts'
import type { OutgoingRequest } from './transactions.ts'

/**
 * What two parties keep about their call (RFC 3261, section 12). There is no route set: an agent is always one WebSocket away.
 * A dialog belongs to a user, not to a socket.
 */
export interface Dialog {
  readonly callId: string
  readonly localTag: string
  remoteTag: string
  readonly localUri: string
  readonly localName: string
  readonly remoteUri: string
  /** The agent's Contact. */
  target: string
  localCseq: number
  /** The last CSeq of the agent; undefined before the first. */
  remoteCseq: number | undefined
}

export interface RequestParts {
  lines?: readonly HeaderLine[]
  body?: string
  contentType?: string
  /** For ACK and CANCEL, which repeat those of their INVITE. */
  cseq?: number
  branch?: string
}

/** `hostPort` is where this PBX listens. */
export function composeRequest(dialog: Dialog, hostPort: string, method: string, parts: RequestParts = {}): OutgoingRequest {
  const cseq = parts.cseq ?? ++dialog.localCseq
  const branch = parts.branch ?? `z9hG4bK${newToken(12)}`
  const name = dialog.localName === '' ? '' : `${quote(dialog.localName)} `
  const lines: HeaderLine[] = [
    ['Via', `SIP/2.0/WS ${hostPort};branch=${branch}`],
    ['Max-Forwards', '70'],
    ['From', `${name}<${dialog.localUri}>;tag=${dialog.localTag}`],
    ['To', `<${dialog.remoteUri}>${dialog.remoteTag === '' ? '' : `;tag=${dialog.remoteTag}`}`],
    ['Call-ID', dialog.callId],
    ['CSeq', `${cseq} ${method}`]
  ]
  if (method !== 'ACK' && method !== 'CANCEL') lines.push(['Contact', contactOf(hostPort)], ['Allow', ALLOW], ['Supported', SUPPORTED])
  lines.push(...(parts.lines ?? []))
  if (parts.body) lines.push(['Content-Type', parts.contentType ?? 'application/sdp'])
  return { method, branch, cseq, text: composeMessage(`${method} ${dialog.target} SIP/2.0`, lines, parts.body) }
}

/** The ACK of a final response. That of a refusal belongs to the INVITE's own transaction and repeats its To (RFC 3261, 17.1.1.3). */
export function composeAck(dialog: Dialog, hostPort: string, sent: OutgoingRequest, response: SipResponse, body = ''): string {
  if (response.status < 300) return composeRequest(dialog, hostPort, 'ACK', { cseq: sent.cseq, body }).text
  return composeMessage(`ACK ${dialog.target} SIP/2.0`, [
    ['Via', `SIP/2.0/WS ${hostPort};branch=${sent.branch}`],
    ['Max-Forwards', '70'],
    ['From', header(response, 'from') ?? ''],
    ['To', header(response, 'to') ?? ''],
    ['Call-ID', dialog.callId],
    ['CSeq', `${sent.cseq} ACK`]
  ])
}

export const contactOf = (hostPort: string): string => `<sip:practice@${hostPort};transport=ws>`

/** Names a dialog by what we chose of it: nobody can guess it who was not told. */
export const dialogKey = (callId: string, localTag: string): string => `${callId};${localTag}`

export const newToken = (octets = 16): string => randomBytes(octets).toString('hex')
