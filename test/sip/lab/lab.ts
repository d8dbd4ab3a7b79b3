import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cable, layCable } from './cable.ts'
import { prepareKamailio, type SipProxy } from './kamailio.ts'
import { claimPorts, type Ports } from './ports.ts'
import { type MediaProxy, startRtpengine } from './rtpengine.ts'

/** Kamailio and rtpengine of one test file, as ordinary processes on loopback, in a folder of their own that goes with them. */
export interface Lab {
  readonly dir: string
  readonly ports: Ports
  readonly proxy: SipProxy
  readonly media: MediaProxy
  /** The way from the softphone to the proxy's WebSocket. */
  readonly cable: Cable
  /** A second server, not started yet. */
  standby(): Promise<SipProxy>
  /** Runs at the end, last one first. */
  onClose(end: () => void | Promise<void>): void
  close(): Promise<void>
}

export async function openLab(): Promise<Lab> {
  const dir = mkdtempSync(join(tmpdir(), 'sidetone-sip-'))
  const ends: (() => void | Promise<void>)[] = []
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end()
    if (!process.env['SIDETONE_SIP_KEEP']) rmSync(dir, { recursive: true, force: true })
  }
  try {
    const ports = await claimPorts()
    ends.push(() => ports.release())
    const media = await startRtpengine(ports, dir)
    ends.push(() => media.stop())
    const prepare = async (name: string): Promise<SipProxy> => {
      const made = await prepareKamailio(ports, dir, name, media.control)
      ends.push(() => made.kill())
      return made
    }
    const proxy = await prepare('kamailio')
    await proxy.start()
    const cable = await layCable(await ports.take(), proxy.wsPort)
    ends.push(() => cable.close())
    return { dir, ports, proxy, media, cable, standby: () => prepare('standby'), onClose: (end) => ends.push(end), close }
  } catch (error) {
    await close()
    throw error
  }
}
