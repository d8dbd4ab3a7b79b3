import { expect, type Page } from '@playwright/test'
import { test } from './app.ts'
import { customerName, entry, reply, SOON, script, setPace, setPresence, takeChat, takeSeat } from './desk.ts'

/** Ctrl+K finds what this desk has seen, in both languages, while it is typed, and goes there. */

test.setTimeout(180_000)

const box = (page: Page) => page.getByRole('combobox', { name: 'Search or command' })
const hits = (page: Page, words: string | RegExp) =>
  page.getByRole('listbox', { name: 'Results' }).getByRole('option').filter({ hasText: words })
const heading = (page: Page, name: string) => page.getByRole('listbox', { name: 'Results' }).getByText(name, { exact: true })

async function find(page: Page, words: string): Promise<void> {
  if (!(await box(page).isVisible())) await page.keyboard.press('Control+k')
  await expect(box(page)).toBeFocused({ timeout: SOON })
  await box(page).fill('')
  await page.keyboard.type(words)
}

test('customers, conversations, messages, articles and commands are found by English beginnings and by one or two Han characters', async ({
  tab
}) => {
  const page = await tab()
  await takeSeat(page, 'Lin Yue')
  await setPace(page, 'Calm')
  await setPresence(page, 'Available')
  const english = await takeChat(page, 'en-balance')
  await reply(page, 'The kingfisher reference is noted for you.')
  await takeChat(page, 'zh-balance')

  await test.step('English, by the beginning of a word', async () => {
    await find(page, 'kingf')
    await expect(heading(page, 'Messages')).toBeVisible({ timeout: SOON })
    await expect(hits(page, 'kingfisher').first()).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(box(page)).toBeHidden()
    expect(page.url()).toContain(english)
    await expect(entry(page, 'kingfisher')).toBeVisible({ timeout: SOON })
  })

  await test.step('a customer, their conversation and an article by their beginnings', async () => {
    const name = customerName(script('en-balance').customerId)
    await find(page, name.slice(0, 5).toLowerCase())
    await expect(heading(page, 'Customers')).toBeVisible({ timeout: SOON })
    await expect(heading(page, 'Conversations')).toBeVisible()
    await expect(hits(page, name).first()).toBeVisible()
    await find(page, 'interes')
    await expect(heading(page, 'Knowledge')).toBeVisible({ timeout: SOON })
    await expect(hits(page, /interest/i).first()).toBeVisible()
  })

  await test.step('Chinese, by two characters and by one', async () => {
    const words = script('zh-balance').opening.text
    const two = /\p{Script=Han}{2}/u.exec(words)?.[0] ?? ''
    await find(page, two)
    await expect(page.getByRole('option').filter({ hasText: two }).first()).toBeVisible({ timeout: SOON })
    await find(page, two.slice(0, 1))
    await expect(
      page
        .getByRole('option')
        .filter({ hasText: two.slice(0, 1) })
        .first()
    ).toBeVisible({ timeout: SOON })
  })

  await test.step('Enter runs a command', async () => {
    await find(page, 'Appearance: Dark')
    await expect(heading(page, 'Commands')).toBeVisible({ timeout: SOON })
    await expect(hits(page, 'Appearance: Dark')).toHaveAttribute('aria-selected', 'true', { timeout: SOON })
    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await find(page, 'Go to Knowledge')
    await expect(hits(page, 'Go to Knowledge')).toHaveAttribute('aria-selected', 'true', { timeout: SOON })
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/#\/knowledge/)
  })

  await test.step('an article opens', async () => {
    await find(page, 'interest rates')
    await expect(heading(page, 'Knowledge')).toBeVisible({ timeout: SOON })
    await hits(page, /rate/i).first().click()
    await expect(page).toHaveURL(/#\/knowledge\/.+/)
  })

  await test.step('nothing found says so', async () => {
    await find(page, 'zzzzqqqq')
    await expect(page.getByText('Nothing found for “zzzzqqqq”')).toBeVisible({ timeout: SOON })
  })
})
