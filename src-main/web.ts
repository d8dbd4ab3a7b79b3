import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import manifest from '../package.json' with { type: 'json' }
import { hasDisplay, openAppWindow } from './host/browser.ts'
import { type Host, startHost } from './host/host.ts'
import { readOrMakeKey } from './host/key-file.ts'
import { createLog } from './workplace/log.ts'
import { openWorkplace } from './workplace/workplace.ts'

/** The web host's door: `npm run web -- [--port N] [--data DIR] [--no-open] [--json]`. */

const PREFERRED_PORT = 4790
const COOKIE_MS = 12 * 3600_000
const VERSION = manifest.version
/** Stopping in order takes less; what takes longer hangs. */
const STOP_MS = 10_000

const USAGE = `usage: npm run web -- [--port N] [--data DIR] [--no-open] [--json]
  --port N    port on 127.0.0.1; 0 takes any free one (default ${PREFERRED_PORT}, or any when that is taken)
  --data DIR  where the desks keep their stores (default: the user's data folder)
  --no-open   do not open a browser window
  --json      print one JSON line on stdout when ready: {"event":"ready","url":"..."}`

interface Arguments {
  port: number | undefined
  data: string
  open: boolean
  json: boolean
}

/** What was asked for on the command line cannot be done; the usage helps. */
class UsageError extends Error {}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        'no-open': { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean' }
      }
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function readArguments(argv: string[]): Arguments {
  const { values } = parse(argv)
  if (values.help) {
    console.log(USAGE)
    process.exit(0)
  }
  if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) <= 65_535))
    throw new UsageError(`--port ${values.port} is not a port number (0 to 65535)`)
  if (values.data === '') throw new UsageError('--data needs the name of a folder')
  const port = values.port === undefined ? undefined : Number(values.port)
  return { port, data: resolve(values.data ?? userData()), open: !values['no-open'], json: Boolean(values.json) }
}

/** Never the desktop app's own folder: that one is sealed with another key. */
function userData(): string {
  const home = homedir()
  if (process.platform === 'win32') return join(process.env['APPDATA'] ?? join(home, 'AppData/Roaming'), 'Sidetone', 'web')
  if (process.platform === 'darwin') return join(home, 'Library/Application Support/Sidetone/web')
  return join(process.env['XDG_DATA_HOME'] ?? join(home, '.local/share'), 'sidetone')
}

/** The app's own folder: the one that holds `resources` (the checkout, or where it was installed). */
function appFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'resources/practice'))) {
    const up = dirname(folder)
    if (up === folder) throw new Error('The folder "resources" is missing beside the program: install Sidetone again.')
    folder = up
  }
  return folder
}

async function listen(port: number | undefined, make: (port: number) => Promise<Host>): Promise<Host> {
  try {
    return await make(port ?? PREFERRED_PORT)
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    if (taken && port === undefined) return make(0)
    throw taken ? new Error(`Port ${port} is already in use. Take another with --port, or --port 0 for any free one.`) : error
  }
}

/** The steps to undo, and the one way to stop: in reverse order, once. */
function createStops() {
  const steps: (() => Promise<void> | void)[] = []
  let stopping: Promise<never> | undefined
  const stop = async (code: number): Promise<never> => {
    setTimeout(() => process.exit(1), STOP_MS).unref()
    for (const step of steps.reverse()) await step()
    process.exit(code)
  }
  return {
    add: (step: () => Promise<void> | void) => void steps.push(step),
    stop: (code: number) => (stopping ??= stop(code).catch(() => process.exit(1)))
  }
}
type Stops = ReturnType<typeof createStops>

async function main(stops: Stops): Promise<void> {
  const options = readArguments(process.argv.slice(2))
  const app = appFolder()
  // A terminal's Ctrl+C reaches us twice, from the terminal and from the launcher: each signal after the first changes nothing.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stops.stop(0))
  process.once('disconnect', () => void stops.stop(0)) // the launcher is gone
  process.stdout.on('error', () => {
    // Whoever read our line is gone; the host is not theirs to end.
  })

  // 1. The key, 2. the log. Whatever is written is for its owner only, in whichever folder: not on Windows, where the folder's rights count.
  process.umask(0o077)
  const key = readOrMakeKey(options.data)
  const log = createLog(join(options.data, 'log'))
  stops.add(() => log.close())
  const fatal = (error: unknown) => {
    log.write('fatal', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    console.error(`Sidetone has to stop: ${error instanceof Error ? error.message : String(error)}`)
    void stops.stop(1)
  }
  process.on('uncaughtException', fatal).on('unhandledRejection', fatal)
  // 3. The practice centre and its desks
  const workplace = await openWorkplace({
    dir: options.data,
    key,
    host: 'web',
    version: VERSION,
    resources: join(app, 'resources'),
    log: log.write
  })
  stops.add(() => workplace.close())
  // 4. The door
  const host = await listen(options.port, (port) =>
    startHost({
      root: join(app, 'out/renderer'),
      port,
      issueCookie: () => workplace.seats.issue({ kind: 'browser' }, COOKIE_MS),
      readCookie: (cookie) => workplace.seats.read('browser', cookie) !== undefined,
      context: workplace.context,
      attended: workplace.attended,
      phoneServers: workplace.phoneServers,
      log: log.write
    })
  )
  stops.add(() => host.close())
  // 5. Say so, 6. show it
  const url = host.address()
  if (options.json) process.stdout.write(`${JSON.stringify({ event: 'ready', url, pid: process.pid })}\n`)
  else console.log(`Sidetone is ready. Open this address (it works once, for one browser):\n\n  ${url}\n\nStop with Ctrl+C.`)
  if (
    options.open &&
    !openAppWindow(options.json ? host.address() : url, join(options.data, 'browser')) &&
    !options.json &&
    hasDisplay(process.platform, process.env)
  )
    console.log('No Chrome, Edge or Chromium was found to open it in.')
}

/** What a person can do about it, for the errors of the system that they meet. */
function wording(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, path } = error as NodeJS.ErrnoException // both absent on other errors
  if (path && (code === 'EACCES' || code === 'EPERM' || code === 'EROFS'))
    return `${path} cannot be written to. Choose another folder with --data DIR, or ask for the right to write there.`
  if (path && (code === 'ENOTDIR' || code === 'EEXIST')) return `${path} is not a folder. Choose another with --data DIR.`
  if (code === 'ENOSPC') return 'the disk is full. Make room and start again.'
  return error.message
}

const stops = createStops()
main(stops).catch((error: unknown) => {
  console.error(`Sidetone could not start: ${wording(error)}`)
  if (error instanceof UsageError) console.error(USAGE)
  void stops.stop(1)
})
