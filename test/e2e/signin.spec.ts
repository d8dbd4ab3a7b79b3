import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './app.ts'
import { goTo, presenceIs, SOON, setPresence, signIn, takeSeat } from './desk.ts'

/** Who sits where: several people in several tabs, an address that opens once, and a first start that explains itself once. */

test.setTimeout(120_000)

test('people in several tabs have desks of their own, and signing out leaves the others alone', async ({ app, tab }) => {
  const lin = await tab()
  await takeSeat(lin, 'Lin Yue')
  const tom = await tab()
  await expect(tom.getByRole('button', { name: 'Lin Yue' })).toContainText('Signed in', { timeout: SOON })
  await takeSeat(tom, 'Tom Becker')
  const ruth = await tab()
  await signIn(ruth, 'Ruth Adler')

  await setPresence(lin, 'Break')
  await presenceIs(lin, 'Break')
  await presenceIs(tom, 'Offline')
  await expect(ruth.getByRole('navigation', { name: 'Rooms' }).getByRole('button', { name: 'Inbox' })).toHaveCount(0)
  for (const desk of ['agent-lin', 'agent-tom', 'super-ruth']) expect(existsSync(join(app.dir, 'desks', desk))).toBe(true)

  await tom.getByRole('button', { name: /^You: / }).click()
  await tom.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(tom.getByText('Who works here today?')).toBeVisible({ timeout: SOON })
  await presenceIs(lin, 'Break')
  await lin.reload()
  await presenceIs(lin, 'Break')
})

test('an address opens Sidetone once; used again in another browser it says what to do', async ({ app, tab, browser }) => {
  await tab()
  const stranger = await browser.newContext()
  const page = await stranger.newPage()
  await page.goto(app.address)
  await expect(page.getByRole('heading', { name: 'This address has been used or has run out' })).toBeVisible({ timeout: SOON })
  await expect(page.getByText('Start Sidetone again')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Lin Yue' })).toHaveCount(0)
  await stranger.close()
})

test('the guide has three steps, never returns by itself once skipped, and can be asked for', async ({ tab }) => {
  const page = await tab()
  await page.getByRole('button', { name: 'Lin Yue' }).click({ timeout: SOON })
  for (const [n, title] of [
    [1, 'This is you'],
    [2, 'Check your headset'],
    [3, 'Take a practice call']
  ] as const) {
    await expect(page.getByText(`Step ${n} of 3`)).toBeVisible({ timeout: SOON })
    await expect(page.getByText(title, { exact: true }).first()).toBeVisible()
    if (n < 3) await page.getByRole('button', { name: 'Next' }).click()
  }
  await page.getByRole('button', { name: 'Skip the guide' }).click()
  await expect(page.getByText('Step 3 of 3')).toBeHidden()
  await page.reload()
  await presenceIs(page, 'Offline')
  await expect(page.getByText(/^Step \d of 3$/)).toHaveCount(0)
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Show it again' }).click()
  await expect(page.getByText('Step 1 of 3')).toBeVisible({ timeout: SOON })
})
