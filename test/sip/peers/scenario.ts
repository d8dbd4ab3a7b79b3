import { REALM } from '../lab/kamailio.ts'
import { type Direction, describe, type Media } from './sdp.ts'

/**
 * Scenarios of SIPp are XML files without includes, and every one of ours shares the same life inside the dialog: so they are written by
 * this generator. Square brackets are SIPp's own keywords, `[$name]` its variables.
 */

/** Inside a dialog: who this peer is in its own requests. */
export interface Side {
  from: string
  to: string
  contact: string
}
export const CALLER: Side = {
  from: `"[name]" <sip:[from]@${REALM}>;tag=[pid]x[call_number]`,
  to: `<sip:[service]@${REALM}>[peer_tag_param]`,
  contact: '<sip:[from]@[local_ip]:[local_port]>'
}
export const CALLED: Side = { from: '[$me]', to: '[$peer]', contact: '<sip:peer@[local_ip]:[local_port]>' }

const VIA = 'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]'
const ALLOW = 'Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, REFER, NOTIFY, UPDATE'

export interface Extra {
  headers?: readonly string[]
  body?: string
  /** Of the body; SDP unless said otherwise. */
  contentType?: string
}

const tail = ({ headers = [], body, contentType = 'application/sdp' }: Extra): string[] => [
  ...headers,
  ...(body === undefined ? ['Content-Length: 0', ''] : [`Content-Type: ${contentType}`, 'Content-Length: [len]', '', body])
]

export const send = (lines: readonly string[], attributes = ''): string => `<send${attributes}><![CDATA[\n${lines.join('\n')}\n]]></send>\n`

/** `next`: the label to go on at; needed where a scenario jumps. */
export const receive = (what: `${number}` | string, attributes = '', action = ''): string => {
  const kind = /^\d/.test(what) ? 'response' : 'request'
  return action === ''
    ? `<recv ${kind}="${what}"${attributes}/>\n`
    : `<recv ${kind}="${what}"${attributes}><action>${action}</action></recv>\n`
}
export const log = (message: string): string => `<log message="${message}"/>`
export const pause = (ms: number): string => `<pause milliseconds="${ms}"/>\n`
export const label = (id: number): string => `<label id="${id}"/>\n`

/** The first INVITE of a call. */
export const invite = (extra: Extra): string =>
  send(
    [
      `INVITE sip:[service]@${REALM} SIP/2.0`,
      VIA,
      `From: ${CALLER.from}`,
      `To: <sip:[service]@${REALM}>`,
      'Call-ID: [call_id]',
      'CSeq: 1 INVITE',
      `Contact: ${CALLER.contact}`,
      'Max-Forwards: 70',
      ALLOW,
      ...tail(extra)
    ],
    ' retrans="500"'
  )

/** A request inside the dialog. */
export const request = (side: Side, method: string, cseq: number, extra: Extra = {}): string =>
  send(
    [
      `${method} [next_url] SIP/2.0`,
      VIA,
      '[routes]',
      `From: ${side.from}`,
      `To: ${side.to}`,
      'Call-ID: [call_id]',
      `CSeq: ${cseq} ${method}`,
      `Contact: ${side.contact}`,
      'Max-Forwards: 70',
      ...tail(extra)
    ],
    method === 'ACK' ? '' : ' retrans="500"'
  )

/** An answer to the request that came last. */
export const respond = (side: Side, status: string, extra: Extra = {}, attributes = ''): string =>
  send(
    [
      `SIP/2.0 ${status}`,
      '[last_Via:]',
      '[last_From:]',
      // A called party's own tag is in [$me]; inside a dialog the To that came has it.
      side === CALLED && / first\b/.test(attributes) ? 'To: [$me]' : '[last_To:]',
      '[last_Call-ID:]',
      '[last_CSeq:]',
      '[last_Record-Route:]',
      ...(extra.headers?.some((header) => header.startsWith('Contact:')) ? [] : [`Contact: ${side.contact}`]),
      ...tail(extra)
    ],
    attributes.replace(/ first\b/, '')
  )

/** What a peer does by itself, when nothing else has happened for a while. */
export interface Stage {
  afterMs: number
  /** @param cseq its next free one; gives the XML and how many it used. */
  act(side: Side, cseq: number): { xml: string; used: number }
}

/** Sends a re-INVITE with SDP and expects `status`; what was answered is logged as `ANSWER a=...`. */
export const reinvites = (afterMs: number, media: Media, direction: Direction, headers: readonly string[] = []): Stage => ({
  afterMs,
  act: (side, cseq) => ({
    used: 1,
    xml:
      request(side, 'INVITE', cseq, { headers, body: describe(media, direction, cseq + 1) }) +
      receive('100', ' optional="true"') +
      receive(
        '200',
        '',
        `<ereg regexp="a=(sendrecv|sendonly|recvonly|inactive)" search_in="body" assign_to="answer,answerword"/>${log('ANSWER [$answer]')}`
      ) +
      request(side, 'ACK', cseq)
  })
})

/** Sends a re-INVITE without SDP: the far end offers in its 200, and is answered in the ACK (RFC 3261 14.1). */
export const reinvitesLate = (afterMs: number, media: Media): Stage => ({
  afterMs,
  act: (side, cseq) => ({
    used: 1,
    xml:
      request(side, 'INVITE', cseq) +
      receive('100', ' optional="true"') +
      receive('200', '', `<ereg regexp="m=audio [0-9]+" search_in="body" assign_to="late"/>${log('OFFER [$late]')}`) +
      request(side, 'ACK', cseq, { body: describe(media, 'sendrecv', cseq + 1) })
  })
})

/** Sends one request and expects its status. */
export const requests = (afterMs: number, method: string, status: number, extra: Extra = {}): Stage => ({
  afterMs,
  act: (side, cseq) => ({ used: 1, xml: request(side, method, cseq, extra) + receive(String(status)) })
})

export const hangsUp = (afterMs: number): Stage => ({
  afterMs,
  act: (side, cseq) => ({ used: 1, xml: request(side, 'BYE', cseq) + receive('200', ' next="98"') })
})

/** How the dialog answers: what a phone would. */
export interface InDialog {
  media: Media
  /** Status of every NOTIFY about a REFER, in order; the first follows the 202. */
  referStatus?: readonly string[]
  /** Refuses re-INVITEs with this status line instead of agreeing. */
  refuseReinvite?: string
  /** Only so many of them; then it agrees. */
  refusals?: number
  /** Meets the first re-INVITE with one of its own, which must get 491; then agrees to ours. */
  crossesReinvite?: boolean
}

/**
 * The life inside a dialog. Whatever comes is answered as a phone would and logged (`INFO ...`, `REINVITE a=...`, `REFER ...`); each stage
 * begins when nothing came for its time. Ends with BYE from either side.
 */
export function dialog(side: Side, first: number, stages: readonly Stage[], how: InDialog): string {
  let cseq = first
  let xml = ''
  const all = [...stages, hangsUp(80_000)]
  if (how.crossesReinvite || how.refusals !== undefined) {
    xml += firstReinvite(side, how, cseq)
    if (how.crossesReinvite) cseq++
  }
  const { refuseReinvite, ...agreeing } = how
  const later: InDialog = how.refusals === undefined && refuseReinvite !== undefined ? how : agreeing
  all.forEach((stage, index) => {
    const base = 100 + index * 20
    const { xml: act, used } = stage.act(side, cseq)
    xml += loop(side, base, stage.afterMs, cseq + 100, later) + act
    cseq += used
  })
  return `${xml}${label(98)}`
}

/** The first re-INVITEs, before the dialog is an ordinary one: refused, or met by one of this side's own. */
function firstReinvite(side: Side, how: InDialog, cseq: number): string {
  const saved = [
    '<ereg regexp=".*" search_in="hdr" header="Via:" occurrence="1" assign_to="revia1"/>',
    '<ereg regexp=".*" search_in="hdr" header="Via:" occurrence="2" assign_to="revia2"/>',
    '<ereg regexp=".*" search_in="hdr" header="From:" assign_to="refrom"/>',
    '<ereg regexp=".*" search_in="hdr" header="To:" assign_to="reto"/>',
    '<ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="recseq"/>',
    '<ereg regexp="a=(sendrecv|sendonly|inactive|recvonly)" search_in="body" assign_to="redir,reword"/>',
    log('REINVITE [$redir]')
  ].join('')
  if (how.refusals !== undefined)
    return Array.from({ length: how.refusals }, () =>
      [receive('INVITE', '', saved), respond(side, how.refuseReinvite ?? '491 Request Pending'), receive('ACK')].join('')
    ).join('')
  return [
    receive('INVITE', '', saved),
    request(side, 'INVITE', cseq, { body: describe(how.media, 'sendrecv', cseq + 1) }),
    receive('100', ' optional="true"'),
    receive('491'),
    request(side, 'ACK', cseq).replace('[branch]', '[branch-2]'),
    // What [last_*] was is gone with the 491.
    send([
      'SIP/2.0 200 OK',
      'Via:[$revia1]',
      'Via:[$revia2]',
      'From:[$refrom]',
      'To:[$reto]',
      'Call-ID: [call_id]',
      'CSeq: [$recseq] INVITE',
      `Contact: ${side.contact}`,
      ...tail({ body: describe(how.media, 'recvonly', cseq + 2) })
    ]),
    receive('ACK')
  ].join('')
}

function loop(side: Side, base: number, timeoutMs: number, cseq: number, how: InDialog): string {
  const [again, plain, invited, sendonly, inactive, recvonly, referred, hungUp, over] = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => base + i)
  const answer = (direction: Direction) =>
    how.refuseReinvite === undefined
      ? respond(side, '200 OK', { body: describe(how.media, direction, base) }, ` next="${again}"`)
      : respond(side, how.refuseReinvite, {}, ` next="${again}"`)
  const is = (word: Direction) =>
    `<strcmp assign_to="cmp" variable="word" value="${word}"/><test assign_to="is_${word}" variable="cmp" compare="equal" value="0"/>`
  const notify = (status: string, index: number, count: number) =>
    request(side, 'NOTIFY', cseq + index, {
      headers: ['Event: refer', `Subscription-State: ${index + 1 < count ? 'active;expires=60' : 'terminated;reason=noresource'}`],
      body: `SIP/2.0 ${status}\n`,
      contentType: 'message/sipfrag;version=2.0'
    }) + receive('200', index + 1 < count ? '' : ` next="${again}"`)
  const statuses = how.referStatus ?? ['100 Trying', '200 OK']
  return [
    label(again ?? 0),
    // SIPp minds the time-out of the first of several optional ones only.
    receive('ACK', ` optional="true" next="${again}" timeout="${timeoutMs}" ontimeout="${over}"`),
    receive(
      'INFO',
      ` optional="true" next="${plain}"`,
      `<ereg regexp="(Signal=.*)" search_in="body" assign_to="sig"/>${log('INFO [$sig]')}`
    ),
    receive(
      'INVITE',
      ` optional="true" next="${invited}"`,
      `<ereg regexp="a=(sendrecv|sendonly|inactive|recvonly)" search_in="body" assign_to="dir,word"/>${log('REINVITE [$dir]')}` +
        is('sendonly') +
        is('inactive') +
        is('recvonly')
    ),
    receive(
      'REFER',
      ` optional="true" next="${referred}"`,
      `<ereg regexp=".*" search_in="hdr" header="Refer-To:" assign_to="target"/>${log('REFER [$target]')}`
    ),
    receive('UPDATE', ` optional="true" next="${plain}"`, log('UPDATE')),
    receive('OPTIONS', ` optional="true" next="${plain}"`),
    receive('NOTIFY', ` optional="true" next="${plain}"`),
    receive('BYE', ` next="${hungUp}"`, log('BYE')),
    label(plain ?? 0),
    respond(side, '200 OK', {}, ` next="${again}"`),
    label(invited ?? 0),
    `<nop test="is_sendonly" next="${sendonly}"/><nop test="is_inactive" next="${inactive}"/><nop test="is_recvonly" next="${recvonly}"/>\n`,
    answer('sendrecv'),
    label(sendonly ?? 0),
    answer('recvonly'),
    label(inactive ?? 0),
    answer('inactive'),
    label(recvonly ?? 0),
    answer('sendonly'),
    label(referred ?? 0),
    respond(side, '202 Accepted'),
    ...statuses.map((status, index) => notify(status, index, statuses.length)),
    label(hungUp ?? 0),
    respond(side, '200 OK', {}, ' next="98"'),
    label(over ?? 0)
  ].join('')
}

/** A whole file. SIPp complains about variables that are set and never read. */
export function scenario(name: string, parts: readonly string[]): string {
  const body = parts.join('')
  const named = [...body.matchAll(/assign_to="([^"]+)"/g)].flatMap(([, names]) => names?.split(',') ?? [])
  const set = [...new Set(named)].join(',')
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="${name}">
${body}${set === '' ? '' : `<Reference variables="${set}"/>\n`}</scenario>
`
}
