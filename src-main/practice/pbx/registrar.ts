import type { NameAddress } from './address.ts'
import type { HeaderLine, ResponseParts } from './compose.ts'
import { header, type SipRequest } from './message.ts'
import type { SipConnection } from './transport.ts'

/** One place where a user can be reached (RFC 3261, section 10). */
interface Binding {
  contact: NameAddress
  connection: SipConnection
  expiresAt: number
  callId: string
  cseq: number
}

export interface Registrar {
  /** Carries out an authenticated REGISTER and says how to answer it. */
  register(user: string, request: SipRequest, connection: SipConnection): { status: number; parts: ResponseParts }
  /**
   * Where the user can be rung, the newest place last: bindings that are in date and whose socket is open. Several of one instance
   * (RFC 5626) are one device, which is where it registered last.
   */
  reach(user: string): readonly { target: string; device: string; connection: SipConnection }[]
  /** Forgets what is out of date or has lost its socket, and says who is no longer reachable. */
  sweep(): void
}

export interface RegistrarOptions {
  now(): number
  onReachable(user: string): void
  onUnreachable(user: string): void
}

const DEFAULT_SECONDS = 300
const MAX_SECONDS = 3_600
const MIN_SECONDS = 10
const MAX_BINDINGS = 10

/** Bindings belong to users, who may have several devices. */
export function createRegistrar({ now, onReachable, onUnreachable }: RegistrarOptions): Registrar {
  const bindings = new Map<string, Map<string, Binding>>()
  const reachable = new Set<string>()

  const live = (user: string): Binding[] =>
    [...(bindings.get(user)?.values() ?? [])].filter((binding) => binding.connection.open && binding.expiresAt > now())
  const announce = (user: string): void => {
    const is = live(user).length > 0
    if (is === reachable.has(user)) return
    if (is) reachable.add(user)
    else reachable.delete(user)
    if (is) onReachable(user)
    else onUnreachable(user)
  }
  const listed = (user: string): HeaderLine[] =>
    live(user).map(({ contact, expiresAt }) => ['Contact', `<${contact.uriText}>;expires=${Math.ceil((expiresAt - now()) / 1_000)}`])

  return {
    register(user, request, connection) {
      const known = bindings.get(user) ?? new Map<string, Binding>()
      bindings.set(user, known)
      const isOld = ({ callId, cseq }: Binding): boolean => callId === request.callId && cseq >= request.cseq
      const asked = readSeconds(header(request, 'expires'))
      if (request.contacts === '*') {
        if (asked !== 0) return { status: 400, parts: { reason: 'Contact * Needs Expires 0' } }
        if ([...known.values()].some(isOld)) return { status: 500, parts: { reason: 'CSeq Out Of Order' } }
        known.clear()
      } else {
        // All or nothing (RFC 3261, 10.3 step 7): every contact is checked before the first one is stored.
        const wanted = request.contacts.map((contact) => ({
          contact,
          key: keyOf(contact),
          seconds: Math.min(readSeconds(contact.parameters.get('expires')) ?? asked ?? DEFAULT_SECONDS, MAX_SECONDS)
        }))
        for (const { contact, key, seconds } of wanted) {
          const before = known.get(key)
          if (!contact.uri) return { status: 416, parts: {} }
          if (before && isOld(before)) return { status: 500, parts: { reason: 'CSeq Out Of Order' } }
          if (seconds > 0 && seconds < MIN_SECONDS) return { status: 423, parts: { lines: [['Min-Expires', String(MIN_SECONDS)]] } }
        }
        for (const { contact, key, seconds } of wanted) {
          known.delete(key)
          if (seconds > 0)
            known.set(key, { contact, connection, expiresAt: now() + seconds * 1_000, callId: request.callId, cseq: request.cseq })
        }
        for (const oldest of known.keys()) {
          if (known.size <= MAX_BINDINGS) break
          known.delete(oldest)
        }
      }
      announce(user)
      return { status: 200, parts: { lines: [...listed(user), ['Date', new Date(now()).toUTCString()]] } }
    },
    reach(user) {
      const places = new Map<string, { target: string; device: string; connection: SipConnection }>()
      for (const { contact, connection } of live(user)) {
        const device = contact.parameters.get('+sip.instance') ?? contact.uriText
        places.delete(device)
        places.set(device, { target: withoutHeaders(contact.uriText), device, connection })
      }
      return [...places.values()]
    },
    sweep() {
      for (const [user, known] of bindings) {
        for (const [key, binding] of known) if (!binding.connection.open || binding.expiresAt <= now()) known.delete(key)
        announce(user)
        if (known.size === 0) bindings.delete(user)
      }
    }
  }
}

/** A Request-URI has no headers, and a Route that a stranger's contact asks for is not to be honoured (RFC 3261, 19.1.1 and 19.1.5). */
const withoutHeaders = (uri: string): string => uri.replace(/\?.*$/, '')

/** A phone that names its instance (RFC 5626) keeps one binding whatever address it has; else the address is the binding. */
function keyOf({ parameters, uriText }: NameAddress): string {
  const instance = parameters.get('+sip.instance')
  return instance ? `${instance} ${parameters.get('reg-id') ?? ''}` : uriText
}

/** Seconds as they were asked for; what is no number counts as not asked (RFC 3261, 20.19). */
const readSeconds = (text: string | undefined): number | undefined => (text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined)
