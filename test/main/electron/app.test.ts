import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type AppContent, type ElectronApi, startApp } from '../../../src-main/electron/app.ts'
import { contentSecurityPolicy } from '../../../src-main/host/policy.ts'
import type { Contract } from '../../../src-shared/contract/contract.ts'
import { type Bench, buildDesk, noLobby } from '../../build/desk.ts'
import { createElectron, type FakeElectron, type FakeElectronOptions, stoppable } from '../../fakes/electron.ts'

const PAGE = 'sidetone://desk/index.html'
let dir: string
let renderer: string
let electron: FakeElectron
let desk: Bench
let opened: { dir: string; key: Buffer }[]
let attended: boolean[]
let logged: string[]
/** Lever: resolves the closing of the content. */
let finishClosing: () => void
let closings: number
/** What the program is started with. */
let argv: string[]

/** Starts the app and fires 'ready' as Electron does: after the entry module ran. */
async function open(more: Partial<FakeElectronOptions> = {}): Promise<void> {
  electron = createElectron({ dir, ...more })
  const content: AppContent = {
    context(seat) {
      if (seat === undefined) return { lobby: noLobby }
      if (seat === 'broken') throw new Error('the disk is full')
      return seat === 'good' ? { lobby: noLobby, seat: { desk: desk.desk, person: desk.desk.person } } : undefined
    },
    attended: (_context, present) => attended.push(present),
    phoneServers: () => ['ws://127.0.0.1:5999'],
    log: (event) => logged.push(event),
    close: () => {
      closings += 1
      return new Promise((resolve) => {
        finishClosing = resolve
      })
    }
  }
  // The stand-in has what the app uses of Electron, and only that.
  const started = startApp(electron as unknown as ElectronApi, {
    preload: '/somewhere/preload.cjs',
    renderer,
    contentSecurityPolicy,
    argv,
    async open(where, key) {
      opened.push({ dir: where, key })
      return content
    }
  })
  expect(electron.BrowserWindow.all).toHaveLength(0)
  electron.app.fireReady()
  await started
}
const phoneWindow = () => electron.BrowserWindow.all.findLast((one) => one.loaded.endsWith('/phone.html') && !one.destroyed)
const window = () => {
  const [one] = electron.BrowserWindow.all
  if (!one) throw new Error('no window was opened')
  return one
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'app-'))
  renderer = join(dir, 'renderer')
  mkdirSync(join(renderer, 'assets'), { recursive: true })
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>Sidetone</title>')
  writeFileSync(join(renderer, 'assets/app.js'), 'export {}')
  writeFileSync(join(dir, 'secret.txt'), 'not for the page')
  desk = buildDesk()
  opened = []
  attended = []
  logged = []
  closings = 0
  argv = []
})
afterEach(() => {
  desk.close()
  rmSync(dir, { recursive: true, force: true })
})

describe('the window', () => {
  test('is sandboxed, isolated and without Node, and opens our page', async () => {
    await open()
    expect(electron.app.calls).toContain('enableSandbox')
    expect(window().options.webPreferences).toMatchObject({
      preload: '/somewhere/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true
    })
    for (const dangerous of [
      'nodeIntegrationInWorker',
      'nodeIntegrationInSubFrames',
      'allowRunningInsecureContent',
      'webviewTag',
      'experimentalFeatures'
    ])
      expect(window().options.webPreferences).not.toHaveProperty(dangerous)
    expect([window().loaded, window().shown]).toEqual([PAGE, true])
    expect(electron.app.calls).toContain('menu null')
  })

  test('opens no other window, goes nowhere else, and takes no webview', async () => {
    await open()
    const { webContents } = window()
    expect(webContents.openHandler?.({ url: 'https://evil.example' })).toEqual({ action: 'deny' })
    expect(webContents.openHandler?.({ url: PAGE })).toEqual({ action: 'deny' })
    for (const name of ['will-frame-navigate', 'will-redirect'])
      for (const [url, stopped] of [
        ['https://evil.example/', true],
        ['sidetone://desk.evil.example/', true],
        ['sidetone://other/', true],
        ['file:///etc/passwd', true],
        ['javascript:alert(1)', true],
        [PAGE, false]
      ] as const) {
        const event = stoppable({ url })
        webContents.emit(name, event)
        expect([name, url, event.prevented]).toEqual([name, url, stopped])
      }
    const webview = stoppable({})
    webContents.emit('will-attach-webview', webview)
    expect(webview.prevented).toBe(true)
  })

  test('a second start brings the first to the front and ends itself', async () => {
    await open()
    window().minimized = true
    electron.app.emit('second-instance')
    expect([window().minimized, window().focused]).toEqual([false, 1])
    window().destroyed = true
    electron.app.emit('second-instance')
    expect(window().focused).toBe(1)
    opened = []
    await open({ secondInstance: true })
    expect(electron.app.gone).toBe(true)
    expect([opened, electron.BrowserWindow.all]).toEqual([[], []])
  })
})

describe('permissions', () => {
  /** Opens the app with somebody's desk, so that there is a phone window. */
  const openDesk = async () => {
    await open()
    electron.connectFrom(PAGE, 'good', window())
  }
  const asked = (permission: string, requestingUrl: string, mediaTypes?: string[], by = phoneWindow()) => {
    let answer: boolean | undefined
    // The cast: the handler looks at these two details only.
    const details = { requestingUrl, ...(mediaTypes ? { mediaTypes } : {}) } as unknown as Electron.MediaAccessPermissionRequest
    electron.session.defaultSession.request?.(
      by?.webContents as unknown as Electron.WebContents,
      permission as 'media',
      (given) => (answer = given),
      details
    )
    return answer
  }
  const checked = (permission: string, origin: string, mediaType?: string) =>
    electron.session.defaultSession.check?.(null, permission as 'media', origin, {
      isMainFrame: true,
      ...(mediaType ? { mediaType: mediaType as 'audio' } : {})
    })

  test('our phone may use the microphone and choose a speaker, and any page of ours may fill the screen', async () => {
    await openDesk()
    expect(asked('media', PAGE, ['audio'])).toBe(true)
    expect(checked('media', 'sidetone://desk', 'audio')).toBe(true)
    expect(checked('media', 'sidetone://desk/', 'audio')).toBe(true)
    expect([asked('speaker-selection', PAGE), asked('fullscreen', PAGE)]).toEqual([true, true])
    const seen = window()
    expect([
      asked('media', PAGE, ['audio'], seen),
      asked('speaker-selection', PAGE, [], seen),
      asked('fullscreen', PAGE, [], seen)
    ]).toEqual([false, false, true])
  })

  test('nobody may use the camera, the place, the clipboard, devices or notifications', async () => {
    await openDesk()
    expect([asked('media', PAGE, ['video']), asked('media', PAGE, ['audio', 'video'])]).toEqual([false, false])
    expect(checked('media', 'sidetone://desk', 'video')).toBe(false)
    for (const permission of [
      'geolocation',
      'notifications',
      'clipboard-read',
      'display-capture',
      'midi',
      'serial',
      'usb',
      'openExternal',
      'unknown'
    ])
      expect([permission, asked(permission, PAGE), checked(permission, 'sidetone://desk')]).toEqual([permission, false, false])
  })

  test.each(['https://evil.example/', 'sidetone://desk.evil.example/', 'sidetone://other/', 'null', '', 'file:///'])(
    'a page of %j may use nothing, the microphone neither',
    async (url) => {
      await openDesk()
      expect([asked('media', url, ['audio']), checked('media', url, 'audio'), asked('fullscreen', url)]).toEqual([false, false, false])
    }
  )
})

describe('the page', () => {
  const page = async (url: string) => {
    const answer = await electron.protocol.handlers.get('sidetone')?.(new Request(url))
    if (!answer) throw new Error('nobody answers for the scheme')
    return answer
  }

  test('comes from the scheme of our own, which counts as secure', async () => {
    await open()
    expect(electron.protocol.privileged).toEqual([
      { scheme: 'sidetone', privileges: expect.objectContaining({ standard: true, secure: true }) }
    ])
    expect(electron.protocol.privileged[0]?.privileges).not.toHaveProperty('bypassCSP')
  })

  test('is served with its policy, from its folder alone', async () => {
    await open()
    for (const url of ['sidetone://desk/', PAGE]) {
      const answer = await page(url)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
      expect(await answer.text()).toContain('Sidetone')
      expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy(['ws://127.0.0.1:5999']))
    }
    expect((await page('sidetone://desk/assets/app.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  test.each([
    'sidetone://desk/../secret.txt',
    'sidetone://desk/%2e%2e/secret.txt',
    'sidetone://desk/..%2fsecret.txt',
    'sidetone://desk/..%5csecret.txt',
    'sidetone://desk/%2e%2e%2fsecret.txt',
    'sidetone://desk/assets',
    'sidetone://desk/missing.js',
    'sidetone://desk/%zz',
    'sidetone://desk/%00',
    'sidetone://other/index.html'
  ])('%s leads nowhere, and the answer has its policy all the same', async (url) => {
    await open()
    const answer = await page(url)
    expect([400, 404]).toContain(answer.status)
    expect(await answer.text()).toBe('')
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(electron.net.fetched.filter((one) => !one.startsWith(`${pathToFileURL(renderer).href}/`))).toEqual([])
  })
})

describe('the API', () => {
  const clientOn = (port: MessagePort): ContractRouterClient<Contract> => {
    port.start()
    // Node's port speaks the part of the DOM's that the link uses
    return createORPCClient(new RPCLink({ port: port as unknown as globalThis.MessagePort }))
  }

  test('answers on the port of our page, with what its seat may', async () => {
    await open()
    const seated = electron.connectFrom(PAGE, 'good')
    expect(await clientOn(seated.page).session.me()).toMatchObject({ deskId: 'agent-lin' })
    const lobby = electron.connectFrom(PAGE, undefined)
    expect(await clientOn(lobby.page).session.about()).toMatchObject({ version: 'test' })
    await expect(clientOn(electron.connectFrom(PAGE, undefined).page).session.me()).rejects.toMatchObject({
      data: { code: 'not_signed_in' }
    })
  })

  test('tells when a page comes and goes', async () => {
    await open()
    const { page: port } = electron.connectFrom(PAGE, 'good')
    await clientOn(port).session.me()
    expect(attended).toEqual([true])
    port.close()
    await expect.poll(() => attended).toEqual([true, false])
  })

  test.each([
    ['a page of somebody else', 'https://evil.example/', 'good'],
    ['a host that looks like ours', 'sidetone://desk.evil.example/', 'good'],
    ['a frame that is gone', null, 'good'],
    ['a seat that is not valid', PAGE, 'forged'],
    ['a seat that is no text', PAGE, ['good']],
    ['a seat whose desk cannot be opened', PAGE, 'broken']
  ])('%s: the port is closed, nothing is attended', async (_name, url, seat) => {
    await open()
    const { main } = electron.connectFrom(url, seat)
    await expect.poll(() => main.closed).toBe(true)
    expect([main.started, attended]).toEqual([false, []])
    expect(logged).toEqual(seat === 'broken' ? ['seat'] : [])
  })

  test('a message without a port changes nothing', async () => {
    await open()
    electron.ipcMain.emit('sidetone:connect', { senderFrame: { url: PAGE }, ports: [] }, 'good')
    expect(attended).toEqual([])
  })
})

describe('the key', () => {
  test('is made once, sealed by the keystore, and given to what is opened', async () => {
    await open()
    const [first] = opened
    expect([first?.dir, first?.key.length]).toEqual([dir, 32])
    const file = join(dir, 'key.bin')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'latin1')).not.toContain(first?.key.toString('hex'))
    const { mtimeMs, ino } = statSync(file)
    await open()
    expect(opened[1]?.key.equals(first?.key ?? Buffer.alloc(0))).toBe(true)
    expect([statSync(file).mtimeMs, statSync(file).ino]).toEqual([mtimeMs, ino])
  })

  const startWith = async (lever: (fake: FakeElectron) => void) => {
    const fake = createElectron({ dir })
    lever(fake)
    const started = startApp(fake as unknown as ElectronApi, {
      preload: '',
      renderer,
      contentSecurityPolicy,
      argv: [],
      open: () => Promise.reject(new Error('must not be opened'))
    })
    fake.app.fireReady()
    return started
  }

  test('without a keystore is not made, and the reason is said in words', async () => {
    await expect(
      startWith((fake) => {
        fake.safeStorage.available = false
      })
    ).rejects.toThrow(/no keystore/)
    expect(() => statSync(join(dir, 'key.bin'))).toThrow('ENOENT')
  })

  test.each([
    ['sealed for somebody else', 'other user'],
    ['not a key', `sealed:${Buffer.from('short').toString('base64')}`]
  ])('that is %s is refused with its file named, and kept', async (_name, content) => {
    const file = join(dir, 'key.bin')
    writeFileSync(file, content)
    await expect(startWith(() => {})).rejects.toThrow(file)
    expect(readFileSync(file, 'utf8')).toBe(content)
  })
})

test('quitting waits until the content is closed, and closes it once', async () => {
  await open()
  electron.app.emit('window-all-closed')
  electron.app.quit()
  expect([closings, electron.app.gone]).toEqual([1, false])
  finishClosing()
  await expect.poll(() => electron.app.gone).toBe(true)
  expect(closings).toBe(1)
})

describe('the phone of the desk that is open', () => {
  const phones = () => electron.BrowserWindow.all.filter((one) => one.loaded.endsWith('/phone.html') && !one.destroyed)

  test('is there while somebody with a phone is signed in, survives a reload of what they see, and gets their seat from main', async () => {
    await open()
    electron.connectFrom(PAGE, undefined, window())
    expect(phones()).toHaveLength(0)
    electron.connectFrom(PAGE, 'good', window())
    expect(phones()).toHaveLength(1)
    const [phone] = phones()
    electron.connectFrom(PAGE, 'good', window())
    expect(phones()).toEqual([phone])
    const { page, main } = electron.connectFrom('sidetone://desk/phone.html', undefined, phone)
    expect(main.started).toBe(true)
    page.start()
    // Node's port speaks the part of the DOM's that the link uses
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: page as unknown as globalThis.MessagePort }))
    expect(await client.session.me()).toMatchObject({ deskId: 'agent-lin' })
    electron.connectFrom(PAGE, undefined, window())
    expect(phone?.webContents.told).toEqual([['sidetone:tell', { type: 'sidetone:end' }]])
  })

  test('is not there for somebody else’s page, and a page that says it is the phone gets nothing of it', async () => {
    await open()
    electron.connectFrom('https://evil.example/', 'good', window())
    expect(phones()).toHaveLength(0)
    const { main } = electron.connectFrom('sidetone://desk/phone.html', undefined)
    await expect.poll(() => attended).toEqual([true])
    expect([main.started, phones()]).toEqual([true, []])
  })

  test('hurries when the machine wakes up or is unlocked, and goes with the window', async () => {
    await open()
    electron.powerMonitor.emit('resume')
    electron.connectFrom(PAGE, 'good', window())
    const [phone] = phones()
    electron.powerMonitor.emit('resume')
    electron.powerMonitor.emit('unlock-screen')
    const hurry = ['sidetone:tell', { type: 'sidetone:hurry' }]
    expect(phone?.webContents.told).toEqual([hurry, hurry])
    window().destroy()
    expect(phone?.webContents.told.at(-1)).toEqual(['sidetone:tell', { type: 'sidetone:end' }])
  })

  test('is asked to dial a link only through the window that the agent sees, once somebody is there', async () => {
    argv = ['tel:+442079460018']
    await open()
    electron.connectFrom(PAGE, undefined, window())
    expect(window().webContents.told).toEqual([])
    electron.connectFrom(PAGE, 'good', window())
    expect(window().webContents.told).toEqual([['sidetone:tell', { type: 'sidetone:dial', text: 'tel:+442079460018' }]])
    electron.app.emit('second-instance', {}, ['sidetone', 'sip:lin@pbx.example'])
    expect(window().webContents.told).toHaveLength(2)
    expect(phones()[0]?.webContents.told).toEqual([])
  })
})
