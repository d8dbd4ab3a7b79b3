const ADDRESS = /^((?:from|f|to|t)[ \t]*:[ \t]*)((?:[^\r\n]|\r\n[ \t])*)/gim
/** What stands before the bracket: nothing, words, or a quoted name. */
const BRACKETED = /^((?:[^"<]|"(?:[^"\\]|\\.)*")*<)([^>]*)(>.*)$/s
const BARE = /^()([^\s;]+)(.*)$/s

/**
 * SIP.js drops requests whose From or To is no sip: address, so a call from `<tel:+4930...>` (RFC 3966) would never ring. Such an address
 * is given as a number of our domain; the tags, which make the dialog, stay (RFC 3261 12.2.1.1).
 */
export function withSipAddresses(message: string, domain: string): string {
  const end = message.indexOf('\r\n\r\n')
  const head = end < 0 ? message : message.slice(0, end)
  return (
    head.replace(ADDRESS, (line, name: string, value: string) => {
      const [, before = '', uri = '', behind = ''] = BRACKETED.exec(value) ?? BARE.exec(value) ?? []
      const [, scheme = '', subject = ''] = /^([a-z][a-z0-9+.-]*):([^;?]*)/i.exec(uri) ?? []
      if (scheme === '' || /^sips?$/i.test(scheme)) return line
      const user = subject.replace(/[^\w+*.!~'-]/g, '') || 'unknown'
      const address = `sip:${user}@${domain};user=phone`
      return before === '' ? `${name}<${address}>${behind}` : `${name}${before}${address}${behind}`
    }) + (end < 0 ? '' : message.slice(end))
  )
}
