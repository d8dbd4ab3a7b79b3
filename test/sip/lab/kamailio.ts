import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Ports } from './ports.ts'
import { type Running, start } from './process.ts'
import { until } from './until.ts'

export const REALM = 'lab.test'
/** The secret of each of the users in kamailio.cfg. */
export const secretOf = (user: string): string => `secret-${user}`

/** A Kamailio as registrar, WebSocket server and proxy. It can go down and come back on the same ports. */
export interface SipProxy {
  /** SIP over UDP and TCP, for users with a password. */
  readonly sipPort: number
  /** SIP over UDP without one: where the carrier's calls come from. */
  readonly trunkPort: number
  readonly wsPort: number
  start(): Promise<void>
  /** SIGKILL: registrations and connections are lost, nobody is told. */
  kill(): Promise<void>
  /** Contacts registered for a user now. */
  contacts(user: string): Promise<string[]>
  log(): string
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', () => done(false))
  })

export async function prepareKamailio(ports: Ports, parent: string, name: string, mediaControl: string): Promise<SipProxy> {
  const dir = join(parent, name)
  mkdirSync(dir)
  const [sipPort, trunkPort, wsPort] = [await ports.take(), await ports.take(), await ports.take()]
  let running: Running | undefined
  return {
    sipPort,
    trunkPort,
    wsPort,
    async start() {
      if (running?.alive) return
      running = await start(
        'kamailio',
        [
          ...['-f', join(import.meta.dirname, 'kamailio.cfg'), '-w', dir, '-Y', dir, '-m', 256, '-M', 8, '-E', '-DD'],
          ...['-A', `SIP_PORT=${sipPort}`, '-A', `TRUNK_PORT=${trunkPort}`, '-A', `WS_PORT=${wsPort}`],
          ...['--substdef', `!RTPENGINE_SOCKET!udp:${mediaControl}!g`, '--substdef', `!REALM_NAME!${REALM}!g`]
        ],
        { dir, name }
      )
      const now = running
      await until(`${name} accepts connections`, async () => !now.alive || ((await accepts(wsPort)) && (await accepts(sipPort))), {
        seen: () => now.log()
      })
      if (!now.alive) throw new Error(`Kamailio ended at once:\n${now.log()}`)
    },
    async kill() {
      await running?.kill()
    },
    async contacts(user) {
      try {
        const asked = await promisify(execFile)('kamcmd', [
          '-s',
          `unix:${join(dir, 'kamailio.ctl')}`,
          'ul.lookup',
          'location',
          `${user}@${REALM}`
        ])
        return [...asked.stdout.matchAll(/Address: (.*)/g)].map(([, address]) => address ?? '')
      } catch {
        return [] // "AOR not found" is an error to kamcmd
      }
    },
    log: () => running?.log() ?? ''
  }
}
