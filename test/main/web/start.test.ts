import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
// @ts-expect-error: a tool, plain JavaScript that runs before anything is built
import { findElectron } from '../../../resources/tools/electron-binary.mjs'
// @ts-expect-error: as above
import { withPinnedNode } from '../../../resources/tools/pinned-node.mjs'
import { alive, type Running, readyLine, run } from '../../build/host-process.ts'

const START = join(import.meta.dirname, '../../../resources/tools/start.mjs')
let dir: string
let running: Running[]
let hosts: number[]
/** The launcher as `npm start` runs it, without a display. */
function launch(...args: string[]): Running {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _w, ...env } = process.env
  const one = run(process.execPath, [START, ...args, '--port', '0', '--data', dir, '--no-open', '--json'], { env })
  running.push(one)
  return one
}
async function ready(launcher: Running): Promise<{ url: URL; host: number }> {
  const url = await launcher.said(readyLine)
  const { pid } = JSON.parse(launcher.out()) as { pid: number } // the ready line
  hosts.push(pid)
  return { url, host: pid }
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'start-'))
  running = []
  hosts = []
})
afterEach(async () => {
  for (const one of running) one.child.kill('SIGKILL')
  for (const pid of hosts) await expect.poll(() => alive(pid), { timeout: 12_000 }).toBe(false)
  rmSync(dir, { recursive: true, force: true })
})

describe('the launcher', { timeout: 120_000 }, () => {
  test('opens the web host where there is no display, says why in one line, and passes SIGTERM on', async () => {
    const launcher = launch()
    const { url } = await ready(launcher)
    const lines = launcher
      .err()
      .split('\n')
      .filter((one) => one !== '' && !one.startsWith('Building'))
    expect(lines).toEqual([
      process.platform === 'linux' ? 'Opening Sidetone in the browser, because there is no display.' : expect.stringContaining('because')
    ])
    expect((await fetch(url)).status).toBe(200)
    launcher.child.kill('SIGTERM')
    expect(await launcher.ended).toEqual({ code: 0, signal: null })
    await expect(fetch(url)).rejects.toThrow()
  })

  test('killed with -9 leaves no host behind, and the folder is free for the next', async () => {
    const launcher = launch('--web')
    const { host } = await ready(launcher)
    launcher.child.kill('SIGKILL')
    await expect.poll(() => alive(host), { timeout: 12_000 }).toBe(false)
    await ready(launch('--web'))
  })

  test('ended as npm is, with a shell between that passes no signal on, it leaves no host behind', async () => {
    const command = `"${process.execPath}" "${START}" --web --port 0 --data "${dir}" --no-open --json; :`
    const shell = run('sh', ['-c', command], { env: { ...process.env, npm_lifecycle_event: 'web' } })
    running.push(shell)
    const { host } = await ready(shell)
    shell.child.kill('SIGTERM')
    await expect.poll(() => alive(host), { timeout: 12_000 }).toBe(false)
  })

  test("ends with the host's own exit code", async () => {
    const launcher = launch('--web', '--no-such-option')
    expect((await launcher.ended).code).toBe(1)
    expect(launcher.err()).toContain('--no-such-option')
  })
})

describe('Electron', () => {
  const told: string[] = []
  const find = (more: object) =>
    findElectron({
      node: process.execPath,
      platform: 'linux',
      asRoot: false,
      folder: dir,
      tell: (line: string) => told.push(line),
      ...more
    })
  const DISPLAY = ':0'

  test('is not looked for without a display, or as root on Linux', async () => {
    expect(await find({ env: {} })).toEqual({ missing: 'there is no display' })
    expect(await find({ env: { DISPLAY }, asRoot: true })).toEqual({ missing: 'Electron does not run as root' })
  })

  test('is used where it is', async () => {
    mkdirSync(join(dir, 'dist'))
    writeFileSync(join(dir, 'path.txt'), 'electron\n')
    writeFileSync(join(dir, 'dist/electron'), '')
    expect(await find({ env: { DISPLAY } })).toEqual({ path: join(dir, 'dist/electron') })
    expect(await find({ env: { DISPLAY, ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron' } })).toEqual({ path: '/opt/electron/electron' })
  })

  test.each(['refused', 'silent'])('a download that is %s ends quickly, and the installer is not even started', async (how) => {
    const server = createServer(() => {}) // takes the question and never answers
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
    const { port } = server.address() as AddressInfo // listening on TCP
    if (how === 'refused') await new Promise((resolve) => server.close(resolve))
    writeFileSync(join(dir, 'install.js'), `require('node:fs').writeFileSync(${JSON.stringify(join(dir, 'ran'))}, '')`)
    const found = await find({ env: { DISPLAY, ELECTRON_MIRROR: `http://127.0.0.1:${port}/` }, answerMs: 200 })
    server.closeAllConnections()
    server.close()
    expect(found).toEqual({ missing: "Electron's binary could not be downloaded" })
    expect(told).toEqual([])
  })

  test('is fetched once where the server answers; a failing installer is said in words', async () => {
    const server = createServer((_request, response) => response.writeHead(404).end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
    const { port } = server.address() as AddressInfo // listening on TCP
    const env = { ...process.env, DISPLAY, ELECTRON_MIRROR: `http://127.0.0.1:${port}/` }
    writeFileSync(join(dir, 'install.js'), 'process.exit(1)')
    expect(await find({ env })).toEqual({ missing: "Electron's binary could not be downloaded" })
    writeFileSync(
      join(dir, 'install.js'),
      `const fs = require('node:fs'); fs.mkdirSync(__dirname + '/dist'); fs.writeFileSync(__dirname + '/dist/electron', ''); fs.writeFileSync(__dirname + '/path.txt', 'electron')`
    )
    writeFileSync(join(dir, 'package.json'), '{}')
    expect(await find({ env })).toEqual({ path: join(dir, 'dist/electron') })
    expect(told).toEqual(['Fetching Electron (once) ...', 'Fetching Electron (once) ...'])
    server.closeAllConnections()
    server.close()
  })
})

test('the pinned Node comes first in PATH, whatever the system calls that variable', () => {
  expect(withPinnedNode('/pin/bin/node', { PATH: '/usr/bin' })).toMatchObject({ PATH: '/pin/bin:/usr/bin', NODE: '/pin/bin/node' })
  expect(withPinnedNode('/pin/bin/node', { Path: '/usr/bin' })).toEqual(expect.not.objectContaining({ PATH: expect.anything() }))
  expect(withPinnedNode('/pin/bin/node', { Path: '/usr/bin' })).toMatchObject({ Path: '/pin/bin:/usr/bin' })
  expect(withPinnedNode('/pin/bin/node', {})).toMatchObject({ PATH: '/pin/bin' })
})
