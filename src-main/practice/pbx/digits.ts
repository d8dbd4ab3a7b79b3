const NAMES = '0123456789*#ABCD'

/**
 * Reads the digits out of RFC 4733 packets, each digit once and as soon as it is pressed, whichever of its packets is lost.
 * A press keeps one timestamp through all its packets; a very long press goes on in a segment that starts where the last one ended.
 */
export function createDigitReader(onDigit: (digit: string) => void): (timestamp: number, payload: Uint8Array) => void {
  let last: { timestamp: number; digit: string; duration: number; ended: boolean } | undefined
  return (timestamp, payload) => {
    const [event, flags, high, low] = payload
    if (event === undefined || flags === undefined || high === undefined || low === undefined) return
    const digit = NAMES[event]
    if (digit === undefined) return
    const duration = high * 256 + low
    const ended = (flags & 0x80) !== 0
    if (last && timestamp === last.timestamp) {
      last.duration = Math.max(last.duration, duration)
      last.ended ||= ended
      return
    }
    // Late packets of an earlier press come with an older timestamp (32 bits, wrapping).
    if (last && ((timestamp - last.timestamp) | 0) < 0) return
    const goesOn = last !== undefined && !last.ended && last.digit === digit && timestamp === (last.timestamp + last.duration) >>> 0
    last = { timestamp, digit, duration, ended }
    if (!goesOn) onDigit(digit)
  }
}
