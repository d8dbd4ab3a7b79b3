/**
 * What the practice centre needs of its PBX. The PBX is real SIP (RFC 3261 over WebSocket, RFC 7118) with real WebRTC media;
 * a test may stand in for it.
 */
export interface PbxAccount {
  /** ws://127.0.0.1:PORT */
  server: string
  domain: string
  user: string
  secret: string
}

export interface RingOptions {
  /** The agent's SIP user. */
  user: string
  conversationId: string
  callId: string
  /** The caller's number, E.164. */
  from: string
  name: string
  ringMs: number
}

export type PbxEvent =
  | { type: 'registered' | 'unregistered'; user: string }
  | { type: 'ringing' | 'answered' | 'held' | 'resumed'; callId: string; conversationId: string; user: string }
  /** The agent's phone said no (`status` 4xx-6xx), did not answer in time (408), or could not be reached (480). */
  | { type: 'refused'; callId: string; conversationId: string; user: string; status: number }
  | { type: 'digit'; callId: string; conversationId: string; user: string; digit: string }
  | { type: 'ended'; callId: string; conversationId: string; user: string; by: 'customer' | 'agent' | 'centre' | 'network' }
  /** How loud the agent is at the customer's end: RMS 0..1 of the last second, sent about once a second while up. */
  | { type: 'heard'; callId: string; conversationId: string; user: string; rms: number; packets: number }
  /** The agent asks by REFER to move the call to `target` (user part of Refer-To). */
  | { type: 'refer'; callId: string; conversationId: string; user: string; target: string }

export interface Pbx {
  readonly port: number
  /** Makes or returns the account of a user; the secret is made at random at start. */
  account(user: string): PbxAccount
  isRegistered(user: string): boolean
  /** Rings the agent; what becomes of it arrives as events. */
  ring(options: RingOptions): void
  /** Ends a call or its ringing. Unknown calls are ignored. */
  hangUp(callId: string, by: 'customer' | 'centre'): void
  /** Plays G.711 mu-law (8 kHz mono, raw) to the agent; resolves when played, or at once when the call is not up. A held call waits. */
  play(callId: string, ulaw: Uint8Array): Promise<void>
  on(listener: (event: PbxEvent) => void): { close(): void }
  close(): Promise<void>
}
