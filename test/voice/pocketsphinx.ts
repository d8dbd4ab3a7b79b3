import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A real recogniser in a process of its own. */
export interface Recogniser {
  readonly url: string
  /** As if the machine had lost power. */
  kill(): Promise<void>
  /** Again, at the same address. */
  restart(): Promise<void>
}

/** Debian's own Python, for which its packages are. */
const PYTHON = '/usr/bin/python3'

/** @throws Error with what it said when it does not start */
export async function startPocketSphinx(): Promise<Recogniser> {
  let port = 0
  let child: ChildProcess | undefined

  async function start(): Promise<void> {
    const started = spawn(PYTHON, [join(import.meta.dirname, 'pocketsphinx-server.py'), String(port)], {
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let complaint = ''
    started.stderr.on('data', (data: Buffer) => {
      complaint += data.toString()
    })
    const line = await Promise.race([
      once(createInterface(started.stdout), 'line').then(([text]) => String(text)),
      once(started, 'exit').then(() => Promise.reject(new Error(`the recogniser did not start: ${complaint}`)))
    ])
    port = Number(line)
    child = started
  }

  await start()
  return {
    url: `ws://127.0.0.1:${port}`,
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
    restart: start
  }
}
