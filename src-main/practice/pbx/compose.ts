import { header, type SipHeaders } from './message.ts'

export type HeaderLine = readonly [name: string, value: string]

/** The methods this PBX understands, as its Allow header says them. */
export const ALLOW = 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, REFER, NOTIFY, UPDATE, REGISTER'
/** What we understand beyond RFC 3261: Replaces (RFC 3891) and session timers (RFC 4028). */
export const SUPPORTED = 'replaces, timer'
const SERVER = 'sidetone-practice'

/** Reason phrases (RFC 3261, section 21, and the RFCs of the later codes). */
const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  202: 'Accepted',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  415: 'Unsupported Media Type',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  422: 'Session Interval Too Small',
  423: 'Interval Too Brief',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  483: 'Too Many Hops',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  489: 'Bad Event',
  491: 'Request Pending',
  500: 'Server Internal Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  505: 'Version Not Supported',
  513: 'Message Too Large',
  603: 'Decline'
}
export const reasonOf = (status: number): string => REASONS[status] ?? (status < 300 ? 'OK' : 'Refused')

/** A whole message as text. A line break in a value would start another header, so it becomes a space. */
export function composeMessage(startLine: string, lines: readonly HeaderLine[], body = ''): string {
  const head = [startLine, ...lines.map(([name, value]) => `${name}: ${value.replace(/[\r\n\0]+/g, ' ')}`)]
  return `${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

export interface ResponseParts {
  reason?: string
  /** Put on To when the request had none (RFC 3261, 8.2.6.2). */
  toTag?: string
  lines?: readonly HeaderLine[]
  body?: string
  contentType?: string
}

/** The response to a request, given the request's headers. */
export function composeResponse(request: { headers: SipHeaders }, status: number, parts: ResponseParts = {}): string {
  const to = header(request, 'to') ?? ''
  const tagged = parts.toTag === undefined || /;\s*tag\s*=/i.test(to.replace(/<[^>]*>/, '')) ? to : `${to};tag=${parts.toTag}`
  const lines: HeaderLine[] = [
    ...(request.headers.get('via') ?? []).map((via): HeaderLine => ['Via', via]),
    ['From', header(request, 'from') ?? ''],
    ['To', tagged],
    ['Call-ID', header(request, 'call-id') ?? ''],
    ['CSeq', header(request, 'cseq') ?? ''],
    ['Server', SERVER],
    ...(parts.lines ?? [])
  ]
  if (parts.body) lines.push(['Content-Type', parts.contentType ?? 'application/sdp'])
  return composeMessage(`SIP/2.0 ${status} ${parts.reason ?? reasonOf(status)}`, lines, parts.body)
}
