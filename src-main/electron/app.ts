import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { RPCHandler } from '@orpc/server/message-port'
import type { Role } from '../../src-shared/taxonomy.ts'
import type { Context } from '../desk/api/context.ts'
import { router } from '../desk/api/router.ts'
import { readKey, writeOnce } from '../host/key-file.ts'
import { pageFile } from '../host/static-files.ts'
import { allowHeadsets } from './headsets.ts'
import { createLinks } from './links.ts'
import { createPhoneWindow, type PhoneNews, type PhoneWindow } from './phone-window.ts'

/** The part of Electron that Sidetone uses; a fake with the same shape stands in for it in tests. */
export type ElectronApi = Pick<
  typeof import('electron'),
  'app' | 'BrowserWindow' | 'ipcMain' | 'session' | 'safeStorage' | 'protocol' | 'net' | 'Menu' | 'dialog' | 'powerMonitor'
>

/** What the desktop app shows and serves; made once the key is known. */
export interface AppContent {
  context(seat: string | undefined): Context | undefined
  /** A page with this context opened its connection, or lost it. */
  attended(context: Context, present: boolean): void
  phoneServers(): readonly string[]
  log(event: string, detail: Record<string, unknown>): void
  close(): Promise<void>
}

export interface AppOptions {
  /** Built preload script. */
  preload: string
  /** Folder of the built renderer. */
  renderer: string
  open(dir: string, key: Buffer): Promise<AppContent>
  /** The words this program was started with. */
  argv: readonly string[]
  contentSecurityPolicy(connect: readonly string[]): string
}

/** The page's origin. A scheme of our own gives it a real origin, so that permissions and CSP can name it (file: has none). */
const SCHEME = 'sidetone'
const ORIGIN = `${SCHEME}://desk`

const ROLES_WITH_PHONE: readonly Role[] = ['agent', 'expert']

/** Of the command line only a link to dial is read; `--user-data-dir` and the like are Chromium's. */
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
  // Before 'ready': macOS may tell of the link that started the app at once.
  const links = createLinks(electron, options.argv)
  await app.whenReady()

  // 1. Key and content
  const dir = app.getPath('userData')
  const content = await options.open(dir, keyFromKeystore(dir, electron.safeStorage))
  // 2. The page's files, 3. what it may do
  electron.protocol.handle(SCHEME, (request) => page(electron, options, content, request))
  const phone = createPhoneWindow(electron, {
    preload: options.preload,
    url: `${ORIGIN}/phone.html`,
    log: content.log,
    now: Date.now,
    after(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    }
  })
  guard(electron, phone)
  allowHeadsets(electron, isOurs)
  // The network may be another one than before the sleep.
  for (const event of ['resume', 'unlock-screen'] as const)
    electron.powerMonitor.on(event as 'resume', () => phone.tell({ type: 'sidetone:hurry' }))
  // 4. The API: one port a page
  const handler = new RPCHandler(router)
  electron.ipcMain.on('sidetone:connect', (event, seat: unknown) => {
    const [port] = event.ports
    if (!port) return
    const isPhone = phone.owns(event.sender)
    if (!isOurs(event.senderFrame?.url ?? '')) return port.close()
    const context = contextOf(content, isPhone ? phone.seat : seat)
    // The phone follows the desk that is open: none while somebody chooses who to be, and none for who has no phone.
    if (!isPhone) phone.follow(typeof seat === 'string' && hasPhone(context) ? seat : undefined)
    if (!context) return port.close()
    content.attended(context, true)
    port.once('close', () => content.attended(context, false))
    handler.upgrade(port, { context })
    port.start()
    // Whoever may ring somebody can be asked whether to.
    if (!isPhone && hasPhone(context)) links.on((text) => ask(text))
  })
  // 5. The window
  electron.Menu.setApplicationMenu(null)
  const window = openWindow(electron, options)
  const toFront = () => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
  }
  const ask = (text: string) => {
    if (window.isDestroyed()) return
    window.webContents.send('sidetone:tell', { type: 'sidetone:dial', text } satisfies PhoneNews)
    toFront()
  }
  app.on('second-instance', toFront)
  // The phone is hidden: without this the program would go on with nothing to see.
  window.on('closed', () => phone.close())
  app.on('window-all-closed', () => app.quit())
  let state: 'open' | 'closing' | 'closed' = 'open'
  app.on('will-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    void content
      .close()
      .catch((error: unknown) => content.log('close', { error: String(error) }))
      .then(() => {
        state = 'closed'
        app.quit()
      })
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

/** Navigation, new windows, webviews and every permission but our phone's microphone, speakers and headset buttons are refused. */
function guard(electron: ElectronApi, phone: PhoneWindow): void {
  // Only the phone's page listens and speaks; a headset is chosen in the page that has the button, and used in the other.
  const phones = new Set(['media', 'speaker-selection'])
  const anyones = new Set(['fullscreen', 'hid'])
  const may = (contents: unknown, permission: string) =>
    anyones.has(permission) || (phones.has(permission) && (contents === null || phone.owns(contents)))
  const session = electron.session.defaultSession
  session.setPermissionRequestHandler((contents, permission, decide, details) => {
    const video = 'mediaTypes' in details && (details.mediaTypes?.includes('video') ?? false)
    decide(may(contents, permission) && isOurs(details.requestingUrl) && !video)
  })
  session.setPermissionCheckHandler(
    (contents, permission, origin, details) => may(contents, permission) && isOurs(origin) && details.mediaType !== 'video'
  )
  electron.app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-frame-navigate', (event) => {
      if (!isOurs(event.url)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => {
      if (!isOurs(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

const isOurs = (url: string): boolean => url === ORIGIN || url.startsWith(`${ORIGIN}/`)

const hasPhone = (context: Context | undefined): boolean =>
  context?.seat !== undefined && ROLES_WITH_PHONE.includes(context.seat.person.role)

/** What a seat may use; `undefined` for one that is not valid, or whose desk cannot be opened. */
function contextOf(content: AppContent, seat: unknown): Context | undefined {
  if (seat !== undefined && seat !== null && typeof seat !== 'string') return undefined
  try {
    return content.context(seat ?? undefined)
  } catch (error) {
    content.log('seat', { error: String(error) })
    return undefined
  }
}

/** Answers for the page's own files only; every answer carries the security policy. */
async function page(electron: ElectronApi, options: AppOptions, content: AppContent, request: Request): Promise<Response> {
  const headers = new Headers({
    'content-security-policy': options.contentSecurityPolicy(content.phoneServers()),
    'x-content-type-options': 'nosniff'
  })
  const url = new URL(request.url)
  const found = url.host === 'desk' ? pageFile(options.renderer, url.pathname) : { status: 404 }
  if ('status' in found) return new Response(null, { status: found.status, headers })
  const file = await electron.net.fetch(pathToFileURL(found.file).href).catch(() => undefined) // not there
  if (!file?.ok) return new Response(null, { status: 404, headers })
  headers.set('content-type', found.contentType)
  return new Response(file.body, { status: 200, headers })
}

/**
 * The store's key, sealed by the OS keystore (DPAPI on Windows). Made once: a new one would make everything stored unreadable.
 *
 * @throws in words, when there is no keystore, or when it does not open the file.
 */
export function keyFromKeystore(dir: string, safe: ElectronApi['safeStorage']): Buffer {
  if (!safe.isEncryptionAvailable())
    throw new Error(
      'This computer offers no keystore, so the desk cannot be kept encrypted. Sign in to the operating system and start again.'
    )
  const file = join(dir, 'key.bin')
  writeOnce(file, () => safe.encryptString(randomBytes(32).toString('hex')))
  let text: string
  try {
    text = safe.decryptString(readFileSync(file))
  } catch (cause) {
    throw new Error(
      `The keystore does not open ${file}: it was sealed for another user or computer. Restore it, or move the folder away to start afresh.`,
      { cause }
    )
  }
  return readKey(file, text)
}
