import { isToken } from './address.ts'

/**
 * The value of a User-to-User header (RFC 7433) that carries a conversation id: its UTF-8 octets in hex, so that no id needs quoting.
 * Example: `0192ab...;encoding=hex;purpose=sidetone-conversation`.
 */
export function encodeUserToUser(conversationId: string): string {
  return `${Buffer.from(conversationId, 'utf8').toString('hex')};encoding=hex;purpose=sidetone-conversation`
}

/** The conversation id in a User-to-User value: hex when it says so, else the plain token. Undefined when it is neither. */
export function decodeUserToUser(value: string): string | undefined {
  const [data = '', ...parameters] = value.split(';').map((part) => part.trim())
  const isHex = parameters.some((parameter) => /^encoding\s*=\s*hex$/i.test(parameter))
  if (!isHex) return isToken(data) ? data : undefined
  return /^(?:[0-9A-Fa-f]{2})+$/.test(data) ? Buffer.from(data, 'hex').toString('utf8') : undefined
}
