import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from '@playwright/test'
import { pinnedNode } from './pinned-node.mjs'

/** The pictures of README and manual, taken of the built app while a small scene is played: `npm run pictures`. */

const ROOT = resolve(import.meta.dirname, '../..')
const OUT = join(ROOT, 'docs/pictures')
const APP = resolve(process.env.SIDETONE_APP ?? ROOT)
const SOON = 60_000
const MOST_BYTES = 250_000
const browserFile =
  process.env.SIDETONE_CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => existsSync(file))

/** What is clicked and said, by language. The words of the complaint strain the customer on purpose. */
const SCENES = {
  en: {
    scenario: 'en-complaint',
    choose: { language: 'English', skip: 'Skip the guide', lin: 'Lin Yue', ruth: 'Ruth Adler' },
    said: ['Good morning, this is Lin. I am sorry to hear that. May I have your full name, please?']
  },
  'zh-CN': {
    scenario: 'zh-complaint',
    choose: { language: '简体中文', skip: '跳过向导', lin: '林悦', ruth: '鲁思' },
    said: ['您好，我是林悦，非常抱歉给您带来不便。请问您的姓名是？']
  }
}

if (!existsSync(join(APP, 'out/main/web.js'))) {
  console.error('Nothing is built yet. Run: npm run build')
  process.exit(1)
}
await mkdir(OUT, { recursive: true })
const browser = await chromium.launch({
  ...(browserFile ? { executablePath: browserFile } : {}),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--allow-loopback-in-peer-connection',
    '--autoplay-policy=no-user-gesture-required'
  ]
})
try {
  for (const [locale, scene] of Object.entries(SCENES)) await play(locale, scene)
} finally {
  await browser.close()
}

/** One language: a fresh folder, an agent on a call with a strained customer, and the board beside it; each in light and dark. */
async function play(locale, scene) {
  const dir = await mkdtemp(join(tmpdir(), 'sidetone-pictures-'))
  const host = spawn(pinnedNode(), [join(APP, 'out/main/web.js'), '--port', '0', '--data', dir, '--no-open', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const ended = new Promise((done) => host.once('exit', done))
  try {
    const { url } = await new Promise((ready) =>
      createInterface(host.stdout).on('line', (line) => line.startsWith('{') && ready(JSON.parse(line)))
    )
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale,
      permissions: ['microphone'],
      colorScheme: 'light'
    })
    const agent = await seat(context, url, scene.choose.lin, scene.choose.skip)
    await talk(agent, scene)
    for (const theme of ['light', 'dark']) {
      await agent.emulateMedia({ colorScheme: theme })
      await take(agent, `agent-${theme}-${locale}`)
      await take(agent.getByTestId('copilot').or(agent.locator('.copilot, aside')).last(), `copilot-${theme}-${locale}`)
    }
    const board = await seat(context, new URL(url).origin, scene.choose.ruth, scene.choose.skip)
    await board.setViewportSize({ width: 1920, height: 1080 })
    await board.locator('section strong').first().waitFor({ timeout: SOON })
    for (const theme of ['light', 'dark']) {
      await board.emulateMedia({ colorScheme: theme })
      await take(board, `wallboard-${theme}-${locale}`)
    }
    await context.close()
  } finally {
    host.kill('SIGTERM')
    await ended
    await rm(dir, { recursive: true, force: true })
  }
}

async function seat(context, url, name, skip) {
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole('button', { name }).click({ timeout: SOON })
  await page.getByRole('button', { name: skip }).click({ timeout: SOON })
  return page
}

/** Turns available, takes the scripted call, answers the first question, and waits until strain shows. */
async function talk(page, scene) {
  const rail = page.getByRole('navigation').first().getByRole('button')
  await rail.nth(3).click()
  await page.locator('main nav').getByRole('button').nth(2).click()
  const script = (await import(join(ROOT, `resources/practice/scenarios/${scene.scenario}.json`), { with: { type: 'json' } })).default
  await page.keyboard.press('Control+Alt+p')
  const ask = page.getByRole('button', { name: new RegExp(`^[^:：]+[:：] ?${script.title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`) })
  await ask.first().waitFor({ timeout: SOON })
  const offer = page.getByTestId('offer').first()
  while (!(await offer.isVisible())) {
    await ask.first().click()
    await offer.waitFor({ timeout: 5_000 }).catch(() => undefined) // not available yet: asked again
  }
  await page.keyboard.press('Control+Alt+a')
  await page.locator('.timeline-rows article').first().waitFor({ timeout: SOON })
  await page
    .getByTestId('call-strip')
    .waitFor({ timeout: 5_000 })
    .catch(() => undefined) // a chat has none
  for (const words of [...scene.said, ...script.agentPrompts.slice(1, 3)]) {
    const before = await page.locator('.timeline-rows article').count()
    const box = page.locator('main textarea').last()
    await box.fill(words)
    await box.press('Enter')
    await page.waitForFunction((n) => document.querySelectorAll('.timeline-rows article').length >= n, before + 2, { timeout: SOON })
  }
}

/** A picture of a page or a part of it, when colours and charts have come to rest. */
async function take(target, name) {
  const page = 'page' in target ? target.page() : target
  await page.evaluate(async () => {
    await Promise.allSettled(
      document.getAnimations().map((one) => Promise.race([one.finished, new Promise((done) => requestAnimationFrame(done))]))
    )
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  })
  await page.mouse.move(0, 0)
  const path = join(OUT, `${name}.png`)
  await target.screenshot({ path, animations: 'disabled', caret: 'hide' })
  const { size } = await stat(path)
  console.log(`${name}.png ${Math.round(size / 1000)} kB${size > MOST_BYTES ? ' (too large)' : ''}`)
}
