/** Thrown where a part of a SIP message does not follow the grammar of RFC 3261, section 25. */
export class SipSyntaxError extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'SipSyntaxError'
  }
}

/** Names in lower case; quoted values without their quotes; a flag such as `;lr` has the value ''. */
export type SipParameters = ReadonlyMap<string, string>

export interface SipUri {
  scheme: 'sip' | 'sips'
  /** Unescaped and without a password; undefined when the URI names only a host. */
  user: string | undefined
  /** Lower case; an IPv6 address keeps its brackets. */
  host: string
  port: number | undefined
  parameters: SipParameters
  /** What follows `?`, unescaped (RFC 3261, 19.1.1): how a Refer-To carries Replaces. */
  headers: SipParameters
}

export interface NameAddress {
  displayName: string
  /** As it was written, without angle brackets. */
  uriText: string
  /** Undefined when the scheme is none of ours (tel, http ...). */
  uri: SipUri | undefined
  parameters: SipParameters
}

const TOKEN = "[A-Za-z0-9\\-.!%*_+`'~]+"
const QUOTED = '"(?:[^"\\\\]|\\\\[\\s\\S])*"'

export const isToken = (text: string): boolean => new RegExp(`^${TOKEN}$`).test(text)

/** Undoes %HH; bytes that are no UTF-8 become U+FFFD, a `%` without two hex digits is an error. */
export function unescapeUri(text: string): string {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) throw new SipSyntaxError(`bad escape in ${text.slice(0, 60)}`)
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
}

export function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\([\s\S])/g, '$1') : text
}

/** A display name as a quoted string that holds nothing which could end it or start another header. */
export function quote(text: string): string {
  return `"${text.replace(/[\r\n\0]+/g, ' ').replace(/["\\]/g, '\\$&')}"`
}

/** Reads `;name=value;flag`, with spaces where the grammar allows them; '' gives no parameters. */
export function parseParameters(text: string): SipParameters {
  const found = new Map<string, string>()
  const one = new RegExp(`\\s*;\\s*(${TOKEN})\\s*(?:=\\s*(${QUOTED}|[^\\s;,"<>]+))?`, 'y')
  while (text.slice(one.lastIndex).trim() !== '') {
    const at = one.lastIndex
    const match = one.exec(text)
    if (!match?.[1]) throw new SipSyntaxError(`bad parameters: ${text.slice(at, at + 60)}`)
    const name = match[1].toLowerCase()
    if (!found.has(name)) found.set(name, unquote(match[2] ?? ''))
  }
  return found
}

/** Splits at the commas that stand outside quotes and angle brackets. An empty value is an empty list; an empty element is an error. */
export function splitList(value: string): string[] {
  if (value.trim() === '') return []
  const parts: string[] = []
  let quoted = false
  let angle = false
  let from = 0
  for (let i = 0; i < value.length; i++) {
    const c = value[i]
    if (quoted) {
      if (c === '\\') i++
      else if (c === '"') quoted = false
    } else if (c === '"') quoted = true
    else if (c === '<') angle = true
    else if (c === '>') angle = false
    else if (c === ',' && !angle) {
      parts.push(value.slice(from, i).trim())
      from = i + 1
    }
  }
  if (quoted) throw new SipSyntaxError('a quote is not closed')
  parts.push(value.slice(from).trim())
  if (parts.includes('')) throw new SipSyntaxError('an empty list element')
  return parts
}

export const schemeOf = (uri: string): string | undefined => /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(uri)?.[1]?.toLowerCase()

/** A sip: or sips: URI. Throws {@link SipSyntaxError} for anything else. */
export function parseUri(text: string): SipUri {
  const scheme = schemeOf(text)
  if (scheme !== 'sip' && scheme !== 'sips') throw new SipSyntaxError(`not a SIP URI: ${text.slice(0, 60)}`)
  if (/[\s<>"]/.test(text)) throw new SipSyntaxError(`a URI with spaces, quotes or brackets: ${text.slice(0, 60)}`)
  const rest = text.slice(scheme.length + 1)
  const at = rest.indexOf('@')
  const match = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*))(?::(\d{1,5}))?((?:;[^;?]+)*)(?:\?(.*))?$/.exec(rest.slice(at + 1))
  if (!match?.[1]) throw new SipSyntaxError(`bad host: ${text.slice(0, 60)}`)
  const port = match[2] === undefined ? undefined : Number(match[2])
  if (port !== undefined && port > 65_535) throw new SipSyntaxError(`bad port: ${match[2]}`)
  const userInfo = at < 0 ? undefined : rest.slice(0, at)
  if (userInfo === '') throw new SipSyntaxError('an empty user')
  return {
    scheme,
    user: userInfo === undefined ? undefined : unescapeUri(userInfo.replace(/:.*$/, '')),
    host: match[1].toLowerCase(),
    port,
    parameters: pairs(match[3] ?? '', ';'),
    headers: pairs(match[4] ?? '', '&')
  }
}

function pairs(text: string, separator: string): SipParameters {
  const found = new Map<string, string>()
  for (const part of text.split(separator)) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = equals < 0 ? part : part.slice(0, equals)
    found.set(unescapeUri(name).toLowerCase(), equals < 0 ? '' : unescapeUri(part.slice(equals + 1)))
  }
  return found
}

/** `"Name" <uri>;parameters`, `Name <uri>`, `<uri>` or `uri;parameters` (RFC 3261, 20.10). */
export function parseNameAddress(value: string): NameAddress {
  const bracketed = new RegExp(`^\\s*(?:(${QUOTED})|((?:${TOKEN}\\s+)*(?:${TOKEN})?))\\s*<([^<>]*)>`).exec(value)
  if (bracketed) {
    const uriText = bracketed[3] ?? ''
    return {
      displayName: unquote(bracketed[1] ?? bracketed[2] ?? '').trim(),
      uriText,
      uri: ourUri(uriText),
      parameters: parseParameters(value.slice(bracketed[0].length))
    }
  }
  if (/["<>]/.test(value.split(';')[0] ?? '')) throw new SipSyntaxError(`bad address: ${value.slice(0, 60)}`)
  // Without brackets, everything from the first semicolon on belongs to the header, and a question mark or comma is not allowed.
  const bare = /^\s*([^\s;,?]+)\s*(;[\s\S]*)?$/.exec(value)
  if (!bare?.[1]) throw new SipSyntaxError(`bad address: ${value.slice(0, 60)}`)
  return { displayName: '', uriText: bare[1], uri: ourUri(bare[1]), parameters: parseParameters(bare[2] ?? '') }
}

function ourUri(text: string): SipUri | undefined {
  const scheme = schemeOf(text)
  if (scheme === undefined) throw new SipSyntaxError(`no URI: ${text.slice(0, 60)}`)
  if (/[\s<>]/.test(text)) throw new SipSyntaxError(`a URI with spaces: ${text.slice(0, 60)}`)
  return scheme === 'sip' || scheme === 'sips' ? parseUri(text) : undefined
}
