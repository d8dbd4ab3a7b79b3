import { acceptsSdp, SESSION_TYPES, sessionBody } from '../../../src-shared/session-body.ts'
import { addressFault, dateFault, requestUriFault, viaFault } from './grammar.ts'
import { type Head, headOf, valuesOf, withBody } from './head.ts'

/**
 * SIP.js passes over much that RFC 3261 wants answered: another version, unknown schemes and extensions, two Content-Lengths. It stays
 * silent where a 400 is due, and takes what must be refused. Every message is therefore looked at before SIP.js sees it (RFC 4475).
 */

/** What is to be done with a message: hand it on (mended where that is harmless), answer it at once, or say nothing. */
export type Screened = { pass: string } | { answer: string } | { drop: string }

export interface Capabilities {
  /** Option tags that a Require may name (RFC 3261 20.32). */
  extensions: readonly string[]
  /** The tag of an answer that opens no dialog. */
  newTag(): string
}

/** Methods of RFC 3261 and its extensions: known ones are SIP.js's affair (405 where not allowed), others are 501. */
const METHODS = new Set('INVITE ACK BYE CANCEL OPTIONS REGISTER PRACK SUBSCRIBE NOTIFY PUBLISH INFO REFER MESSAGE UPDATE'.split(' '))
/** RFC 3261 8.1.1.5 */
const HIGHEST_CSEQ = 2 ** 31
const NEEDED = ['via', 'from', 'to', 'call-id', 'cseq'] as const

/** A reason to refuse a request: the status, its reason, and what the answer must add. */
interface Refusal {
  status: number
  reason: string
  headers?: readonly string[]
}
/** SIP.js says nothing to a REGISTER whose Contact is of a foreign scheme. */
const NO_REGISTRAR: Refusal = {
  status: 405,
  reason: 'Method Not Allowed',
  headers: ['Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, MESSAGE, NOTIFY, PRACK, REFER, UPDATE']
}
const bad = (reason: string): Refusal => ({ status: 400, reason })

/** The head of what came. RFC 3261 7.5: empty lines before a message are to be ignored. */
export const headOfMessage = (text: string): Head => headOf(text.replace(/^[\r\n]+/, ''))

export const screenMessage = (text: string, able: Capabilities): Screened => screenHead(headOfMessage(text), able)

export function screenHead(head: Head, able: Capabilities): Screened {
  // Empty lines alone keep a connection open (RFC 5626).
  if (head.text.trim() === '') return { drop: 'keep-alive' }
  const missing = NEEDED.find((name) => valuesOf(head, name).length === 0)
  if (missing) return { drop: `no ${missing}` } // nobody could be answered
  if (/^SIP\//i.test(head.start)) {
    const fault = responseFault(head)
    return fault ? { drop: fault } : { pass: withSession(head) }
  }
  const method = /^\S+/.exec(head.start)?.[0] ?? ''
  const refusal = requestFault(head, method, able)
  if (!refusal) return { pass: withSession(head) }
  return method === 'ACK' ? { drop: refusal.reason } : { answer: answerTo(head, refusal, able) }
}

function responseFault(head: Head): string | undefined {
  if (!/^SIP\/2\.0 [1-6]\d\d( |$)/.test(head.start)) return 'no status line'
  return cseqFault(head) ?? lengthFault(head)
}

function requestFault(head: Head, method: string, able: Capabilities): Refusal | undefined {
  const line = /^(\S+) (\S+) SIP\/(\d+\.\d+)$/.exec(head.start)
  if (!line) return bad('Bad request line')
  const [, , uri = '', version] = line
  if (version !== '2.0') return { status: 505, reason: 'Version Not Supported' }
  if (head.unreadable !== undefined) return bad(head.unreadable)
  const cseq = cseqFault(head, method)
  if (cseq) return bad(cseq)
  if (!METHODS.has(method)) return { status: 501, reason: 'Not Implemented' }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'sip' && scheme !== 'sips') return { status: 416, reason: 'Unsupported URI Scheme' }
  return firstFault(head, method, uri) ?? (method === 'REGISTER' ? NO_REGISTRAR : unableTo(head, method, able))
}

function firstFault(head: Head, method: string, uri: string): Refusal | undefined {
  const twice = (['from', 'to', 'call-id', 'content-length', 'max-forwards'] as const).find((name) => valuesOf(head, name).length > 1)
  const contacts = valuesOf(head, 'contact')
  const faults = [
    requestUriFault(uri),
    twice && `Two ${twice} headers`,
    lengthFault(head),
    hopsFault(valuesOf(head, 'max-forwards')[0]),
    ...valuesOf(head, 'via').map(viaFault),
    ...(['from', 'to'] as const).map((name) => addressFault(valuesOf(head, name)[0] ?? '')),
    contacts.some((value) => value === '*') &&
      (method !== 'REGISTER' || contacts.length > 1) &&
      'Contact: * beside others or outside REGISTER',
    ...contacts.filter((value) => value !== '*').map((value) => addressFault(value, true)),
    // SIP.js would drop it, and where to send the next request to would not be known.
    method === 'INVITE' && contacts.some((value) => !/sips?:/i.test(value)) && 'Contact that is no SIP address',
    ...valuesOf(head, 'date').map(dateFault),
    head.body !== '' && valuesOf(head, 'content-type').length === 0 && valuesOf(head, 'content-length')[0] !== '0' && 'A body of no type'
  ]
  const fault = faults.find((one) => typeof one === 'string')
  return typeof fault === 'string' ? bad(fault) : undefined
}

/** What is well said, but asks for more than this phone has. */
function unableTo(head: Head, method: string, { extensions }: Capabilities): Refusal | undefined {
  const wanted = valuesOf(head, 'require')
    .flatMap((value) => value.split(','))
    .map((tag) => tag.trim())
  const unknown = wanted.filter((tag) => tag !== '' && !extensions.includes(tag.toLowerCase()))
  // RFC 3261 8.2.2.3: not for CANCEL, nor for ACK.
  if (unknown.length > 0 && method !== 'CANCEL' && method !== 'ACK')
    return { status: 420, reason: 'Bad Extension', headers: [`Unsupported: ${unknown.join(', ')}`] }
  const encoding = valuesOf(head, 'content-encoding')[0]
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    return { status: 415, reason: 'Unsupported Media Type', headers: ['Accept-Encoding: identity'] }
  return method === 'INVITE' ? sessionFault(head) : undefined
}

/** An INVITE must offer what we understand, and want to hear it. */
function sessionFault(head: Head): Refusal | undefined {
  const session = sessionOf(head)
  if ('fault' in session && session.fault === 'malformed') return bad('Bad multipart body')
  if ('fault' in session) return { status: 415, reason: 'Unsupported Media Type', headers: [`Accept: ${SESSION_TYPES}`] }
  if (acceptsSdp(head.headers.get('accept'))) return undefined
  return { status: 406, reason: 'Not Acceptable', headers: ['Warning: 399 softphone "No answer without application/sdp"'] }
}

const sessionOf = (head: Head) =>
  sessionBody({
    type: valuesOf(head, 'content-type')[0],
    disposition: valuesOf(head, 'content-disposition')[0],
    encoding: valuesOf(head, 'content-transfer-encoding')[0],
    content: measured(head)
  })

/** The body as far as Content-Length says; what follows is to be ignored (RFC 3261 18.3). */
function measured(head: Head): string {
  const [length] = valuesOf(head, 'content-length')
  return length === undefined ? head.body : new TextDecoder().decode(new TextEncoder().encode(head.body).subarray(0, Number(length)))
}

/** SIP.js takes a body for SDP or for nothing: it gets the SDP alone where there are several parts, or one that may be passed over. */
function withSession(head: Head): string {
  const type = valuesOf(head, 'content-type')[0]?.toLowerCase() ?? ''
  if (measured(head) === '' || type.startsWith('application/sdp') || !/\b(?:INVITE|ACK)$/.test(valuesOf(head, 'cseq')[0] ?? ''))
    return head.text
  const session = sessionOf(head)
  return 'sdp' in session ? withBody(head, session.sdp, 'application/sdp') : head.text
}

function cseqFault(head: Head, method?: string): string | undefined {
  const match = /^(\d+)[ \t]+(\S+)$/.exec(valuesOf(head, 'cseq')[0] ?? '')
  if (!match || Number(match[1]) >= HIGHEST_CSEQ) return 'Bad CSeq'
  return method === undefined || match[2] === method ? undefined : 'CSeq of another method'
}

function lengthFault(head: Head): string | undefined {
  const [length] = valuesOf(head, 'content-length')
  if (length === undefined) return undefined
  if (!/^\d{1,9}$/.test(length)) return 'Bad Content-Length'
  return Number(length) > new TextEncoder().encode(head.body).length ? 'The body is shorter than Content-Length' : undefined
}

const hopsFault = (hops: string | undefined): string | undefined =>
  hops === undefined || (/^\d{1,9}$/.test(hops) && Number(hops) <= 255) ? undefined : 'Bad Max-Forwards'

function answerTo(head: Head, { status, reason, headers = [] }: Refusal, able: Capabilities): string {
  const [to = ''] = valuesOf(head, 'to')
  return [
    `SIP/2.0 ${status} ${reason}`,
    ...valuesOf(head, 'via').map((via) => `Via: ${via}`),
    `From: ${valuesOf(head, 'from')[0]}`,
    `To: ${/;\s*tag\s*=/i.test(to) ? to : `${to};tag=${able.newTag()}`}`,
    `Call-ID: ${valuesOf(head, 'call-id')[0]}`,
    `CSeq: ${valuesOf(head, 'cseq')[0]}`,
    ...headers,
    'Content-Length: 0',
    '',
    ''
  ].join('\r\n')
}
