/** The head of a SIP message (RFC 3261 7.3), read without judging what the headers say. */
export interface Head {
  /** The whole message, with the ends of its lines mended. */
  text: string
  start: string
  /** Values by full lower-case name, in order; a header may be there several times. */
  headers: ReadonlyMap<string, readonly string[]>
  body: string
  /** What makes the head as a whole unreadable. */
  unreadable?: string | undefined
}

/** RFC 3261 7.3.3 and the extensions that have one. */
const SHORT: Readonly<Record<string, string>> = {
  i: 'call-id',
  m: 'contact',
  e: 'content-encoding',
  l: 'content-length',
  c: 'content-type',
  f: 'from',
  s: 'subject',
  k: 'supported',
  t: 'to',
  v: 'via',
  r: 'refer-to',
  b: 'referred-by',
  o: 'event',
  x: 'session-expires'
}

export const valuesOf = (head: Head, name: string): readonly string[] => head.headers.get(name) ?? []

export function headOf(message: string): Head {
  const text = message.includes('\r\n') ? message : withFullLines(message)
  const end = text.indexOf('\r\n\r\n')
  const [start = '', ...lines] = (end < 0 ? text : text.slice(0, end)).split('\r\n')
  const headers = new Map<string, string[]>()
  let unreadable = end < 0 ? 'The headers never end' : undefined
  for (const line of unfold(lines)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    if (colon < 0 || !/^[\w.!%*+`'~-]+$/.test(name)) {
      if (line !== '') unreadable ??= 'A line that is no header'
      continue
    }
    if (line.includes('\0')) unreadable ??= 'A NUL in a header'
    const full = SHORT[name] ?? name
    const value = line.slice(colon + 1).trim()
    const known = headers.get(full)
    if (known) known.push(value)
    else headers.set(full, [value])
  }
  return { text, start, headers, body: end < 0 ? '' : text.slice(end + 4), unreadable }
}

/** RFC 3261 7.3.1: a line that begins with white space goes on with the one before. */
const unfold = (lines: readonly string[]): string[] =>
  lines.reduce<string[]>((all, line) => {
    if (/^[ \t]/.test(line) && all.length > 0) all.push(`${all.pop()} ${line.trim()}`)
    else all.push(line)
    return all
  }, [])

/** Some senders end lines with a bare LF; the body keeps its own. */
function withFullLines(message: string): string {
  const end = message.indexOf('\n\n')
  const head = end < 0 ? message : message.slice(0, end)
  return head.replaceAll('\n', '\r\n') + (end < 0 ? '' : `\r\n\r\n${message.slice(end + 2)}`)
}

const OF_BODY = /^(?:c|e|l|content-[\w-]+|mime-version)\s*:/i

/** The message with another body, and the headers that say what it is. */
export function withBody(head: Head, body: string, type: string): string {
  const lines = unfold(head.text.slice(0, head.text.indexOf('\r\n\r\n')).split('\r\n')).filter((line) => !OF_BODY.test(line))
  const of = body === '' ? [] : [`Content-Type: ${type}`]
  return [...lines, ...of, `Content-Length: ${new TextEncoder().encode(body).length}`, '', body].join('\r\n')
}
