/** How often packets are counted, and how many must have come and gone before they prove anything. */
const EVERY_MS = 250
const ENOUGH = 5

interface Counted {
  received: number
  sent: number
}

/** Audio packets of a connection, from its own statistics (W3C webrtc-stats: inbound-rtp, outbound-rtp). */
export function countPackets(rows: Iterable<Record<string, unknown>>): Counted {
  const counted: Counted = { received: 0, sent: 0 }
  for (const row of rows) {
    if (row.kind !== 'audio') continue
    if (row.type === 'inbound-rtp' && typeof row.packetsReceived === 'number') counted.received += row.packetsReceived
    if (row.type === 'outbound-rtp' && typeof row.packetsSent === 'number') counted.sent += row.packetsSent
  }
  return counted
}

/** Tells, as it changes, whether packets have come and gone since now; ends by itself when both have. Gives what ends it. */
export function watchPackets(connection: () => RTCPeerConnection | undefined, tell: (proof: { received: boolean; sent: boolean }) => void) {
  let first: Counted | undefined
  let last = ''
  let over = false
  const stop = () => {
    over = true
    clearInterval(timer)
  }
  async function look(): Promise<void> {
    const report = await connection()?.getStats()
    if (!report || over) return
    const now = countPackets(report.values())
    // A renewed connection counts from zero.
    if (!first || now.received < first.received || now.sent < first.sent) first = now
    const proof = { received: now.received - first.received >= ENOUGH, sent: now.sent - first.sent >= ENOUGH }
    const said = JSON.stringify(proof)
    if (said === last) return
    last = said
    tell(proof)
    if (proof.received && proof.sent) stop()
  }
  const timer = setInterval(() => void look().catch((error: unknown) => console.warn('packets could not be counted', error)), EVERY_MS)
  return stop
}
