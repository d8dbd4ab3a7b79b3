import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hasDisplay, openAppWindow } from '../../../src-main/host/browser.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'browser-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('a Linux without a display has no window; Windows and macOS always do', () => {
  expect([hasDisplay('linux', {}), hasDisplay('linux', { DISPLAY: ':0' }), hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })]).toEqual([
    false,
    true,
    true
  ])
  expect([hasDisplay('win32', {}), hasDisplay('darwin', {})]).toEqual([true, true])
})

test('without a display or a browser nothing is opened', () => {
  expect(openAppWindow('http://127.0.0.1:1/', dir, 'linux', { PATH: dir }, () => true)).toBe(false)
  expect(openAppWindow('http://127.0.0.1:1/', dir, 'linux', { PATH: dir, DISPLAY: ':0' }, () => false)).toBe(false)
})

test('the address opens as an app window with a profile of its own', async () => {
  const browser = join(dir, 'chromium')
  writeFileSync(browser, `#!/bin/sh\necho "$@" > ${join(dir, 'said.tmp')}\nmv ${join(dir, 'said.tmp')} ${join(dir, 'said')}\n`)
  chmodSync(browser, 0o755)
  const profile = join(dir, 'profile')
  expect(openAppWindow('http://127.0.0.1:1/#token=t', profile, 'linux', { PATH: `/nowhere:${dir}`, DISPLAY: ':0' })).toBe(true)
  await expect.poll(() => existsSync(join(dir, 'said'))).toBe(true)
  expect(readFileSync(join(dir, 'said'), 'utf8')).toContain(`--app=http://127.0.0.1:1/#token=t --user-data-dir=${profile}`)
})

test('on Windows, Chrome is looked for before Edge, in every program folder', () => {
  const asked: string[] = []
  const found = openAppWindow('http://127.0.0.1:1/', dir, 'win32', { ProgramFiles: '/pf', 'ProgramFiles(x86)': '/pf86' }, (file) => {
    asked.push(file)
    return false
  })
  expect(found).toBe(false)
  expect(asked.slice(0, 3)).toEqual([
    join('/pf', 'Google/Chrome/Application/chrome.exe'),
    join('/pf86', 'Google/Chrome/Application/chrome.exe'),
    join('/pf', 'Microsoft/Edge/Application/msedge.exe')
  ])
})
