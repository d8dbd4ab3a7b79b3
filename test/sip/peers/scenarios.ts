import { REALM } from '../lab/kamailio.ts'
import {
  CALLED,
  CALLER,
  dialog,
  type InDialog,
  invite,
  label,
  log,
  pause,
  receive,
  request,
  respond,
  type Side,
  type Stage,
  scenario,
  send
} from './scenario.ts'
import { describe, type Media } from './sdp.ts'

/** What the scenarios of a calling peer differ in. */
export interface Calling extends Omit<InDialog, 'media'> {
  headers?: readonly string[]
  /** The offer comes in the 200 and the answer in the ACK (RFC 3261 13.2.1). */
  lateOffer?: boolean
  /** The offer is one part of several, beside one of the telephone network's signalling (RFC 5621, RFC 3204). */
  inParts?: boolean
  /** Takes its time before it confirms the answer. */
  ackAfterMs?: number
  /** Who calls, where that is no sip: address of our domain, e.g. `tel:+49...` (RFC 3966). */
  fromUri?: string
  stages?: readonly Stage[]
}

const PROVISIONAL = receive('100', ' optional="true"') + receive('180', ' optional="true"') + receive('183', ' optional="true"')

const amongParts = (sdp: string) => ({
  contentType: 'multipart/mixed;boundary=part',
  body: [
    '--part',
    'Content-Type: application/isup;version=itu-t92+',
    'Content-Disposition: signal;handling=optional',
    '',
    'signalling of another network',
    '--part',
    'Content-Type: application/sdp',
    '',
    sdp.trimEnd(),
    '--part--',
    ''
  ].join('\n')
})

/** Calls, talks, and lives in the dialog. */
export const caller = (
  media: Media,
  { headers = [], lateOffer = false, inParts = false, ackAfterMs = 0, fromUri, stages = [], ...how }: Calling = {}
): string => {
  const xml = scenario('caller', [
    invite({ headers, ...(lateOffer ? {} : inParts ? amongParts(describe(media)) : { body: describe(media) }) }),
    PROVISIONAL,
    receive('200', ' rrs="true"'),
    ...(ackAfterMs > 0 ? [pause(ackAfterMs)] : []),
    request(CALLER, 'ACK', 1, lateOffer ? { body: describe(media) } : {}),
    dialog(CALLER, 2, stages, { media, ...how })
  ])
  return fromUri === undefined ? xml : xml.replaceAll(`<sip:[from]@${REALM}>`, `<${fromUri}>`)
}

const outside = (method: string, branch: number, headers: readonly string[] = [], toTag = true): string =>
  send([
    `${method} sip:[service]@${REALM} SIP/2.0`,
    `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch-${branch}]`,
    `From: ${CALLER.from}`,
    `To: <sip:[service]@${REALM}>${toTag ? '[peer_tag_param]' : ''}`,
    'Call-ID: [call_id]',
    `CSeq: 1 ${method}`,
    'Max-Forwards: 70',
    ...headers,
    'Content-Length: 0',
    ''
  ])

/** Calls and gives up `ringMs` after it rang. */
export const cancelling = (media: Media, ringMs: number, headers: readonly string[] = []): string =>
  scenario('cancelling', [
    invite({ body: describe(media) }),
    receive('100', ' optional="true"'),
    receive('180'),
    pause(ringMs),
    outside('CANCEL', 4, headers, false),
    receive('200'),
    receive('487'),
    outside('ACK', 7)
  ])

/** Every 200 changes SIPp's own notion of the far end's tag, also one to a CANCEL. */
const TO = '<ereg regexp="&lt;.*" search_in="hdr" header="To:" assign_to="remote"/>'
const ANSWERED: Side = { ...CALLER, to: '[$remote]' }

/** Calls and gives up `ringMs` after it rang; where the answer was faster it ends the call with BYE (RFC 5407 3.1.2). Logs which it was. */
export const crossing = (media: Media, ringMs: number): string =>
  scenario('crossing', [
    invite({ body: describe(media) }),
    receive('100', ' optional="true"'),
    receive('180'),
    receive('200', ` next="3" rrs="true" timeout="${ringMs}" ontimeout="5"`, TO),
    label(5),
    outside('CANCEL', 4, [], false),
    // INVITE and CANCEL share their branch, so which of the two a 200 answers is in its CSeq only.
    label(1),
    receive('481', ' optional="true" next="1"'),
    receive('487', ' optional="true" next="2"'),
    receive('200', ' rrs="true" next="3" test="answered"', `${TO}<ereg regexp="CSeq: 1 INVITE" search_in="msg" assign_to="answered"/>`),
    '<nop next="1"/>\n',
    label(2),
    outside('ACK', 7).replace('<send>', '<send next="4">'),
    label(3),
    request(ANSWERED, 'ACK', 1),
    // The answer to the CANCEL may still be under way.
    receive('200', ' timeout="60" ontimeout="6"'),
    label(6),
    request(ANSWERED, 'BYE', 2),
    label(7),
    receive('200', ' next="4" test="over"', '<ereg regexp="CSeq: 2 BYE" search_in="msg" assign_to="over"/>'),
    '<nop next="7"/>\n',
    label(4)
  ])

/** Calls and must be refused with this status. */
export const refused = (media: Media, status: number): string =>
  scenario('refused', [invite({ body: describe(media) }), PROVISIONAL, receive(String(status)), outside('ACK', 5)])

/** What the scenarios of a called peer differ in. */
export interface Called extends Omit<InDialog, 'media'> {
  ringMs?: number
  /** Sends 183 with SDP instead of 180. */
  early?: boolean
  /** Headers of the 200. */
  headers?: readonly string[]
  stages?: readonly Stage[]
}

const INVITED = receive(
  'INVITE',
  ' rrs="true"',
  [
    '<ereg regexp=".*" search_in="hdr" header="From:" assign_to="peer"/>',
    '<ereg regexp="&lt;.*" search_in="hdr" header="To:" assign_to="toheader"/>',
    '<ereg regexp=".*" search_in="hdr" header="Via:" occurrence="1" assign_to="via1"/>',
    '<ereg regexp=".*" search_in="hdr" header="Via:" occurrence="2" assign_to="via2"/>',
    '<ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="invitecseq"/>',
    '<ereg regexp="sip:[^ ]*" search_in="msg" assign_to="requesturi"/>',
    '<assignstr assign_to="me" value="[$toheader];tag=uas[pid]x[call_number]"/>',
    log('INVITE [$requesturi]')
  ].join('')
)

/** Rings, answers, talks, and lives in the dialog. */
export const called = (media: Media, { ringMs = 200, early = false, headers = [], stages = [], ...how }: Called = {}): string =>
  scenario('called', [
    INVITED,
    early ? respond(CALLED, '183 Session Progress', { body: describe(media) }, ' first') : respond(CALLED, '180 Ringing', {}, ' first'),
    pause(ringMs),
    respond(CALLED, '200 OK', { headers, body: describe(media) }, ' first retrans="500"'),
    receive('ACK'),
    dialog(CALLED, 1, stages, { media, ...how })
  ])

/** Refuses; with which of these statuses, is what follows the port in the number that was called, e.g. 9PPPPP486. */
export const refusing = (statuses: readonly number[], headers: readonly string[] = []): string =>
  scenario('refusing', [
    INVITED.replace(
      '</action>',
      `${statuses.map((status) => `<ereg regexp="sip:9[0-9]*${status}@" search_in="msg" assign_to="is${status}"/>`).join('')}</action>`
    ),
    // SIPp takes no variable for a status.
    ...statuses.map((status, index) => `<nop test="is${status}" next="${index + 1}"/>\n`),
    ...statuses.flatMap((status, index) => [
      label(index + 1),
      respond(CALLED, `${status} Refused`, { headers }, ` first next="${statuses.length + 1}"`)
    ]),
    label(statuses.length + 1),
    receive('ACK')
  ])

/** Rings until it is cancelled, with sound where that is asked for. */
export const ringing = ({ early }: { early?: Media } = {}): string =>
  scenario('ringing', [
    INVITED,
    early ? respond(CALLED, '183 Session Progress', { body: describe(early) }, ' first') : respond(CALLED, '180 Ringing', {}, ' first'),
    receive('CANCEL', '', `<ereg regexp=".*" search_in="hdr" header="Reason:" assign_to="reason"/>${log('CANCEL [$reason]')}`),
    send(['SIP/2.0 200 OK', '[last_Via:]', '[last_From:]', 'To: [$me]', '[last_Call-ID:]', '[last_CSeq:]', 'Content-Length: 0', '']),
    send([
      'SIP/2.0 487 Request Terminated',
      'Via: [$via1]',
      'Via: [$via2]',
      '[last_From:]',
      'To: [$me]',
      '[last_Call-ID:]',
      'CSeq: [$invitecseq] INVITE',
      'Content-Length: 0',
      ''
    ]),
    receive('ACK')
  ])
