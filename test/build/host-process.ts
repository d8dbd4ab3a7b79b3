import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
/** The web host's door, run as it is: Node takes the sources. */
export const WEB = join(ROOT, 'src-main/web.ts')

/** A program of ours under way, with what it said so far. */
export interface Running {
  child: ChildProcess
  out(): string
  err(): string
  /** Resolves when `look` finds something in what was said; fails when the program ends first. */
  said<T>(look: (out: string, err: string) => T | undefined): Promise<T>
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv
  /** With a channel to us, as the launcher has one. */
  channel?: boolean
  /** A process group of its own, so that all of it can be ended. */
  group?: boolean
}

export function run(file: string, args: readonly string[], options: RunOptions = {}): Running {
  const child = spawn(file, args, {
    cwd: ROOT,
    env: options.env ?? process.env,
    stdio: options.channel ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    detached: options.group ?? false
  })
  let out = ''
  let err = ''
  let over = false
  const watchers = new Set<() => void>()
  const told = () => {
    for (const one of watchers) one()
  }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text
    told()
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text
    told()
  })
  // 'close' comes after the last output; it never comes when we gave up the channel ourselves.
  const ended = once(child, options.channel ? 'exit' : 'close').then(([code, signal]: (number | NodeJS.Signals | null)[]) => {
    over = true
    told()
    return { code: code as number | null, signal: signal as NodeJS.Signals | null } // the arguments of 'close', in this order
  })
  return {
    child,
    out: () => out,
    err: () => err,
    ended,
    said: (look) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const found = look(out, err)
          if (found === undefined && !over) return
          watchers.delete(check)
          if (found !== undefined) resolve(found)
          else reject(new Error(`it ended before saying so: ${out}\n${err}`))
        }
        watchers.add(check)
        check()
      })
  }
}

/** Starts the web host for scripts on a folder. `ready` gives its address. */
export function startWeb(dir: string, options: RunOptions & { args?: readonly string[] } = {}) {
  const host = run(process.execPath, [WEB, ...(options.args ?? ['--port', '0']), '--data', dir, '--no-open', '--json'], options)
  return { ...host, ready: () => host.said(readyLine) }
}

/** The address in the ready line, once that is complete. */
export function readyLine(out: string): URL | undefined {
  const line = out.split('\n').slice(0, -1).at(-1)
  if (line === undefined) return undefined
  const { event, url } = JSON.parse(line) as { event: string; url: string } // a line that is not this shape fails the test
  return event === 'ready' ? new URL(url) : undefined
}

/** Whether a process is still there. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false // ESRCH: nobody has this number
  }
}
