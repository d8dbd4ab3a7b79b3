import type { Page } from '@playwright/test'

/** What arrived of the far end's audio since the call began, by the browser's own count (RTCInboundRtpStreamStats). */
export interface Received {
  packets: number
  /** Sum of squared levels over time, and that time in seconds: their quotient is the mean square. */
  energy: number
  seconds: number
}

declare global {
  interface Window {
    /** Peer connections this page opened; kept by {@link watchAudio}. */
    peers?: RTCPeerConnection[]
  }
}

/** Keeps the peer connections that a page will open, so that their counters can be read. Before the page loads. */
export const watchAudio = (page: Page) =>
  page.addInitScript(() => {
    const peers: RTCPeerConnection[] = []
    window.peers = peers
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        peers.push(this)
      }
    }
  })

export const received = (page: Page): Promise<Received> =>
  page.evaluate(async () => {
    const sum = { packets: 0, energy: 0, seconds: 0 }
    for (const peer of window.peers ?? []) {
      if (peer.connectionState !== 'connected') continue
      for (const row of (await peer.getStats()).values()) {
        if (row.type !== 'inbound-rtp' || row.kind !== 'audio') continue
        sum.packets += row.packetsReceived ?? 0
        sum.energy += row.totalAudioEnergy ?? 0
        sum.seconds += row.totalSamplesDuration ?? 0
      }
    }
    return sum
  })

/** What arrives within the next second: packets, and the level (RMS 0..1) over it. The second is the measurement's own length. */
export async function listen(page: Page): Promise<{ packets: number; rms: number }> {
  const from = await received(page)
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1_000)))
  const to = await received(page)
  const seconds = to.seconds - from.seconds
  return { packets: to.packets - from.packets, rms: seconds > 0 ? Math.sqrt(Math.max(0, to.energy - from.energy) / seconds) : 0 }
}
