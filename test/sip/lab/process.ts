import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'

/** A program that a lab runs in its own folder, with everything it prints in `NAME.log` there. */
export interface Running {
  readonly name: string
  readonly pid: number
  /** What it reads, where that was asked for. */
  readonly stdin: Writable | null
  readonly alive: boolean
  log(): string
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
  /** SIGTERM, then SIGKILL when it does not obey in time. */
  stop(graceMs?: number): Promise<void>
  /** SIGKILL: it gets to do nothing any more. */
  kill(): Promise<void>
}

export interface ProgramOptions {
  dir: string
  name: string
  env?: NodeJS.ProcessEnv
  /** Keep standard input open for commands. */
  talks?: boolean
}

/** @throws Error when the program is not there. */
export async function start(command: string, args: readonly (string | number)[], options: ProgramOptions): Promise<Running> {
  const file = join(options.dir, `${options.name}.log`)
  const out = openSync(file, 'a')
  const child = spawn(command, args.map(String), {
    cwd: options.dir,
    stdio: [options.talks ? 'pipe' : 'ignore', out, out],
    detached: true, // a process group of its own, so that its children go with it
    env: { ...process.env, TERM: 'dumb', LC_ALL: 'C.UTF-8', ...options.env }
  })
  closeSync(out)
  let over = false
  const signalGroup = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, signal)
    } catch {
      // ESRCH: all of it has ended
    }
  }
  const ended = new Promise<number | NodeJS.Signals>((done) =>
    child.once('exit', (code, signal) => {
      over = true
      process.off('exit', killNow)
      done(signal ?? code ?? 0)
    })
  )
  // Nothing that a test started outlives it, however it ends.
  const killNow = () => signalGroup('SIGKILL')
  process.on('exit', killNow)
  await new Promise<void>((done, fail) => {
    child.once('spawn', done)
    child.once('error', (error) => {
      process.off('exit', killNow)
      fail(new Error(`${command} could not be started: ${error.message}. docs/sip-lab.md says what must be installed.`))
    })
  })
  // A program that has ended reads no more commands; that it ended is told by `ended`.
  child.stdin?.on('error', () => {})
  return {
    name: options.name,
    pid: child.pid ?? 0,
    stdin: child.stdin,
    get alive() {
      return !over
    },
    log: () => readFileSync(file, 'utf8'),
    ended,
    async stop(graceMs = 1_500) {
      if (over) return
      signalGroup('SIGTERM')
      const late = setTimeout(killNow, graceMs)
      await ended
      clearTimeout(late)
    },
    async kill() {
      killNow()
      await ended
    }
  }
}
