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
import { openWorkplace, type Workplace } from './workplace/workplace.ts'

/** The web host's door: `npm run web -- [--port N] [--data DIR] [--no-open] [--json]`. */

const PREFERRED_PORT = 4790
const COOKIE_MS = 12 * 3600_000
const VERSION = manifest.version

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

function readArguments(argv: string[]): Arguments {
  const { values } = parseArgs({
    args: argv,
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      'no-open': { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean' }
    }
  })
  if (values.help) {
    console.log(USAGE)
    process.exit(0)
  }
  const port = values.port === undefined ? undefined : Number(values.port)
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new Error(`--port ${values.port} is not a port number (0 to 65535)`)
  return { port, data: resolve(values.data ?? userData()), open: !values['no-open'], json: Boolean(values.json) }
}

function userData(): string {
  const home = homedir()
  if (process.platform === 'win32') return join(process.env['APPDATA'] ?? join(home, 'AppData/Roaming'), 'Sidetone')
  if (process.platform === 'darwin') return join(home, 'Library/Application Support/Sidetone')
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

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2))
  const app = appFolder()
  const stops: (() => Promise<void> | void)[] = []
  let stopping = false
  const stop = async (code: number) => {
    if (stopping) return
    stopping = true
    for (const one of stops.reverse()) await one()
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0))
  process.once('disconnect', () => void stop(0)) // the launcher is gone

  // 1. The key, 2. the log
  const key = readOrMakeKey(options.data)
  const log = createLog(join(options.data, 'log'))
  stops.push(() => log.close())
  // 3. The practice centre and its desks
  const workplace: Workplace = await openWorkplace({
    dir: options.data,
    key,
    host: 'web',
    version: VERSION,
    resources: join(app, 'resources'),
    log: log.write
  })
  stops.push(() => workplace.close())
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
  stops.push(() => host.close())
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

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error)
  console.error(`Sidetone could not start: ${message}`)
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) console.error(USAGE)
  process.exit(1)
})
