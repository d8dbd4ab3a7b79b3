import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { contentSecurityPolicy } from '../../src-main/host/policy.ts'
import type {} from './page/page.ts'
import { wavOf } from './speech.ts'

/** Chromium with the page of this folder, built and guarded as the app's is, and two voices. */
export interface VoiceBrowser {
  page: Page
  /** Whatever the page complained of. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.wav': 'audio/wav' }

/** Builds the page as the app's renderer is built; gives the folder. */
export async function buildPage(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'voice-page-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, 'page'),
    base: './',
    build: { outDir: dir, emptyOutDir: true, minify: true, target: 'chrome130' }
  })
  return dir
}

/**
 * @param dir of {@link buildPage}
 * @param recognisers addresses the policy lets the page speak to
 */
export async function openVoiceBrowser(
  dir: string,
  recognisers: readonly string[],
  agent: Int16Array,
  customer: Int16Array
): Promise<VoiceBrowser> {
  const voices = mkdtempSync(join(tmpdir(), 'voices-'))
  writeFileSync(join(voices, 'agent.wav'), wavOf(agent))
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname
    response.setHeader('content-security-policy', contentSecurityPolicy(recognisers))
    response.setHeader('content-type', TYPES[extname(path)] ?? 'text/html')
    // Browsers ask for it unasked.
    if (path === '/favicon.ico') {
      response.writeHead(204).end()
      return
    }
    try {
      response.end(path === '/customer.wav' ? wavOf(customer) : readFileSync(join(dir, path === '/' ? 'index.html' : path)))
    } catch {
      response.writeHead(404).end() // the worklet that is not there
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo // a TCP server has no other
  const browser: Browser = await chromium.launch({
    executablePath: process.env['SIDETONE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${join(voices, 'agent.wav')}%noloop`,
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required'
    ]
  })
  const page = await (await browser.newContext({ permissions: ['microphone'] })).newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`http://127.0.0.1:${port}/`)
  await page.waitForFunction(() => 'startVoice' in window)
  return {
    page,
    complaints,
    async close() {
      await browser.close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      rmSync(voices, { recursive: true })
    }
  }
}
