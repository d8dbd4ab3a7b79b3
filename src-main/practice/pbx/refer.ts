import { parseNameAddress } from './address.ts'
import { header, type SipRequest } from './message.ts'

/** A dialog as another one names it (RFC 3891): the tags are seen from the side that receives the header. */
export interface ReplacedDialog {
  callId: string
  toTag: string
  fromTag: string
  earlyOnly: boolean
}

export interface ReferTarget {
  /** The user part of Refer-To: a user of ours or a number. */
  target: string
  /** Present for an attended transfer. */
  replaces?: ReplacedDialog
}

/** Reads a Replaces value; undefined when it lacks a part. */
export function readReplaces(value: string): ReplacedDialog | undefined {
  const [callId, ...parameters] = value.split(';').map((part) => part.trim())
  const of = (name: string): string | undefined =>
    parameters.find((part) => part.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1)
  const toTag = of('to-tag')
  const fromTag = of('from-tag')
  if (!callId || !toTag || fromTag === undefined) return undefined
  return { callId, toTag, fromTag, earlyOnly: parameters.includes('early-only') }
}

/** Reads the one Refer-To a REFER must have (RFC 3515). Throws SipSyntaxError for a broken address. */
export function readReferTo(request: SipRequest): ReferTarget | undefined {
  const value = header(request, 'refer-to')
  if (value === undefined || (request.headers.get('refer-to')?.length ?? 0) > 1) return undefined
  const user = parseNameAddress(value).uri
  if (!user?.user) return undefined
  const replaces = user.headers.get('replaces')
  if (replaces === undefined) return { target: user.user }
  const dialog = readReplaces(replaces)
  return dialog && { target: user.user, replaces: dialog }
}
