import { isToken, parseParameters } from './address.ts'

/**
 * The value of a User-to-User header (RFC 7433) that carries a conversation id: its UTF-8 octets in hex, so that no id needs quoting.
 * Example: `0192ab...;encoding=hex;purpose=sidetone-conversation`.
 */
export function encodeUserToUser(conversationId: string): string {
  return `${Buffer.from(conversationId, 'utf8').toString('hex')};encoding=hex;purpose=sidetone-conversation`
}

/** The conversation id in a User-to-User value: hex when it says so, else the plain token. Undefined when it is neither. */
export function decodeUserToUser(value: string): string | undefined {
  const match = /^\s*([^;\s]*)\s*(;[\s\S]*)?$/.exec(value)
  const data = match?.[1] ?? ''
  if (data === '') return undefined
  if (
    parseParameters(match?.[2] ?? '')
      .get('encoding')
      ?.toLowerCase() !== 'hex'
  )
    return isToken(data) ? data : undefined
  return /^(?:[0-9A-Fa-f]{2})+$/.test(data) ? Buffer.from(data, 'hex').toString('utf8') : undefined
}
