import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const posted: unknown[][] = []
const exposed: Record<string, unknown> = {}
const listeners = new Map<string, (event: unknown, message: unknown) => void>()
const toPage: unknown[][] = []
/** A page as far as the preload sees it. */
const page = Object.assign(new EventTarget(), {
  location: { origin: 'sidetone://desk' },
  postMessage: (...message: unknown[]) => toPage.push(message)
})

beforeEach(async () => {
  posted.length = 0
  vi.stubGlobal('window', page)
  vi.stubGlobal('location', page.location)
  vi.doMock('electron', () => ({
    contextBridge: { exposeInMainWorld: (name: string, value: unknown) => Object.assign(exposed, { [name]: value }) },
    ipcRenderer: {
      postMessage: (...message: unknown[]) => posted.push(message),
      on: (channel: string, listener: (event: unknown, message: unknown) => void) => listeners.set(channel, listener)
    }
  }))
  await import('../../../src-preload/preload.ts')
})
afterEach(() => vi.unstubAllGlobals())

const say = (more: object) =>
  page.dispatchEvent(
    Object.assign(new Event('message'), {
      data: { type: 'sidetone:connect' },
      ports: ['port'],
      source: page,
      origin: 'sidetone://desk',
      ...more
    })
  )

test('the page gets the name of its host and hands over one port; whatever else is posted goes nowhere', () => {
  expect(exposed).toEqual({ sidetone: { host: 'electron' } })
  say({ source: {} })
  say({ origin: 'https://evil.example' })
  say({ ports: [] })
  for (const data of [null, undefined, 'sidetone:connect', 7, {}, { type: 'sidetone:other' }]) say({ data })
  expect(posted).toEqual([])
  say({ data: { type: 'sidetone:connect', seat: 's' }, ports: ['mine', 'second'] })
  say({ data: { type: 'sidetone:connect', seat: { evil: true } } })
  expect(posted).toEqual([
    ['sidetone:connect', 's', ['mine']],
    ['sidetone:connect', undefined, ['port']]
  ])

  // The other way: what main has to tell, for our own page only.
  expect([...listeners.keys()]).toEqual(['sidetone:tell'])
  listeners.get('sidetone:tell')?.({}, { type: 'sidetone:hurry' })
  expect(toPage).toEqual([[{ type: 'sidetone:hurry' }, 'sidetone://desk']])
})
