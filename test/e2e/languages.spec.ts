import { expect } from '@playwright/test'
import { test } from './app.ts'
import { goTo, lever, SOON, setPace, takeSeat } from './desk.ts'

/** Languages and appearance: at once, everywhere, each desk its own, and customers who speak as the screen does. */

test.setTimeout(120_000)

test('a language is switched at once on the whole screen, without a reload, and stays with the desk', async ({ tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }))
  await goTo(page, 'Settings')
  for (const [name, lang, inbox, knowledge] of [
    ['简体中文', 'zh-CN', '收件箱', '知识库'],
    ['繁體中文', 'zh-TW', '收件匣', '知識庫'],
    ['English', 'en', 'Inbox', 'Knowledge']
  ] as const) {
    await page.getByRole('radio', { name: name, exact: true }).check()
    await expect(page.locator('html')).toHaveAttribute('lang', lang)
    await expect(page.getByRole('navigation').first().getByRole('button', { name: inbox })).toBeVisible()
    await expect(page.getByRole('navigation').first().getByRole('button', { name: knowledge })).toBeVisible()
    await expect(page).toHaveTitle(/Sidetone/)
    // Beside names of people and of languages no Latin or Han words of another language are left on the frame.
    const frame = await page.locator('header').first().innerText()
    if (lang === 'en') expect(frame).not.toMatch(/\p{Script=Han}{2,}/u)
    else expect(frame).toMatch(/\p{Script=Han}/u)
  }
  expect(await page.evaluate(() => 'sameDocument' in globalThis)).toBe(true)

  await page.getByRole('radio', { name: '简体中文', exact: true }).check()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN', { timeout: SOON })

  const other = await tab()
  await other.getByRole('button', { name: /Tom Becker|汤姆/ }).click({ timeout: SOON })
  await expect(other.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await other.getByRole('button', { name: '跳过向导' }).click({ timeout: SOON })
  await other
    .getByRole('button', { name: /^您：|汤姆/ })
    .first()
    .click()
  await other.getByRole('menuitemradio', { name: 'English' }).click()
  await expect(other.locator('html')).toHaveAttribute('lang', 'en')
  for (const one of [page, other]) await one.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN', { timeout: SOON })
  await expect(page.getByRole('navigation').first().getByRole('button', { name: '收件箱' })).toBeVisible({ timeout: SOON })
  await expect(other.getByRole('navigation', { name: 'Rooms' })).toBeVisible({ timeout: SOON })
})

test('customers speak as the screen does: Mandarin for a Chinese screen', async ({ app, tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Busy')
  const { client, close } = await lever(page, app)
  await client.desk.saveSettings({ locale: 'zh-CN' })
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN', { timeout: SOON })
  await client.inbox.setPresence({ presence: 'available' })
  const offer = page.getByTestId('offer').first()
  await expect(offer).toBeVisible({ timeout: SOON })
  await expect(offer).toContainText(/\p{Script=Han}{4,}/u)
  close()
})

test('light and dark are switched at once and kept for this desk only', async ({ tab }) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await goTo(page, 'Settings')
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await ground()
  await page.getByRole('radio', { name: 'Dark', exact: true }).check()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect(await ground()).not.toBe(light)
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark', { timeout: SOON })
  await expect(page.getByRole('navigation', { name: 'Rooms' })).toBeVisible({ timeout: SOON })
})
