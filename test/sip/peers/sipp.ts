import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SipProxy } from '../lab/kamailio.ts'
import type { Lab } from '../lab/lab.ts'
import { start } from '../lab/process.ts'
import { openRtpPort, type RtpPort } from '../lab/rtp-port.ts'
import { PITCH } from '../lab/tones.ts'
import { until } from '../lab/until.ts'
import type { Media } from './sdp.ts'

/** One run of SIPp: its signalling is a scenario's, its voice and ears an {@link RtpPort}'s. */
export interface Sipp {
  readonly rtp: RtpPort
  /** The pitch of its voice. */
  readonly hz: number
  /** Waits until it hears this tone. */
  hears(hz: number): Promise<void>
  hearsNothing(): Promise<void>
  /** Waits until the scenario has logged this. */
  logs(line: string | RegExp): Promise<void>
  /** What to call it by, through the proxy. */
  readonly number: string
  /** Lines that the scenario logged. */
  log(): string[]
  /** All messages, as SIPp traced them. */
  messages(): string
  /** Waits for the scenario's end. @throws Error when it did not end as the scenario says. */
  done(): Promise<void>
  stop(): Promise<void>
}

export interface SippOptions {
  /** A user to call; without it the peer waits to be called. */
  to?: string
  from?: string
  name?: string
  hz?: number
  /** Calls until it ends. */
  calls?: number
  events?: boolean
  /** The proxy to call by; the lab's first one unless said otherwise. */
  through?: SipProxy
  transport?: 'udp' | 'tcp'
  /** Ignores a message that the scenario does not expect now, instead of failing; whoever sent it will repeat it. */
  patient?: boolean
}

export async function startSipp(lab: Lab, write: (media: Media) => string, options: SippOptions = {}): Promise<Sipp> {
  const {
    to,
    from = 'customer1',
    name = 'Ann Lee',
    hz = PITCH.sipp,
    calls = 1,
    events = true,
    transport = 'udp',
    patient = false,
    through = lab.proxy
  } = options
  const [port, mediaPort] = [await lab.ports.take(), await lab.ports.take()]
  const rtp = await openRtpPort(mediaPort, hz)
  const file = (kind: string) => join(lab.dir, `sipp-${port}.${kind}`)
  writeFileSync(file('xml'), write({ port: mediaPort, events }))
  const running = await start(
    'sipp',
    [
      ...['-sf', file('xml'), '-i', '127.0.0.1', '-p', port, '-m', calls, '-nostdin', '-timeout', '90s', '-timeout_error'],
      ...(patient ? ['-default_behaviors', 'all,-abortunexp'] : []),
      ...['-t', transport === 'tcp' ? 't1' : 'u1'],
      ...['-trace_err', '-error_file', file('errors'), '-trace_msg', '-message_file', file('messages')],
      ...['-trace_logs', '-log_file', file('lines'), '-key', 'from', from, '-key', 'name', name],
      ...(to === undefined ? [] : ['-s', to, `127.0.0.1:${through.trunkPort}`])
    ],
    { dir: lab.dir, name: `sipp-${port}` }
  )
  const read = (kind: string) => (existsSync(file(kind)) ? readFileSync(file(kind), 'utf8') : '')
  const stop = async () => {
    await running.kill()
    rtp.close()
  }
  lab.onClose(stop)
  if (to === undefined) await until('SIPp listens', () => isBound(port) || !running.alive, { seen: () => running.log() })
  const lines = () => read('lines').split('\n').filter(Boolean)
  return {
    rtp,
    hz,
    async hears(wanted) {
      const heard = () => rtp.hears()
      await until(`SIPp's partner is heard at ${wanted} Hz`, () => heard().rms > 0.02 && Math.abs(heard().hz - wanted) <= 20, {
        seen: heard
      })
    },
    async hearsNothing() {
      await until("SIPp's partner is not heard", () => rtp.hears().rms < 0.003, { seen: () => rtp.hears() })
    },
    async logs(wanted) {
      const is = (line: string) => (typeof wanted === 'string' ? line === wanted : wanted.test(line))
      await until(`SIPp logs ${wanted}`, () => lines().some(is), { seen: lines })
    },
    number: `9${port}`,
    log: lines,
    messages: () => read('messages'),
    async done() {
      const code = await running.ended
      if (code !== 0) throw new Error(`SIPp ended with ${code}: ${read('errors').slice(0, 1_000) || running.log().slice(-1_000)}`)
    },
    stop
  }
}

/** Is a UDP port of loopback in use? Linux lists them. */
function isBound(port: number): boolean {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')} `
  return readFileSync('/proc/net/udp', 'utf8').includes(wanted) || readFileSync('/proc/net/tcp', 'utf8').includes(wanted)
}
