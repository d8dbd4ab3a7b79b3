import {
  type NameAddress,
  parseNameAddress,
  parseParameters,
  parseUri,
  type SipParameters,
  SipSyntaxError,
  type SipUri,
  schemeOf,
  splitList
} from './address.ts'

/** Header names in lower case and in their long form, values unfolded, in the order they came. */
export type SipHeaders = ReadonlyMap<string, readonly string[]>

export interface Via {
  transport: string
  sentBy: string
  parameters: SipParameters
}

interface SipCommon {
  headers: SipHeaders
  body: string
  via: Via
  from: NameAddress
  to: NameAddress
  /** '' where the tag is missing. */
  fromTag: string
  toTag: string
  callId: string
  cseq: number
  /** The method named by CSeq: for a response, that of the request it answers. */
  method: string
  /** `*` stands as the string; absent is an empty list. */
  contacts: readonly NameAddress[] | '*'
  /** What tells this transaction from others (RFC 3261, 17.2.3), also for a peer of RFC 2543 that has no branch. */
  transactionKey: string
}

export interface SipRequest extends SipCommon {
  kind: 'request'
  uriText: string
  /** Undefined when the scheme is not sip or sips. */
  uri: SipUri | undefined
}

export interface SipResponse extends SipCommon {
  kind: 'response'
  status: number
  reason: string
}

/** Not a message to act on. `answerable` holds the headers an error response must repeat, when enough of them could be read. */
export interface SipFault {
  kind: 'fault'
  status: number
  reason: string
  answerable?: SipHeaders
}

export type ParsedMessage = SipRequest | SipResponse | SipFault | { kind: 'keep-alive' }

/** Octets of start line and headers, and header lines, that are read at most. */
export const MAX_HEADER_OCTETS = 32_768
export const MAX_HEADER_LINES = 256

const COMPACT: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
  e: 'content-encoding',
  s: 'subject',
  k: 'supported',
  r: 'refer-to',
  b: 'referred-by',
  o: 'event',
  u: 'allow-events',
  x: 'session-expires'
}
const ONCE = ['from', 'to', 'call-id', 'cseq', 'max-forwards', 'content-length', 'content-type', 'expires', 'date']
const TOKEN = "[A-Za-z0-9\\-.!%*_+`'~]+"
const KEEP_ALIVE = /^[\r\n]*$/
const REQUEST_LINE = new RegExp(`^(${TOKEN}) (\\S+) SIP/(\\d+\\.\\d+)$`, 'i')
const STATUS_LINE = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i
const HEADER_LINE = new RegExp(`^(${TOKEN})[ \\t]*:[ \\t]*([\\s\\S]*)$`)
const VIA = new RegExp(
  `^SIP\\s*/\\s*2\\.0\\s*/\\s*(${TOKEN})\\s+([^\\s;:,]+|\\[[0-9A-Fa-f:.]+\\])(?:\\s*:\\s*(\\d{1,5}))?\\s*(;[\\s\\S]*)?$`,
  'i'
)
const DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z][a-z] \d{4} \d\d:\d\d:\d\d GMT$/

/**
 * Reads one WebSocket frame as one SIP message (RFC 3261 and RFC 7118). Never throws: what cannot be read comes back as a fault.
 * Octets behind Content-Length are ignored (RFC 3261, 18.3).
 */
export function parseMessage(frame: Uint8Array): ParsedMessage {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
  const start = firstOctet(bytes)
  if (start < 0) return KEEP_ALIVE.test(bytes.toString('latin1')) ? { kind: 'keep-alive' } : fault(400, 'Empty Message')
  const end = headerEnd(bytes, start)
  if (end.at - start > MAX_HEADER_OCTETS) return fault(513, 'Message Too Large')
  const lines = bytes
    .toString('utf8', start, end.at)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
  if (lines.length > MAX_HEADER_LINES) return fault(513, 'Message Too Large')
  const headers = new Map<string, string[]>()
  let headerFault: string | undefined
  for (const line of lines.slice(1)) {
    const match = HEADER_LINE.exec(line)
    if (!match?.[1] || hasBareControl(line)) headerFault ??= 'Bad Header Line'
    else {
      const name = match[1].toLowerCase()
      const long = COMPACT[name] ?? name
      headers.set(long, [...(headers.get(long) ?? []), (match[2] ?? '').trim()])
    }
  }
  const answerable = lines[0]?.startsWith('SIP/') || (headers.get('cseq')?.[0] ?? '').endsWith('ACK') ? undefined : repeatable(headers)
  const bad = (status: number, reason: string): SipFault => ({ ...fault(status, reason), ...(answerable ? { answerable } : {}) })
  if (headerFault) return bad(400, headerFault)
  if (!end.found) return bad(400, 'Missing End Of Headers')
  try {
    return assemble(lines[0] ?? '', headers, bytes.subarray(end.body))
  } catch (error) {
    if (error instanceof Rejected) return bad(error.status, error.message)
    if (error instanceof SipSyntaxError) return bad(400, 'Bad Request')
    throw error
  }
}

class Rejected extends Error {
  readonly status: number
  constructor(status: number, reason: string) {
    super(reason)
    this.status = status
  }
}

const fault = (status: number, reason: string): SipFault => ({ kind: 'fault', status, reason })

/** A control character may only stand escaped in a quoted string (RFC 3261, quoted-pair); a bare one means that this is not text. */
function hasBareControl(line: string): boolean {
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i)
    if ((code < 32 && code !== 9) || code === 127) {
      if (line[i - 1] !== '\\') return true
    }
  }
  return false
}

function firstOctet(bytes: Buffer): number {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 13 && bytes[i] !== 10) return i
  return -1
}

function headerEnd(bytes: Buffer, from: number): { at: number; body: number; found: boolean } {
  const crlf = bytes.indexOf('\r\n\r\n', from, 'latin1')
  const lf = bytes.indexOf('\n\n', from, 'latin1')
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return { at: crlf, body: crlf + 4, found: true }
  if (lf >= 0) return { at: lf, body: lf + 2, found: true }
  return { at: bytes.length, body: bytes.length, found: false }
}

/** The headers that any response repeats (RFC 3261, 8.2.6.2), or undefined when one is missing. */
function repeatable(headers: SipHeaders): SipHeaders | undefined {
  return ['via', 'from', 'to', 'call-id', 'cseq'].every((name) => headers.has(name)) ? headers : undefined
}

function assemble(startLine: string, headers: Map<string, string[]>, rest: Buffer): SipRequest | SipResponse {
  const request = REQUEST_LINE.exec(startLine)
  const response = STATUS_LINE.exec(startLine)
  if (!request && !response) throw new Rejected(400, 'Bad Start Line')
  if (request && request[3] !== '2.0') throw new Rejected(505, 'Version Not Supported')
  for (const name of ['via', 'from', 'to', 'call-id', 'cseq']) if (!headers.has(name)) throw new Rejected(400, `Missing ${name}`)
  for (const name of ONCE) if ((headers.get(name)?.length ?? 0) > 1) throw new Rejected(400, `More Than One ${name}`)
  for (const name of ['via', 'contact', 'route', 'record-route']) {
    const values = headers.get(name)
    if (values) headers.set(name, values.flatMap(splitList))
  }
  const cseq = /^(\d+)\s+(\S+)$/.exec(first(headers, 'cseq'))
  if (!cseq?.[1] || !cseq[2] || Number(cseq[1]) >= 2 ** 31) throw new Rejected(400, 'Bad CSeq')
  if (request && request[1] !== cseq[2]) throw new Rejected(400, 'CSeq Names Another Method')
  const hops = headers.get('max-forwards')?.[0]
  if (hops !== undefined && (!/^\d+$/.test(hops) || Number(hops) > 255)) throw new Rejected(400, 'Bad Max-Forwards')
  const date = headers.get('date')?.[0]
  if (date !== undefined && !DATE.test(date)) throw new Rejected(400, 'Bad Date')
  const callId = first(headers, 'call-id')
  if (!/^[^\s,;]+$/.test(callId)) throw new Rejected(400, 'Bad Call-ID')

  const via = parseVia(first(headers, 'via'))
  const from = parseNameAddress(first(headers, 'from'))
  const to = parseNameAddress(first(headers, 'to'))
  const branch = via.parameters.get('branch') ?? ''
  const fromTag = from.parameters.get('tag') ?? ''
  const common: SipCommon = {
    headers,
    body: readBody(headers, rest),
    via,
    from,
    to,
    fromTag,
    toTag: to.parameters.get('tag') ?? '',
    callId,
    cseq: Number(cseq[1]),
    method: cseq[2],
    contacts: readContacts(headers.get('contact') ?? [], cseq[2]),
    transactionKey: /^z9hG4bK./.test(branch) ? `${branch} ${via.sentBy}` : [callId, cseq[1], fromTag, first(headers, 'via')].join(' ')
  }
  if (response) return { kind: 'response', ...common, status: Number(response[1]), reason: response[2] ?? '' }
  const uriText = request?.[2] ?? ''
  return { kind: 'request', ...common, uriText, uri: readRequestUri(uriText) }
}

function readRequestUri(text: string): SipUri | undefined {
  const scheme = schemeOf(text)
  if (scheme === undefined) throw new Rejected(400, 'Bad Request-URI')
  if (scheme !== 'sip' && scheme !== 'sips') return undefined
  const uri = parseUri(text)
  if (uri.headers.size > 0) throw new Rejected(400, 'Headers In Request-URI')
  return uri
}

function readBody(headers: SipHeaders, rest: Buffer): string {
  const length = headers.get('content-length')?.[0]
  if (length === undefined) return rest.toString('utf8')
  if (!/^\d{1,9}$/.test(length)) throw new Rejected(400, 'Bad Content-Length')
  if (Number(length) > rest.length) throw new Rejected(400, 'Body Shorter Than Content-Length')
  return rest.toString('utf8', 0, Number(length))
}

function readContacts(values: readonly string[], method: string): readonly NameAddress[] | '*' {
  if (!values.includes('*')) return values.map(parseNameAddress)
  if (method !== 'REGISTER' || values.length > 1) throw new Rejected(400, 'Bad Contact')
  return '*'
}

function parseVia(value: string): Via {
  const match = VIA.exec(value)
  if (!match?.[1] || !match[2]) throw new Rejected(400, 'Bad Via')
  return {
    transport: match[1].toUpperCase(),
    sentBy: match[3] ? `${match[2]}:${match[3]}` : match[2],
    parameters: parseParameters(match[4] ?? '')
  }
}

const first = (headers: SipHeaders, name: string): string => headers.get(name)?.[0] ?? ''

/** The first value of a header, by its long name in lower case. */
export const header = (message: { headers: SipHeaders }, name: string): string | undefined => message.headers.get(name)?.[0]

/** The elements of a comma-separated header of tokens (Require, Supported ...), in lower case. */
export const tokens = (message: { headers: SipHeaders }, name: string): string[] =>
  (message.headers.get(name) ?? [])
    .flatMap((value) => value.split(','))
    .map((token) => token.trim().toLowerCase())
    .filter((token) => token !== '')
