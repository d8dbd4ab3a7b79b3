/** The session description in the body of a SIP message, also where it is one part of several (RFC 3261 7.4, RFC 5621). Pure. */

/** A body, or a part of one, with the headers that say what it is; absent headers are undefined. */
interface BodyPart {
  /** Content-Type; RFC 3261 has no default for a whole body, RFC 2046 5.1 says text/plain for a part. */
  type: string | undefined
  /** Content-Disposition: what the part is for, and whether it may be passed over (`handling=optional`, RFC 3261 20.11). */
  disposition: string | undefined
  /** Content-Transfer-Encoding */
  encoding: string | undefined
  content: string
}

/**
 * `sdp`: the description, or '' when there is none and nothing that had to be understood.
 * `not understood`: a part that may not be passed over is of no type we know (415). `malformed`: no multipart at all (400).
 */
type SessionBody = { sdp: string } | { fault: 'malformed' | 'not understood' }

/** What an Accept header says that both our sides understand as the body of an INVITE. */
export const SESSION_TYPES = 'application/sdp, multipart/mixed, multipart/alternative'
/** Parts within parts; nobody needs more. */
const DEEPEST = 4

export function sessionBody(part: BodyPart, depth = 0): SessionBody {
  if (part.content === '') return { sdp: '' }
  const type = mediaType(part.type)
  if (type.startsWith('multipart/')) {
    const parts = depth < DEEPEST ? partsOf(part) : undefined
    if (!parts) return { fault: 'malformed' }
    return type === 'multipart/alternative' ? best(parts, depth + 1) : all(parts, depth + 1)
  }
  const purpose = part.disposition?.split(';')[0]?.trim().toLowerCase() ?? 'session'
  const plain = /^(?:|7bit|8bit|binary)$/i.test(part.encoding?.trim() ?? '')
  if (type === 'application/sdp' && purpose === 'session' && plain) return { sdp: depth > 0 ? withLastEnd(part.content) : part.content }
  return mayBePassedOver(part) ? { sdp: '' } : { fault: 'not understood' }
}

/** The line break before a delimiter is the delimiter's, but SDP's last line needs one too (RFC 8866 9): Chromium refuses it without. */
const withLastEnd = (sdp: string): string => (sdp.endsWith('\n') ? sdp : `${sdp}\r\n`)

/** Every part counts, and the first description is the session's. Kinds of multipart nobody knows are read so too (RFC 2046 5.1.3). */
function all(parts: readonly BodyPart[], depth: number): SessionBody {
  let sdp = ''
  for (const part of parts) {
    const read = sessionBody(part, depth)
    if ('sdp' in read) sdp ||= read.sdp
    else if (read.fault === 'malformed' || !mayBePassedOver(part)) return read
  }
  return { sdp }
}

/** The same thing said several times, the best last: the last that is understood counts (RFC 2046 5.1.4). */
function best(parts: readonly BodyPart[], depth: number): SessionBody {
  const read = parts.map((part) => sessionBody(part, depth))
  return read.findLast((one) => 'sdp' in one && one.sdp !== '') ?? read.find((one) => 'sdp' in one) ?? read[0] ?? { fault: 'malformed' }
}

const mediaType = (value: string | undefined): string => (value ?? 'text/plain').split(';')[0]?.trim().toLowerCase() ?? ''

/** Without a word about it a part must be understood (RFC 3261 20.11). */
const mayBePassedOver = ({ disposition }: BodyPart): boolean => /;\s*handling\s*=\s*"?optional"?\s*(?:;|$)/i.test(disposition ?? '')

/** RFC 2046 5.1.1; undefined when there is no boundary, no part, or no end. */
function partsOf({ type = '', content }: BodyPart): BodyPart[] | undefined {
  const named = /;\s*boundary\s*=\s*(?:"([^"]{1,70})"|([^\s;,"]{1,70}))/i.exec(type)
  const boundary = named?.[1] ?? named?.[2]
  if (boundary === undefined) return undefined
  // The line break before a delimiter belongs to the delimiter.
  const [, ...pieces] = `\r\n${content}`.split(`\n--${boundary}`)
  const end = pieces.findIndex((piece) => /^--[ \t]*(?:\r?\n|$)/.test(piece))
  const parts = pieces.slice(0, Math.max(end, 0))
  if (parts.length === 0 || parts.some((piece) => !/^[ \t]*\r?\n/.test(piece))) return undefined
  return parts.map((piece) => partOf(piece.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, '')))
}

function partOf(text: string): BodyPart {
  const gap = /^\r?\n|\r?\n\r?\n/.exec(text)
  const head = gap ? text.slice(0, gap.index) : text
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const value = (name: string): string | undefined =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim()
  return {
    type: value('content-type'),
    disposition: value('content-disposition'),
    encoding: value('content-transfer-encoding'),
    content: gap ? text.slice(gap.index + gap[0].length) : ''
  }
}

/** Whether one who sent these Accept headers can read SDP (RFC 3261 20.1): no header says yes, an empty one says no to everything. */
export const acceptsSdp = (accepts: readonly string[] | undefined): boolean =>
  accepts === undefined ||
  accepts.length === 0 ||
  accepts
    .flatMap((value) => value.split(','))
    .some((range) => {
      const [type = '', ...parameters] = range.split(';').map((piece) => piece.trim().toLowerCase())
      return ['application/sdp', 'application/*', '*/*'].includes(type) && !parameters.some((one) => /^q\s*=\s*0(?:\.0*)?$/.test(one))
    })
