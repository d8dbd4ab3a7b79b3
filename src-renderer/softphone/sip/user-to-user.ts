/**
 * Reads what a User-to-User header (RFC 7433) carries: hex by default or `encoding=hex`; anything else, and hex that is no text, is
 * taken as it stands. `purpose` and other parameters are ignored.
 * @param header the value, e.g. `636f6e76;encoding=hex;purpose=isdn-uui` or `"conv-1"`; plain custom headers work too.
 * @returns the content, or `undefined` when there is none.
 */
export function readUserToUser(header: string | undefined): string | undefined {
  const match = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^;,\s]+))\s*((?:;[^,]*)?)/.exec(header ?? '')
  if (!match) return undefined
  const quoted = match[1]?.replace(/\\(.)/g, '$1')
  const data = quoted ?? match[2] ?? ''
  if (data === '') return undefined
  const encoding = /;\s*encoding\s*=\s*"?([\w-]+)/i.exec(match[3] ?? '')?.[1]?.toLowerCase()
  if (encoding !== undefined && encoding !== 'hex') return data
  return fromHex(data) ?? data
}

/** Hex as UTF-8 text, or `undefined` when it is not hex, not UTF-8, or not printable. */
function fromHex(data: string): string | undefined {
  if (data.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(data)) return undefined
  const bytes = Uint8Array.from(data.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined // a token that merely looks like hex
  }
  return /^[\x20-\x7e\u00a0-\uffff]+$/.test(text) ? text : undefined
}

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'
/** The audio direction an SDP states (RFC 4566 6): the media line's, else the session's, else sendrecv. */
export function directionOf(sdp: string): Direction {
  const [session = '', ...media] = sdp.split(/^m=/m)
  const audio = media.find((part) => part.startsWith('audio')) ?? ''
  const found = /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(audio) ?? /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(session)
  return (found?.[1] as Direction | undefined) ?? 'sendrecv' // the expression admits these four only
}
/** Does the answer to our hold agree that it only listens, or neither sends nor listens (RFC 3264 8.4)? */
export const confirmsHold = (answer: string): boolean => ['recvonly', 'inactive'].includes(directionOf(answer))
/** Does an offer put us on hold? */
export const putsOnHold = (offer: string): boolean => ['sendonly', 'inactive'].includes(directionOf(offer))

/** A conversation id as the value of the header that carries it: hex in User-to-User (RFC 7433), as it is elsewhere. */
export function writeConversation(headerName: string, conversationId: string): string {
  if (headerName.toLowerCase() !== 'user-to-user') return conversationId.replace(/[\r\n]/g, '')
  const hex = Array.from(new TextEncoder().encode(conversationId), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex};encoding=hex`
}
