export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

export interface Media {
  /** Where this peer's RTP is sent to and comes from. */
  port: number
  /** Without telephone events (RFC 4733) digits must go by INFO. */
  events?: boolean
}

/** A plain phone's description of its audio (RFC 8866, RFC 3264): G.711 and, mostly, telephone events. */
export function describe({ port, events = true }: Media, direction: Direction = 'sendrecv', version = 1): string {
  return [
    'v=0',
    `o=peer 4711 ${version} IN IP4 127.0.0.1`,
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP 0${events ? ' 101' : ''}`,
    'a=rtpmap:0 PCMU/8000',
    ...(events ? ['a=rtpmap:101 telephone-event/8000', 'a=fmtp:101 0-16'] : []),
    'a=ptime:20',
    `a=${direction}`,
    ''
  ].join('\n')
}
