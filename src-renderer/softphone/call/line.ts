import type { DTMF_METHODS } from '../../../src-shared/contract/phone.ts'
import type { Effect } from './state.ts'

/** How to reach the PBX; from the host. `secret` is for this seat only. */
export interface Account {
  /** ws: or wss: addresses of the PBX in fail-over order (RFC 7118). */
  servers: readonly string[]
  domain: string
  user: string
  /** The digest user; empty: `user`. */
  authUser?: string
  secret: string
  displayName?: string
  iceServers: RTCIceServer[]
  /** Audio codecs by their SDP names, the most wanted first; empty or absent: the browser's order. */
  codecs?: readonly string[]
  dtmf?: (typeof DTMF_METHODS)[number]
  /** The header of an INVITE that carries the conversation id. */
  conversationHeader: string
  /** Session timer (RFC 4028) in seconds; 0 or absent: none of our own. */
  sessionExpiresS?: number
  /** Calls at once; absent: three. */
  lines?: number
  autoAnswer?: { headers: boolean }
}

/** The effects that a line performs; the rest is the driver's. */
export type SipEffect = Exclude<Effect, { type: 'timer' | 'timer-off' | 'sound' | 'report' | 'transferred' | 'journal' }>

/** A telephone line as the phone drives it. It never throws; what comes of an effect is told as an Input. */
export interface SipLine {
  perform(effect: SipEffect): void
  /** Where the far end's voice plays; empty: the system's default. */
  chooseSpeaker(deviceId: string): void
  streams(callId: string): { local?: MediaStream | undefined; remote?: MediaStream | undefined }
  stats(callId: string): Promise<RTCStatsReport | undefined>
  /**
   * Tells the far end's recorder in the dialog what to do: INFO with `Record: on|off`, as phones of several makers do. Gives the final
   * status; 481 for a call that there is not, 503 when nothing can be sent.
   */
  record?(callId: string, on: boolean): Promise<number>
  close(): Promise<void>
}
