import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { REALM, secretOf } from '../lab/kamailio.ts'
import type { Lab } from '../lab/lab.ts'
import { start } from '../lab/process.ts'
import { PITCH, writeToneWav } from '../lab/tones.ts'
import { until } from '../lab/until.ts'
import { type Ear, earOf } from './ear.ts'

/** linphonec on a pipe: a WAV file is its mouth, a recording its ear. */
export interface Linphone extends Ear {
  readonly user: string
  dial(target: string): void
  answer(): void
  hangUp(): void
  hold(on: boolean): void
  /** Sends its far end elsewhere (REFER). */
  transfer(target: string): void
  /** Any command of its prompt. */
  type(command: string): void
  /** Waits until its screen shows this after what was waited for last. */
  shows(pattern: RegExp): Promise<void>
  /** Keys it got as RFC 4733 events, in order. */
  heardDigits(): string
  screen(): string
  stop(): Promise<void>
}

export interface LinphoneOptions {
  user?: string
  hz?: number
  answersItself?: boolean
}

export async function startLinphone(
  lab: Lab,
  { user = 'customer3', hz = PITCH.linphone, answersItself = false }: LinphoneOptions = {}
): Promise<Linphone> {
  const [sip, rtp] = [await lab.ports.take(), await lab.ports.take()]
  for (let i = 0; i < 4; i++) await lab.ports.take() // more calls
  const dir = join(lab.dir, `linphone-${user}-${sip}`)
  mkdirSync(join(dir, '.local/share/linphone'), { recursive: true })
  const [voice, heard, core] = [join(dir, 'voice.wav'), join(dir, 'heard.wav'), join(dir, 'core.txt')]
  writeToneWav(voice, hz, 60)
  const server = `<sip:127.0.0.1:${lab.proxy.sipPort};transport=udp>`
  const sections: Record<string, Record<string, string | number>> = {
    sip: {
      sip_port: sip,
      sip_tcp_port: 0,
      sip_tls_port: 0,
      use_ipv6: 0,
      bind_address: '127.0.0.1',
      guess_hostname: 0,
      contact: `sip:${user}@127.0.0.1`,
      media_encryption: 'none',
      default_proxy: 0,
      use_info: 0,
      use_rfc2833: 1
    },
    rtp: { audio_rtp_port: rtp, audio_jitt_comp: 40 },
    video: { enabled: 0 },
    sound: { echocancellation: 0 },
    proxy_0: {
      reg_proxy: server,
      reg_route: server,
      reg_identity: `sip:${user}@${REALM}`,
      reg_expires: 600,
      reg_sendregister: 1,
      publish: 0
    },
    auth_info_0: { username: user, passwd: secretOf(user), realm: REALM, domain: REALM }
  }
  const settings = Object.entries(sections).map(([name, values]) =>
    [`[${name}]`, ...Object.entries(values).map(([key, value]) => `${key}=${value}`), ''].join('\n')
  )
  writeFileSync(join(dir, 'settings'), settings.join('\n'))
  const running = await start('linphonec', ['-c', join(dir, 'settings'), '-S', '-d', 5, '-l', core, ...(answersItself ? ['-a'] : [])], {
    dir,
    name: 'linphone',
    env: { HOME: dir },
    talks: true
  })
  const type = (command: string) => running.stdin?.write(`${command}\n`)
  const stop = async () => {
    type('quit')
    await running.stop(1_000)
  }
  lab.onClose(stop)
  const all = () => running.log() + (existsSync(core) ? readFileSync(core, 'utf8') : '')
  await until('linphone is ready', () => running.log().includes('linphonec>'), { seen: () => running.log() })
  type('soundcard use files')
  type(`play ${voice}`)
  type(`record ${heard}`)
  await until('linphone is registered', () => /Registration.*successful|LinphoneRegistrationOk/.test(all()), { seen: () => running.log() })
  let read = 0
  return {
    user,
    ...earOf(`linphone ${user}`, () => heard),
    dial: (target) => type(`call sip:${target}@${REALM}`),
    answer: () => type('answer'),
    hangUp: () => type('terminate all'),
    hold: (on) => type(on ? 'pause' : 'resume 1'),
    transfer: (target) => type(`transfer 1 sip:${target}@${REALM}`),
    type,
    async shows(pattern) {
      await until(
        `linphone shows ${pattern}`,
        () => {
          const rest = running.log().slice(read)
          const found = pattern.exec(rest)
          if (found) read += found.index + found[0].length
          return found !== null
        },
        { seen: () => running.log().slice(-600) }
      )
    },
    // It says every event three times, as RFC 4733 has the end of an event repeated.
    heardDigits: () =>
      [...running.log().matchAll(/tone (\S)/g)]
        .map(([, key]) => key)
        .join('')
        .replace(/(.)\1\1/g, '$1'),
    screen: () => running.log(),
    stop
  }
}
