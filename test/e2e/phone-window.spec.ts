import { type BrowserContext, expect, type Page } from '@playwright/test'
import { type App, ofType, test } from './app.ts'
import { listen, watchAudio } from './audio.ts'
import { callIs, entry, phoneReady, SOON, script, setPace, setPresence, strip, takeCall } from './desk.ts'

/**
 * The desktop app's two windows, in two pages of Chromium: what the agent sees, and the hidden phone. What main and the preload do there,
 * bring each page's port to its host and keep the seat of the phone, is done here by a few lines over the web host's socket.
 */

test.setTimeout(240_000)

/** Runs in the page: the preload's part, with the host behind a socket. */
function preload(phoneSeat: string | undefined): void {
  Object.assign(window, { sidetone: { host: 'electron' } })
  window.addEventListener('message', (event: MessageEvent<{ type?: string; seat?: string } | null>) => {
    const [port] = event.ports
    if (event.data?.type !== 'sidetone:connect' || !port) return
    const seat = phoneSeat ?? event.data.seat
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/rpc${seat ? `?seat=${encodeURIComponent(seat)}` : ''}`)
    socket.binaryType = 'arraybuffer'
    const waiting: (string | ArrayBuffer)[] = []
    port.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => (socket.readyState === 1 ? socket.send(data) : waiting.push(data))
    socket.onopen = () => {
      for (const data of waiting.splice(0)) socket.send(data)
    }
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => port.postMessage(data)
    port.start()
  })
}

async function openWindow(app: App, context: BrowserContext, file: 'index.html' | 'phone.html', seat?: string): Promise<Page> {
  if ((await context.cookies(app.origin)).length === 0) {
    const token = new URL(app.address).hash.replace('#token=', '')
    await context.request.post(`${app.origin}/session`, { data: { token }, headers: { origin: app.origin } })
  }
  const page = await context.newPage()
  await watchAudio(page)
  await page.addInitScript(preload, seat)
  await page.goto(`${app.origin}/${file}`)
  return page
}

const seatOf = (page: Page) => page.evaluate(() => sessionStorage.getItem('sidetone.seat') ?? undefined)

test('the phone lives in a window of its own: a reload of what is seen does not touch a call, and a crash of the phone brings it back', async ({
  app,
  context
}) => {
  const seen = await openWindow(app, context, 'index.html')
  await seen.getByRole('button', { name: 'Lin Yue' }).click({ timeout: SOON })
  await expect.poll(() => seatOf(seen), { timeout: SOON }).toBeDefined()
  await seen.reload()
  let phone = await openWindow(app, context, 'phone.html', await seatOf(seen))
  const skip = seen.getByRole('button', { name: 'Skip the guide' })
  await skip.click({ timeout: SOON })
  await phoneReady(seen)
  await setPace(seen, 'Calm')
  await setPresence(seen, 'Available')
  const id = await takeCall(seen, 'en-fees')
  await expect(entry(seen, script('en-fees').opening.text)).toBeVisible({ timeout: SOON })

  await test.step('the sound is in the phone window and nowhere else', async () => {
    await expect.poll(async () => (await listen(phone)).packets, { timeout: SOON }).toBeGreaterThan(25)
    expect(await seen.evaluate(() => window.peers?.length)).toBe(0)
    await expect(seen.getByTestId('heard')).toHaveText('The customer hears you', { timeout: SOON })
  })

  await test.step('a reload of what is seen leaves the call alone', async () => {
    const before = await phone.evaluate(() => window.peers?.length)
    await seen.reload()
    await callIs(seen, 'up')
    expect((await listen(phone)).packets).toBeGreaterThan(25)
    expect(await phone.evaluate(() => window.peers?.length)).toBe(before)
    await seen.getByTestId('mute').click()
    await expect(strip(seen).getByText('Muted', { exact: true })).toBeVisible({ timeout: SOON })
    await seen.getByTestId('mute').click()
  })

  await test.step('a phone window that died is made again and takes the call back', async () => {
    await phone.close()
    phone = await openWindow(app, context, 'phone.html', await seatOf(seen))
    await callIs(seen, 'up')
    await expect.poll(async () => (await listen(phone)).packets, { timeout: SOON }).toBeGreaterThan(25)
    await expect(seen.getByTestId('heard')).toHaveText('The customer hears you', { timeout: SOON })
    expect(ofType(app.factsOf(id), 'call.ended')).toHaveLength(0)
  })

  await seen.getByTestId('hang-up').click()
  await expect.poll(() => ofType(app.factsOf(id), 'call.ended').map((one) => one.data.by), { timeout: SOON }).toEqual(['agent'])
})
