import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ports } from './ports.ts'
import { type Running, start } from './process.ts'
import { until } from './until.ts'

/** rtpengine in user space: takes the browser's media apart and, as the recorder, writes what passes. */
export interface MediaProxy {
  /** What Kamailio's rtpengine module calls it by. */
  readonly control: string
  /** Packet captures of the calls recorded, one a call, oldest first. */
  recordings(): Buffer[]
  stop(): Promise<void>
}

export async function startRtpengine(ports: Ports, dir: string): Promise<MediaProxy> {
  const control = `127.0.0.1:${await ports.take()}`
  const folder = join(dir, 'recordings')
  mkdirSync(folder)
  const running: Running = await start(
    'rtpengine',
    [
      '--config-file=none',
      '--table=-1',
      '--interface=127.0.0.1',
      `--listen-ng=${control}`,
      `--port-min=${ports.mediaFrom}`,
      `--port-max=${ports.mediaTo}`,
      '--num-threads=2',
      '--timeout=60',
      '--silent-timeout=600',
      '--delete-delay=0',
      '--tos=0',
      '--log-level=6',
      '--dtls-passive',
      `--recording-dir=${folder}`,
      '--recording-method=pcap',
      '--recording-format=raw',
      '--foreground',
      '--log-stderr'
    ],
    { dir, name: 'rtpengine' }
  )
  await until('rtpengine starts', () => /Startup complete/.test(running.log()) || !running.alive, {
    seen: () => running.log()
  })
  if (!running.alive) throw new Error(`rtpengine ended at once:\n${running.log()}`)
  return {
    control,
    recordings() {
      const pcaps = join(folder, 'pcaps')
      return readdirSync(pcaps)
        .sort()
        .map((file) => readFileSync(join(pcaps, file)))
    },
    // 10.5 crashes on SIGTERM while it records.
    stop: () => running.kill()
  }
}
