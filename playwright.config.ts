import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => existsSync(file))
export default defineConfig({
  testDir: 'test/e2e',
  // Without the main one's "paths": they name a package's types, and Playwright would load those as its code.
  tsconfig: 'test/e2e/tsconfig.json',
  timeout: 60_000,
  workers: 1,
  forbidOnly: Boolean(process.env['CI']),
  // On a loaded machine one more try; what needed it is listed as flaky.
  retries: process.env['CI'] ? 1 : 0,
  reporter: 'list',
  outputDir: 'out/e2e',
  use: {
    browserName: 'chromium',
    locale: 'en-US',
    viewport: { width: 1440, height: 900 },
    permissions: ['microphone'],
    actionTimeout: 30_000,
    launchOptions: {
      executablePath: process.env['SIDETONE_CHROMIUM'] ?? chromium ?? '',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        '--allow-loopback-in-peer-connection',
        '--autoplay-policy=no-user-gesture-required'
      ]
    }
  }
})
