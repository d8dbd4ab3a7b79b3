import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { RPCHandler } from '@orpc/server/message-port'
import type { Context } from '../desk/api/context.ts'
import { router } from '../desk/api/router.ts'

/** The part of Electron that Sidetone uses; a fake with the same shape stands in for it in tests. */
export type ElectronApi = Pick<
  typeof import('electron'),
  'app' | 'BrowserWindow' | 'ipcMain' | 'session' | 'safeStorage' | 'protocol' | 'net' | 'Menu'
>

/** What the desktop app shows and serves; made once the key is known. */
export interface AppContent {
  context(seat: string | undefined): Context | undefined
  /** A page with this context opened its connection, or lost it. */
  attended(context: Context, present: boolean): void
  phoneServers(): readonly string[]
  close(): Promise<void>
}

export interface AppOptions {
  /** Built preload script. */
  preload: string
  /** Folder of the built renderer. */
  renderer: string
  open(dir: string, key: Buffer): Promise<AppContent>
  contentSecurityPolicy(connect: readonly string[]): string
}

/** The page's origin. A scheme of our own gives it a real origin, so that permissions and CSP can name it (file: has none). */
const SCHEME = 'sidetone'
const ORIGIN = `${SCHEME}://desk`

/** `--user-data-dir` and the like are Chromium's; nothing of ours is read from the command line. */
export async function startApp(electron: ElectronApi, options: AppOptions): Promise<void> {
  const { app } = electron
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  app.enableSandbox()
  electron.protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }
  ])
  await app.whenReady()

  // 1. Key and content
  const dir = app.getPath('userData')
  const content = await options.open(dir, keyFromKeystore(dir, electron.safeStorage))
  // 2. The page's files, 3. what it may do
  electron.protocol.handle(SCHEME, (request) => page(electron, options, content, request))
  guard(electron)
  // 4. The API: one port a page
  const handler = new RPCHandler(router)
  electron.ipcMain.on('sidetone:connect', (event, seat: unknown) => {
    const [port] = event.ports
    const fromUs = event.senderFrame?.url.startsWith(`${ORIGIN}/`) ?? false
    const context = typeof seat === 'string' || seat === undefined || seat === null ? content.context(seat ?? undefined) : undefined
    if (!port) return
    if (!fromUs || !context) {
      port.close()
      return
    }
    content.attended(context, true)
    port.once('close', () => content.attended(context, false))
    handler.upgrade(port, { context })
    port.start()
  })
  // 5. The window
  electron.Menu.setApplicationMenu(null)
  const window = openWindow(electron, options)
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.on('window-all-closed', () => app.quit())
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    closed = true
    void content.close().finally(() => app.quit())
  })
  await window.loadURL(`${ORIGIN}/index.html`)
}

function openWindow(electron: ElectronApi, options: AppOptions): Electron.BrowserWindow {
  const window = new electron.BrowserWindow({
    show: false,
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    title: 'Sidetone',
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      backgroundThrottling: false
    }
  })
  window.once('ready-to-show', () => window.show())
  return window
}

/** Navigation, new windows, webviews and every permission but our own microphone and speaker choice are refused. */
function guard(electron: ElectronApi): void {
  const allowed = new Set(['media', 'speaker-selection', 'fullscreen'])
  const session = electron.session.defaultSession
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    const video = 'mediaTypes' in details && (details.mediaTypes?.includes('video') ?? false)
    decide(allowed.has(permission) && isOurs(details.requestingUrl) && !video)
  })
  session.setPermissionCheckHandler((_contents, permission, origin) => allowed.has(permission) && isOurs(origin))
  electron.app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event, url) => {
      if (!isOurs(url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

const isOurs = (url: string): boolean => url === ORIGIN || url.startsWith(`${ORIGIN}/`)

async function page(electron: ElectronApi, options: AppOptions, content: AppContent, request: Request): Promise<Response> {
  const url = new URL(request.url)
  const file = join(options.renderer, normalize(decodeURIComponent(url.pathname)) || 'index.html')
  if (url.host !== 'desk' || !file.startsWith(options.renderer + sep)) return new Response(null, { status: 404 })
  const found = await electron.net.fetch(pathToFileURL(file).href).catch(() => undefined) // not there
  if (!found) return new Response(null, { status: 404 })
  const headers = new Headers(found.headers)
  headers.set('content-security-policy', options.contentSecurityPolicy(content.phoneServers()))
  headers.set('x-content-type-options', 'nosniff')
  if (extname(file) === '.js') headers.set('content-type', 'text/javascript; charset=utf-8')
  return new Response(found.body, { status: 200, headers })
}

/** The store's key, kept by the OS keystore (DPAPI on Windows). Throws in words when there is no keystore to keep it. */
export function keyFromKeystore(dir: string, safe: ElectronApi['safeStorage']): Buffer {
  if (!safe.isEncryptionAvailable())
    throw new Error(
      'This computer offers no keystore, so the desk cannot be kept encrypted. Sign in to the operating system and start again.'
    )
  const file = join(dir, 'key.bin')
  if (!existsSync(file)) writeFileSync(file, safe.encryptString(randomBytes(32).toString('hex')), { mode: 0o600 })
  return Buffer.from(safe.decryptString(readFileSync(file)), 'hex')
}
