import type { Effect } from './state.ts'

/** How to reach the PBX; from the host. `secret` is for this seat only. */
export interface Account {
  /** ws: or wss: address of the PBX (RFC 7118). */
  server: string
  domain: string
  user: string
  secret: string
  iceServers: RTCIceServer[]
  /** The header of an INVITE that carries the conversation id. */
  conversationHeader: string
}

/** A telephone line as the phone drives it. It never throws; what comes of an effect is told as an Input. */
export interface SipLine {
  perform(effect: Exclude<Effect, { type: 'timer' | 'timer-off' | 'sound' | 'report' }>): void
  /** Where the far end's voice plays; empty: the system's default. */
  chooseSpeaker(deviceId: string): void
  streams(callId: string): { local?: MediaStream | undefined; remote?: MediaStream | undefined }
  stats(callId: string): Promise<RTCStatsReport | undefined>
  close(): Promise<void>
}
