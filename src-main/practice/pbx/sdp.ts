/** What of an SDP matters to a call: which way the audio goes and which payload types carry what. */
export interface AudioDescription {
  direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'
  /** Payload types of telephone-event at 8 kHz (RFC 4733). */
  digitTypes: readonly number[]
}

/** Reads the audio of an offer or answer; undefined when there is none that carries PCMU and is not refused (port 0). */
export function readAudio(sdp: string): AudioDescription | undefined {
  const lines = sdp.split(/\r?\n/)
  const start = lines.findIndex((line) => /^m=audio\s+[1-9]/.test(line))
  if (lines[0] !== 'v=0' || start < 0) return undefined
  const next = lines.findIndex((line, i) => i > start && line.startsWith('m='))
  const section = lines.slice(start, next < 0 ? undefined : next)
  const types = (section[0] ?? '').split(/\s+/).slice(3)
  const mapped = section.flatMap((line) => {
    const match = /^a=rtpmap:(\d+)\s+([^/\s]+)\/8000/i.exec(line)
    return match?.[1] && match[2] ? [{ type: Number(match[1]), name: match[2].toLowerCase() }] : []
  })
  if (!types.includes('0') && !mapped.some(({ name }) => name === 'pcmu')) return undefined
  const directionOf = (part: readonly string[]): string | undefined =>
    part.map((line) => /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/.exec(line)?.[1]).find((found) => found !== undefined)
  const direction =
    directionOf(section) ??
    directionOf(
      lines.slice(
        0,
        lines.findIndex((line) => line.startsWith('m='))
      )
    ) ??
    'sendrecv'
  return {
    direction: direction as AudioDescription['direction'], // the expression above matches these four words only
    digitTypes: mapped.filter(({ name }) => name === 'telephone-event').map(({ type }) => type)
  }
}

/**
 * An offer without the keypad events of other clocks than PCMU's 8 kHz: events must run on the clock of the audio they go with
 * (RFC 4733, section 2.1), and werift 0.25.2, which looks at names only, would agree to the first one.
 */
export function withoutForeignEvents(sdp: string): string {
  const foreign = new Set([...sdp.matchAll(/^a=rtpmap:(\d+)\s+telephone-event\/(?!8000\b)\d+/gim)].map(([, type]) => type))
  if (foreign.size === 0) return sdp
  return sdp
    .split(/(?<=\n)/)
    .filter((line) => !foreign.has(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)\s/.exec(line)?.[1]))
    .map((line) =>
      line.replace(/^(m=audio\s+\S+\s+\S+)((?:\s\d+)+)/, (_, head: string, types: string) => {
        const left = types
          .trim()
          .split(' ')
          .filter((type) => !foreign.has(type))
        return [head, ...left].join(' ')
      })
    )
    .join('')
}

/** True when the agent's side will not take the caller's audio: the call is on hold. */
export const holds = (audio: AudioDescription): boolean => audio.direction === 'sendonly' || audio.direction === 'inactive'

/** Gives a description its session id and version: one session keeps its id and counts each new description (RFC 3264, section 8). */
export const stampOrigin = (sdp: string, sessionId: number, version: number): string =>
  sdp.replace(/^o=.*$/m, `o=- ${sessionId} ${version} IN IP4 127.0.0.1`)
