import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { run } from '../../build/host-process.ts'

const ROOT = join(import.meta.dirname, '../../..')

test('the built main and preload bundles work together: one object for the page, one port, the whole desk behind it, and a window for the phone', async () => {
  for (const file of ['out/main/electron.js', 'out/preload/preload.cjs', 'out/renderer/index.html'])
    if (!existsSync(join(ROOT, file))) throw new Error(`${file} is missing: run "npm run build" first`)
  const dir = mkdtempSync(join(tmpdir(), 'bundle-'))
  try {
    const driven = run(
      process.execPath,
      ['--import', join(ROOT, 'test/fakes/electron-hook.mjs'), fileURLToPath(new URL('../../build/drive-bundle.ts', import.meta.url))],
      { env: { ...process.env, FAKE_USER_DATA: dir } }
    )
    const { code } = await driven.ended
    expect([code, driven.err()]).toEqual([0, ''])
    expect(JSON.parse(driven.out())).toEqual({
      windowBeforeReady: 0,
      preload: join(ROOT, 'out/preload/preload.cjs'),
      exposed: { sidetone: { host: 'electron' } },
      required: ['electron'],
      about: { host: 'electron', version: '0.0.0-fake', practice: true },
      deskId: 'agent-lin',
      page: 200,
      phone: { url: 'sidetone://desk/phone.html', status: 200, shown: false },
      toPage: [{ type: 'sidetone:hurry' }],
      errors: []
    })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
