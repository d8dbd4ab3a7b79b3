import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

/** The web host as a process of its own, as users start it. */
export interface WebHost {
  process: ChildProcess
  pid: number
  url: string
  /** `http://127.0.0.1:PORT` */
  origin: string
  /** When it was started, epoch ms. */
  startedAt: number
  /** Where its inspector listens, where it was started with one (`--inspect`). */
  inspector: string | undefined
  stop(): Promise<void>
}

export const ROOT = resolve(import.meta.dirname, '..')

/**
 * Starts `out/main/web.js` of an app folder on a data folder, Node itself with `flags`. Rejects with its error output when it does not get
 * ready.
 */
export async function startWebHost(app: string, data: string, port = 0, flags: readonly string[] = []): Promise<WebHost> {
  const startedAt = Date.now()
  const child = spawn(
    process.execPath,
    [...flags, join(app, 'out/main/web.js'), '--port', String(port), '--data', data, '--no-open', '--json'],
    { stdio: ['ignore', 'pipe', 'pipe'] }
  )
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  const url = await new Promise<string>((ready, failed) => {
    child.once('exit', (code) => failed(new Error(`the web host ended with ${code}: ${complaint}`)))
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith('{')) ready((JSON.parse(line) as { url: string }).url) // our own line
    })
  })
  return {
    process: child,
    pid: child.pid ?? 0,
    url,
    origin: new URL(url).origin,
    startedAt,
    inspector: /Debugger listening on (ws:\S+)/.exec(complaint)?.[1],
    stop: () =>
      new Promise((ended) => {
        child.once('exit', () => ended())
        child.kill('SIGTERM')
      })
  }
}

/** A copy of the built app that serves another page: same host, same everything. */
export function appServing(page: string, folder: string): string {
  mkdirSync(join(folder, 'out'), { recursive: true })
  cpSync(join(ROOT, 'out/main'), join(folder, 'out/main'), { recursive: true })
  cpSync(page, join(folder, 'out/renderer'), { recursive: true })
  for (const name of ['resources', 'node_modules', 'package.json'])
    if (!existsSync(join(folder, name))) symlinkSync(join(ROOT, name), join(folder, name))
  return folder
}
