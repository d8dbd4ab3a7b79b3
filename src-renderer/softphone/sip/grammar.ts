/** The parts of RFC 3261's grammar (section 25) that a message is refused for. Each gives what is wrong, or undefined. Pure. */

const TOKEN = "[\\w.!%*+`'~-]+"
const QUOTED = '"(?:[^"\\\\]|\\\\.)*"'
/** RFC 3261 wants quotes around what is no token; senders of UTF-8 names forget them, and the name is readable all the same. */
const DISPLAY_NAME = /^[\w.!%*+`'~ \t\u0080-\uffff-]*$/

export function requestUriFault(uri: string): string | undefined {
  if (uri.startsWith('<')) return 'Request-URI in brackets'
  const match = /^sips?:(?:([^@]*)@)?(\[[0-9a-f:.]+\]|[^:;?@[\]]+)(?::(\d*))?((?:;[^?]*)?)(\?.*)?$/i.exec(uri)
  if (!match) return 'Bad Request-URI'
  const [, , , port, , headers] = match
  if (headers !== undefined) return 'Headers in the Request-URI'
  if (/%(?![0-9a-f]{2})/i.test(uri)) return 'Bad escape in the Request-URI'
  return port !== undefined && (port === '' || Number(port) > 65_535) ? 'Bad port in the Request-URI' : undefined
}

/** An address as From, To and Contact have it: `"Name" <uri>;parameter` or a bare URI. `many`: a list of them. */
export function addressFault(value: string, many = false): string | undefined {
  for (const address of many ? splitList(value) : [value]) {
    const plain = withoutQuoted(address)
    const open = plain.indexOf('<')
    const fault = plain.includes('"') ? 'A quote that is not closed' : open < 0 ? bareFault(plain) : bracketedFault(plain, open)
    if (fault) return fault
  }
  return undefined
}

function bracketedFault(address: string, open: number): string | undefined {
  const close = address.indexOf('>', open)
  if (close < 0) return 'A bracket that is not closed'
  if (!DISPLAY_NAME.test(address.slice(0, open))) return 'A display name that needs quotes'
  if (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(address.slice(open + 1, close))) return 'An address that is no URI'
  return parametersFault(address.slice(close + 1))
}

function bareFault(address: string): string | undefined {
  const end = address.search(/[;\s]/)
  const uri = end < 0 ? address : address.slice(0, end)
  if (!/^[a-z][a-z0-9+.-]*:[^?,\s]+$/i.test(uri)) return 'An address that needs brackets'
  return parametersFault(end < 0 ? '' : address.slice(end))
}

function parametersFault(rest: string): string | undefined {
  const [before = '', ...parameters] = rest.split(';')
  const fine = before.trim() === '' && parameters.every((one) => one.trim() !== '' && !/[,<>]/.test(one))
  return fine ? undefined : 'Bad parameters of an address'
}

/** With every quoted string (RFC 3261 25.1) made one letter. */
const withoutQuoted = (value: string): string => value.replaceAll(/"(?:[^"\\]|\\.)*"/gs, 'q')

/** Splits at commas that are neither quoted nor in brackets. */
function splitList(value: string): string[] {
  const parts: string[] = ['']
  let [quoted, bracketed] = [false, false]
  for (let i = 0; i < value.length; i++) {
    const char = value[i] ?? ''
    if (quoted && char === '\\') {
      parts.push(`${parts.pop()}${char}${value[++i] ?? ''}`)
      continue
    }
    if (char === '"') quoted = !quoted
    if (!quoted && char === '<') bracketed = true
    if (!quoted && char === '>') bracketed = false
    if (char === ',' && !quoted && !bracketed) parts.push('')
    else parts.push(`${parts.pop()}${char}`)
  }
  return parts.map((part) => part.trim())
}

const VIA = new RegExp(
  `^SIP\\s*/\\s*2\\.0\\s*/\\s*${TOKEN}\\s+(?:\\[[0-9a-f:.]+\\]|[^\\s;:,\\[\\]]+)\\s*(?::\\s*\\d{1,5}\\s*)?(?:;\\s*${TOKEN}\\s*(?:=\\s*(?:${QUOTED}|[^;,"\\s]+)\\s*)?)*$`,
  'i'
)
export const viaFault = (value: string): string | undefined => (splitList(value).every((via) => VIA.test(via)) ? undefined : 'Bad Via')

/** RFC 3261 20.17: GMT and nothing else. */
export const dateFault = (value: string): string | undefined =>
  /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value) ? undefined : 'A date that is not in GMT'
