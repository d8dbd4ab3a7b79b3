/**
 * Run by a test in a Node of its own: the built main bundle over the stand-in for Electron, and the built preload in a vm where only
 * `electron` can be required, as in a sandbox. Prints what it saw as one line of JSON.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../src-shared/contract/contract.ts'
import { FakePortMain, fake } from '../fakes/electron.ts'

const OUT = join(import.meta.dirname, '../../out')
await import(join(OUT, 'main/electron.js'))
const windowBeforeReady = fake.BrowserWindow.all.length
fake.app.fireReady()
const until = async (what: () => boolean) => {
  while (!what()) await new Promise((resolve) => setImmediate(resolve))
}
await until(() => fake.BrowserWindow.all[0]?.shown === true || fake.dialog.errors.length > 0)
const [window] = fake.BrowserWindow.all
const preload = String(window?.options.webPreferences?.preload)

const exposed: Record<string, unknown> = {}
const required: string[] = []
const toPage: unknown[] = []
const page = Object.assign(new EventTarget(), {
  location: { origin: 'sidetone://desk' },
  postMessage: (message: unknown) => toPage.push(message)
})
let tell: (event: unknown, message: unknown) => void = () => {}
const electron = {
  contextBridge: {
    exposeInMainWorld(name: string, value: unknown) {
      exposed[name] = value
    }
  },
  ipcRenderer: {
    on(channel: string, listener: typeof tell) {
      if (channel === 'sidetone:tell') tell = listener
    },
    postMessage: (channel: string, message: unknown, ports: import('node:worker_threads').MessagePort[]) =>
      fake.ipcMain.emit(
        channel,
        { senderFrame: { url: 'sidetone://desk/index.html' }, ports: ports.map((port) => new FakePortMain(port)) },
        message
      )
  }
}
vm.runInContext(
  readFileSync(preload, 'utf8'),
  vm.createContext({
    window: page,
    location: page.location,
    require: (name: string) => {
      required.push(name)
      if (name !== 'electron') throw new Error(`a sandboxed preload cannot require ${name}`)
      return electron
    }
  })
)

function connect(seat?: string): ContractRouterClient<Contract> {
  const { port1, port2 } = new MessageChannel()
  const message = { data: { type: 'sidetone:connect', seat }, ports: [port2], source: page, origin: page.location.origin }
  page.dispatchEvent(Object.assign(new Event('message'), message))
  port1.start()
  return createORPCClient(new RPCLink({ port: port1 }))
}
const about = await connect().session.about()
const { seat } = await connect().session.signIn({ personId: 'agent-lin' })
const me = await connect(seat).session.me()
tell({}, { type: 'sidetone:hurry' })
// The phone of the desk that is open now has a window of its own.
const phone = fake.BrowserWindow.all[1]
const handler = fake.protocol.handlers.get('sidetone')
const shown = await handler?.(new Request(String(window?.loaded)))
const phonePage = await handler?.(new Request(String(phone?.loaded)))
fake.app.quit()
await until(() => fake.app.gone)
process.stdout.write(
  `${JSON.stringify({
    windowBeforeReady,
    preload,
    exposed,
    required,
    about,
    deskId: me.deskId,
    page: shown?.status,
    phone: { url: phone?.loaded, status: phonePage?.status, shown: phone?.shown },
    toPage,
    errors: fake.dialog.errors
  })}\n`
)
process.exit(0)
