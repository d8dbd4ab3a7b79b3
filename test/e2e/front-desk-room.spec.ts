import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { test } from './app.ts'
import { lever, SOON, signIn } from './desk.ts'
import { misfits } from './overflow.ts'

/** A supervisor reads what the front desk does by itself: by key, in three languages, in light and dark. */

test.setTimeout(180_000)
test.use({ viewport: { width: 1024, height: 700 } })

const flow = (page: Page, name: string | RegExp) => page.getByRole('option', { name })

test('a supervisor reads every flow by key, and what is for people only', async ({ app, tab }) => {
  const page = await tab()
  await signIn(page, 'Ruth Adler')
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('button', { name: 'Front desk', exact: true }).click()
  await expect(flow(page, /^Balance/)).toBeVisible({ timeout: SOON })
  await expect(page.getByRole('region', { name: 'Only for people' })).toContainText('Complaint')

  await flow(page, /^Balance/).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await expect(flow(page, /appointment/i)).toBeFocused()
  await expect(page.getByRole('article')).toContainText('The customer chooses one by its number.')
  await flow(page, /^Block a lost card/).click()
  await expect(page.getByRole('article')).toContainText('Waits for the customer’s own yes')
  expect(new URL(page.url()).hash).toBe('#/frontdesk/card-block')
  await page.reload()
  await expect(page.getByRole('article')).toContainText('Waits for the customer’s own yes', { timeout: SOON })

  const { client, close } = await lever(page, app)
  const faults: string[] = []
  for (const [locale, title] of [
    ['zh-CN', '挂失银行卡'],
    ['zh-TW', '掛失卡片'],
    ['en', 'Block a lost card']
  ] as const)
    for (const theme of ['dark', 'light'] as const) {
      await client.desk.saveSettings({ locale, theme })
      await expect(page.locator('html')).toHaveAttribute('lang', locale, { timeout: SOON })
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme, { timeout: SOON })
      await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toHaveText(title)
      const { violations } = await new AxeBuilder({ page }).include('main').analyze()
      faults.push(
        ...violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => `${locale} ${theme}: ${id}`)
      )
      faults.push(...(await misfits(page)).map((fault) => `${locale} ${theme}: ${fault}`))
      if (process.env['SIDETONE_PICTURES'])
        await page.screenshot({ path: `${process.env['SIDETONE_PICTURES']}/front-desk-${locale}-${theme}.png` })
    }
  expect(faults).toEqual([])
  close()
})

test('an agent has no such room', async ({ tab }) => {
  const page = await tab()
  await signIn(page, 'Lin Yue')
  const rooms = page.getByRole('navigation', { name: 'Rooms' })
  await expect(rooms.getByRole('button', { name: 'Knowledge' })).toBeVisible()
  await expect(rooms.getByRole('button', { name: 'Front desk' })).toHaveCount(0)
})
