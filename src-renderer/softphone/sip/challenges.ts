/**
 * SIP.js reads only the last challenge of a 401 or 407 and knows only MD5, so with RFC 8760's choice of algorithms it gives up. The
 * others are taken out of the message, unless nothing else is offered.
 */
export function withoutForeignChallenges(message: string): string {
  if (!/^SIP\/2\.0 40[17] /.test(message)) return message
  const challenge = /^(?:WWW|Proxy)-Authenticate[ \t]*:[^\r\n]*\r?\n/gim
  const isMd5 = (line: string) => !/\balgorithm\s*=\s*"?(?!MD5"?[\s,;]|MD5"?$)/i.test(line.trim())
  if (!(message.match(challenge) ?? []).some(isMd5)) return message
  return message.replace(challenge, (line) => (isMd5(line) ? line : ''))
}
