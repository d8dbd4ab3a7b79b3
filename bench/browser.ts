import { existsSync } from 'node:fs'
import { type Browser, chromium } from '@playwright/test'

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Chromium with a made-up microphone, as the end-to-end tests use it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['SIDETONE_CHROMIUM'] ?? KNOWN.find((file) => existsSync(file))
  if (!executablePath) throw new Error('No Chromium was found; name one by SIDETONE_CHROMIUM.')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Calls go over loopback, and sound needs no click first.
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
      '--disable-features=WebRtcHideLocalIpsWithMdns',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream'
    ]
  })
}
