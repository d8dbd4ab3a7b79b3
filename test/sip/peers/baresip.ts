import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { REALM, secretOf } from '../lab/kamailio.ts'
import type { Lab } from '../lab/lab.ts'
import { start } from '../lab/process.ts'
import { PITCH, writeToneWav } from '../lab/tones.ts'
import { until } from '../lab/until.ts'
import { type Ear, earOf } from './ear.ts'

/** An event or answer of baresip's control connection (module ctrl_tcp). */
interface Told {
  event?: boolean
  type?: string
  param?: string
  id?: string
  ok?: boolean
  data?: string
}

/** baresip as a phone without a sound card: a WAV file is its mouth, recordings are its ears. */
export interface Baresip extends Ear {
  readonly user: string
  /** Calls a user or number through the proxy. */
  dial(target: string): Promise<void>
  answer(): Promise<void>
  hangUp(): Promise<void>
  hold(on: boolean): Promise<void>
  /** Sends its far end elsewhere (REFER). */
  transfer(target: string): Promise<void>
  digits(keys: string): Promise<void>
  /** Waits for an event, e.g. `CALL_ESTABLISHED`, that came after the last one waited for of this kind. */
  happens(type: string): Promise<string>
  /** Keys it got as RFC 4733 events, in order. */
  heardDigits(): string
  log(): string
  stop(): Promise<void>
}

export interface BaresipOptions {
  user?: string
  hz?: number
  answers?: 'manual' | 'auto'
  /** What it can, the most wanted first, in its own spelling. */
  codecs?: readonly string[]
}

const MODULES = '/usr/lib/baresip/modules'

export async function startBaresip(
  lab: Lab,
  { user = 'customer2', hz = PITCH.baresip, answers = 'manual', codecs = ['pcmu'] }: BaresipOptions = {}
): Promise<Baresip> {
  const [sip, control] = [await lab.ports.take(), await lab.ports.take()]
  const rtp = await lab.ports.take()
  for (let i = 0; i < 4; i++) await lab.ports.take() // two calls and their RTCP
  const dir = join(lab.dir, `baresip-${user}-${sip}`)
  mkdirSync(dir)
  const voice = join(dir, 'voice.wav')
  writeToneWav(voice, hz, 60)
  writeFileSync(
    join(dir, 'config'),
    [
      'poll_method epoll',
      `sip_listen 127.0.0.1:${sip}`,
      'net_interface 127.0.0.1',
      'call_local_timeout 120',
      'call_max_calls 4',
      `audio_source aufile,${voice}`,
      'audio_player aubridge,none',
      'audio_alert aubridge,none',
      'ausrc_srate 8000',
      'auplay_srate 8000',
      'ausrc_channels 1',
      'auplay_channels 1',
      'audio_buffer 20-160',
      `rtp_ports ${rtp}-${rtp + 9}`,
      'rtcp_mux no',
      'jitter_buffer_delay 1-5',
      `module_path ${MODULES}`,
      ...['g711', 'g722', 'opus', 'aufile', 'aubridge', 'sndfile'].map((name) => `module ${name}.so`),
      ...['uuid', 'account'].map((name) => `module_tmp ${name}.so`),
      ...['menu', 'debug_cmd', 'ctrl_tcp'].map((name) => `module_app ${name}.so`),
      `ctrl_tcp_listen 127.0.0.1:${control}`,
      `snd_path ${dir}`,
      ''
    ].join('\n')
  )
  const account = [
    `<sip:${user}@${REALM}>`,
    `auth_user=${user}`,
    `auth_pass=${secretOf(user)}`,
    `outbound="sip:127.0.0.1:${lab.proxy.sipPort};transport=udp"`,
    'regint=60',
    `answermode=${answers}`,
    `audio_codecs=${codecs.join(',')}`,
    'ptime=20'
  ].join(';')
  writeFileSync(join(dir, 'accounts'), `${account}\n`)
  writeFileSync(join(dir, 'contacts'), '')
  const running = await start('baresip', ['-4', '-f', dir, '-s'], { dir, name: 'baresip' })
  lab.onClose(() => running.stop(300))

  const socket = await until('baresip takes commands', () => open(control), { seen: () => running.log() })
  const events: Told[] = []
  const waiting: ((answer: Told) => void)[] = []
  const seen = new Map<string, number>()
  readNetstrings(socket, (text) => {
    // baresip's own JSON; every field is checked where it is used.
    const told = JSON.parse(text) as Told
    if (told.event) events.push(told)
    else waiting.shift()?.(told)
  })
  const command = async (name: string, params = ''): Promise<void> => {
    const answer = await new Promise<Told>((done) => {
      waiting.push(done)
      const json = JSON.stringify({ command: name, params, token: 'test' })
      socket.write(`${Buffer.byteLength(json)}:${json},`)
    })
    if (answer.ok === false) throw new Error(`baresip refused ${name} ${params}: ${answer.data ?? ''}`)
  }
  await until('baresip is registered', () => /\d+ bindings?\]/.test(running.log()), { seen: () => running.log() })

  // One recording a call and direction; the newest is of the call that speaks.
  const recording = () =>
    readdirSync(dir)
      .filter((file) => file.endsWith('-dec.wav'))
      .sort()
      .map((file) => join(dir, file))
      .at(-1)
  return {
    user,
    ...earOf(`baresip ${user}`, recording),
    dial: (target) => command('dial', `sip:${target}@${REALM}`),
    answer: () => command('accept'),
    hangUp: () => command('hangup'),
    hold: (on) => command(on ? 'hold' : 'resume'),
    transfer: (target) => command('transfer', `sip:${target}@${REALM}`),
    async digits(keys) {
      for (const key of keys) await command('sndcode', key)
    },
    async happens(type) {
      const from = seen.get(type) ?? 0
      const found = await until(`baresip: ${type}`, () => events.findIndex((told, index) => index >= from && told.type === type) + 1, {
        seen: () => events.map((told) => told.type).join(' ')
      })
      seen.set(type, found)
      return events[found - 1]?.param ?? ''
    },
    heardDigits: () => events.flatMap((told) => (told.type === 'CALL_DTMF_START' ? [told.param ?? ''] : [])).join(''),
    log: () => running.log(),
    stop: () => running.stop(300)
  }
}

const open = (port: number): Promise<Socket | undefined> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => done(socket))
    socket.on('error', () => done(undefined))
  })

/** Netstrings: `LENGTH:TEXT,`. */
function readNetstrings(socket: Socket, take: (text: string) => void): void {
  let buffer: Buffer = Buffer.alloc(0)
  socket.on('data', (data: Buffer) => {
    buffer = Buffer.concat([buffer, data])
    for (;;) {
      const colon = buffer.indexOf(':')
      if (colon < 0) return
      const length = Number(buffer.subarray(0, colon).toString())
      if (buffer.length < colon + 2 + length) return
      take(buffer.subarray(colon + 1, colon + 1 + length).toString())
      buffer = buffer.subarray(colon + 2 + length)
    }
  })
}
