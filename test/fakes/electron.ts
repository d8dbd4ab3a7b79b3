/**
 * A hand-written stand-in for `electron` with the part Sidetone uses. Loaded in place of it by vitest (alias) and, for built bundles,
 * by `node --import test/fakes/electron-hook.mjs`. Plain erasable TypeScript, and no state at module level but what Electron itself
 * has there: `createElectron()` makes a whole one; the named exports are one of them.
 */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type * as Electron from 'electron'

/** main's end of a port, over a port of Node. */
export class FakePortMain extends EventEmitter implements Pick<Electron.MessagePortMain, 'start' | 'close' | 'postMessage'> {
  readonly #port: MessagePort
  closed = false
  started = false
  constructor(port: MessagePort) {
    super()
    this.#port = port
    port.on('close', () => {
      this.closed = true
      this.emit('close')
    })
  }
  /** Like the real one: messages wait until then. */
  start() {
    this.started = true
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
    this.#port.start()
  }
  close() {
    this.#port.close()
  }
  postMessage(data: unknown) {
    this.#port.postMessage(data)
  }
}

/** An event that can be stopped. */
export interface Stoppable {
  prevented: boolean
  preventDefault(): void
}
export const stoppable = <T extends object>(rest: T): T & Stoppable => {
  const event = {
    ...rest,
    prevented: false,
    preventDefault() {
      event.prevented = true
    }
  }
  return event
}

class FakeWebContents extends EventEmitter {
  /** What main told the page. */
  readonly told: unknown[] = []
  send(channel: string, message: unknown) {
    this.told.push([channel, message])
  }
  openHandler: ((details: { url: string }) => { action: string }) | undefined
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.openHandler = handler
  }
}

export interface FakeElectronOptions {
  /** The user's data folder. */
  dir: string
  /** Somebody else holds the lock. */
  secondInstance?: boolean
  /** An installed app, not one that runs from its sources. */
  packaged?: boolean
  /** Schemes that are ours already. */
  ownSchemes?: string[]
}

export function createElectron(options: FakeElectronOptions) {
  const calls: string[] = []
  const windows: FakeWindow[] = []
  let ready = false
  let fireReady = () => {}
  const whenReady = new Promise<void>((resolve) => {
    fireReady = resolve
  })

  const app = Object.assign(new EventEmitter(), {
    isPackaged: options.packaged ?? false,
    isDefaultProtocolClient: (scheme: string) => options.ownSchemes?.includes(scheme) ?? false,
    setAsDefaultProtocolClient(scheme: string) {
      calls.push(`scheme ${scheme}`)
      return true
    },
    calls,
    /** Whether the process would be gone by now. */
    gone: false,
    getPath: (_name: string) => options.dir,
    getVersion: () => '0.0.0-fake',
    isReady: () => ready,
    whenReady: () => whenReady,
    requestSingleInstanceLock: () => !options.secondInstance,
    enableSandbox() {
      if (ready) throw new Error('app.enableSandbox() can only be called before app is ready')
      calls.push('enableSandbox')
    },
    quit() {
      calls.push('quit')
      app.emit('before-quit', stoppable({}))
      const event = stoppable({})
      app.emit('will-quit', event)
      if (event.prevented) return
      app.gone = true
      app.emit('quit', {}, 0)
    },
    exit(code: number) {
      calls.push(`exit ${code}`)
      app.gone = true
    },
    /** Lever: what Electron does once the entry module has been evaluated. */
    fireReady() {
      ready = true
      app.emit('ready')
      fireReady()
    }
  })

  class FakeWindow extends EventEmitter {
    static get all() {
      return windows
    }
    readonly webContents = new FakeWebContents()
    readonly options: Electron.BrowserWindowConstructorOptions
    loaded = ''
    shown = false
    minimized = false
    focused = 0
    destroyed = false
    constructor(given: Electron.BrowserWindowConstructorOptions = {}) {
      super()
      if (!ready) throw new Error('Cannot create BrowserWindow before app is ready')
      this.options = given
      windows.push(this)
      app.emit('web-contents-created', {}, this.webContents)
    }
    destroy() {
      this.destroyed = true
      this.emit('closed')
    }
    async loadURL(url: string) {
      this.loaded = url
      this.emit('ready-to-show')
    }
    show() {
      this.shown = true
    }
    focus() {
      this.focused += 1
    }
    isMinimized() {
      return this.minimized
    }
    restore() {
      this.minimized = false
    }
    isDestroyed() {
      return this.destroyed
    }
  }

  type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0]
  type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0]
  type DeviceHandler = Parameters<Electron.Session['setDevicePermissionHandler']>[0]
  const defaultSession = Object.assign(new EventEmitter(), {
    request: null as RequestHandler,
    device: null as DeviceHandler,
    setDevicePermissionHandler(handler: DeviceHandler) {
      defaultSession.device = handler
    },
    check: null as CheckHandler,
    setPermissionRequestHandler(handler: RequestHandler) {
      defaultSession.request = handler
    },
    setPermissionCheckHandler(handler: CheckHandler) {
      defaultSession.check = handler
    }
  })

  const safeStorage = {
    /** Lever: no keystore. */
    available: true,
    isEncryptionAvailable: () => ready && safeStorage.available,
    encryptString: (text: string) => Buffer.from(`sealed:${Buffer.from(text).toString('base64')}`),
    decryptString(sealed: Buffer) {
      const text = sealed.toString('utf8')
      if (!text.startsWith('sealed:')) throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
      return Buffer.from(text.slice('sealed:'.length), 'base64').toString('utf8')
    }
  }

  const protocol = {
    privileged: [] as Electron.CustomScheme[],
    handlers: new Map<string, (request: Request) => Response | Promise<Response>>(),
    registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]) {
      if (ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
      protocol.privileged.push(...schemes)
    },
    handle(scheme: string, handler: (request: Request) => Response | Promise<Response>) {
      protocol.handlers.set(scheme, handler)
    }
  }

  const net = {
    fetched: [] as string[],
    /** Of files only, as the app uses it; a folder or a missing file fails. */
    async fetch(address: string) {
      net.fetched.push(address)
      return new Response(new Uint8Array(readFileSync(fileURLToPath(address))))
    }
  }

  const dialog = {
    errors: [] as string[],
    asked: [] as Electron.MessageBoxOptions[],
    /** Lever: which button is pressed. */
    press: 0,
    async showMessageBox(asked: Electron.MessageBoxOptions) {
      dialog.asked.push(asked)
      return { response: dialog.press, checkboxChecked: false }
    },
    showErrorBox(title: string, content: string) {
      dialog.errors.push(`${title}: ${content}`)
    }
  }
  const Menu = { setApplicationMenu: (menu: unknown) => void calls.push(`menu ${String(menu)}`) }
  const ipcMain = new EventEmitter()
  const powerMonitor = new EventEmitter()

  return {
    app,
    BrowserWindow: FakeWindow,
    ipcMain,
    session: { defaultSession },
    safeStorage,
    protocol,
    net,
    dialog,
    Menu,
    powerMonitor,
    /** Lever: a page posts a port to main, as the preload does. Returns the page's end and main's. */
    connectFrom(url: string | null, seat: unknown, sender?: FakeWindow) {
      const { port1, port2 } = new MessageChannel()
      const main = new FakePortMain(port2)
      ipcMain.emit('sidetone:connect', { senderFrame: url === null ? null : { url }, sender: sender?.webContents, ports: [main] }, seat)
      return { page: port1, main }
    }
  }
}
export type FakeElectron = ReturnType<typeof createElectron>

/** The one that a built bundle gets. */
export const fake = createElectron({ dir: process.env['FAKE_USER_DATA'] ?? '' })
export const { app, BrowserWindow, ipcMain, session, safeStorage, protocol, net, dialog, Menu, powerMonitor } = fake
